#pragma once

#include "adic/supply/indicators/indicator_context.hpp"
#include "adic/supply/indicators/shares.hpp"

#include <optional>
#include <vector>

namespace adic::supply {

/// What one state supplies of an item, all its organisations together.
struct OriginShare {
    model::StateIndex state;
    ShareRange share;
    ShareRange trade_restriction{1.0, 1.0, 1.0};
};

/// Where an item on one market comes from.
struct Origins {
    std::vector<OriginShare> known;     ///< by state, each once
    ShareRange unknown{0.0, 1.0, 1.0};  ///< of which no origin is recorded
    bool recorded = false;              ///< some row has a share
    bool of_world = true;               ///< the market is all the world
    std::vector<model::ProvenanceIndex> facts;

    /// Likely share whose origin is known, at most 1.
    double covered() const;
};

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

/// Everything recorded about one item as seen from the viewpoint, gathered once for all indicators.
/// Cost: O(r log r) for the r supplies and trades of the item.
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
    const Origins& world() const { return sourcing_.of_world ? sourcing_ : world_; }

    const TradeBalance& trade() const { return trade_; }

  private:
    const IndicatorContext* context_;
    model::ItemIndex item_;
    Origins sourcing_;
    Origins world_;
    TradeBalance trade_;
};

/// The origins of the item on the viewpoint's own market; on the world's where it has none.
Origins origins_seen(const IndicatorContext& context, model::ItemIndex item);

}  // namespace adic::supply
