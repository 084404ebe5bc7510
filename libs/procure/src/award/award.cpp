#include "adic/procure/award.hpp"

#include "adic/solver/session.hpp"

#include "award/award_model.hpp"
#include "award/award_prices.hpp"
#include "award/conflict.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace adic::procure {
namespace {

using solver::Infeasible;
using solver::Optimum;
using solver::OutOfTime;

/// By how much rules are kept more strictly if a plan breaks one by the rounding of the solver.
constexpr double safe_margin = 1e-6;

double seconds_to(AwardClock::time_point deadline) {
    return std::max(0.01, std::chrono::duration<double>(deadline - AwardClock::now()).count());
}

/// The cents below which no plan is. What is in doubt is the solver's rounding.
Cents bound_in_cents(double bound) {
    constexpr double cents = 100.0;
    constexpr double rounding = 1e-6;
    return std::isfinite(bound)
               ? std::max<Cents>(0, static_cast<Cents>(std::ceil(bound * cents - rounding)))
               : 0;
}

struct Found {
    std::vector<double> values;
    double bound = 0.0;
    bool is_late = false;
};

/// A point, or nothing and a bound if time ran out, or empty if there is none.
Result<std::optional<Found>> solve(const AwardModel& model, const solver::SolveOptions& options) {
    const auto outcome = solver::solve_with_cbc(model.model, options);
    if (!outcome) {
        return outcome.error();
    }
    if (std::holds_alternative<Infeasible>(*outcome)) {
        return std::optional<Found>{};
    }
    if (const auto* optimum = std::get_if<Optimum>(&*outcome)) {
        return std::optional{Found{optimum->values, optimum->bound, false}};
    }
    if (const auto* late = std::get_if<OutOfTime>(&*outcome)) {
        return std::optional{Found{late->best, late->bound, true}};
    }
    return Error{ErrorCode::internal, "what is bought cannot be had for less than nothing", {}};
}

/// The plan of a point; if it breaks a rule by the solver's rounding, one that keeps rules more
/// strictly.
Result<AwardPlan> plan_of(
    const Instance& instance,
    const AwardModel& model,
    const Found& found,
    double time_limit_s
) {
    AwardPlan plan;
    plan.deliveries = deliveries_of(instance, model, found.values);
    plan.bill = check_award(*instance.problem, plan.deliveries);
    if (!plan.bill.breaches.empty()) {
        const AwardModel strict = model_of(instance, {safe_margin});
        ADIC_TRY(const auto again, solve(strict, {time_limit_s}));
        if (again && !again->values.empty()) {
            plan.deliveries = deliveries_of(instance, strict, again->values);
            plan.bill = check_award(*instance.problem, plan.deliveries);
        }
    }
    if (!plan.bill.breaches.empty()) {
        return Error{
            ErrorCode::internal,
            "the solver's plan does not pass the check",
            plan.bill.breaches.front()};
    }
    plan.bound = std::min(plan.bill.total, bound_in_cents(found.bound));
    plan.is_out_of_time = found.is_late;
    return plan;
}

/// The least number of sources of pieces with which a problem is solved in parts.
constexpr std::size_t large = 2'000;

bool is_large(const Instance& instance) {
    return instance.sources.size() >= large;
}

bool is_in_parts(const Instance& instance, AwardMethod method) {
    return method == AwardMethod::in_parts
           || (method == AwardMethod::automatic && is_large(instance));
}

struct Limits {
    AwardClock::time_point deadline;
    double relative_gap = 0.0;
};

/// The better of two points, with the better of their bounds.
Found better_of(const AwardModel& model, Found parts, Found whole) {
    const double bound = std::max(parts.bound, whole.bound);
    const auto cost = [&](const Found& found) {
        return found.values.empty() ? solver::infinity : solver::cost_of(model.model, found.values);
    };
    const bool is_whole = cost(whole) < cost(parts);
    Found best = is_whole ? std::move(whole) : std::move(parts);
    best.bound = bound;
    return best;
}

/// As `solve`, of a problem that may be too large for it. The whole gets what time is left where it
/// can use it: of a large one it only would where the parts came to nothing.
Result<std::optional<Found>>
solve_in_parts(const Instance& instance, const AwardModel& model, const Limits& limits) {
    ADIC_TRY(
        BlockSearchResult parts,
        search_blocks(model.model, model.blocks, {limits.deadline, limits.relative_gap})
    );
    if (parts.is_infeasible) {
        return std::optional<Found>{};
    }
    const bool is_enough = parts.gap() <= limits.relative_gap;
    const bool has_plan = !parts.values.empty();
    Found found{std::move(parts.values), parts.bound, parts.is_out_of_time};
    if (parts.is_out_of_time || is_enough || (has_plan && is_large(instance))) {
        return std::optional{std::move(found)};
    }
    ADIC_TRY(auto whole, solve(model, {seconds_to(limits.deadline), limits.relative_gap}));
    if (whole) {
        const bool is_late = whole->is_late;
        whole = better_of(model, std::move(found), *std::move(whole));
        whole->is_late = is_late;
        return whole;
    }
    // A point in hand is worth more than the solver's word that there is none.
    return has_plan ? std::optional{std::move(found)} : std::optional<Found>{};
}

/// As `solve`. Where the clock leaves it without a point, the parts get the last fifth of the time.
Result<std::optional<Found>>
solve_whole_first(const Instance& instance, const AwardModel& model, const Limits& limits) {
    constexpr double for_whole = 0.8;
    ADIC_TRY(
        auto whole,
        solve(model, {for_whole * seconds_to(limits.deadline), limits.relative_gap})
    );
    if (!whole || !whole->values.empty()) {
        return whole;
    }
    ADIC_TRY(auto parts, solve_in_parts(instance, model, limits));
    if (!parts) {
        return parts;
    }
    Found best = better_of(model, *std::move(parts), *std::move(whole));
    best.is_late = true;
    return std::optional{std::move(best)};
}

Result<std::optional<Found>> solve_by(
    AwardMethod method,
    const Instance& instance,
    const AwardModel& model,
    const Limits& limits
) {
    if (is_in_parts(instance, method)) {
        return solve_in_parts(instance, model, limits);
    }
    return method == AwardMethod::automatic
               ? solve_whole_first(instance, model, limits)
               : solve(model, {seconds_to(limits.deadline), limits.relative_gap});
}

}  // namespace

double AwardPlan::gap() const {
    return bill.total > 0
               ? static_cast<double>(bill.total - bound) / static_cast<double>(bill.total)
               : 0.0;
}

Result<AwardOutcome> award(const AwardProblem& problem, const AwardOptions& options) {
    const auto deadline = AwardClock::now()
                          + std::chrono::duration_cast<AwardClock::duration>(
                              std::chrono::duration<double>(options.time_limit_s)
                          );
    const Instance instance = instance_of(problem);
    const AwardModel model = model_of(instance);
    const Limits limits{deadline, options.relative_gap};
    ADIC_TRY(const auto found, solve_by(options.method, instance, model, limits));
    if (!found) {
        ADIC_TRY(AwardConflict conflict, find_conflict(problem, deadline));
        return AwardOutcome{std::move(conflict)};
    }
    if (found->values.empty()) {
        return AwardOutcome{NoAwardInTime{bound_in_cents(found->bound)}};
    }
    ADIC_TRY(AwardPlan plan, plan_of(instance, model, *found, options.time_limit_s));
    if (options.with_prices) {
        ADIC_TRY(plan, priced(instance, std::move(plan), options));
    }
    return AwardOutcome{std::move(plan)};
}

}  // namespace adic::procure
