#pragma once

#include "adic/model/remedy.hpp"
#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace adic::shock {

/// What speaks for a remedy that nobody has costed yet, the strongest first.
enum class Evidence : std::uint8_t {
    supplies_it,     ///< the state supplies the item already
    same_code,       ///< it supplies an item of the same HS subheading
    same_heading,    ///< or heading
    supplies_input,  ///< it supplies what the item is made of
    same_inputs,     ///< it supplies an item that is made of half of the same
    map_says,        ///< a figure or an alternative of the map
    always_possible  ///< goods can be stored
};

/// A remedy without cost, delay and amount: what a user may want to cost.
struct RemedyProposal {
    model::ItemIndex item;
    model::RemedyKind kind;
    std::optional<model::StateIndex> state;  ///< of a source: who could make it
    std::optional<model::ItemIndex> other;   ///< of a substitution
    Evidence evidence;
    std::string reason;  ///< a sentence
};

struct ProposeOptions {
    std::size_t items = 10;           ///< at most; the worst bottlenecks first
    std::size_t sources_of_item = 3;  ///< states that could make it, by evidence
};

/// Remedies for the items that the bottlenecks of the targets rest on, those about which nothing
/// is known among them: by bottleneck, then by evidence, then by state.
///
/// Source:   docs/explanation/shock-remedies.md, "What could be costed".
/// Cost:     that of rank_bottlenecks, and O(items (supplies + needs + codes)).
std::vector<RemedyProposal> propose_remedies(
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    std::span<const model::ItemIndex> targets,
    const ProposeOptions& options = {}
);

}  // namespace adic::shock
