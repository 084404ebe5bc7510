#pragma once

#include "adic/base/result.hpp"
#include "adic/model/fault_tree.hpp"
#include "adic/supply/map_index.hpp"

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace adic::supply {

/// Which things can fail by themselves. Several together give cuts that mix them.
struct EventKinds {
    bool states = true;  ///< an origin state stops supplying, everything at once
    bool suppliers =
        false;  ///< an organisation stops; where none is named, one state's supply of one item
    bool items = false;  ///< an item is not to be had, whoever supplies it
};

/// How the shares that nobody knows exactly are filled in.
///
/// Every consistent filling lies between the first and the last, so a cut under `certain` holds
/// whatever the truth is, and a set that is no cut under `possible` is none for sure.
enum class Completion {
    certain,  ///< failing suppliers hold their low shares; all that is unknown survives
    likely,   ///< likely shares; all that is unknown survives
    possible  ///< high shares; all that is unknown fails together with any failing supplier
};

/// Whether production equipment that cannot be had stops the item that it makes.
enum class Equipment { counts, left_out };

struct FailureOptions {
    EventKinds events = {};
    /// Short when less than this share of the supply survives. 0.35 because a single supplier above
    /// 65 % is then a single point of failure: the benchmark of Regulation (EU) 2024/1252.
    /// An item's own `enough` goes before it.
    double enough = 0.35;
    Completion completion = Completion::likely;
    Equipment equipment = Equipment::counts;
};

/// A state's supply of one item whose organisation is not named.
struct UnnamedSupplier {
    model::ItemIndex item;
    model::StateIndex origin;

    friend constexpr auto operator<=>(UnnamedSupplier, UnnamedSupplier) = default;
};

using FailureSubject =
    std::variant<model::StateIndex, model::OrganisationIndex, model::ItemIndex, UnnamedSupplier>;

/// A group of needs whose gate is in the tree.
struct GroupGate {
    model::GroupIndex group;
};

/// The gate of an item: it cannot be had.
struct ItemGate {
    model::ItemIndex item;
};

/// The gate of an item's supply: too little of it survives.
struct SupplyGate {
    model::ItemIndex item;
};

/// One supplier that two kinds of event can take away.
struct SupplierGate {
    model::ItemIndex item;
};

using GateMeaning = std::variant<ItemGate, SupplyGate, GroupGate, SupplierGate>;

/// When an item cannot be had, as a structure of events, and what each part of it stands for.
struct FailureModel {
    model::FaultTree tree;
    std::vector<FailureSubject> event_subjects;  ///< one per event
    std::vector<GateMeaning> gate_meanings;      ///< one per gate; the top is the gate of the item
    std::uint32_t items = 0;                     ///< items below and including the top
    std::uint32_t items_with_shares = 0;         ///< of which some supplier's share is known
};

/// The newest hazard that the map records of the subject; nothing: it records none.
const model::Hazard* newest_hazard(const model::SupplyMap& map, const FailureSubject& subject);

/// The failure logic of `top` as seen from `viewpoint`: an item cannot be had if too little of its
/// supply survives, or if an essential group of its needs is not met; a group of n alternatives of
/// which k are taken is not met when n - k + 1 of them cannot be had. Suppliers inside never fail.
/// Events carry the yearly probabilities of the map's hazards, where there are any.
///
/// Source:   methods after Barlow and Proschan (1975), "Statistical Theory of Reliability", ch.
/// 1-2. Requires: 0 < options.enough <= 1; at least one kind of event. Cost:     O(needs + supplies
/// below the top).
FailureModel failure_model(
    const MapIndex& index,
    const Viewpoint& viewpoint,
    model::ItemIndex top,
    const FailureOptions& options
);

/// The round in which each gate fails when the events with `failed[e]` have happened: 1 when events
/// alone force it, n + 1 when gates of round n do; empty where it does not fail (least solution).
/// Cost: O(size of the tree).
std::vector<std::optional<std::uint32_t>>
failure_rounds(const model::FaultTree& tree, const std::vector<bool>& failed);

}  // namespace adic::supply
