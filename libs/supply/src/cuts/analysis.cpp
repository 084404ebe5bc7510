#include "adic/supply/cuts/analysis.hpp"

#include "cuts/count.hpp"
#include "cuts/likely_cuts.hpp"
#include "cuts/list.hpp"
#include "cuts/measure.hpp"
#include "cuts/modules.hpp"
#include "cuts/simulate.hpp"
#include "cuts/solve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <numeric>

namespace adic::supply {

double WholeNumber::to_double_inexact() const {
    return std::strtod(digits_.c_str(), nullptr);
}

namespace {

using cuts::BigInt;
using cuts::high;
using cuts::likely;
using cuts::likely_least;
using cuts::likely_most;
using cuts::low;
using cuts::Module;
using cuts::OrderCounts;
using cuts::Pass;
using cuts::PassValues;
using cuts::Solution;
using cuts::Structure;

/// A bracket wider than this is not worth more than a simulation.
constexpr double widest_bracket = 5e-4;

/// Members of cuts that the function of a bracket may take to make, some 50 ms.
constexpr std::size_t bracket_steps = 2'000'000;

WholeNumber to_whole(const BigInt& number) {
    return WholeNumber(number.str());
}

/// Everything about one tree, step by step.
class Analysis {
  public:
    Analysis(const model::FaultTree& tree, const CutOptions& options)
        : tree_(tree)
        , options_(options)
        , has_probabilities_(std::ranges::any_of(tree.events, [](const auto& event) {
            return event.probability.has_value();
        })) {}

    CutAnalysis run(cuts::Circuit circuit) {
        structure_ = cuts::split_into_modules(std::move(circuit));
        if (structure_.top != Structure::Top::can_fail) {
            return decided();
        }
        const cuts::SolveBudget budget{
            options_.node_budget,
            options_.list_order,
            has_probabilities_};
        for (const Module& module : structure_.modules) {
            solutions_.push_back(cuts::solve(module.circuit, budget));
            cut_limit_ = std::min(cut_limit_, solutions_.back().cut_limit);
        }
        count();
        list();
        find_events();
        measure();
        weigh();
        remark();
        return std::move(result_);
    }

  private:
    const std::vector<Module>& modules() const { return structure_.modules; }

    bool has_all_cuts() const { return cut_limit_ == cuts::Zbdd::no_limit; }

    /// The top is failed from the start, or never fails.
    CutAnalysis decided() {
        const bool failed = structure_.top == Structure::Top::has_failed;
        const double value = failed ? 1.0 : 0.0;
        result_.counts.total = WholeNumber(failed ? "1" : "0");
        result_.counts.by_order = {*result_.counts.total};
        result_.list.order = options_.list_order;
        if (failed) {
            result_.list.cuts.push_back({{}, 1.0});
        }
        result_.probability.method = ProbabilityMethod::exact;
        result_.probability.value = Estimate::exactly(value);
        result_.probability.interval = {value, value};
        result_.probability.range = {value, value};
        result_.remarks.emplace_back(
            failed ? "The top is stopped whatever happens: no event is needed."
                   : "No combination of events stops the top."
        );
        return std::move(result_);
    }

    /// Long cuts of large families are counted together only, so that time and memory stay bounded.
    std::uint64_t orders_counted_apart(const std::vector<std::uint64_t>& longest) const {
        constexpr double step_limit = 1e7;
        constexpr double kept_limit = 4e6;
        std::uint64_t orders = std::min<std::uint64_t>(longest.back(), cut_limit_);
        for (double steps = 2.0 * step_limit; orders > 1; orders = (orders + 1) / 2) {
            steps = 0.0;
            for (std::size_t i = 0; i < modules().size(); ++i) {
                steps += static_cast<double>(solutions_[i].cuts.diagram.nodes.size())
                         * static_cast<double>(std::min(orders, longest[i]));
            }
            if (steps <= step_limit
                && static_cast<double>(modules().size() * orders) <= kept_limit) {
                break;
            }
        }
        return orders;
    }

    void count() {
        std::vector<std::uint64_t> longest;
        for (std::size_t i = 0; i < modules().size(); ++i) {
            longest.push_back(longest_cut(modules()[i], solutions_[i].cuts, longest));
            totals_.push_back(
                has_all_cuts() ? count_all(modules()[i], solutions_[i].cuts, totals_) : std::nullopt
            );
        }
        const std::uint64_t orders = orders_counted_apart(longest);
        std::vector<OrderCounts> counts;
        for (std::size_t i = 0; i < modules().size(); ++i) {
            counts.push_back(cuts::count_by_order(
                modules()[i],
                solutions_[i].cuts,
                counts,
                std::min(orders, longest[i])
            ));
        }
        counts_ = std::move(counts.back());
        if (!has_all_cuts()) {
            counts_.resize(cut_limit_ + std::size_t{1});
        }
        result_.counts.by_order.reserve(counts_.size());
        std::ranges::transform(counts_, std::back_inserter(result_.counts.by_order), to_whole);
        result_.counts.all_orders = has_all_cuts() && orders == longest.back();
        if (totals_.back()) {
            result_.counts.total = to_whole(*totals_.back());
        }
    }

    bool has_totals() const { return totals_.back().has_value(); }

    /// The lister keeps a number for each node and order; longer cuts than this are not listed.
    std::uint32_t affordable_order() const {
        constexpr std::size_t entry_limit = 1U << 26U;
        std::size_t nodes = 1;
        for (const Solution& solution : solutions_) {
            nodes += solution.cuts.diagram.nodes.size();
        }
        const std::size_t orders =
            result_.counts.all_orders ? tree_.events.size() : counts_.size() - 1;
        return static_cast<std::uint32_t>(std::min(orders, entry_limit / nodes));
    }

    void list() {
        const std::uint32_t most = std::min({options_.list_order, cut_limit_, affordable_order()});
        cuts::CutLister lister(tree_, modules(), solutions_, std::max(1U, most));
        const bool is_longest = most == tree_.events.size();
        result_.list.order = is_longest ? std::min(options_.list_order, cut_limit_) : most;
        for (std::uint32_t order = 0; order <= most && order < counts_.size(); ++order) {
            const std::size_t room = options_.list_limit - result_.list.cuts.size();
            for (MinimalCut& cut : lister.list(order, room)) {
                result_.list.cuts.push_back(std::move(cut));
            }
            result_.list.complete = result_.list.complete && counts_[order] <= room;
        }
        if (cut_limit_ >= 1) {
            for (const MinimalCut& cut : lister.list(1, tree_.events.size())) {
                result_.single_points_of_failure.push_back(cut.events.front());
            }
        }
        std::ranges::sort(
            result_.single_points_of_failure,
            {},
            [&](std::uint32_t event) -> const std::string& { return tree_.events[event].name; }
        );
    }

    /// The events that matter, the cuts that each is in, and which of them have no probability.
    void find_events() {
        cuts_with_event_.resize(tree_.events.size());
        std::vector<BigInt> contexts(modules().size() - 1);
        contexts.emplace_back(1);
        std::vector<bool> matters(modules().size() - 1, false);
        matters.push_back(true);
        for (std::size_t i = modules().size(); i-- > 0;) {
            const auto& leaves = modules()[i].leaves;
            const auto with_event =
                has_totals() ? count_with_event(modules()[i], solutions_[i].cuts, totals_)
                             : std::vector<BigInt>(leaves.size());
            const auto is_in_a_cut = events_in(i);
            for (std::size_t k = 0; k < leaves.size(); ++k) {
                const BigInt cuts = contexts[i] * with_event[k];
                const bool counts = matters[i] && is_in_a_cut[k];
                if (leaves[k].is_module) {
                    contexts[leaves[k].index] = cuts;
                    matters[leaves[k].index] = counts;
                    continue;
                }
                cuts_with_event_[leaves[k].index] = cuts;
                if (counts) {
                    events_.push_back(leaves[k].index);
                }
            }
        }
        std::ranges::sort(events_);
        for (const std::uint32_t event : events_) {
            if (!tree_.events[event].probability) {
                result_.probability.events_without.push_back(event);
            }
        }
    }

    /// Which events of a module are in some cut of it; all of them where not all cuts are known.
    std::vector<bool> events_in(std::size_t module) const {
        const cuts::OrderedDiagram& cuts = solutions_[module].cuts;
        std::vector<bool> found(modules()[module].leaves.size(), !has_all_cuts());
        for (cuts::NodeRef i = cuts::first_node; i < cuts.diagram.nodes.size(); ++i) {
            found[cuts.order[cuts.diagram.nodes[i].level]] = true;
        }
        return found;
    }

    bool is_known() const { return result_.probability.events_without.empty(); }

    PassValues values_of(Module::Leaf leaf) const {
        if (leaf.is_module) {
            return module_values_[leaf.index];
        }
        const auto& probability = tree_.events[leaf.index].probability;
        if (!probability) {
            // The likely passes are not used then, or the event does not matter.
            return {0.0, 0.0, 1.0, 0.0, 0.0};
        }
        const double middle = probability->likely();
        return {probability->low(), middle, probability->high(), middle, middle};
    }

    std::vector<PassValues> events_of(std::size_t module) const {
        std::vector<PassValues> events;
        for (const Module::Leaf leaf : modules()[module].leaves) {
            events.push_back(values_of(leaf));
        }
        return events;
    }

    void measure() {
        for (std::size_t i = 0; i < modules().size(); ++i) {
            const std::vector<PassValues> events = events_of(i);
            module_values_.emplace_back();
            derivatives_.emplace_back();
            if (!has_probabilities_) {
                // A module that can fail does when all its events do, and not when none does.
                module_values_[i] = {0.0, 0.0, 1.0, 0.0, 0.0};
                derivatives_[i].resize(events.size());
            } else if (solutions_[i].function) {
                measure_exactly(i, events);
            } else if (!measure_by_bracket(i, events)) {
                measure_by_simulation(i, events);
            }
        }
        report_probability();
    }

    static std::vector<double> of_pass(const std::vector<PassValues>& events, std::size_t pass) {
        std::vector<double> values(events.size());
        std::ranges::transform(events, values.begin(), [&](const PassValues& event) {
            return event[pass];
        });
        return values;
    }

    void measure_exactly(std::size_t module, const std::vector<PassValues>& events) {
        for (std::size_t pass = 0; pass < cuts::passes; ++pass) {
            const std::vector<double> values = of_pass(events, pass);
            module_values_[module][pass] =
                std::clamp(probability_of(*solutions_[module].function, values), 0.0, 1.0);
            if (pass == likely) {
                derivatives_[module] = derivatives_of(*solutions_[module].function, values);
            }
        }
    }

    /// By the most probable cuts, exactly, and the others in sum; false if that is too wide.
    bool measure_by_bracket(std::size_t module, const std::vector<PassValues>& events) {
        const Solution& solution = solutions_[module];
        if (solution.cut_limit != cuts::Zbdd::no_limit) {
            return false;
        }
        const cuts::Bracket bracket = cuts::bracket(solution.cuts, events, bracket_steps);
        const double widest = bracket.cuts > 0 ? widest_bracket : 0.0;
        std::array<cuts::Bracket::Bounds, cuts::passes> bounds{};
        for (const Pass pass : {low, likely, high, likely_least, likely_most}) {
            bounds[pass] = bracket.bounds(events, pass);
            if (bounds[pass].high - bounds[pass].low > widest) {
                return false;
            }
        }
        module_values_[module] = {
            bounds[low].low,
            (bounds[likely].low + bounds[likely].high) / 2.0,
            bounds[high].high,
            bounds[likely_least].low,
            bounds[likely_most].high};
        derivatives_[module] = bracket.derivatives(events);
        cuts_in_brackets_ += bracket.cuts;
        return true;
    }

    void measure_by_simulation(std::size_t module, const std::vector<PassValues>& events) {
        const cuts::Simulation simulation = cuts::simulate(
            modules()[module].circuit,
            events,
            {options_.trials, options_.seed, module, likely}
        );
        const auto trials = static_cast<double>(simulation.trials);
        result_.probability.trials = std::max(result_.probability.trials, simulation.trials);
        PassValues& values = module_values_[module];
        for (const std::size_t pass : {low, likely, high}) {
            values[pass] = static_cast<double>(simulation.failed[pass]) / trials;
        }
        values[likely_least] =
            cuts::wilson_interval(simulation.failed[likely_least], simulation.trials).low;
        values[likely_most] =
            cuts::wilson_interval(simulation.failed[likely_most], simulation.trials).high;
        derivatives_[module] = differences(simulation);
        is_simulated_ = true;
    }

    /// P(top|event) - P(top|no event) from the trials; not a number where one never came up.
    static std::vector<double> differences(const cuts::Simulation& simulation) {
        std::vector<double> result(simulation.event.size());
        const auto trials = simulation.trials;
        const auto failed = simulation.failed[likely];
        for (std::size_t i = 0; i < result.size(); ++i) {
            const double with = static_cast<double>(simulation.with_event[i])
                                / static_cast<double>(simulation.event[i]);
            const double without = static_cast<double>(failed - simulation.with_event[i])
                                   / static_cast<double>(trials - simulation.event[i]);
            result[i] = std::max(0.0, with - without);
            if (std::isnan(with - without)) {
                result[i] = std::numeric_limits<double>::quiet_NaN();
            }
        }
        return result;
    }

    void report_probability() {
        TopProbability& probability = result_.probability;
        PassValues top = module_values_.back();
        // Rounding can turn equal values around by one digit in the last place.
        top[low] = std::min(top[low], top[high]);
        probability.range = Interval{top[low], top[high]};
        if (!is_known()) {
            return;
        }
        top[likely] = std::clamp(top[likely], top[low], top[high]);
        auto value = Estimate::create(top[low], top[likely], top[high]);
        probability.value = *value;
        probability.method = is_simulated_           ? ProbabilityMethod::monte_carlo
                             : cuts_in_brackets_ > 0 ? ProbabilityMethod::bounded
                                                     : ProbabilityMethod::exact;
        probability.interval = probability.method == ProbabilityMethod::exact
                                   ? Interval{top[likely], top[likely]}
                                   : Interval{top[likely_least], top[likely_most]};
    }

    /// Importance: from the top down, a module hands on its weight times the weight of its events.
    void weigh() {
        std::vector<EventImportance> all(tree_.events.size());
        std::vector<double> weight(modules().size(), 1.0);
        std::vector<std::optional<double>> share(modules().size(), 1.0);
        for (std::size_t i = modules().size(); i-- > 0;) {
            const auto& leaves = modules()[i].leaves;
            const auto shares = shares_in(i);
            for (std::size_t k = 0; k < leaves.size(); ++k) {
                const double below = weight[i] * derivatives_[i][k];
                std::optional<double> of_leaf;
                if (shares && share[i]) {
                    of_leaf = *share[i] * (*shares)[k];
                }
                if (leaves[k].is_module) {
                    weight[leaves[k].index] = below;
                    share[leaves[k].index] = of_leaf;
                } else {
                    all[leaves[k].index] = importance_of(leaves[k].index, below, of_leaf);
                }
            }
        }
        for (const std::uint32_t event : events_) {
            result_.importance.push_back(std::move(all[event]));
        }
    }

    /// See shares_of_events; empty where the probability is simulated.
    std::optional<std::vector<double>> shares_in(std::size_t module) const {
        if (!is_known() || is_simulated_ || !has_all_cuts()) {
            return std::nullopt;
        }
        const Solution& solution = solutions_[module];
        const std::vector<PassValues> events = events_of(module);
        return solution.function
                   ? shares_of_events(solution.cuts, of_pass(events, likely), options_.node_budget)
                   : shares_of_likely_cuts(solution.cuts, events, bracket_steps);
    }

    EventImportance importance_of(std::uint32_t event, double birnbaum, std::optional<double> share)
        const {
        EventImportance importance{event, {}, {}, {}, {}, {}, {}, {}};
        if (has_totals()) {
            importance.cuts = to_whole(cuts_with_event_[event]);
        }
        if (!is_known() || std::isnan(birnbaum)) {
            return importance;
        }
        importance.birnbaum = birnbaum;
        const double top = result_.probability.value->likely();
        if (!(top > 0.0)) {
            return importance;
        }
        const double p = tree_.events[event].probability->likely();
        const double with = std::min(1.0, top + (1.0 - p) * birnbaum);
        const double without = std::max(0.0, top - p * birnbaum);
        const bool is_necessary = has_totals() && cuts_with_event_[event] == *totals_.back();
        importance.criticality = std::min(1.0, birnbaum * p / top);
        importance.diagnostic = std::min(1.0, p * with / top);
        importance.risk_achievement_worth = with / top;
        importance.risk_reduction_worth = is_necessary || without == 0.0
                                              ? std::numeric_limits<double>::infinity()
                                              : top / without;
        if (share) {
            importance.fussell_vesely = std::min(1.0, p * *share / top);
        }
        return importance;
    }

    void remark() {
        if (!has_all_cuts()) {
            result_.remarks.push_back(
                "The minimal cut sets do not fit " + std::to_string(options_.node_budget)
                + " nodes: only those of up to " + std::to_string(cut_limit_)
                + " events are counted and listed."
            );
        }
        if (has_all_cuts() && !has_totals()) {
            result_.remarks.emplace_back("There are more than 10^1200 minimal cut sets.");
        }
        if (has_all_cuts() && !result_.counts.all_orders) {
            result_.remarks.push_back(
                "Cuts of more than " + std::to_string(result_.counts.by_order.size() - 1)
                + " events are counted together only."
            );
        }
        if (is_simulated_) {
            result_.remarks.push_back(
                "The exact probability does not fit " + std::to_string(options_.node_budget)
                + " nodes: it is simulated with " + std::to_string(result_.probability.trials)
                + " trials."
            );
        }
        if (cuts_in_brackets_ > 0) {
            result_.remarks.push_back(
                "The exact probability does not fit: it is bounded, by the "
                + std::to_string(cuts_in_brackets_)
                + " most likely minimal cut sets together and by the sum of all others."
            );
        }
        const bool lacks_share = std::ranges::any_of(result_.importance, [](const auto& event) {
            return event.diagnostic && !event.fussell_vesely;
        });
        if (lacks_share && !is_simulated_) {
            result_.remarks.emplace_back(
                "The Fussell-Vesely importance is left out where an event is in too many cuts."
            );
        }
        if (!is_known()) {
            result_.remarks.push_back(
                std::to_string(result_.probability.events_without.size()) + " of "
                + std::to_string(events_.size())
                + " events have no probability: that of the top is not known, only its range."
            );
        }
    }

    const model::FaultTree& tree_;
    CutOptions options_;
    bool has_probabilities_;
    Structure structure_;
    std::vector<Solution> solutions_;  ///< one for each module
    std::uint32_t cut_limit_ = cuts::Zbdd::no_limit;
    OrderCounts counts_;
    std::vector<std::optional<BigInt>> totals_;
    std::vector<BigInt> cuts_with_event_;  ///< by position in the tree
    std::vector<std::uint32_t> events_;    ///< that matter, by position
    std::vector<PassValues> module_values_;
    std::vector<std::vector<double>> derivatives_;  ///< of each module, by its events
    bool is_simulated_ = false;
    std::size_t cuts_in_brackets_ = 0;  ///< of modules whose function does not fit
    CutAnalysis result_;
};

}  // namespace

Result<CutAnalysis> analyse_cuts(const model::FaultTree& tree, const CutOptions& options) {
    ADIC_TRY(cuts::Circuit circuit, cuts::to_circuit(tree));
    return Analysis(tree, options).run(std::move(circuit));
}

}  // namespace adic::supply
