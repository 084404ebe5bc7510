#include "adic/supply/indicators/exposure.hpp"

#include "estimates.hpp"
#include "input_values.hpp"
#include "list.hpp"
#include "reading_of.hpp"

#include <algorithm>
#include <cassert>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace adic::supply {
namespace {

using model::Figure;
using model::StateIndex;

constexpr std::string_view prefix = "controlled.";
constexpr std::size_t shown = 3;

/// Part of an input that a jurisdiction controls: as recorded; else, for inputs on a control list,
/// what comes from it; else nothing is known of control, and at most what comes from it falls
/// under it.
ShareRange controlled_part(const ItemFacts& facts, model::ItemIndex input, StateIndex state) {
    const IndicatorContext& context = facts.context();
    if (context.has_figures(input)) {
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
    return !context.is_listed(input) ? ShareRange{0.0, 0.0, share.high} : share;
}

/// What a state that is nowhere named as the origin of an input may still control of it.
ShareRange unnamed_part(const ItemFacts& facts, model::ItemIndex input) {
    const Origins origins = facts.origins_of(input);
    return {0.0, 0.0, origins.recorded ? origins.unknown.high : 1.0};
}

struct Controlled {
    StateIndex state;
    Amount content;
};

/// Adds up what each state outside controls, group by group. A state that a group does not name has
/// the same part of it as any other such state, so only the difference of those it names is kept.
class ContentSum {
  public:
    explicit ContentSum(const ItemFacts& facts) : facts_(&facts) {}

    void add_group(std::span<const std::uint32_t> needs, std::uint32_t take) {
        if (needs.size() == 1 && add_single(facts_->context().map().needs[needs.front()])) {
            return;
        }
        const Amount unnamed =
            sum_of(needs, take, [&](ItemIndex input) { return unnamed_part(*facts_, input); });
        unnamed_ += unnamed;
        for (const StateIndex state : states_named_by(needs)) {
            const Amount named = sum_of(needs, take, [&](ItemIndex input) {
                return controlled_part(*facts_, input, state);
            });
            differences_.push_back(
                {state,
                 {named.low - unnamed.low,
                  named.likely - unnamed.likely,
                  named.high - unnamed.high}}
            );
        }
    }

    /// By state, each once.
    std::vector<Controlled> close() {
        std::ranges::sort(differences_, {}, &Controlled::state);
        std::vector<Controlled> all;
        for (const Controlled& difference : differences_) {
            if (all.empty() || all.back().state != difference.state) {
                all.push_back({difference.state, unnamed_});
            }
            all.back().content += difference.content;
        }
        return all;
    }

  private:
    using ItemIndex = model::ItemIndex;

    /// The usual case, a group of one input without figures, in one walk over its origins.
    bool add_single(const model::Need& need) {
        const IndicatorContext& context = facts_->context();
        if (!need.value_share) {
            return true;
        }
        if (context.has_figures(need.input)) {
            return false;
        }
        const Estimate& value = *need.value_share;
        const Origins origins = facts_->origins_of(need.input);
        const double unknown = origins.recorded ? origins.unknown.high : 1.0;
        const bool listed = context.is_listed(need.input);
        unnamed_.high += value.high() * unknown;
        for (const StateSupply& origin : origins.known) {
            if (context.is_inside(origin.state)) {
                continue;
            }
            const ShareRange& s = origin.share;
            differences_.push_back(
                {origin.state,
                 {listed ? value.low() * s.low : 0.0,
                  listed ? value.likely() * s.likely : 0.0,
                  value.high() * (std::min(1.0, unknown + s.high) - unknown)}}
            );
        }
        return true;
    }

    template <typename PartOf>
    Amount sum_of(std::span<const std::uint32_t> needs, std::uint32_t take, const PartOf& part_of) {
        for (const std::uint32_t n : needs) {
            const model::Need& need = facts_->context().map().needs[n];
            if (!need.value_share) {
                group_.add({});
                continue;
            }
            const ShareRange part = part_of(need.input);
            const Estimate& value = *need.value_share;
            group_.add(
                {value.low() * part.low, value.likely() * part.likely, value.high() * part.high}
            );
        }
        return group_.close(take);
    }

    /// The states outside from which an input of the group comes or that are recorded as
    /// controlling one.
    std::span<const StateIndex> states_named_by(std::span<const std::uint32_t> needs) {
        const IndicatorContext& context = facts_->context();
        named_.clear();
        for (const std::uint32_t n : needs) {
            const ItemIndex input = context.map().needs[n].input;
            for (const StateSupply& origin : facts_->origins_of(input).known) {
                named_.push_back(origin.state);
            }
            for (const std::uint32_t row : context.index().figures_of(input)) {
                const std::string_view measure = context.map().figures[row].measure;
                if (measure.starts_with(prefix)) {
                    const auto state = context.map().states.find(measure.substr(prefix.size()));
                    named_.insert(named_.end(), state ? 1 : 0, state.value_or(StateIndex{0}));
                }
            }
        }
        std::ranges::sort(named_);
        named_.erase(std::unique(named_.begin(), named_.end()), named_.end());
        std::erase_if(named_, [&](StateIndex state) { return context.is_inside(state); });
        return named_;
    }

    const ItemFacts* facts_;
    Amount unnamed_;
    GroupSum group_;
    std::vector<StateIndex> named_;
    std::vector<Controlled> differences_;
};

struct Content {
    StateIndex state;
    Estimate part;
};

/// What each state outside controls of the item, the `shown` with the most first.
std::vector<Content> contents(const ItemFacts& facts, double open) {
    const MapIndex& index = facts.context().index();
    ContentSum sum{facts};
    for (const std::uint32_t g : index.groups_of(facts.item())) {
        const model::NeedGroup& group = index.map().groups[g];
        if (group.role == model::Role::consumed) {
            sum.add_group(index.needs_of(model::GroupIndex{g}), group.take);
        }
    }
    std::vector<Content> all;
    for (const Controlled& c : sum.close()) {
        const double high = std::min(1.0, c.content.high + open);
        all.push_back({c.state, bracket(std::max(0.0, c.content.low), c.content.likely, high)});
    }
    const auto more = [](const Content& a, const Content& b) {
        return std::tuple{-a.part.likely(), -a.part.high(), a.state}
               < std::tuple{-b.part.likely(), -b.part.high(), b.state};
    };
    const auto count = static_cast<std::ptrdiff_t>(std::min(shown, all.size()));
    std::partial_sort(all.begin(), all.begin() + count, all.end(), more);
    return all;
}

/// Likely value of inputs about whose control something is recorded, and the sources used.
double traced_value(const ItemFacts& facts, ReadingBuilder& reading) {
    const IndicatorContext& context = facts.context();
    double traced = 0.0;
    for_each_input(facts, [&](const model::Need& need) {
        const bool listed = context.is_listed(need.input);
        bool recorded = listed;
        reading.uses(need.provenance);
        reading.uses(facts.origins_of(need.input).facts);
        if (listed) {
            for (const std::uint32_t row : context.control_codes_of(need.input)) {
                reading.uses(context.map().codes[row].provenance);
            }
        }
        if (context.has_figures(need.input)) {
            for (const std::uint32_t row : context.index().figures_of(need.input)) {
                const Figure& figure = context.map().figures[row];
                if (std::string_view{figure.measure}.starts_with(prefix)) {
                    reading.uses(figure.provenance);
                    recorded = true;
                }
            }
        }
        traced += recorded && need.value_share ? need.value_share->likely() : 0.0;
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
    if (traced <= 0.0) {
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
