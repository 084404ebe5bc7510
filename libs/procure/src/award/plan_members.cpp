#include "award/plan_members.hpp"

#include "adic/solver/model.hpp"

#include "award/award_model.hpp"
#include "award/block_search.hpp"
#include "award/split_search.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace adic::procure {
namespace {

using Kind = CoalitionPlan::Kind;

constexpr double cents = 100.0;

/// No clock decides: a search of this length would have been stopped by whoever waits for it.
constexpr double for_ever_s = 1e6;

/// Up to so many sources of pieces a purchase is solved as a whole.
constexpr std::size_t small = 600;
constexpr std::int32_t nodes_of_small = 2'000;
/// Of a larger one, for which the parts found no plan.
constexpr std::int32_t nodes_of_large = 50;

Cents rounded_up(double bound) {
    constexpr double rounding = 1e-6;
    return std::isfinite(bound)
               ? std::max<Cents>(0, static_cast<Cents>(std::ceil(bound * cents - rounding)))
               : 0;
}

Deliveries as_one(const std::map<AwardDelivery, std::int64_t>& pieces) {
    Deliveries all;
    for (const auto& [one, count] : pieces) {
        all.push_back(one);
        all.back().pieces = count;
    }
    return all;
}

void add(AwardDelivery one, std::map<AwardDelivery, std::int64_t>& pieces) {
    const std::int64_t count = std::exchange(one.pieces, 0);
    pieces[one] += count;
}

/// What an order or a package is known by.
using Bought = std::tuple<std::size_t, std::size_t, std::int32_t, std::optional<std::size_t>>;

Bought bought(const AwardDelivery& one) {
    return one.package ? Bought{0, 0, 0, one.package}
                       : Bought{one.item, one.supplier, one.year, std::nullopt};
}

struct Point {
    bool is_infeasible = false;
    double bound = -solver::infinity;
    std::vector<double> values = {};
};

Result<Point>
solve_whole(const AwardModel& model, const MembersOptions& options, std::int32_t nodes) {
    // Most of these are settled in a few nodes, and by several threads at once.
    constexpr std::int32_t few_nodes = 100;
    const double gap = options.relative_gap;
    auto outcome = solver::solve_small(model.model, {for_ever_s, gap, few_nodes, options.stop});
    const bool is_open = outcome && std::holds_alternative<solver::OutOfTime>(*outcome);
    if (is_open && !options.stop.stop_requested()) {
        outcome = solver::solve_with_cbc(model.model, {for_ever_s, gap, nodes});
    }
    if (!outcome) {
        return outcome.error();
    }
    Point point;
    point.is_infeasible = std::holds_alternative<solver::Infeasible>(*outcome);
    if (const auto* optimum = std::get_if<solver::Optimum>(&*outcome)) {
        point.bound = optimum->bound;
        point.values = optimum->values;
    } else if (const auto* late = std::get_if<solver::OutOfTime>(&*outcome)) {
        point.bound = late->bound;
        point.values = late->best;
    }
    return point;
}

Result<Point> solve_in_parts(const AwardModel& model, Cents known, const MembersOptions& options) {
    BlockSearchOptions search{
        std::chrono::steady_clock::now() + std::chrono::seconds(static_cast<long>(for_ever_s)),
        options.relative_gap};
    search.known_objective = known > 0 ? static_cast<double>(known) / cents : solver::infinity;
    search.most_together = 2;
    ADIC_TRY(BlockSearchResult found, search_blocks(model.model, model.blocks, search));
    if (found.values.empty() && !found.is_infeasible && known == 0) {
        ADIC_TRY(Point whole, solve_whole(model, options, nodes_of_large));
        whole.bound = std::max(whole.bound, found.bound);
        return whole;
    }
    return Point{found.is_infeasible, found.bound, std::move(found.values)};
}

bool is_settled(const CoalitionPlan& plan, double relative_gap) {
    const bool is_close = static_cast<double>(plan.cost - plan.bound)
                          <= relative_gap * static_cast<double>(plan.cost);
    return plan.kind == Kind::impossible || (plan.kind == Kind::planned && is_close);
}

/// By blocks: the answer, or what is known by now.
CoalitionPlan
plan_split(const Instance& instance, CoalitionPlan known, const MembersOptions& options) {
    const SplitPurchase purchase = split(instance);
    const SplitSearchResult found =
        search_split(purchase, {.relative_gap = options.relative_gap, .stop = options.stop});
    if (!found.plans.empty()) {
        known = best_of(
            *instance.problem,
            std::move(known),
            {deliveries_of(instance, purchase, found.plans)}
        );
    }
    if (known.kind != Kind::planned) {
        known.kind = found.is_infeasible ? Kind::impossible : known.kind;
        known.bound = found.is_infeasible ? 0 : std::max(known.bound, found.bound);
        return known;
    }
    assert(!found.is_infeasible);
    known.bound = std::min(known.cost, std::max(known.bound, found.bound));
    return known;
}

/// By a mixed-integer program, as a whole or in parts.
Result<CoalitionPlan>
plan_by_program(const Instance& instance, CoalitionPlan known, const MembersOptions& options) {
    const AwardModel model = model_of(instance);
    const bool is_planned = known.kind == Kind::planned;
    ADIC_TRY(
        const Point found,
        instance.sources.size() <= small
            ? solve_whole(model, options, nodes_of_small)
            : solve_in_parts(model, is_planned ? known.cost : 0, options)
    );
    if (found.is_infeasible && !is_planned) {
        return CoalitionPlan{Kind::impossible};
    }
    known.bound = std::max(known.bound, rounded_up(found.bound));
    if (found.values.empty()) {
        known.bound = is_planned ? std::min(known.bound, known.cost) : known.bound;
        return known;
    }
    return best_of(
        *instance.problem,
        std::move(known),
        {deliveries_of(instance, model, found.values)}
    );
}

Error interrupted() {
    return {ErrorCode::interrupted, "interrupted before the end", {}};
}

}  // namespace

Deliveries merged(const Deliveries& one, const Deliveries& other) {
    std::map<AwardDelivery, std::int64_t> pieces;
    for (const Deliveries* plan : {&one, &other}) {
        for (const AwardDelivery& delivery : *plan) {
            add(delivery, pieces);
        }
    }
    return as_one(pieces);
}

Deliveries without_state(const Deliveries& plan, std::size_t state, bool keeps_pieces) {
    std::set<Bought> still_used;
    for (const AwardDelivery& one : plan) {
        if (one.state && *one.state != state) {
            still_used.insert(bought(one));
        }
    }
    std::map<AwardDelivery, std::int64_t> pieces;
    for (AwardDelivery one : plan) {
        const bool is_meant = one.state == state;
        if (!still_used.contains(bought(one)) || (is_meant && !keeps_pieces && !one.package)) {
            continue;
        }
        if (is_meant) {
            one.state.reset();
            one.needed = one.year;
        }
        add(one, pieces);
    }
    return as_one(pieces);
}

CoalitionPlan best_of(
    const AwardProblem& problem,
    CoalitionPlan plan,
    const std::vector<Deliveries>& candidates
) {
    for (const Deliveries& candidate : candidates) {
        const AwardBill bill = check_award(problem, candidate);
        if (!bill.breaches.empty() || (plan.kind == Kind::planned && bill.total >= plan.cost)) {
            continue;
        }
        plan.kind = Kind::planned;
        plan.cost = bill.total;
        plan.deliveries = candidate;
        plan.bound = std::min(plan.bound, plan.cost);
    }
    return plan;
}

Result<CoalitionPlan>
plan_members(const AwardProblem& problem, CoalitionPlan known, const MembersOptions& options) {
    const Instance instance = instance_of(problem);
    if (can_split(problem)) {
        known = plan_split(instance, std::move(known), options);
    }
    if (options.stop.stop_requested()) {
        return interrupted();
    }
    if (is_settled(known, options.relative_gap)) {
        return known;
    }
    ADIC_TRY(known, plan_by_program(instance, std::move(known), options));
    if (options.stop.stop_requested()) {
        return interrupted();
    }
    return known;
}

}  // namespace adic::procure
