#pragma once

#include "adic/base/estimate.hpp"
#include "adic/base/result.hpp"
#include "adic/base/sentence.hpp"
#include "adic/supply/failure.hpp"
#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace adic::shock {

/// How an item behaves over time: how its users stock it, and how its makers can give more.
///
/// Maps have no columns for these; the defaults are the literature's and stand until somebody who
/// knows the item says better.
struct ItemPace {
    /// What each user keeps of it, in days of normal use. 30: between the weeks of firms
    /// (Inoue, Todo 2019) and the 90 days of economies (Hallegatte 2013).
    double cover_days = 30;
    std::uint32_t lead_weeks = 1;  ///< from the maker to the user; nothing travels in no time
    double reorder_weeks = 8;  ///< over which a gap in a stock is made good: 60 days (Hallegatte)
    double surge = 0.25;       ///< part above the usual that makers can reach (Hallegatte)
    double ramp_weeks = 52;    ///< from the alarm until they reach it (Hallegatte)
    double equipment_weeks = 520;  ///< life of the equipment that makes it: ten years
    double spare_weeks = 26;       ///< equipment in reserve, in weeks of normal replacement
};

/// How a supply that is only partly there is read.
enum class SupplyReading {
    graded,             ///< half the supply is half the item
    enough_or_nothing,  ///< as the failure logic reads it: all of it, or less than enough and none
};

/// Something that a plan changes, from a week on.
///
/// Source: docs/explanation/shock-remedies.md (R1-R5).
struct ItemChange {
    enum class Kind : std::uint8_t {
        store,       ///< weeks of normal use are put in store
        capacity,    ///< makers can give more, if they get what they need
        recycling,   ///< so much comes without any of the item's inputs
        substitute,  ///< where the item is missing, `other` takes its place
        without      ///< the item is made without `other`
    };

    Kind kind;
    model::ItemIndex item;
    double amount;  ///< > 0; weeks, or a part of the usual supply, use or output
    Estimate week = Estimate::exactly(0);  ///< from which on; Monte Carlo draws it
    std::optional<model::ItemIndex> other = {};
    /// Rows of the map whose suppliers make it, in equal parts: what a scenario does to them is
    /// done to it. Empty: nothing happens to it.
    std::vector<std::uint32_t> supplies = {};
    /// Two plans with the same key draw the same week.
    std::uint32_t key = 0;
};

struct ItemDynamicsOptions {
    ItemPace usual = {};
    /// By item of the map; empty: all are as usual.
    std::vector<ItemPace> paces = {};
    /// Weeks of normal use in store for everybody inside, beside the map's stocks, by item of the
    /// map; empty: none. What a stockpile is.
    std::vector<double> added_store_weeks = {};
    std::vector<ItemChange> changes = {};  ///< all are in force
    supply::Completion completion = supply::Completion::likely;
    SupplyReading reading = SupplyReading::graded;
    supply::Equipment equipment = supply::Equipment::counts;
    double enough = 0.35;  ///< as FailureOptions::enough: below it an item counts as stopped
    double whole = 0.99;   ///< below it output counts as reduced; nobody counts to the last percent
};

/// A row of SupplyMap::supplies as the viewpoint sees it.
struct SeenSupply {
    std::uint32_t supply;  ///< position in the map
    std::optional<Estimate> share;
    bool has_origin;
};

/// A row of SupplyMap::stocks that is held inside.
struct SeenStore {
    std::uint32_t stock;  ///< position in the map
    std::uint32_t node;
    Estimate weeks;  ///< of normal use
};

struct ItemStructure;

/// The items that a viewpoint needs for what it asks about, with their needs, in an order in which
/// inputs come before what takes them, circles apart: the network on which items live week by week.
///
/// The map and its index must outlive it. Copies share what they hold.
class ItemNetwork {
  public:
    /// Errors: invalid_argument without targets, or for options out of range, with the reason.
    /// Cost:   O(items + needs + supplies).
    static Result<ItemNetwork> create(
        const supply::MapIndex& index,
        const supply::Viewpoint& viewpoint,
        std::span<const model::ItemIndex> targets,
        const ItemDynamicsOptions& options = {}
    );

    std::size_t size() const;

    const model::SupplyMap& map() const;

    model::ItemIndex item(std::uint32_t node) const;

    /// Empty for an item that no target needs.
    std::optional<std::uint32_t> find_node(model::ItemIndex item) const;

    /// Nodes of the items asked for, in the order of the question.
    std::span<const std::uint32_t> targets() const;

    std::span<const SeenSupply> supplies_of(std::uint32_t node) const;

    std::span<const SeenStore> stores() const;

    const ItemDynamicsOptions& options() const;

    /// Stocks of the map that cannot be used, and why: a unit that is not days of normal use.
    std::span<const Sentence> notes() const;

    const ItemStructure& structure() const { return *structure_; }

  private:
    explicit ItemNetwork(std::shared_ptr<const ItemStructure> structure)
        : structure_(std::move(structure)) {}

    std::shared_ptr<const ItemStructure> structure_;
};

}  // namespace adic::shock
