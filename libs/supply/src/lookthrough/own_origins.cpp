#include "lookthrough/own_origins.hpp"

#include <algorithm>

namespace adic::supply {
namespace {

constexpr double rounding = 1e-12;

StatePart part_of(const model::Supply& supply) {
    const std::uint32_t state = supply.origin->value();
    if (!supply.share) {
        return {state, 0.0, 0.0, 0.0, false};
    }
    const Estimate share = *supply.share;
    return {state, share.low(), share.likely(), share.high(), !supply.organisation.has_value()};
}

/// Adds up the parts of each state. One record of a state as a whole makes it whole, unless
/// another record of it has no share.
std::vector<StatePart> merged(std::vector<StatePart> parts, const std::vector<bool>& has_gap) {
    std::ranges::stable_sort(parts, {}, &StatePart::state);
    std::vector<StatePart> states;
    for (const StatePart& part : parts) {
        if (states.empty() || states.back().state != part.state) {
            states.push_back(part);
            continue;
        }
        StatePart& state = states.back();
        state.low += part.low;
        state.likely += part.likely;
        state.high += part.high;
        state.whole = state.whole || part.whole;
    }
    for (StatePart& state : states) {
        state.whole = state.whole && !has_gap[state.state];
    }
    return states;
}

template <typename Member>
double sum_of(const std::vector<StatePart>& states, Member member) {
    double sum = 0.0;
    for (const StatePart& state : states) {
        sum += state.*member;
    }
    return sum;
}

std::vector<StatePart>
recorded_parts(const MapIndex& index, const Viewpoint& viewpoint, model::ItemIndex item) {
    std::vector<StatePart> parts;
    std::vector<bool> has_gap(index.map().states.size(), false);
    for (const std::uint32_t row : index.supplies_seen(item, viewpoint)) {
        const model::Supply& supply = index.map().supplies[row];
        if (supply.origin) {
            parts.push_back(part_of(supply));
            has_gap[supply.origin->value()] =
                has_gap[supply.origin->value()] || !supply.share.has_value();
        }
    }
    return merged(std::move(parts), has_gap);
}

}  // namespace

OwnOrigins own_origins(const MapIndex& index, const Viewpoint& viewpoint, model::ItemIndex item) {
    OwnOrigins own{recorded_parts(index, viewpoint, item), 0.0, 0.0, 0.0};
    const double total = sum_of(own.states, &StatePart::likely);
    if (total > 1.0 - rounding) {  // the shares of a market may add up to 1.001
        for (StatePart& state : own.states) {
            state.low *= std::min(1.0, 1.0 / total);
            state.likely /= total;
        }
    }
    own.unknown = total > 1.0 - rounding ? 0.0 : 1.0 - total;
    own.unknown_high = std::max(own.unknown, 1.0 - sum_of(own.states, &StatePart::low));
    own.unknown_low = std::clamp(1.0 - sum_of(own.states, &StatePart::high), 0.0, own.unknown);
    for (StatePart& state : own.states) {
        const double most = state.low + own.unknown_high;
        state.high = std::max(state.likely, state.whole ? std::min(state.high, most) : most);
        state.high = std::min(state.high, 1.0);
    }
    return own;
}

StatePart inside_part(const OwnOrigins& origins, const Viewpoint& viewpoint) {
    StatePart inside{0, 0.0, 0.0, 0.0, false};
    std::size_t whole = 0;
    for (const StatePart& state : origins.states) {
        if (viewpoint.inside[state.state]) {
            inside.low += state.low;
            inside.likely += state.likely;
            inside.high += state.high;
            whole += state.whole ? 1 : 0;
        }
    }
    const auto members = static_cast<std::size_t>(std::ranges::count(viewpoint.inside, true));
    const double most = std::min(1.0, inside.low + origins.unknown_high);
    inside.whole = whole == members;
    inside.high = inside.whole ? std::min(inside.high, most) : most;
    inside.high = std::max(inside.high, inside.likely);
    return inside;
}

}  // namespace adic::supply
