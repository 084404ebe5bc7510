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

/// Everything recorded about one item as seen from the viewpoint, gathered once for all indicators.
/// Cost: O(r) for the r trades of the item, times the states inside that report any.
class ItemFacts {
  public:
    /// The context must outlive it.
    ItemFacts(const IndicatorContext& context, model::ItemIndex item);

    const IndicatorContext& context() const { return *context_; }

    const IndicatorParameters& parameters() const { return context_->parameters(); }

    model::ItemIndex item() const { return item_; }

    /// Supplies on the viewpoint's own market; on the world's where it has none.
    const Origins& sourcing() const { return sourcing_; }

    /// Supplies on the world's market.
    const Origins& world() const { return world_; }

    /// Where an input of the item comes from, on the viewpoint's own market.
    Origins origins_of(model::ItemIndex input) const { return context_->origins_seen(input); }

    /// Concentration of `sourcing` and of `world` (HHI); 0 to 1 where no share is recorded.
    const Estimate& sourcing_hhi() const { return sourcing_hhi_; }

    const Estimate& world_hhi() const { return world_hhi_; }

    /// The largest share of one state outside in `sourcing`.
    const Estimate& largest_outside() const { return largest_outside_; }

    const TradeBalance& trade() const { return trade_; }

    const OutsideBounds& outside() const { return outside_; }

  private:
    const IndicatorContext* context_;
    model::ItemIndex item_;
    Origins sourcing_;
    Origins world_;
    Estimate sourcing_hhi_;
    Estimate world_hhi_;
    Estimate largest_outside_;
    TradeBalance trade_;
    OutsideBounds outside_;
};

}  // namespace adic::supply
