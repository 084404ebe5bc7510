#include "recorded.hpp"

#include <gtest/gtest.h>

namespace adic::supply {
namespace {

constexpr model::ProvenanceIndex drawn{0};

model::Market market_named(const model::SupplyMap& map, std::string_view id) {
    if (const auto bloc = map.blocs.find(id)) {
        return *bloc;
    }
    return state(map, id);
}

}  // namespace

Estimate between(double low, double likely, double high) {
    return *Estimate::create(low, likely, high);
}

Recorder& Recorder::trade(
    std::string_view of,
    std::string_view by,
    model::Flow flow,
    Estimate amount,
    std::string_view partner
) {
    const auto with = partner.empty() ? std::nullopt : std::optional{state(*map_, partner)};
    const std::string& unit = map_->items[item(*map_, of)].unit;
    map_->trades.push_back({item(*map_, of), state(*map_, by), flow, with, amount, unit, drawn});
    return *this;
}

Recorder& Recorder::of_state(std::string_view of, std::string_view measure, Estimate value) {
    map_->figures.push_back({state(*map_, of), std::string(measure), value, "", drawn});
    return *this;
}

Recorder& Recorder::of_item(std::string_view of, std::string_view measure, Estimate value) {
    map_->figures.push_back({item(*map_, of), std::string(measure), value, "", drawn});
    return *this;
}

Recorder& Recorder::value(std::string_view user, std::string_view input, Estimate share) {
    for (model::Need& need : map_->needs) {
        const bool used_by = map_->groups[need.group.value()].item == item(*map_, user);
        if (used_by && need.input == item(*map_, input)) {
            need.value_share = share;
        }
    }
    return *this;
}

Recorder& Recorder::code(std::string_view of, std::string_view scheme, std::string_view code) {
    map_->codes.push_back({item(*map_, of), std::string(scheme), std::string(code), drawn});
    return *this;
}

Recorder& Recorder::bought_by(
    std::string_view market,
    std::string_view of,
    std::string_view origin,
    Estimate share
) {
    model::Supply supply{
        item(*map_, of),
        state(*map_, origin),
        std::nullopt,
        market_named(*map_, market),
        share,
        std::nullopt,
        "",
        std::nullopt,
        drawn};
    map_->supplies.push_back(std::move(supply));
    return *this;
}

Reading read(
    const model::SupplyMap& map,
    std::string_view viewpoint,
    std::string_view indicator,
    std::string_view of,
    const IndicatorParameters& parameters
) {
    const MapIndex index{map};
    const Viewpoint seen = seen_from(map, viewpoint);
    const Indicator* found = find_indicator(indicator);
    EXPECT_NE(found, nullptr) << indicator;
    return evaluate(*found, index, seen, item(map, of), parameters);
}

}  // namespace adic::supply
