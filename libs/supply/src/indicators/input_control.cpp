#include "input_control.hpp"

#include "input_values.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::supply {
namespace {

using model::Figure;
using model::ItemIndex;
using model::StateIndex;

constexpr std::string_view prefix = "controlled.";

/// What a state that is nowhere named as the origin of an input may still control of it.
ShareRange unnamed_part(const Origins& origins) {
    return {0.0, 0.0, origins.recorded ? origins.unknown.high : 1.0};
}

/// Adds up what each state controls, group by group. A state that a group does not name has the
/// same part of it as any other such state, so only the difference of those it names is kept.
class ControlSum {
  public:
    ControlSum(const IndicatorTables& tables, const OriginsOf& origins_of)
        : tables_(tables)
        , origins_of_(origins_of) {}

    void add_group(std::span<const std::uint32_t> needs, std::uint32_t take) {
        if (needs.size() == 1 && add_single(tables_.map().needs[needs.front()])) {
            return;
        }
        const Amount unnamed =
            sum_of(needs, take, [&](ItemIndex input) { return unnamed_part(origins_of_(input)); });
        unnamed_ += unnamed;
        for (const StateIndex state : states_named_by(needs)) {
            const Amount named =
                sum_of(needs, take, [&](ItemIndex input) { return controlled_part(input, state); });
            differences_.push_back(
                {state,
                 {named.low - unnamed.low,
                  named.likely - unnamed.likely,
                  named.high - unnamed.high}}
            );
        }
    }

    /// By state, each once.
    std::vector<ControlledContent> close() {
        std::ranges::stable_sort(differences_, {}, &ControlledContent::state);
        std::vector<ControlledContent> all;
        for (const ControlledContent& difference : differences_) {
            if (all.empty() || all.back().state != difference.state) {
                all.push_back({difference.state, unnamed_});
            }
            all.back().content += difference.content;
        }
        return all;
    }

  private:
    /// The usual case, a group of one input without figures, in one walk over its origins.
    bool add_single(const model::Need& need) {
        if (!need.value_share) {
            return true;
        }
        if (tables_.has_figures(need.input)) {
            return false;
        }
        const Estimate& value = *need.value_share;
        const Origins origins = origins_of_(need.input);
        const double unknown = unnamed_part(origins).high;
        const bool listed = tables_.is_listed(need.input);
        unnamed_.high += value.high() * unknown;
        for (const StateSupply& origin : origins.known) {
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

    ShareRange controlled_part(ItemIndex input, StateIndex state) const {
        if (tables_.has_figures(input)) {
            const std::string measure = std::string(prefix) + tables_.map().states[state].id;
            if (const Figure* figure = tables_.index().figure(input, measure)) {
                const auto part = [](double x) { return std::clamp(x, 0.0, 1.0); };
                const Estimate& v = figure->value;
                return {part(v.low()), part(v.likely()), part(v.high())};
            }
        }
        const Origins origins = origins_of_(input);
        ShareRange share = unnamed_part(origins);
        for (const StateSupply& origin : origins.known) {
            if (origin.state == state) {
                share.low = origin.share.low;
                share.likely = origin.share.likely;
                share.high = std::min(1.0, share.high + origin.share.high);
            }
        }
        return tables_.is_listed(input) ? share : ShareRange{0.0, 0.0, share.high};
    }

    template <typename PartOf>
    Amount sum_of(std::span<const std::uint32_t> needs, std::uint32_t take, const PartOf& part_of) {
        for (const std::uint32_t n : needs) {
            const model::Need& need = tables_.map().needs[n];
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

    /// The states from which an input of the group comes or that are recorded as controlling one.
    std::span<const StateIndex> states_named_by(std::span<const std::uint32_t> needs) {
        named_.clear();
        for (const std::uint32_t n : needs) {
            const ItemIndex input = tables_.map().needs[n].input;
            for (const StateSupply& origin : origins_of_(input).known) {
                named_.push_back(origin.state);
            }
            for (const std::uint32_t row : tables_.index().figures_of(input)) {
                const std::string_view measure = tables_.map().figures[row].measure;
                if (measure.starts_with(prefix)) {
                    const auto state = tables_.map().states.find(measure.substr(prefix.size()));
                    named_.insert(named_.end(), state ? 1 : 0, state.value_or(StateIndex{0}));
                }
            }
        }
        std::ranges::sort(named_);
        named_.erase(std::unique(named_.begin(), named_.end()), named_.end());
        return named_;
    }

    const IndicatorTables& tables_;
    const OriginsOf& origins_of_;
    Amount unnamed_;
    GroupSum group_;
    std::vector<StateIndex> named_;
    std::vector<ControlledContent> differences_;
};

/// Whether anything is recorded about who controls the input; adds where that was read.
bool trace(
    const IndicatorTables& tables,
    ItemIndex input,
    std::vector<model::ProvenanceIndex>& facts
) {
    bool recorded = false;
    if (tables.is_listed(input)) {
        recorded = true;
        for (const std::uint32_t row : tables.control_codes_of(input)) {
            facts.push_back(tables.map().codes[row].provenance);
        }
    }
    if (tables.has_figures(input)) {
        for (const std::uint32_t row : tables.index().figures_of(input)) {
            const Figure& figure = tables.map().figures[row];
            if (std::string_view{figure.measure}.starts_with(prefix)) {
                facts.push_back(figure.provenance);
                recorded = true;
            }
        }
    }
    return recorded;
}

}  // namespace

InputControl
input_control(const IndicatorTables& tables, model::ItemIndex item, const OriginsOf& origins_of) {
    const MapIndex& index = tables.index();
    InputControl control;
    for_each_input(index, item, [&](const model::Need& need) {
        const auto origins = origins_of(need.input).facts;
        control.facts.push_back(need.provenance);
        control.facts.insert(control.facts.end(), origins.begin(), origins.end());
        const bool recorded = trace(tables, need.input, control.facts);
        control.traced += recorded && need.value_share ? need.value_share->likely() : 0.0;
    });
    std::ranges::sort(control.facts);
    control.facts.erase(
        std::unique(control.facts.begin(), control.facts.end()),
        control.facts.end()
    );
    ControlSum sum{tables, origins_of};
    for (const std::uint32_t g : index.groups_of(item)) {
        const model::NeedGroup& group = index.map().groups[g];
        if (group.role == model::Role::consumed) {
            sum.add_group(index.needs_of(model::GroupIndex{g}), group.take);
        }
    }
    control.by_state = sum.close();
    return control;
}

}  // namespace adic::supply
