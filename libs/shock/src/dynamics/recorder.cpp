#include "dynamics/recorder.hpp"

#include <algorithm>

namespace adic::shock {
namespace {

constexpr double noticed = 1e-9;  ///< weeks; less is rounding

}  // namespace

void ItemRecorder::record(std::uint32_t week) {
    for (std::uint32_t node = 0; node < structure_.size(); ++node) {
        const double output = 1 - (kernel_.served(node)[0] - kernel_.served_before(node)[0]);
        const std::size_t place = static_cast<std::size_t>(node) * run_.weeks + week;
        run_.output[place] = std::clamp(output, 0.0, 1.0);
        run_.bindings[place] = binding(node);
        add_to_outcome(node, week, run_.output[place]);
    }
}

void ItemRecorder::add_to_outcome(std::uint32_t node, std::uint32_t week, double output) {
    ItemOutcome& outcome = run_.outcomes[node];
    if (!outcome.first_reduced && output < structure_.options.whole - noticed) {
        outcome.first_reduced = week;
    }
    if (!outcome.first_stopped && output < structure_.rates[node].enough - noticed) {
        outcome.first_stopped = week;
    }
    outcome.weeks_lost = kernel_.served(node)[0];
    outcome.weeks_worse = kernel_.worse(node)[0];
    outcome.least_output = std::min(outcome.least_output, output);
}

std::uint32_t ItemRecorder::missed_most(const ItemLine& line) const {
    if (line.choice == none) {
        return line.source;
    }
    const ItemChoice& choice = structure_.choices[line.choice];
    std::uint32_t worst = structure_.alternatives[choice.first].node;
    double least = 2;
    for (std::uint32_t a = choice.first; a < choice.last; ++a) {
        const ItemAlternative& alternative = structure_.alternatives[a];
        const double rate = kernel_.had_in_week(alternative.node, alternative.lead)[0];
        if (rate < least) {
            least = rate;
            worst = alternative.node;
        }
    }
    return worst;
}

Binding ItemRecorder::equipment_binding(std::uint32_t node) const {
    const ItemLine* worst = nullptr;
    double most = noticed;
    for (const ItemLine& line : structure_.equipment.of(node)) {
        const double backlog = kernel_.backlog_of(line, node)[0];
        if (backlog > most) {
            most = backlog;
            worst = &line;
        }
    }
    return worst == nullptr ? Binding{Binding::Kind::supply}
                            : Binding{Binding::Kind::equipment, worst->group, missed_most(*worst)};
}

Binding ItemRecorder::binding(std::uint32_t node) const {
    const double lag = kernel_.lag(node)[0];
    if (lag <= kernel_.lag_before(node)[0] + noticed) {
        return {};
    }
    for (const ItemLine& line : structure_.essential.of(node)) {
        if (kernel_.allowed_by(line)[0] >= lag - noticed) {
            return {Binding::Kind::input, line.group, missed_most(line)};
        }
    }
    return equipment_binding(node);
}

}  // namespace adic::shock
