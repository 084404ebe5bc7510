#include "adic/supply/indicators/exposure.hpp"

#include "estimates.hpp"
#include "input_values.hpp"
#include "list.hpp"
#include "reading_of.hpp"

#include <algorithm>
#include <cassert>
#include <span>
#include <tuple>
#include <vector>

namespace adic::supply {
namespace {

using model::StateIndex;

constexpr std::size_t shown = 3;

struct Content {
    StateIndex state;
    Estimate part;
};

/// What each state outside controls of the item, the `shown` with the most first.
std::vector<Content> contents(const ItemFacts& facts, double open) {
    std::vector<Content> all;
    for (const ControlledContent& c : facts.input_control().by_state) {
        if (!facts.context().is_inside(c.state)) {
            const double high = std::min(1.0, c.content.high + open);
            all.push_back({c.state, bracket(std::max(0.0, c.content.low), c.content.likely, high)});
        }
    }
    const auto more = [](const Content& a, const Content& b) {
        return std::tuple{-a.part.likely(), -a.part.high(), a.state}
               < std::tuple{-b.part.likely(), -b.part.high(), b.state};
    };
    const auto count = static_cast<std::ptrdiff_t>(std::min(shown, all.size()));
    std::partial_sort(all.begin(), all.begin() + count, all.end(), more);
    return all;
}

Reading evaluate_controlled(const ItemFacts& facts) {
    ReadingBuilder reading{controlled_content_indicator, facts};
    const InputValues& values = facts.input_values();
    if (values.groups == 0.0 || values.likely <= 0.0) {
        return reading.unknown(no_values);
    }
    const InputControl& control = facts.input_control();
    reading.uses(control.facts);
    const double covered =
        std::min(1.0, control.traced / values.likely) * values.valued / values.groups;
    if (control.traced <= 0.0) {
        return reading.unknown(
            "no input with a value share carries a control-list code or a record of control"
        );
    }
    const std::vector<Content> all = contents(facts, values.open);
    if (all.empty()) {
        return reading.unknown("no origin of an input outside is recorded", covered);
    }
    double low = 0.0;
    double high = 0.0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        low = std::max(low, all[i].part.low());
        high = std::max(high, all[i].part.high());
        if (i < shown) {
            reading.factor("controlled content", all[i].part, all[i].state);
        }
    }
    reading.note("one tier, by place of origin; a record 'controlled.STATE' of an input goes first"
    );
    return reading.value(bracket(low, all.front().part.likely(), high), covered);
}

}  // namespace

const Indicator controlled_content_indicator{
    .name = "controlled-content",
    .title = "Content under one foreign jurisdiction",
    .unit = "1",
    .equation = "CC_j = value of j-controlled parts / value of the item, largest over j",
    .source = "US EAR 734.4 (de minimis)",
    .threshold = &IndicatorParameters::controlled_content,
    .higher_is_worse = true,
    .evaluate = evaluate_controlled,
    .hangs_on = {.input_markets = true, .control = true},
};

double controlled_content(std::span<const double> controlled_parts, double item_value) {
    assert(item_value > 0.0);
    double sum = 0.0;
    for (const double part : controlled_parts) {
        sum += part;
    }
    return sum / item_value;
}

}  // namespace adic::supply
