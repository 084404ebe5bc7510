#pragma once

#include "adic/base/estimate.hpp"
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

    friend bool operator==(const StateFigure&, const StateFigure&) = default;
};

/// What the indicators need to know of a map whoever looks at it: one serves all viewpoints, and
/// all threads. The map index must outlive it.
///
/// Cost: O(states * figures about a state + codes + needs + supplies).
class IndicatorTables {
  public:
    explicit IndicatorTables(const MapIndex& index, IndicatorParameters parameters = {});

    const MapIndex& index() const { return *index_; }

    const model::SupplyMap& map() const { return index_->map(); }

    const IndicatorParameters& parameters() const { return parameters_; }

    /// World Governance Indicators, mean of the dimensions recorded, turned round: 0 good .. 10
    /// bad.
    const StateFigure& governance(model::StateIndex s) const { return governance_[s.value()]; }

    /// Political instability, 0 good .. 1 bad.
    const StateFigure& instability(model::StateIndex s) const { return instability_[s.value()]; }

    /// Inability to supply: 1 - policy perception index / 100.
    const StateFigure& inability(model::StateIndex s) const { return inability_[s.value()]; }

    /// Yearly probability that the state stops supplying.
    const StateFigure& hazard(model::StateIndex s) const { return hazard_[s.value()]; }

    /// Part of the supply that is gone while the state does not supply.
    const StateFigure& severity(model::StateIndex s) const { return severity_[s.value()]; }

    /// Additional tariff on what comes from the state, as part of the value.
    const StateFigure& tariff(model::StateIndex s) const { return tariff_[s.value()]; }

    /// The first bloc of the map that the state is in.
    std::optional<model::BlocIndex> bloc_of(model::StateIndex s) const {
        return bloc_of_[s.value()];
    }

    /// Where the item comes from on the world's market.
    Origins world_origins(model::ItemIndex item) const { return world_.of(item.value()); }

    /// The items of which some supply speaks of the purchases of a state or a bloc.
    std::span<const model::ItemIndex> items_with_markets() const { return items_with_markets_; }

    /// The position of the item in that list; empty: all its supplies speak of the world's.
    std::optional<std::uint32_t> market_slot(model::ItemIndex item) const {
        const std::uint32_t slot = market_slot_[item.value()];
        return slot == only_world ? std::nullopt : std::optional{slot};
    }

    /// Whether any consumed input of the item is in that list.
    bool has_inputs_with_markets(model::ItemIndex item) const {
        return has_inputs_with_markets_[item.value()];
    }

    /// Whether some control list names the item.
    bool is_listed(model::ItemIndex item) const { return listed_[item.value()]; }

    /// Whether any figure is about the item.
    bool has_figures(model::ItemIndex item) const { return has_figures_[item.value()]; }

    /// Positions in map().codes of the control-list codes of the item.
    std::span<const std::uint32_t> control_codes_of(model::ItemIndex item) const {
        return control_codes_.rows_of(item.value());
    }

  private:
    static constexpr std::uint32_t only_world = UINT32_MAX;

    void read_states();
    void read_items();
    void find_markets();

    const MapIndex* index_;
    IndicatorParameters parameters_;
    std::vector<std::optional<model::BlocIndex>> bloc_of_;
    std::vector<StateFigure> governance_;
    std::vector<StateFigure> instability_;
    std::vector<StateFigure> inability_;
    std::vector<StateFigure> hazard_;
    std::vector<StateFigure> severity_;
    std::vector<StateFigure> tariff_;
    OriginTable world_;
    std::vector<model::ItemIndex> items_with_markets_;
    std::vector<std::uint32_t> market_slot_;
    std::vector<bool> has_inputs_with_markets_;
    RowIndex control_codes_;
    std::vector<bool> listed_;  ///< small enough to stay in the cache, unlike the indexes
    std::vector<bool> has_figures_;
};

/// Distance of the partner to those inside: the mean of the figures "unwillingness.STATE" over
/// them, or the figure "unwillingness" that names nobody.
StateFigure unwillingness_of(
    const MapIndex& index,
    model::StateIndex partner,
    std::span<const model::StateIndex> inside
);

}  // namespace adic::supply
