#pragma once

#include "adic/base/estimate.hpp"
#include "adic/supply/indicators/indicator.hpp"
#include "adic/supply/indicators/origins.hpp"
#include "adic/supply/indicators/parameters.hpp"
#include "adic/supply/map_index.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace adic::supply {

/// A figure about a state that several indicators take, and where it was read.
struct StateFigure {
    std::optional<Estimate> value;
    std::vector<model::ProvenanceIndex> facts;
};

/// What the indicators need to know once for all items: who is inside, who is near, which bloc a
/// state belongs to, and the figures about states. The map index and the viewpoint must outlive it.
///
/// Cost: O(states * figures about a state + codes + supplies).
class IndicatorContext {
  public:
    IndicatorContext(
        const MapIndex& index,
        const Viewpoint& viewpoint,
        IndicatorParameters parameters = {}
    );

    const MapIndex& index() const { return *index_; }

    const model::SupplyMap& map() const { return index_->map(); }

    const Viewpoint& viewpoint() const { return *viewpoint_; }

    const IndicatorParameters& parameters() const { return parameters_; }

    bool is_inside(model::StateIndex state) const { return viewpoint_->is_inside(state); }

    /// Whether the state is inside or in the region of the parameters.
    bool is_near(model::StateIndex state) const { return near_[state.value()]; }

    /// Whether the region of the parameters is a bloc of the map.
    bool knows_region() const { return knows_region_; }

    const std::vector<model::StateIndex>& inside() const { return inside_; }

    /// The first bloc of the map that the state is in, the viewpoint's own blocs left out.
    std::optional<model::BlocIndex> bloc_of(model::StateIndex state) const {
        return bloc_of_[state.value()];
    }

    /// World Governance Indicators, mean of the dimensions recorded, turned round: 0 good .. 10
    /// bad.
    const StateFigure& governance(model::StateIndex s) const { return governance_[s.value()]; }

    /// Political instability, 0 good .. 1 bad.
    const StateFigure& instability(model::StateIndex s) const { return instability_[s.value()]; }

    /// Inability to supply: 1 - policy perception index / 100.
    const StateFigure& inability(model::StateIndex s) const { return inability_[s.value()]; }

    /// Unwillingness to supply those inside, 0 close .. 1 distant.
    const StateFigure& unwillingness(model::StateIndex s) const {
        return unwillingness_[s.value()];
    }

    /// Yearly probability that the state stops supplying.
    const StateFigure& hazard(model::StateIndex s) const { return hazard_[s.value()]; }

    /// Part of the supply that is gone while the state does not supply.
    const StateFigure& severity(model::StateIndex s) const { return severity_[s.value()]; }

    /// Additional tariff on what comes from the state, as part of the value.
    const StateFigure& tariff(model::StateIndex s) const { return tariff_[s.value()]; }

    /// Where the item comes from on the viewpoint's own market; on the world's where it has none.
    Origins origins_seen(model::ItemIndex item) const { return seen_.of(item); }

    /// Where the item comes from on the world's market.
    Origins world_origins(model::ItemIndex item) const { return world_.of(item); }

    /// Whether some control list names the item.
    bool is_listed(model::ItemIndex item) const { return listed_[item.value()]; }

    /// Whether any figure is about the item.
    bool has_figures(model::ItemIndex item) const { return has_figures_[item.value()]; }

    /// Positions in map().codes of the control-list codes of the item.
    std::span<const std::uint32_t> control_codes_of(model::ItemIndex item) const {
        return control_codes_.rows_of(item.value());
    }

  private:
    const MapIndex* index_;
    const Viewpoint* viewpoint_;
    IndicatorParameters parameters_;
    std::vector<bool> near_;
    bool knows_region_ = false;
    std::vector<model::StateIndex> inside_;
    std::vector<std::optional<model::BlocIndex>> bloc_of_;
    std::vector<StateFigure> governance_;
    std::vector<StateFigure> instability_;
    std::vector<StateFigure> inability_;
    std::vector<StateFigure> unwillingness_;
    std::vector<StateFigure> hazard_;
    std::vector<StateFigure> severity_;
    std::vector<StateFigure> tariff_;
    RowIndex control_codes_;
    std::vector<bool> listed_;  ///< small enough to stay in the cache, unlike the indexes
    std::vector<bool> has_figures_;
    OriginTable seen_;
    OriginTable world_;
};

}  // namespace adic::supply
