#include "award/award_prices.hpp"

#include "adic/base/say.hpp"
#include "adic/solver/session.hpp"

#include "award/conflict.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace adic::procure {
namespace {

using Kind = Requirement::Kind;
using Unit = AwardModel::Unit;

/// Larger programs are not solved again for each demand.
constexpr std::size_t most_sources_again = 2000;
constexpr double shown_price = 1e-6;
constexpr double proven_gap = 1e-6;  ///< of a plan that is the cheapest, but for rounding

struct Priced {
    Unit unit = Unit::money;
    double price = 0.0;
    bool holds = false;  ///< nothing is left of it
};

using PricedRequirements = std::map<Requirement, Priced>;

std::string unit_text(Unit unit) {
    switch (unit) {
    case Unit::money: return "1.00";
    case Unit::piece: return "a piece";
    case Unit::load: return "one of capacity";
    case Unit::percentage_point: return "a percentage point";
    }
    return {};
}

/// What is left of an instance when it is settled which orders are made, each in its price bracket,
/// and which packages are bought.
Instance settled(const Instance& instance, const AwardPlan& plan) {
    std::map<std::tuple<std::size_t, std::size_t, std::int32_t>, std::int64_t> ordered;
    for (const AwardOrder& order : plan.bill.orders) {
        ordered[{order.item, order.supplier, order.year}] = order.pieces;
    }
    const auto is_taken = [&](const Source& source) {
        if (source.package) {
            return std::ranges::count(plan.bill.packages, *source.package) > 0;
        }
        const auto order = ordered.find({source.item, source.supplier, source.year});
        return order != ordered.end() && order->second >= source.least
               && order->second <= source.most;
    };
    Instance left = instance;
    left.sources.clear();
    left.links.clear();
    std::vector<std::optional<std::size_t>> position(instance.sources.size());
    for (std::size_t s = 0; s < instance.sources.size(); ++s) {
        if (is_taken(instance.sources[s])) {
            position[s] = left.sources.size();
            left.sources.push_back(instance.sources[s]);
        }
    }
    for (const Link& link : instance.links) {
        if (position[link.source]) {
            left.links.push_back({*position[link.source], link.buyer, link.storage});
        }
    }
    return left;
}

/// How many pieces are ordered is all that a settled purchase leaves open.
solver::LinearModel linear(const AwardModel& model) {
    solver::LinearModel open = model.model;
    for (std::size_t v = 0; v < open.variables.size(); ++v) {
        open.variables[v].integrality = solver::Integrality::continuous;
        if (!model.is_choice[v]) {
            open.variables[v].upper = solver::infinity;  // the constraints say it, and are relaxed
        }
    }
    for (const std::uint32_t taken : model.taken) {
        open.variables[taken].lower = 1.0;
    }
    return open;
}

double sum_of(const std::vector<solver::Term>& terms, const std::vector<double>& values) {
    double sum = 0.0;
    for (const solver::Term& term : terms) {
        sum += term.coefficient * values[term.variable];
    }
    return sum;
}

bool is_tight(const solver::Constraint& row, const std::vector<double>& values) {
    const double sum = sum_of(row.terms, values);
    double size = 1.0;
    for (const solver::Term& term : row.terms) {
        size = std::max(size, std::abs(term.coefficient * values[term.variable]));
    }
    constexpr double rounding = 1e-7;
    return std::min(std::abs(sum - row.lower), std::abs(sum - row.upper)) <= rounding * size;
}

/// Whether the source that a limit belongs to is taken at all: a limit of nothing is no limit.
bool is_of_nothing(const solver::Constraint& row, const std::vector<double>& values) {
    return std::ranges::all_of(row.terms, [&](const solver::Term& term) {
        return values[term.variable] == 0.0;
    });
}

/// Makes a constraint one unit less strict, or, with -1, as strict as it was.
void relax(solver::LinearSession& session, const AwardModel::Tagged& tagged, double units) {
    const auto row = static_cast<std::uint32_t>(tagged.constraint);
    const solver::Constraint now = session.model().constraints[row];
    const bool at_most = std::isinf(now.lower);
    if (tagged.unit != Unit::percentage_point) {
        session.set_constraint_bounds(
            row,
            at_most ? now.lower : now.lower - units,
            at_most ? now.upper + units : now.upper
        );
        return;
    }
    constexpr double point = 0.01;
    std::map<std::uint32_t, double> coefficients;
    for (const solver::Term& term : now.terms) {
        coefficients[term.variable] += term.coefficient;
    }
    for (const solver::Term& term : tagged.paid) {
        const double change = (at_most ? -point : point) * units * term.coefficient;
        session.set_coefficient(row, term.variable, coefficients[term.variable] + change);
    }
}

/// What one unit less of a requirement saves, if the choices stay.
Result<double> saved_by(
    solver::LinearSession& session,
    std::span<const AwardModel::Tagged* const> constraints,
    double before
) {
    for (const AwardModel::Tagged* one : constraints) {
        relax(session, *one, 1.0);
    }
    const auto outcome = session.solve({});
    for (const AwardModel::Tagged* one : constraints) {
        relax(session, *one, -1.0);
    }
    if (!outcome) {
        return outcome.error();
    }
    const auto* optimum = std::get_if<solver::LinearOptimum>(&*outcome);
    const double saved = optimum == nullptr ? 0.0 : before - optimum->objective;
    return saved > shown_price ? saved : 0.0;
}

Result<PricedRequirements> marginal_prices(const Instance& instance, const AwardPlan& plan) {
    const AwardModel model = model_of(settled(instance, plan));
    ADIC_TRY(const auto session, solver::open_clp_session(linear(model)));
    const auto outcome = session->solve({});
    if (!outcome) {
        return outcome.error();
    }
    PricedRequirements priced;
    const auto* optimum = std::get_if<solver::LinearOptimum>(&*outcome);
    if (optimum == nullptr) {
        return priced;
    }
    session->keep_start();
    std::map<Requirement, std::vector<const AwardModel::Tagged*>> tight;
    for (const AwardModel::Tagged& tagged : model.tagged) {
        const solver::Constraint& row = model.model.constraints[tagged.constraint];
        if (is_tight(row, optimum->values) && !is_of_nothing(row, optimum->values)) {
            tight[tagged.requirement].push_back(&tagged);
        }
    }
    for (const auto& [requirement, constraints] : tight) {
        Priced& one = priced[requirement];
        one.unit = constraints.front()->unit;
        one.holds = true;
        ADIC_TRY(one.price, saved_by(*session, constraints, optimum->objective));
    }
    return priced;
}

/// Rules that choose who is ordered from have no price for a unit, but one as a whole.
void add_choosing_rules(const Instance& instance, PricedRequirements& priced) {
    for (std::size_t r = 0; r < instance.problem->rules.size(); ++r) {
        const AwardRuleKind kind = instance.problem->rules[r].kind;
        if (kind == AwardRuleKind::veto || kind == AwardRuleKind::least_suppliers) {
            priced[{Kind::rule, r}];
        }
    }
}

/// What the plan would cost without requirements; empty if there was no time to prove it.
Result<std::optional<Cents>>
cost_without(const Instance& instance, Requirements requirements, AwardClock::time_point deadline) {
    const double left = std::chrono::duration<double>(deadline - AwardClock::now()).count();
    if (left <= 0.0) {
        return std::optional<Cents>{};
    }
    const AwardModel model = model_of(instance_of(*instance.problem, std::move(requirements)));
    const auto outcome = solver::solve_with_cbc(model.model, {left});
    if (!outcome) {
        return outcome.error();
    }
    const auto* optimum = std::get_if<solver::Optimum>(&*outcome);
    constexpr double cents = 100.0;
    return optimum == nullptr ? std::optional<Cents>{}
                              : std::optional<Cents>{std::llround(optimum->objective * cents)};
}

/// Rules may hold a plan only together: each is kept anyway where the others are.
Requirements all_rules(const AwardProblem& problem) {
    Requirements rules;
    for (std::size_t r = 0; r < problem.rules.size(); ++r) {
        rules.insert({Kind::rule, r});
    }
    return rules;
}

Sentence all_rules_words(const AwardProblem& problem) {
    return say("demand-all-rules", {{"rules", problem.rules.size()}});
}

}  // namespace

Result<AwardPlan> priced(const Instance& instance, AwardPlan plan, const AwardOptions& options) {
    const auto deadline = AwardClock::now()
                          + std::chrono::duration_cast<AwardClock::duration>(
                              std::chrono::duration<double>(options.price_time_limit_s)
                          );
    const AwardProblem& problem = *instance.problem;
    ADIC_TRY(PricedRequirements requirements, marginal_prices(instance, plan));
    plan.is_solved_without = instance.sources.size() <= most_sources_again
                             && plan.gap() <= proven_gap && options.price_time_limit_s > 0.0;
    if (plan.is_solved_without) {
        add_choosing_rules(instance, requirements);
    }
    const auto matters = [&](const std::optional<Cents>& without) {
        return without && *without < plan.bill.total;
    };
    if (plan.is_solved_without && problem.rules.size() > 1) {
        ADIC_TRY(const auto without, cost_without(instance, all_rules(problem), deadline));
        if (matters(without)) {
            plan.prices.push_back({all_rules_words(problem), {}, 0.0, without});
        }
    }
    for (const auto& [requirement, one] : requirements) {
        AwardPrice price{words_of(problem, requirement), {}, one.price};
        price.unit = one.holds ? unit_text(one.unit) : std::string{};
        if (plan.is_solved_without) {
            ADIC_TRY(price.without, cost_without(instance, {requirement}, deadline));
        }
        if (one.price > 0.0 || matters(price.without)) {
            plan.prices.push_back(std::move(price));
        }
    }
    return plan;
}

}  // namespace adic::procure
