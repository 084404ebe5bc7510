#include "remedies/remedy_runs.hpp"

#include "adic/shock/montecarlo/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace adic::shock {
namespace {

using model::Remedy;
using model::RemedyKind;
using model::StateIndex;
using supply::MapIndex;
using supply::Viewpoint;

bool is_made(RemedyKind kind) {
    return kind == RemedyKind::second_source || kind == RemedyKind::capacity
           || kind == RemedyKind::recycling;
}

ItemChange::Kind change_kind(RemedyKind kind) {
    switch (kind) {
    case RemedyKind::stockpile: return ItemChange::Kind::store;
    case RemedyKind::second_source:
    case RemedyKind::capacity: return ItemChange::Kind::capacity;
    case RemedyKind::recycling: return ItemChange::Kind::recycling;
    case RemedyKind::substitution: return ItemChange::Kind::substitute;
    case RemedyKind::redesign: break;
    }
    return ItemChange::Kind::without;
}

/// Every remedy with its delay, then every remedy as if it were there on the first day.
std::vector<ItemChange>
changes_of(std::span<const Remedy> remedies, std::span<const std::vector<std::uint32_t>> makers) {
    std::vector<ItemChange> changes;
    for (const bool at_once : {false, true}) {
        for (std::uint32_t r = 0; r < remedies.size(); ++r) {
            const Remedy& remedy = remedies[r];
            changes.push_back(
                {change_kind(remedy.kind),
                 remedy.item,
                 remedy.amount,
                 at_once ? Estimate::exactly(0) : remedy.delay_weeks,
                 remedy.other,
                 makers[r],
                 r}
            );
        }
    }
    return changes;
}

}  // namespace

MapWithMakers with_makers(
    const model::SupplyMap& map,
    std::span<const Remedy> remedies,
    const Viewpoint& viewpoint
) {
    const MapIndex index(map);
    const std::vector<StateIndex> inside = states_inside(viewpoint);
    MapWithMakers made{map, {}};
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> added;
    for (const Remedy& remedy : remedies) {
        made.makers.emplace_back();
        if (!is_made(remedy.kind)) {
            continue;
        }
        const std::vector<std::uint32_t> seen = index.supplies_seen(remedy.item, viewpoint);
        for (const StateIndex state : remedy.states.empty() ? inside : remedy.states) {
            const auto found = std::ranges::find_if(seen, [&](std::uint32_t row) {
                return map.supplies[row].origin == state;
            });
            const auto next = static_cast<std::uint32_t>(made.map.supplies.size());
            const auto row =
                found != seen.end()
                    ? *found
                    : added.emplace(std::pair{remedy.item.value(), state.value()}, next)
                          .first->second;
            if (row == next) {
                made.map.supplies.push_back(
                    {remedy.item,
                     state,
                     {},
                     seen.empty() ? model::Market{} : map.supplies[seen.front()].market,
                     Estimate::exactly(0),
                     {},
                     {},
                     {},
                     map.items[remedy.item].provenance}
                );
            }
            made.makers.back().push_back(row);
        }
    }
    return made;
}

std::int64_t cents(double musd) {
    constexpr double per_million = 1e8;
    return std::llround(musd * per_million);
}

Result<RemedyProblem> problem_of(
    const MapIndex& index,
    std::span<const std::vector<std::uint32_t>> makers,
    const RemedyQuestion& question,
    const Viewpoint& viewpoint
) {
    ADIC_TRY(ResolvedScenario scenario, question.scenario(index, viewpoint));
    ItemDynamicsOptions options = question.items;
    options.changes = changes_of(question.remedies, makers);
    ADIC_TRY(
        const ItemNetwork network,
        ItemNetwork::create(index, viewpoint, question.targets, options)
    );
    ADIC_TRY(ItemMonteCarlo futures, ItemMonteCarlo::create(network, scenario, question.draws));
    return RemedyProblem{std::move(scenario), std::move(futures)};
}

void Steps::begin(std::string_view name, double from, double to, std::size_t most) {
    name_ = name;
    from_ = from;
    to_ = to;
    most_ = std::max<std::size_t>(1, most);
    followed_ = 0;
}

double Steps::done_after(double losses) const {
    const double part = (static_cast<double>(followed_) + losses) / static_cast<double>(most_);
    return from_ + (to_ - from_) * std::min(1.0, part);
}

Run Steps::next(std::size_t losses) const {
    Run run = run_;
    if (run_.progress) {
        run.progress = [this, losses](std::string_view /*step*/, double done) {
            run_.progress(name_, done_after(done * static_cast<double>(losses)));
        };
    }
    return run;
}

void Steps::end() const {
    if (run_.progress) {
        run_.progress(name_, to_);
    }
}

Result<RemedyRuns>
RemedyRuns::create(const RemedyProblem& problem, const RemedyQuestion& question, Steps& steps) {
    ADIC_TRY(
        PlanRuns runs,
        PlanRuns::create(problem.futures, question.runs, question.values, steps.next(1))
    );
    steps.add(1);
    return RemedyRuns{problem.scenario, std::move(runs)};
}

Plan RemedyRuns::plan_of(const Purchases& bought, std::span<const double> factors, bool at_once)
    const {
    Plan plan(2 * bought.size(), 0.0);
    for (std::size_t r = 0; r < bought.size(); ++r) {
        plan[at_once ? bought.size() + r : r] = reaches(r) ? bought[r] * factors[r] : 0.0;
    }
    return plan;
}

Result<std::vector<const PlanLoss*>> RemedyRuns::losses(std::span<const Plan> plans, Steps& steps) {
    std::vector<Plan> unknown;
    for (const Plan& plan : plans) {
        if (!known_.contains(plan) && std::ranges::find(unknown, plan) == unknown.end()) {
            unknown.push_back(plan);
        }
    }
    if (!unknown.empty()) {
        ADIC_TRY(std::vector<PlanLoss> followed, runs_.follow(unknown, steps.next(unknown.size())));
        steps.add(unknown.size());
        for (std::size_t i = 0; i < unknown.size(); ++i) {
            known_.emplace(std::move(unknown[i]), std::move(followed[i]));
        }
    }
    std::vector<const PlanLoss*> losses;
    for (const Plan& plan : plans) {
        losses.push_back(&known_.at(plan));
    }
    return losses;
}

double mean_of(const PlanLoss& loss) {
    const double sum = std::accumulate(loss.by_run.begin(), loss.by_run.end(), 0.0);
    return sum / static_cast<double>(loss.by_run.size());
}

Estimate avoided(const PlanLoss& without, const PlanLoss& with, double confidence) {
    std::vector<double> differences;
    for (std::size_t run = 0; run < without.by_run.size(); ++run) {
        differences.push_back(without.by_run[run] - with.by_run[run]);
    }
    return mean_interval(differences, confidence);
}

Result<Portfolio>
best_list(RemedyRuns& runs, const Buyers& buyers, const SearchLimits& limits, Steps& steps) {
    const LossFunction loss = [&](std::span<const Purchases> bought
                              ) -> Result<std::vector<double>> {
        std::vector<Plan> plans;
        for (const Purchases& one : bought) {
            plans.push_back(runs.plan_of(one, buyers.factors));
        }
        ADIC_TRY(const auto followed, runs.losses(plans, steps));
        std::vector<double> means;
        for (const PlanLoss* one : followed) {
            means.push_back(mean_of(*one));
        }
        return means;
    };
    Offers offers = buyers.offers;
    for (std::size_t r = 0; r < offers.size(); ++r) {
        offers.most[r] = runs.reaches(r) ? offers.most[r] : 0;
    }
    return find_portfolio(offers, loss, limits);
}

std::vector<StateIndex> states_inside(const Viewpoint& viewpoint) {
    std::vector<StateIndex> states;
    for (std::uint32_t s = 0; s < viewpoint.inside.size(); ++s) {
        if (viewpoint.inside[s]) {
            states.emplace_back(s);
        }
    }
    return states;
}

std::vector<StateIndex> holders_among(const Remedy& remedy, std::span<const StateIndex> states) {
    std::vector<StateIndex> holders;
    for (const StateIndex state : states) {
        if (remedy.states.empty() || std::ranges::binary_search(remedy.states, state)) {
            holders.push_back(state);
        }
    }
    return holders;
}

double years_of(std::uint32_t weeks) {
    constexpr double weeks_of_year = 365.25 / 7;
    return weeks / weeks_of_year;
}

}  // namespace adic::shock
