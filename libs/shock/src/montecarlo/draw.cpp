#include "dynamics/item_structure.hpp"
#include "montecarlo/problem.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <boost/math/special_functions/erf.hpp>

namespace adic::shock {
namespace {

double normal_quantile(double p) {
    constexpr double least = 1e-300;
    const double tail = std::clamp(2 * p, least, 2 - 1e-15);
    return -std::sqrt(2.0) * boost::math::erfc_inv(tail);
}

double normal_below(double x) {
    return 0.5 * std::erfc(-x / std::sqrt(2.0));
}

/// Draws for one run.
class Draw {
  public:
    Draw(const MonteCarloProblem& problem, std::uint64_t run, DrawnScenario& drawn)
        : problem_(problem)
        , run_(run)
        , drawn_(drawn) {}

    void all() {
        const ResolvedScenario& scenario = problem_.scenario;
        drawn_.outcomes.resize(scenario.events.size());
        drawn_.starts.resize(scenario.events.size());
        drawn_.weight = 1;
        for (std::uint32_t e = 0; e < scenario.events.size(); ++e) {
            drawn_.starts[e] = scenario.events[e].event.start_day;
            if (!scenario.events[e].group) {
                settle(e, happens(e, drawn_probability(e)));
                move(e, uniform(Drawn::start, e), drawn_.starts[e]);
            }
        }
        for (std::uint32_t g = 0; g < scenario.groups.size(); ++g) {
            scenario.groups[g].cause ? draw_cause(g) : draw_correlation(g);
        }
    }

  private:
    double uniform(Drawn what, std::uint32_t index) const {
        return problem_.uniforms.draw(run_, what, index);
    }

    double figure(Estimate estimate, Drawn what, std::uint32_t index) const {
        return estimate.is_exact() ? estimate.likely()
                                   : problem_.spreads.at(estimate, uniform(what, index));
    }

    double drawn_probability(std::uint32_t e) const {
        return figure(problem_.scenario.events[e].probability, Drawn::probability, e);
    }

    /// (M9): drawn with a probability that is raised, and the run weighted back.
    bool weighted(double probability, double u) {
        const double raise = problem_.options.raise_to;
        const double q = probability > 0 ? std::max(probability, std::min(raise, 1.0)) : 0.0;
        const bool is_so = u < q;
        if (q > probability) {
            drawn_.weight *= is_so ? probability / q : (1 - probability) / (1 - q);
        }
        return is_so;
    }

    bool happens(std::uint32_t e, double probability) {
        return probability >= 1 || weighted(probability, uniform(Drawn::happens, e));
    }

    void draw_cause(std::uint32_t g) {
        const EventGroup& group = problem_.scenario.groups[g];
        const double p = figure(*group.cause, Drawn::cause_probability, g);
        const bool caused = p >= 1 || weighted(p, uniform(Drawn::cause, g));
        std::int32_t first = std::numeric_limits<std::int32_t>::max();
        for (const EventGroup::Member& member : group.members) {
            first = std::min(first, drawn_.starts[member.event]);
        }
        for (const EventGroup::Member& member : group.members) {
            const double conditional = figure(member.conditional, Drawn::probability, member.event);
            settle(member.event, caused && happens(member.event, conditional));
            move(member.event, uniform(Drawn::start, group.members[0].event), first);
        }
    }

    /// (M4): given the common factor, the members are independent.
    void draw_correlation(std::uint32_t g) {
        const EventGroup& group = problem_.scenario.groups[g];
        const double r = figure(*group.correlation, Drawn::correlation, g);
        const double z = normal_quantile(uniform(Drawn::common_factor, g));
        for (const EventGroup::Member& member : group.members) {
            const double p = drawn_probability(member.event);
            const bool is_open = p > 0 && p < 1;
            const double given =
                is_open ? normal_below((normal_quantile(p) - std::sqrt(r) * z) / std::sqrt(1 - r))
                        : p;
            settle(member.event, happens(member.event, given));
            move(member.event, uniform(Drawn::start, member.event), drawn_.starts[member.event]);
        }
    }

    /// Puts an event that is not sure on a day of the horizon, `first` on the drawn one.
    void move(std::uint32_t e, double u, std::int32_t first) {
        const ResolvedEvent& event = problem_.scenario.events[e];
        const bool is_sure = event.probability == Estimate::exactly(1) && !event.group;
        if (problem_.options.starts == Starts::anywhere && !is_sure) {
            const double day = std::floor(u * problem_.scenario.horizon_days);
            drawn_.starts[e] += static_cast<std::int32_t>(day) - first;
        }
    }

    void settle(std::uint32_t e, bool is_so) {
        EventOutcome& outcome = drawn_.outcomes[e];
        const model::ShockEvent& event = problem_.scenario.events[e].event;
        if (!is_so) {
            outcome = {};
            outcome.happens = false;
            return;
        }
        outcome = outcome_of(problem_.scenario.events[e], Harshness::likely);
        const auto set = [&](double& value, const auto& said, Drawn what) {
            if (said) {
                value = figure(said->value, what, e);
            }
        };
        set(outcome.severity, event.severity, Drawn::severity);
        set(outcome.rate, event.rate, Drawn::rate);
        set(outcome.duration_days, event.duration_days, Drawn::duration);
        set(outcome.recovery_days, event.recovery.days, Drawn::recovery);
        outcome.reach = figure(reach_of_an_event(), Drawn::reach, e);
        if (event.control) {
            const model::ExportControl& control = *event.control;
            outcome.processing_days = figure(control.processing_days.value, Drawn::processing, e);
            if (event.kind == model::ShockKind::export_control) {
                outcome.approved_share = figure(control.approved_share.value, Drawn::approved, e);
            } else {
                outcome.approved_share = 1 - outcome.severity;
            }
            set(outcome.quota, control.quota, Drawn::quota);
            set(outcome.backlog_share, control.backlog_share, Drawn::backlog_share);
            set(outcome.backlog_days, control.backlog_days, Drawn::backlog_days);
        }
    }

    static Estimate reach_of_an_event() {
        static const Estimate anywhere = *Estimate::create(0, 0.5, 1);
        return anywhere;
    }

    const MonteCarloProblem& problem_;
    std::uint64_t run_;
    DrawnScenario& drawn_;
};

}  // namespace

bool DrawnScenario::is_quiet() const {
    return std::ranges::none_of(outcomes, &EventOutcome::happens);
}

void draw_scenario(const MonteCarloProblem& problem, std::uint64_t run, DrawnScenario& drawn) {
    Draw(problem, run, drawn).all();
}

void draw_shares(
    const MonteCarloProblem& problem,
    std::uint64_t run,
    std::uint32_t node,
    std::vector<double>& shares
) {
    const std::span<const SeenSupply> supplies = problem.network.supplies_of(node);
    shares.assign(supplies.size(), 0.0);
    double likely = 0;
    double sum = 0;
    bool has_gap = false;
    bool is_spread = false;
    for (std::size_t i = 0; i < supplies.size(); ++i) {
        const auto& share = supplies[i].share;
        has_gap = has_gap || !share;
        if (share) {
            const double u = problem.uniforms.draw(run, Drawn::share, supplies[i].supply);
            shares[i] = problem.spreads.at(*share, u);
            is_spread = is_spread || !share->is_exact();
            likely += share->likely();
            sum += shares[i];
        }
    }
    constexpr double all_recorded = 0.999;  // as close to 1 as rounded shares come
    const bool is_all = likely >= all_recorded && !has_gap && is_spread;
    if (sum > 0 && (is_all || sum > 1)) {
        for (double& share : shares) {
            share /= sum;
        }
        sum = 1;
    }
    if (!has_gap || sum >= 1 || problem.options.unrecorded == UnrecordedShare::survives) {
        return;
    }
    // Any division of the rest is as likely: exponential parts over their sum, one part for others.
    std::vector<double> parts(supplies.size(), 0.0);
    double whole =
        -std::log(problem.uniforms.draw(run, Drawn::unrecorded, problem.network.item(node).value())
        );
    for (std::size_t i = 0; i < supplies.size(); ++i) {
        if (!supplies[i].share) {
            parts[i] = -std::log(problem.uniforms.draw(run, Drawn::share, supplies[i].supply));
            whole += parts[i];
        }
    }
    for (std::size_t i = 0; i < supplies.size(); ++i) {
        shares[i] += (1 - sum) * parts[i] / whole;
    }
}

}  // namespace adic::shock
