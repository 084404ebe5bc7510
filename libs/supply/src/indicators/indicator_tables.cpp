#include "adic/supply/indicators/indicator_tables.hpp"

#include "estimates.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace adic::supply {
namespace {

using model::Figure;
using model::StateIndex;
using model::SupplyMap;

constexpr std::array<std::string_view, 6> governance_measures{
    "wgi_voice_accountability",
    "wgi_political_stability",
    "wgi_government_effectiveness",
    "wgi_regulatory_quality",
    "wgi_rule_of_law",
    "wgi_control_of_corruption",
};

/// Schemes that name or classify an item; every other scheme is the list of a control regime.
constexpr std::array<std::string_view, 5> naming_schemes{"HS", "FSC", "NSN", "UNSPSC", "CPV"};

/// `a * x + b` of an estimate, kept within [least, most]. Turns the ends round where a is negative.
Estimate rescaled(Estimate x, double a, double b, std::pair<double, double> range) {
    const auto at = [&](double value) {
        return std::clamp(a * value + b, range.first, range.second);
    };
    const double first = at(x.low());
    const double last = at(x.high());
    return bracket(std::min(first, last), at(x.likely()), std::max(first, last));
}

/// The mean of the measures of the state that are recorded, each rescaled.
StateFigure mean_of(
    const MapIndex& index,
    StateIndex state,
    std::span<const std::string_view> measures,
    Estimate (*rescale)(Estimate)
) {
    StateFigure result;
    double low = 0.0;
    double likely = 0.0;
    double high = 0.0;
    for (const std::string_view measure : measures) {
        if (const Figure* figure = index.figure(state, measure)) {
            const Estimate value = rescale(figure->value);
            low += value.low();
            likely += value.likely();
            high += value.high();
            result.facts.push_back(figure->provenance);
        }
    }
    if (!result.facts.empty()) {
        const auto n = static_cast<double>(result.facts.size());
        result.value = bracket(low / n, likely / n, high / n);
    }
    return result;
}

StateFigure single(
    const MapIndex& index,
    StateIndex state,
    std::string_view measure,
    Estimate (*rescale)(Estimate)
) {
    return mean_of(index, state, std::span{&measure, 1}, rescale);
}

Estimate as_part(Estimate x) {
    return rescaled(x, 1.0, 0.0, {0.0, 1.0});
}

Estimate as_governance(Estimate x) {
    return rescaled(x, -2.0, 5.0, {0.0, 10.0});
}

Estimate as_instability(Estimate x) {
    return rescaled(x, -0.2, 0.5, {0.0, 1.0});
}

Estimate as_inability(Estimate x) {
    return rescaled(x, -0.01, 1.0, {0.0, 1.0});
}

Estimate as_tariff(Estimate x) {
    return rescaled(x, 1.0, 0.0, {0.0, 1e6});
}

std::vector<StateFigure> hazards_of(const SupplyMap& map) {
    std::vector<StateFigure> hazards(map.states.size());
    for (const model::Hazard& hazard : map.hazards) {
        const auto* state = std::get_if<StateIndex>(&hazard.subject);
        if (state == nullptr) {
            continue;
        }
        StateFigure& slot = hazards[state->value()];
        const auto last_day = [&](model::ProvenanceIndex p) { return map[p].period.last; };
        if (!slot.value || last_day(hazard.provenance) >= last_day(slot.facts.front())) {
            slot = {hazard.probability, {hazard.provenance}};
        }
    }
    return hazards;
}

RowIndex index_control_codes(const SupplyMap& map) {
    const auto nowhere = static_cast<std::uint32_t>(map.items.size());
    std::vector<std::uint32_t> item_of_row;
    item_of_row.reserve(map.codes.size());
    for (const model::ItemCode& code : map.codes) {
        const bool names = std::ranges::count(naming_schemes, std::string_view{code.scheme}) > 0;
        item_of_row.push_back(names ? nowhere : code.item.value());
    }
    return RowIndex{map.items.size() + 1, item_of_row};
}

bool is_of_world(const model::Supply& supply) {
    return std::holds_alternative<std::monostate>(supply.market);
}

}  // namespace

StateFigure
unwillingness_of(const MapIndex& index, StateIndex partner, std::span<const StateIndex> inside) {
    std::vector<std::string> names;
    for (const StateIndex viewer : inside) {
        names.push_back("unwillingness." + index.map().states[viewer].id);
    }
    const std::vector<std::string_view> measures(names.begin(), names.end());
    StateFigure mean = mean_of(index, partner, measures, as_part);
    return mean.value ? mean : single(index, partner, "unwillingness", as_part);
}

IndicatorTables::IndicatorTables(const MapIndex& index, IndicatorParameters parameters)
    : index_(&index)
    , parameters_(std::move(parameters)) {
    read_states();
    read_items();
    find_markets();
}

void IndicatorTables::read_states() {
    bloc_of_.resize(map().states.size());
    for (std::uint32_t b = 0; b < map().blocs.size(); ++b) {
        for (const StateIndex member : map().blocs[model::BlocIndex{b}].members) {
            auto& bloc = bloc_of_[member.value()];
            bloc = bloc ? bloc : std::optional{model::BlocIndex{b}};
        }
    }
    hazard_ = hazards_of(map());
    for (std::uint32_t s = 0; s < map().states.size(); ++s) {
        const StateIndex state{s};
        governance_.push_back(mean_of(*index_, state, governance_measures, as_governance));
        instability_.push_back(single(*index_, state, "wgi_political_stability", as_instability));
        inability_.push_back(single(*index_, state, "policy_perception_index", as_inability));
        severity_.push_back(single(*index_, state, "supply_loss_severity", as_part));
        tariff_.push_back(single(*index_, state, "tariff_rate", as_tariff));
    }
}

void IndicatorTables::read_items() {
    control_codes_ = index_control_codes(map());
    std::vector<std::uint32_t> rows;
    for (std::uint32_t i = 0; i < map().items.size(); ++i) {
        const model::ItemIndex item{i};
        listed_.push_back(!control_codes_.rows_of(i).empty());
        has_figures_.push_back(!index_->figures_of(item).empty());
        rows.clear();
        for (const std::uint32_t row : index_->supplies_of(item)) {
            if (is_of_world(map().supplies[row])) {
                rows.push_back(row);
            }
        }
        world_.add(map(), rows);
    }
}

void IndicatorTables::find_markets() {
    std::vector<bool> has_market(map().items.size(), false);
    for (const model::Supply& supply : map().supplies) {
        if (!is_of_world(supply)) {
            has_market[supply.item.value()] = true;
        }
    }
    market_slot_.assign(map().items.size(), only_world);
    for (std::uint32_t i = 0; i < has_market.size(); ++i) {
        if (has_market[i]) {
            market_slot_[i] = static_cast<std::uint32_t>(items_with_markets_.size());
            items_with_markets_.emplace_back(i);
        }
    }
    has_inputs_with_markets_.assign(map().items.size(), false);
    for (const model::Need& need : map().needs) {
        const model::NeedGroup& group = map()[need.group];
        if (has_market[need.input.value()] && group.role == model::Role::consumed) {
            has_inputs_with_markets_[group.item.value()] = true;
        }
    }
}

}  // namespace adic::supply
