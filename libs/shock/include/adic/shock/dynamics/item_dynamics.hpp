#pragma once

#include "adic/base/sentence.hpp"
#include "adic/shock/dynamics/item_network.hpp"
#include "adic/shock/scenario/paths.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace adic::shock {

/// The supply of an item, week by week, as part of the usual.
struct ItemSupplyPath {
    std::uint32_t node;
    std::vector<double> part;  ///< >= 0; above 1 where what was held up comes late
};

/// That part of what is left in the stores of an item is destroyed in a week.
struct StoreLoss {
    std::uint32_t week;
    std::uint32_t node;
    double kept;  ///< factor, in [0, 1]
};

/// What happens to a network in one run.
struct ItemCourse {
    std::uint32_t weeks = 0;
    std::vector<ItemSupplyPath> supplies;  ///< by node; those not listed give the usual
    std::vector<StoreLoss> store_losses;   ///< by week, then node
    /// From then on makers prepare to give more. Empty: the first week in which a supply is not
    /// whole.
    std::optional<std::uint32_t> alarm_week = {};
    /// What those who make a change give of it, by change of the network and week; empty: all of
    /// it.
    std::vector<std::vector<double>> change_parts = {};
};

/// What the paths of a scenario mean for the supply of each item, with the shares of suppliers that
/// nobody knows filled in as the network's completion says.
///
/// Source: docs/explanation/shock-items.md (D2, D3).
/// Cost:   O(supplies * weeks) for items that are reached.
ItemCourse course_of(const ItemNetwork& network, const ScenarioPaths& paths);

/// What holds an item's output down in a week.
struct Binding {
    enum class Kind : std::uint8_t {
        nothing,    ///< output is what is wanted
        supply,     ///< its own suppliers give too little
        input,      ///< an essential group of its needs is not met
        equipment,  ///< it was made with equipment that nobody replaces
    };

    Kind kind = Kind::nothing;
    std::uint32_t group = 0;  ///< of input and equipment: position in SupplyMap::groups
    std::uint32_t node = 0;   ///< of input and equipment: the alternative that is missed most

    friend bool operator==(const Binding&, const Binding&) = default;
};

/// What became of one item.
struct ItemOutcome {
    std::optional<std::uint32_t> first_reduced;  ///< week of output below `whole`
    std::optional<std::uint32_t> first_stopped;  ///< week of output below what is enough
    double weeks_lost = 0;   ///< output that is missing over all weeks, in weeks of normal output
    double weeks_worse = 0;  ///< output without a non-essential input, weighted by its value share
    double least_output = 1;

    friend bool operator==(const ItemOutcome&, const ItemOutcome&) = default;
};

/// All items over all weeks.
struct ItemRun {
    std::uint32_t weeks = 0;
    std::vector<ItemOutcome> outcomes;  ///< by node
    std::vector<double> output;     ///< what can be had as part of the usual: node * weeks + week
    std::vector<Binding> bindings;  ///< node * weeks + week

    double output_of(std::uint32_t node, std::uint32_t week) const {
        return output[static_cast<std::size_t>(node) * weeks + week];
    }

    const Binding& binding_of(std::uint32_t node, std::uint32_t week) const {
        return bindings[static_cast<std::size_t>(node) * weeks + week];
    }
};

/// Follows all items of a network through one course of events.
///
/// A larger or longer loss of supply, or a smaller stock, never lowers the weeks lost of any item,
/// nor puts its first reduced week off, as long as no group has a choice of alternatives: the state
/// is a monotone function of what happens. docs/explanation/shock-items.md has the proof, and what
/// a choice changes.
///
/// Unit:     output 1 (part of normal output).
/// Source:   docs/explanation/shock-items.md (D1-D14), after Inoue, Todo (2019), "Firm-level
///           propagation of shocks through supply-chain networks", Nat. Sustain. 2, 841, and
///           Hallegatte (2008), Risk Anal. 28(3), 779.
/// Requires: every path has `weeks` values.
/// Cost:     O(weeks * (items + needs)), memory the same.
ItemRun run_items(const ItemNetwork& network, const ItemCourse& course);

/// An item that goes down by itself: its output falls while every supply is whole, and does not
/// come back.
struct Collapse {
    std::uint32_t node = 0;
    std::uint32_t week = 0;  ///< from which on the output is below its best since the course
    double output_then = 1;  ///< at the end of the watch
};

/// Watches the network for `watch_weeks` after the course, with every supply whole, and lists the
/// items that end it below the best output that they had in it: what is only late has come by then.
///
/// Source: docs/explanation/shock-items.md (D14).
/// Cost:   that of run_items over the course and the watch.
std::vector<Collapse> find_collapses(
    const ItemNetwork& network,
    const ItemCourse& course,
    std::uint32_t watch_weeks = 520
);

/// One link of the argument why an item is short in a week: from the item down to a supply.
struct CauseLink {
    std::uint32_t node;
    std::uint32_t week;
    double output;
    Binding binding;
};

/// The chain of what binds, from the item and week down. Ends at suppliers that give too little, or
/// where what is missing was never made.
std::vector<CauseLink>
list_causes(const ItemNetwork& network, const ItemRun& run, std::uint32_t node, std::uint32_t week);

/// The chain as a sentence: "In week 12 relief-drone is at 20 %, because flight-controller was at
/// 20 % in week 11, because the suppliers of germanium gave 20 % in week 5."
Sentence explain(const ItemNetwork& network, std::span<const CauseLink> causes);

}  // namespace adic::shock
