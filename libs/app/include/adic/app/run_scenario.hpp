#pragma once

#include "adic/base/estimate.hpp"
#include "adic/base/result.hpp"
#include "adic/model/scenario.hpp"
#include "adic/shock/scenario/paths.hpp"
#include "adic/shock/scenario/resolve.hpp"
#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace adic::app {

/// An episode that comes with the program.
struct Episode {
    std::string name;  ///< of its file, without the ending
    model::Scenario scenario;
};

/// Those in `data`/scenarios, by name. Errors: one of them cannot be read.
Result<std::vector<Episode>> list_episodes(const std::filesystem::path& data);

/// The episode of that name, or the scenario in that file.
///
/// Errors: not_found with the nearest name; invalid_argument with all that is wrong in the file.
Result<model::Scenario>
find_scenario(const std::filesystem::path& data, const std::string& name_or_file);

/// What is left of an item's supply in a week, as a part of the usual, while its events run mildly
/// (high), as is likely, or harshly (low). The low end also gives the part whose suppliers nobody
/// recorded to the worst hit of those that are named without a share.
using WeeklySupply = std::vector<Estimate>;

/// What a scenario does to the supply of one item, before any stock helps.
struct ItemUnderScenario {
    model::ItemIndex item;
    WeeklySupply weeks;
    std::uint32_t worst_week = 0;           ///< the first with the least likely supply
    std::uint32_t weeks_short = 0;          ///< in which the likely supply is below what is enough
    double price = 1.0;                     ///< the highest likely factor
    double delay_days = 0.0;                ///< the longest likely delay of any of its supplies
    std::vector<model::ItemIndex> systems;  ///< that take it, over any number of tiers
};

struct ScenarioAnswer {
    shock::ResolvedScenario resolved;
    std::vector<ItemUnderScenario> items;  ///< those that it reaches, the worst first
};

/// Follows the scenario through the supplies that the viewpoint sees, week by week.
///
/// `enough` is the part of its supply below which an item is short, unless the item has its own.
/// Errors: those of `shock::resolve`, and of reading the sea routes of `data`.
Result<ScenarioAnswer> run_scenario(
    const model::Scenario& scenario,
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    const std::filesystem::path& data,
    double enough
);

}  // namespace adic::app
