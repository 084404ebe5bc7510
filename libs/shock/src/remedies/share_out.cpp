#include "adic/shock/survival/stockpile.hpp"

#include "remedies/remedy_runs.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace adic::shock {
namespace {

using model::Remedy;
using model::RemedyKind;
using model::StateIndex;
using supply::Viewpoint;

Viewpoint viewpoint_of(const model::SupplyMap& map, StateIndex state) {
    return *supply::parse_viewpoint(map, map.states[state].id);
}

bool has(std::span<const StateIndex> states, StateIndex state) {
    return std::ranges::find(states, state) != states.end();
}

/// What all together have bought, as one state feels it: a stockpile is for those who hold it.
std::vector<double>
felt_by(const RemedyQuestion& question, std::span<const StateIndex> states, StateIndex state) {
    std::vector<double> factors;
    for (const Remedy& remedy : question.remedies) {
        const bool is_for_it =
            remedy.kind != RemedyKind::stockpile || has(holders_among(remedy, states), state);
        factors.push_back(is_for_it ? 1.0 : 0.0);
    }
    return factors;
}

/// What one state can buy by itself: its part of a stockpile, or all of what cannot be divided.
Buyers alone(const RemedyQuestion& question, const RemedyAnswer& answer, StateIndex state) {
    const std::span<const StateIndex> states = answer.states;
    const auto all = static_cast<double>(states.size());
    Buyers buyers;
    buyers.offers.budget = cents(question.budget_musd / all);
    for (const Remedy& remedy : question.remedies) {
        const std::vector<StateIndex> holders = holders_among(remedy, states);
        const double cost = model::cost_over(remedy, years_of(answer.weeks)).likely();
        const bool is_store = remedy.kind == RemedyKind::stockpile;
        const bool is_know_how =
            remedy.kind == RemedyKind::substitution || remedy.kind == RemedyKind::redesign;
        const double part =
            is_store ? 1.0 / static_cast<double>(std::max<std::size_t>(1, holders.size())) : 1.0;
        buyers.offers.cost.push_back(cents(cost * part));
        buyers.offers.most.push_back(has(holders, state) ? remedy.most : 0);
        // A works that is built for all gives its own state all of its use, and no more.
        buyers.factors.push_back(
            is_store || is_know_how ? 1.0 : std::min(all, std::max(1.0, 1.0 / remedy.amount))
        );
    }
    // What is of no use to all together is not looked at for each.
    for (const RemedyEffect& effect : answer.effects) {
        if (effect.finding == RemedyEffect::Finding::no_use) {
            buyers.offers.most[effect.remedy] = 0;
        }
    }
    return buyers;
}

/// One state's losses, run by run.
struct Felt {
    StateShare share;
    PlanLoss alone;
    PlanLoss together;
};

Result<Felt> feel(
    RemedyRuns& runs,
    const RemedyQuestion& question,
    const RemedyAnswer& answer,
    StateIndex state,
    Steps& steps
) {
    const Buyers buyers = alone(question, answer, state);
    ADIC_TRY(const Portfolio own, best_list(runs, buyers, question.alone_limits, steps));
    const std::vector<Plan> plans{
        runs.plan_of(own.bought, buyers.factors),
        runs.plan_of(answer.list.found.bought, felt_by(question, answer.states, state))};
    ADIC_TRY(const auto losses, runs.losses(plans, steps));
    Felt felt{{.state = state, .alone = own.bought}, *losses[0], *losses[1]};
    felt.share.loss_without = mean_of(runs.runs().without());
    felt.share.loss_alone = mean_of(felt.alone);
    felt.share.loss_together = mean_of(felt.together);
    felt.share.gain = avoided(felt.alone, felt.together, question.confidence);
    return felt;
}

/// What each state takes of the bill, to the cent.
void add_payments(const RemedyQuestion& question, RemedyAnswer& answer) {
    for (std::size_t r = 0; r < question.remedies.size(); ++r) {
        const Remedy& remedy = question.remedies[r];
        const std::int64_t bill =
            answer.list.found.bought[r]
            * cents(model::cost_over(remedy, years_of(answer.weeks)).likely());
        std::vector<double> weights(answer.shares.size(), 0.0);
        bool has_payer = false;
        for (const model::Payer& payer : remedy.payers) {
            for (std::size_t i = 0; i < weights.size(); ++i) {
                if (answer.shares[i].state == payer.state) {
                    weights[i] = payer.weight;
                    has_payer = true;
                }
            }
        }
        std::vector<StateIndex> holders = holders_among(remedy, answer.states);
        if (holders.empty()) {
            holders = answer.states;
        }
        for (std::size_t i = 0; i < weights.size() && !has_payer; ++i) {
            weights[i] = has(holders, answer.shares[i].state) ? 1.0 : 0.0;
        }
        const std::vector<std::int64_t> parts = split_cents(bill, weights);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            answer.shares[i].pays_cents += parts[i];
        }
    }
}

/// Reserve saved of a stockpile in weeks of all use, at one correlation.
double saved_at(const UncertainUse& use, std::size_t holders, double correlation) {
    const auto n = static_cast<double>(holders);
    const std::vector<double> sds(holders, use.variation / n);
    return use.deviates * (use.variation - pooled_sd(sds, correlation));
}

/// (R13): as part of a stockpile that is sized for the likely use and its reserve.
std::vector<ReserveSaved>
reserves_of(const RemedyQuestion& question, std::span<const StateIndex> states, double years) {
    std::vector<ReserveSaved> reserves;
    const UncertainUse& use = question.use;
    for (std::uint32_t r = 0; r < question.remedies.size(); ++r) {
        const Remedy& remedy = question.remedies[r];
        const std::size_t holders = holders_among(remedy, states).size();
        if (remedy.kind != RemedyKind::stockpile || holders < 2) {
            continue;
        }
        const double each_for_itself = 1 + use.deviates * use.variation;
        const auto part = [&](double correlation) {
            return std::max(0.0, saved_at(use, holders, correlation)) / each_for_itself;
        };
        const Estimate& rho = use.correlation;
        const Estimate saved =
            *Estimate::create(part(rho.high()), part(rho.likely()), part(rho.low()));
        const double cost = model::cost_over(remedy, years).likely();
        reserves.push_back(
            {r,
             saved,
             *Estimate::create(cost * saved.low(), cost * saved.likely(), cost * saved.high())}
        );
    }
    return reserves;
}

/// (R12): the mean over states, in the same futures.
Estimate pooling_gain(std::span<const Felt> felt, double confidence) {
    PlanLoss alone = felt.front().alone;
    PlanLoss together = felt.front().together;
    const auto states = static_cast<double>(felt.size());
    for (std::size_t run = 0; run < alone.by_run.size(); ++run) {
        double sum_alone = 0;
        double sum_together = 0;
        for (const Felt& one : felt) {
            sum_alone += one.alone.by_run[run];
            sum_together += one.together.by_run[run];
        }
        alone.by_run[run] = sum_alone / states;
        together.by_run[run] = sum_together / states;
    }
    return avoided(alone, together, confidence);
}

}  // namespace

Result<bool> share_out(
    const supply::MapIndex& index,
    std::span<const std::vector<std::uint32_t>> makers,
    const RemedyQuestion& question,
    Steps& steps,
    RemedyAnswer& answer
) {
    constexpr double begin = 0.7;  // of the study
    const auto begin_of = [&](std::size_t i) {
        return begin
               + (1 - begin) * static_cast<double>(i) / static_cast<double>(answer.states.size());
    };
    const std::size_t most = question.alone_limits.evaluations + 3;  // none, both lists
    std::vector<Felt> felt;
    std::map<std::string, RemedyRuns> runs_of;  ///< by digest: most states see the same
    for (std::size_t i = 0; i < answer.states.size(); ++i) {
        const StateIndex state = answer.states[i];
        steps.begin("each state alone", begin_of(i), begin_of(i + 1), most);
        const Viewpoint viewpoint = viewpoint_of(index.map(), state);
        ADIC_TRY(const RemedyProblem problem, problem_of(index, makers, question, viewpoint));
        auto known = runs_of.find(problem.futures.digest());
        if (known == runs_of.end()) {
            ADIC_TRY(RemedyRuns runs, RemedyRuns::create(problem, question, steps));
            known = runs_of.emplace(problem.futures.digest(), std::move(runs)).first;
        }
        ADIC_TRY(Felt one, feel(known->second, question, answer, state, steps));
        answer.shares.push_back(one.share);
        felt.push_back(std::move(one));
    }
    add_payments(question, answer);
    answer.pooling = pooling_gain(felt, question.confidence);
    answer.reserves = reserves_of(question, answer.states, years_of(answer.weeks));
    return true;
}

}  // namespace adic::shock
