#pragma once

#include "adic/supply/indicators/indicator_context.hpp"
#include "adic/supply/indicators/origins.hpp"

#include <optional>
#include <vector>

namespace adic::supply {

/// An amount of which part may not be recorded: `high` is infinite where there is no upper bound.
struct Amount {
    double low = 0.0;
    double likely = 0.0;
    double high = 0.0;

    Amount& operator+=(const Amount& other);
};

struct PartnerAmount {
    model::StateIndex partner;
    Amount amount;
};

/// Production, imports, exports and stock release of an item, summed over the states inside; trade
/// between them drops out. In one unit: the item's, or the one most rows are in.
struct TradeBalance {
    Amount production;
    Amount imports;         ///< from outside
    Amount imports_far;     ///< of which from outside the region too
    Amount imports_inside;  ///< bought by those inside from each other
    Amount exports;         ///< to outside
    Amount exports_all;     ///< to outside and to each other
    Amount home_surplus;    ///< production less exports; where one is missing, at least 0
    Amount stock_release;
    std::vector<PartnerAmount> partners;  ///< imports from outside by partner, by state, each once
    Amount unallocated;                   ///< imports whose partner is not recorded
    bool has_production = false;          ///< recorded for some state inside; likewise below
    bool has_imports = false;
    bool has_exports = false;
    bool all_exports = false;  ///< recorded for every state inside
    double covered =
        0.0;  ///< recorded part of the states inside times production, imports, exports
    std::vector<model::ProvenanceIndex> facts;
};

/// CDI1 to CDI3 of an item over all completions, and what they were read from.
///
/// From purchases by partner where they are recorded, else from supply shares (then without CDI3).
struct OutsideBounds {
    std::optional<Estimate> concentration;
    std::optional<Estimate> weight;
    std::optional<Estimate> substitution;
    double covered = 0.0;
    bool from_shares = false;
};

/// What the consumed inputs of an item are worth, as parts of its value.
struct InputValues {
    double low = 0.0;  ///< sum over groups, each at its least
    double likely = 0.0;
    double open = 0.0;  ///< value that inputs without a value share may have together
    double groups = 0.0;
    double valued = 0.0;  ///< groups whose every alternative has a value share
};

/// Part of an item's value that a state controls.
struct ControlledContent {
    model::StateIndex state;
    Amount content;
};

/// What states control of an item through its consumed inputs, and what that was read from.
struct InputControl {
    std::vector<ControlledContent> by_state;  ///< of those named anywhere, each once, by state
    double traced = 0.0;  ///< likely value of inputs about whose control something is recorded
    std::vector<model::ProvenanceIndex> facts;  ///< sorted, each once
};

/// What is known of one item whoever looks at it, each figure made when it is first asked for.
/// Serves all viewpoints of one thread in turn.
class ItemRecord {
  public:
    /// The tables must outlive it.
    ItemRecord(const IndicatorTables& tables, model::ItemIndex item)
        : tables_(&tables)
        , item_(item)
        , world_(tables.world_origins(item)) {}

    const IndicatorTables& tables() const { return *tables_; }

    model::ItemIndex item() const { return item_; }

    /// Supplies on the world's market, and their concentration (HHI), 0 to 1 where no share is
    /// recorded.
    const Origins& world() const { return world_; }

    const Estimate& world_hhi() const;

    const InputValues& input_values() const;

    /// By the origins of the inputs on the world's market.
    const InputControl& input_control() const;

  private:
    const IndicatorTables* tables_;
    model::ItemIndex item_;
    Origins world_;
    mutable std::optional<Estimate> world_hhi_;
    mutable std::optional<InputValues> values_;
    mutable std::optional<InputControl> control_;
};

/// What is known of one item as seen from a viewpoint, each figure made when an indicator first
/// asks for it. For one thread.
class ItemFacts {
  public:
    /// The context and the record must outlive it.
    /// Requires: both were made from the same tables.
    ItemFacts(const IndicatorContext& context, const ItemRecord& record)
        : context_(&context)
        , record_(&record)
        , sourcing_(context.origins_seen(record.item())) {}

    const IndicatorContext& context() const { return *context_; }

    const IndicatorParameters& parameters() const { return context_->parameters(); }

    model::ItemIndex item() const { return record_->item(); }

    /// Supplies on the viewpoint's own market; on the world's where it has none.
    const Origins& sourcing() const { return sourcing_; }

    /// Supplies on the world's market.
    const Origins& world() const { return record_->world(); }

    /// Where an input of the item comes from, on the viewpoint's own market.
    Origins origins_of(model::ItemIndex input) const { return context_->origins_seen(input); }

    /// Concentration of `sourcing` and of `world` (HHI); 0 to 1 where no share is recorded.
    const Estimate& sourcing_hhi() const;

    const Estimate& world_hhi() const { return record_->world_hhi(); }

    /// The largest share of one state outside in `sourcing`.
    const Estimate& largest_outside() const;

    /// Cost: O(r) for the r trades of the item, times the states inside that report any.
    const TradeBalance& trade() const;

    const OutsideBounds& outside() const;

    const InputValues& input_values() const { return record_->input_values(); }

    /// By the origins of the inputs on the viewpoint's own market.
    const InputControl& input_control() const;

  private:
    const IndicatorContext* context_;
    const ItemRecord* record_;
    Origins sourcing_;
    mutable std::optional<Estimate> sourcing_hhi_;
    mutable std::optional<Estimate> largest_outside_;
    mutable std::optional<TradeBalance> trade_;
    mutable std::optional<OutsideBounds> outside_;
    mutable std::optional<InputControl> control_;
};

}  // namespace adic::supply
