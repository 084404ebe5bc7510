#pragma once

#include "adic/base/sentence.hpp"
#include "adic/shock/dynamics/item_network.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace adic::shock {

inline constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
inline constexpr double days_of_week = 7.0;

/// What a node takes of one input, or of one group in which it has a choice.
struct ItemLine {
    std::uint32_t source;  ///< node; none if `choice` is set
    std::uint32_t choice;  ///< position in ItemStructure::choices, or none
    std::uint32_t lead;
    std::uint32_t group;          ///< position in SupplyMap::groups
    double weight;                ///< of a non-essential input: its part of the value
    std::uint32_t relief = none;  ///< position in ItemStructure::reliefs, or none
};

/// What changes may do about a line (R3-R5).
struct ItemRelief {
    struct Substitute {
        std::uint32_t change;
        std::uint32_t node;
        std::uint32_t lead;
    };

    std::vector<std::uint32_t> lightened_by;  ///< changes
    std::vector<Substitute> substitutes;
    double reorder;  ///< 1 / weeks, of what is missing
    bool of_equipment;
};

struct ItemAlternative {
    std::uint32_t node;
    std::uint32_t lead;
};

/// A group of which fewer alternatives are taken than there are.
struct ItemChoice {
    std::uint32_t first;  ///< of ItemStructure::alternatives
    std::uint32_t last;   ///< one past
    std::uint32_t take;
    std::uint32_t user;
    std::uint32_t group;  ///< position in SupplyMap::groups
    model::Role role;
    double reorder;  ///< 1 / weeks
};

/// Rows grouped by node: those of node v are [start[v], start[v + 1]).
template <typename Row>
struct ByNode {
    std::vector<std::uint32_t> start{0};
    std::vector<Row> rows;

    std::span<const Row> of(std::uint32_t node) const {
        return std::span{rows}.subspan(start[node], start[node + 1] - start[node]);
    }

    /// Requires: nodes are ended in order.
    void end_node() { start.push_back(static_cast<std::uint32_t>(rows.size())); }

    /// From pairs of node and row, which it sorts; each pair counts once.
    void fill(std::size_t nodes, std::vector<std::pair<std::uint32_t, Row>> pairs);
};

/// The figures of a node that do not change from week to week.
struct ItemRates {
    double reorder;  ///< 1 / weeks
    double surge;    ///< part
    double ramp;     ///< 1 / weeks
    double wear;     ///< part of the capacity lost for each week without new equipment
    double spare;    ///< weeks
    double cover;    ///< weeks
    double store;    ///< weeks, beside the map's stocks
    double enough;   ///< part
};

struct ItemStructure {
    const supply::MapIndex* index;
    ItemDynamicsOptions options;
    std::vector<model::ItemIndex> items;  ///< by node, inputs first
    std::vector<std::uint32_t> node_of;   ///< by item, or none
    std::vector<std::uint32_t> targets;
    std::vector<ItemRates> rates;
    ByNode<ItemLine> essential;
    ByNode<ItemLine> equipment;
    ByNode<ItemLine> extra;  ///< non-essential inputs
    std::vector<ItemChoice> choices;
    std::vector<ItemAlternative> alternatives;
    ByNode<std::uint32_t> choices_of;  ///< of which the node is the user
    ByNode<std::uint32_t> users;       ///< nodes that cannot do without the node
    ByNode<std::uint32_t> choosers;    ///< essential choices in which the node is an alternative
    ByNode<std::uint32_t> above;       ///< nodes that take the node in any way
    std::vector<ItemRelief> reliefs;
    std::vector<bool> is_relieved;  ///< one of the node's lines has a relief
    std::vector<bool> equips;       ///< the node is equipment of some other, without choice
    std::vector<bool> is_target;
    ByNode<SeenSupply> supplies;
    std::vector<SeenStore> stores;
    std::vector<Sentence> notes;
    std::uint32_t longest_lead = 0;

    std::uint32_t size() const { return static_cast<std::uint32_t>(items.size()); }
};

}  // namespace adic::shock
