#pragma once

#include "adic/supply/indicators/indicator.hpp"
#include "adic/supply/indicators/indicator_tables.hpp"
#include "adic/supply/indicators/origins.hpp"
#include "adic/supply/indicators/parameters.hpp"
#include "adic/supply/map_index.hpp"

#include <memory>
#include <span>
#include <vector>

namespace adic::supply {

/// What the indicators need to know once for all items of one viewpoint: who is inside, who is
/// near. The map index and the viewpoint must outlive it.
///
/// Cost: O(states + supplies on markets of states and blocs), and the tables if
///       it has to make them.
class IndicatorContext {
  public:
    IndicatorContext(
        const MapIndex& index,
        const Viewpoint& viewpoint,
        IndicatorParameters parameters = {}
    );

    /// Takes the tables that it shares with other viewpoints.
    IndicatorContext(std::shared_ptr<const IndicatorTables> tables, const Viewpoint& viewpoint);

    const IndicatorTables& tables() const { return *tables_; }

    const MapIndex& index() const { return tables_->index(); }

    const model::SupplyMap& map() const { return tables_->map(); }

    const Viewpoint& viewpoint() const { return *viewpoint_; }

    const IndicatorParameters& parameters() const { return tables_->parameters(); }

    bool is_inside(model::StateIndex state) const { return viewpoint_->is_inside(state); }

    /// Whether the state is inside or in the region of the parameters.
    bool is_near(model::StateIndex state) const { return near_[state.value()]; }

    /// By state.
    const std::vector<bool>& near() const { return near_; }

    /// Whether the region of the parameters is a bloc of the map.
    bool knows_region() const { return knows_region_; }

    const std::vector<model::StateIndex>& inside() const { return inside_; }

    /// Unwillingness to supply those inside, 0 close .. 1 distant.
    const StateFigure& unwillingness(model::StateIndex s) const {
        return unwillingness_[s.value()];
    }

    /// By state.
    const std::vector<StateFigure>& unwillingness() const { return unwillingness_; }

    /// Where the item comes from on the viewpoint's own market; on the world's where it has none.
    Origins origins_seen(model::ItemIndex item) const {
        const auto slot = tables_->market_slot(item);
        return slot ? seen_.of(*slot) : tables_->world_origins(item);
    }

    /// Where the item comes from on the world's market.
    Origins world_origins(model::ItemIndex item) const { return tables_->world_origins(item); }

  private:
    std::shared_ptr<const IndicatorTables> tables_;
    const Viewpoint* viewpoint_;
    std::vector<bool> near_;
    bool knows_region_ = false;
    std::vector<model::StateIndex> inside_;
    std::vector<StateFigure> unwillingness_;
    OriginTable seen_;  ///< of the items that have supplies on markets of states or blocs
};

}  // namespace adic::supply
