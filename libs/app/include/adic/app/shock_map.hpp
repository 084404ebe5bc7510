#pragma once

#include "adic/app/chart.hpp"
#include "adic/base/estimate.hpp"
#include "adic/base/result.hpp"
#include "adic/base/sentence.hpp"
#include "adic/model/scenario.hpp"
#include "adic/shock/dynamics/item_dynamics.hpp"
#include "adic/shock/scenario/resolve.hpp"
#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace adic::app {

/// What items of a map go through.
struct ShockMapRequest {
    model::Scenario scenario;
    std::vector<model::ItemIndex> targets;  ///< the items that are asked about
    supply::Viewpoint viewpoint;
    std::filesystem::path data;  ///< the folder with the sea routes
    std::uint32_t weeks = 0;     ///< of the run; 0: as long as the scenario
    shock::ItemDynamicsOptions options = {};
    /// Rise of an item's price for each part of it that cannot be had, at least 0. 0: no prices.
    double price_rise = 0.0;
};

/// An item in a week, as is likely.
struct ItemWeek {
    Estimate output;  ///< part of the usual; low: the harsh course, high: the mild one
    /// Of scarcity, 1 as usual (shock-items.md, D15).
    Estimate price = Estimate::exactly(1);
    shock::Binding::Kind held_by = shock::Binding::Kind::nothing;
    std::optional<model::ItemIndex> missing = {};  ///< the input or equipment that holds it
};

/// What becomes of an item that is asked about.
struct ItemUnderShock {
    model::ItemIndex item;
    std::vector<ItemWeek> weeks = {};
    std::optional<std::uint32_t> first_reduced = {};  ///< likely; the first week that is not whole
    std::optional<std::uint32_t> first_stopped = {};  ///< likely; the first with less than enough
    std::optional<std::uint32_t> soonest_stop = {};   ///< in the harsh course
    Estimate weeks_lost = Estimate::exactly(0);       ///< in weeks of normal output
    double least_output = 1.0;                        ///< likely
    Sentence because = {};  ///< why it is short in its worst week; empty: it is not
};

struct ShockMapAnswer {
    shock::ResolvedScenario resolved;
    std::uint32_t weeks = 0;
    std::vector<ItemUnderShock> items;  ///< in the order asked
    /// Items that go down by themselves after the scenario, without its help.
    std::vector<model::ItemIndex> collapses;
    std::vector<Sentence> notes;
};

/// Follows items of a map through a scenario, week by week, in three courses: as is likely; mildly,
/// with what nobody knows on our side; harshly, with it against us.
///
/// Errors: those of `shock::resolve` and `ItemNetwork::create`, and of reading the sea routes.
/// Cost:   O(weeks * (items + needs)), three times.
Result<ShockMapAnswer> shock_map(const supply::MapIndex& index, const ShockMapRequest& request);

/// Output by week, labels in the order of the items. Of one item with the range in which it may
/// run; of several, two charts, if the harsh course is another one: ranges over ranges cannot be
/// read.
std::vector<Chart> charts_of(const ShockMapAnswer& answer, const std::vector<std::string>& labels);

}  // namespace adic::app
