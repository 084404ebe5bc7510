#include "adic/supply/indicators/exposure.hpp"

#include "estimates.hpp"
#include "input_values.hpp"
#include "list.hpp"
#include "reading_of.hpp"

#include <algorithm>
#include <cassert>
#include <string>

namespace adic::supply {
namespace {

using model::Figure;
using model::StateIndex;

constexpr std::string_view prefix = "controlled.";

/// Part of an input that a jurisdiction controls: as recorded; else, for inputs on a control list,
/// what comes from it; else nothing is known of control, and at most what comes from it falls
/// under it.
ShareRange controlled_part(const ItemFacts& facts, model::ItemIndex input, StateIndex state) {
    const IndicatorContext& context = facts.context();
    if (!context.index().figures_of(input).empty()) {
        const std::string measure = std::string(prefix) + context.map().states[state].id;
        if (const Figure* figure = context.index().figure(input, measure)) {
            const auto part = [](double x) { return std::clamp(x, 0.0, 1.0); };
            const Estimate& v = figure->value;
            return {part(v.low()), part(v.likely()), part(v.high())};
        }
    }
    const Origins origins = facts.origins_of(input);
    ShareRange share{0.0, 0.0, origins.recorded ? origins.unknown.high : 1.0};
    for (const StateSupply& origin : origins.known) {
        if (origin.state == state) {
            share.low = origin.share.low;
            share.likely = origin.share.likely;
            share.high = std::min(1.0, share.high + origin.share.high);
        }
    }
    return context.control_codes_of(input).empty() ? ShareRange{0.0, 0.0, share.high} : share;
}

/// The states outside from which an input comes or that are recorded as controlling one.
std::vector<StateIndex> jurisdictions(const ItemFacts& facts) {
    const IndicatorContext& context = facts.context();
    std::vector<StateIndex> states;
    sum_of_inputs(facts, [&](const model::Need& need) {
        for (const StateSupply& origin : facts.origins_of(need.input).known) {
            states.push_back(origin.state);
        }
        for (const std::uint32_t row : context.index().figures_of(need.input)) {
            const std::string_view measure = context.map().figures[row].measure;
            if (measure.starts_with(prefix)) {
                const auto state = context.map().states.find(measure.substr(prefix.size()));
                states.insert(states.end(), state ? 1 : 0, state.value_or(StateIndex{0}));
            }
        }
        return ShareRange::exactly(0.0);
    });
    std::ranges::sort(states);
    states.erase(std::ranges::unique(states).begin(), states.end());
    std::erase_if(states, [&](StateIndex state) { return context.is_inside(state); });
    return states;
}

struct Controlled {
    StateIndex state;
    Estimate content;
};

std::vector<Controlled> contents(const ItemFacts& facts, double open) {
    std::vector<Controlled> all;
    for (const StateIndex state : jurisdictions(facts)) {
        const Amount sum = sum_of_inputs(facts, [&](const model::Need& need) {
            return controlled_part(facts, need.input, state);
        });
        const double high = std::min(1.0, sum.high + open);
        all.push_back({state, bracket(sum.low, sum.likely, std::max(high, sum.likely))});
    }
    std::ranges::stable_sort(all, [](const Controlled& a, const Controlled& b) {
        return std::pair{a.content.likely(), a.content.high()}
               > std::pair{b.content.likely(), b.content.high()};
    });
    return all;
}

/// Likely value of inputs about whose control something is recorded, and the sources used.
double traced_value(const ItemFacts& facts, ReadingBuilder& reading) {
    const IndicatorContext& context = facts.context();
    double traced = 0.0;
    sum_of_inputs(facts, [&](const model::Need& need) {
        const Origins origins = facts.origins_of(need.input);
        bool recorded = !context.control_codes_of(need.input).empty();
        reading.uses(need.provenance);
        reading.uses(origins.facts);
        for (const std::uint32_t row : context.control_codes_of(need.input)) {
            reading.uses(context.map().codes[row].provenance);
        }
        for (const std::uint32_t row : context.index().figures_of(need.input)) {
            const Figure& figure = context.map().figures[row];
            if (std::string_view{figure.measure}.starts_with(prefix)) {
                reading.uses(figure.provenance);
                recorded = true;
            }
        }
        traced += recorded ? need.value_share->likely() : 0.0;
        return ShareRange::exactly(0.0);
    });
    return traced;
}

Reading evaluate_controlled(const ItemFacts& facts) {
    ReadingBuilder reading{controlled_content_indicator, facts};
    const InputValues values = input_values(facts);
    if (values.groups == 0.0 || values.likely <= 0.0) {
        return reading.unknown(no_values);
    }
    const double traced = traced_value(facts, reading);
    const double covered = std::min(1.0, traced / values.likely) * values.valued / values.groups;
    const std::vector<Controlled> all = contents(facts, values.open);
    if (all.empty()) {
        return reading.unknown("no origin of an input outside is recorded", covered);
    }
    double low = 0.0;
    double high = 0.0;
    constexpr std::size_t shown = 3;
    for (std::size_t i = 0; i < all.size(); ++i) {
        low = std::max(low, all[i].content.low());
        high = std::max(high, all[i].content.high());
        if (i < shown) {
            reading.factor("controlled content", all[i].content, all[i].state);
        }
    }
    reading.note("one tier, by place of origin; a record 'controlled.STATE' of an input goes first"
    );
    return reading.value(bracket(low, all.front().content.likely(), high), covered);
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
