#include "adic/shock/remedies/study.hpp"

#include "adic/base/bytes.hpp"
#include "adic/base/random.hpp"
#include "adic/base/say.hpp"
#include "adic/base/sha256.hpp"
#include "adic/base/text.hpp"

#include "dynamics/item_structure.hpp"
#include "montecarlo/spreads.hpp"
#include "remedies/remedy_runs.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace adic::shock {
namespace {

using model::Remedy;
using model::StateIndex;
using Finding = RemedyEffect::Finding;

Error refused(std::string message) {
    return {ErrorCode::invalid_argument, std::move(message), {}};
}

double normal_below(double x) {
    return 0.5 * std::erfc(-x / std::sqrt(2.0));
}

/// Everything that belongs to the states that act together.
struct Together {
    const RemedyQuestion& question;
    RemedyRuns& runs;
    Buyers buyers;
    Steps& steps;

    Plan plan_of(const Purchases& bought, bool at_once = false) const {
        return runs.plan_of(bought, buyers.factors, at_once);
    }

    Purchases nothing() const { return Purchases(question.remedies.size(), 0); }

    Purchases one_of(std::size_t r) const {
        Purchases bought = nothing();
        bought[r] = 1;
        return bought;
    }
};

/// (R11): the states that hold a stockpile serve their part of all.
Buyers buyers_of(const RemedyQuestion& question, std::uint32_t weeks, double budget_musd) {
    const std::vector<StateIndex> states = states_inside(question.together);
    Buyers buyers;
    buyers.offers.budget = cents(budget_musd);
    for (const Remedy& remedy : question.remedies) {
        const auto holders = static_cast<double>(holders_among(remedy, states).size());
        const bool is_store = remedy.kind == model::RemedyKind::stockpile;
        buyers.factors.push_back(is_store ? holders / static_cast<double>(states.size()) : 1.0);
        buyers.offers.cost.push_back(cents(model::cost_over(remedy, years_of(weeks)).likely()));
        buyers.offers.most.push_back(remedy.most);
    }
    return buyers;
}

/// Low over the high cost, high over the low one: it holds whatever the cost is.
std::optional<Estimate> per_million(Estimate avoided, Estimate cost) {
    if (!(cost.low() > 0)) {
        return std::nullopt;
    }
    const double low = avoided.low() / (avoided.low() < 0 ? cost.low() : cost.high());
    const double high = avoided.high() / (avoided.high() < 0 ? cost.high() : cost.low());
    return *Estimate::create(low, avoided.likely() / cost.likely(), high);
}

/// Most per million first; what is free and helps before all; ties in the order of the file.
void sort_effects(std::vector<RemedyEffect>& effects) {
    constexpr double free_of_cost = 1e300;
    std::ranges::stable_sort(effects, std::greater{}, [](const RemedyEffect& effect) {
        return effect.per_musd               ? effect.per_musd->likely()
               : effect.avoided.likely() > 0 ? free_of_cost
                                             : 0.0;
    });
}

Result<std::vector<RemedyEffect>> effects_of(const Together& together) {
    const RemedyQuestion& question = together.question;
    const std::size_t count = question.remedies.size();
    const Purchases all = together.buyers.offers.most;
    std::vector<Plan> plans{together.plan_of(together.nothing()), together.plan_of(all)};
    for (std::size_t r = 0; r < count; ++r) {
        Purchases others = all;
        others[r] = 0;
        plans.push_back(together.plan_of(together.one_of(r)));
        plans.push_back(together.plan_of(together.one_of(r), true));
        plans.push_back(together.plan_of(others));
    }
    ADIC_TRY(const auto losses, together.runs.losses(plans, together.steps));
    const double without = mean_of(*losses[0]);
    const double noticed = 1e-9 * without;
    std::vector<RemedyEffect> effects;
    for (std::size_t r = 0; r < count; ++r) {
        const std::size_t place = 2 + 3 * r;
        RemedyEffect effect;
        effect.remedy = static_cast<std::uint32_t>(r);
        effect.cost_musd = model::cost_over(
            question.remedies[r],
            years_of(together.runs.runs().problem().weeks())
        );
        effect.avoided = avoided(*losses[0], *losses[place], question.confidence);
        effect.per_musd = per_million(effect.avoided, effect.cost_musd);
        effect.at_once = without - mean_of(*losses[place + 1]);
        if (effect.avoided.likely() > noticed) {
            effect.finding = Finding::helps;
        } else if (mean_of(*losses[place + 2]) - mean_of(*losses[1]) > noticed) {
            effect.finding = Finding::only_together;
        } else if (effect.at_once > 1e-3 * without) {
            effect.finding = Finding::too_late;
        }
        effects.push_back(effect);
    }
    sort_effects(effects);
    return effects;
}

/// Means, variances and covariance of what two remedies avoid, run by run.
struct Moments {
    double a = 0;
    double b = 0;
    double aa = 0;
    double bb = 0;
    double ab = 0;
};

Moments moments_of(const PlanLoss& none, const PlanLoss& first, const PlanLoss& second) {
    Moments m;
    const std::size_t runs = none.by_run.size();
    const auto n = static_cast<double>(runs);
    for (std::size_t r = 0; r < runs; ++r) {
        m.a += (none.by_run[r] - first.by_run[r]) / n;
        m.b += (none.by_run[r] - second.by_run[r]) / n;
    }
    for (std::size_t r = 0; r < runs; ++r) {
        const double a = none.by_run[r] - first.by_run[r] - m.a;
        const double b = none.by_run[r] - second.by_run[r] - m.b;
        m.aa += a * a / (n - 1);
        m.bb += b * b / (n - 1);
        m.ab += a * b / (n - 1);
    }
    return m;
}

/// (R8). Requires: at least two runs; no cost of 0.
double confidence_that_first_beats(
    const Moments& m,
    double runs,
    Estimate first_cost,
    Estimate second_cost,
    std::uint64_t seed
) {
    constexpr int draws = 1'000;
    Spreads spreads(Spread::pert);
    spreads.prepare(first_cost);
    spreads.prepare(second_cost);
    RandomStream random(seed, 0x434F5354U);
    double sum = 0;
    for (int draw = 0; draw < draws; ++draw) {
        constexpr double least = 1e-12;
        const double c = spreads.at(first_cost, std::max(random.uniform(), least));
        const double d = spreads.at(second_cost, std::max(random.uniform(), least));
        const double mean = m.a / c - m.b / d;
        const double variance = (m.aa / (c * c) + m.bb / (d * d) - 2 * m.ab / (c * d)) / runs;
        if (variance > 0) {
            sum += normal_below(mean / std::sqrt(variance));
        } else {
            sum += mean > 0 ? 1.0 : mean < 0 ? 0.0 : 0.5;
        }
    }
    return sum / draws;
}

Result<std::optional<double>>
first_beats_second(const Together& together, std::span<const RemedyEffect> effects) {
    const bool has_two = effects.size() >= 2 && effects[0].per_musd && effects[1].per_musd
                         && effects[1].avoided.likely() > 0 && together.question.runs >= 2;
    if (!has_two) {
        return std::optional<double>{};
    }
    const std::vector<Plan> plans{
        together.plan_of(together.nothing()),
        together.plan_of(together.one_of(effects[0].remedy)),
        together.plan_of(together.one_of(effects[1].remedy))};
    ADIC_TRY(const auto losses, together.runs.losses(plans, together.steps));
    return std::optional{confidence_that_first_beats(
        moments_of(*losses[0], *losses[1], *losses[2]),
        static_cast<double>(losses[0]->by_run.size()),
        effects[0].cost_musd,
        effects[1].cost_musd,
        together.question.draws.seed
    )};
}

Estimate cost_of(const RemedyQuestion& question, const Purchases& bought, double years) {
    double low = 0;
    double likely = 0;
    double high = 0;
    for (std::size_t r = 0; r < bought.size(); ++r) {
        const Estimate cost = model::cost_over(question.remedies[r], years);
        low += bought[r] * cost.low();
        likely += bought[r] * cost.likely();
        high += bought[r] * cost.high();
    }
    return *Estimate::create(std::min(low, likely), likely, std::max(likely, high));
}

/// `at_least`: a list for a smaller budget, which is not given up for a worse one.
Result<RemedyList> list_for(const Together& together, const RemedyList* at_least) {
    RemedyList list;
    ADIC_TRY(
        list.found,
        best_list(together.runs, together.buyers, together.question.limits, together.steps)
    );
    if (at_least != nullptr && at_least->found.loss < list.found.loss) {
        list.found.bought = at_least->found.bought;
        list.found.cost = at_least->found.cost;
        list.found.loss = at_least->found.loss;
    }
    const std::vector<Plan> plans{
        together.plan_of(together.nothing()),
        together.plan_of(list.found.bought)};
    ADIC_TRY(const auto losses, together.runs.losses(plans, together.steps));
    list.avoided = avoided(*losses[0], *losses[1], together.question.confidence);
    list.weeks_lost = losses[1]->by_target;
    list.cost_musd = cost_of(
        together.question,
        list.found.bought,
        years_of(together.runs.runs().problem().weeks())
    );
    return list;
}

std::vector<LossLeft> loss_left(const Together& together, const RemedyList& list) {
    const PlanRuns& runs = together.runs.runs();
    std::vector<LossLeft> left;
    double sum = 0;
    for (const RootCause& cause : runs.list_root_causes(together.plan_of(list.found.bought))) {
        const model::ItemIndex item = runs.problem().network().item(cause.node);
        const auto is_about = [&](const Remedy& remedy) { return remedy.item == item; };
        left.push_back(
            {item,
             cause.kind,
             cause.loss,
             std::ranges::any_of(together.question.remedies, is_about)}
        );
        sum += cause.loss;
    }
    for (LossLeft& one : left) {
        one.part /= sum;
    }
    return left;
}

// --- in plain words -----------------------------------------------------------------------------

std::string tenths(double value) {
    constexpr double ten = 10;
    return to_shortest(std::round(ten * value) / ten);
}

std::string percent(double part) {
    constexpr double hundred = 100;
    return std::to_string(std::lround(hundred * part)) + " %";
}

Sentence about_budget(const RemedyAnswer& answer) {
    const double noticed = 1e-6 * answer.loss_without;
    const double more = answer.list.found.loss - answer.at_double.found.loss;
    if (answer.loss_without <= 0) {
        return say("remedies-nothing-lost");
    }
    if (more > noticed) {
        return say("budget-binds", {{"weeks", tenths(more), more}});
    }
    return say("budget-does-not-bind");
}

void add_findings(
    const model::SupplyMap& map,
    const RemedyQuestion& question,
    RemedyAnswer& answer
) {
    for (const RemedyEffect& effect : answer.effects) {
        const Remedy& remedy = question.remedies[effect.remedy];
        const std::uint32_t bought = answer.list.found.bought[effect.remedy];
        if (effect.finding == Finding::too_late) {
            const double delay = remedy.delay_weeks.likely();
            answer.limits.push_back(
                say("remedy-too-late",
                    {{"remedy", remedy.id},
                     {"delay", tenths(delay), delay},
                     {"avoided", tenths(effect.at_once), effect.at_once}})
            );
        } else if (effect.finding == Finding::only_together) {
            answer.limits.push_back(say("remedy-only-together", {{"remedy", remedy.id}}));
        } else if (bought == remedy.most && remedy.most > 1) {
            answer.limits.push_back(joined(
                {say("remedy-at-limit", {{"remedy", remedy.id}}),
                 model::describe(remedy, map.items, bought)},
                ", ",
                "."
            ));
        }
    }
}

void add_what_is_left(const model::SupplyMap& map, RemedyAnswer& answer) {
    constexpr std::size_t most_named = 3;
    std::size_t named = 0;
    for (const LossLeft& left : answer.left) {
        if (!left.is_protected && named < most_named) {
            ++named;
            answer.limits.push_back(
                say("remedy-none-about",
                    {{"item", map.items[left.item].id}, {"part", percent(left.part), left.part}})
            );
        }
    }
}

/// (R6).
bool is_monotone_for_sure(const RemedyQuestion& question, const RemedyRuns& runs) {
    const auto is_substitute = [](const Remedy& remedy) {
        return remedy.kind == model::RemedyKind::substitution;
    };
    return runs.runs().problem().network().structure().choices.empty()
           && runs.scenario().stock_effects.empty()
           && std::ranges::none_of(question.remedies, is_substitute);
}

Result<bool> check(const RemedyQuestion& question) {
    constexpr double most_musd = 1e6;
    if (question.remedies.empty()) {
        return refused("no remedy to ask about");
    }
    if (states_inside(question.together).empty()) {
        return refused("nobody is inside, so nobody can buy a remedy");
    }
    if (!(question.budget_musd >= 0) || question.budget_musd > most_musd) {
        return refused("the budget must be between 0 and 1,000,000 million USD");
    }
    if (!(question.confidence > 0 && question.confidence < 1)) {
        return refused("a confidence must be above 0 and below 1");
    }
    return true;
}

/// What losses are kept of: the list, its budget and how long it is looked for are not among it.
std::optional<Error>
open_kept(const Run& run, const RemedyProblem& problem, const RemedyQuestion& question) {
    if (run.kept == nullptr) {
        return std::nullopt;
    }
    ByteWriter writer;
    writer.text("adic remedies 1");
    writer.text(problem.futures.digest());
    writer.whole(question.runs);
    for (const double value : question.values) {
        writer.number(value);
    }
    return run.kept->open(sha256(std::move(writer).bytes()));
}

}  // namespace

UncertainUse::UncertainUse() : correlation(*Estimate::create(0.2, 0.5, 0.9)) {}

Result<RemedyAnswer>
study_remedies(const model::SupplyMap& map, const RemedyQuestion& question, const Run& run) {
    ADIC_TRY(const bool is_good, check(question));
    static_cast<void>(is_good);
    const MapWithMakers made = with_makers(map, question.remedies, question.together);
    const supply::MapIndex index(made.map);
    ADIC_TRY(
        const RemedyProblem problem,
        problem_of(index, made.makers, question, question.together)
    );
    if (auto refusal = open_kept(run, problem, question)) {
        return *std::move(refusal);
    }
    Steps steps(run);
    steps.begin("futures without remedies", 0, 0.1, 1);
    ADIC_TRY(RemedyRuns runs, RemedyRuns::create(problem, question, steps));
    RemedyAnswer answer;
    answer.weeks = runs.runs().problem().weeks();
    answer.states = states_inside(question.together);
    answer.loss_without = mean_of(runs.runs().without());
    answer.weeks_lost_without = runs.runs().without().by_target;
    Together together{
        question,
        runs,
        buyers_of(question, answer.weeks, question.budget_musd),
        steps};
    steps.begin("each remedy alone", 0.1, 0.2, 2 + 3 * question.remedies.size());
    ADIC_TRY(answer.effects, effects_of(together));
    ADIC_TRY(answer.first_beats_second, first_beats_second(together, answer.effects));
    steps.begin("the best list", 0.2, 0.5, question.limits.evaluations);
    ADIC_TRY(answer.list, list_for(together, nullptr));
    together.buyers = buyers_of(question, answer.weeks, 2 * question.budget_musd);
    steps.begin("twice the budget", 0.5, 0.7, question.limits.evaluations);
    ADIC_TRY(answer.at_double, list_for(together, &answer.list));
    answer.left = loss_left(together, answer.list);
    answer.is_bound_proven = is_monotone_for_sure(question, runs);
    ADIC_TRY(const bool is_shared, share_out(index, made.makers, question, steps, answer));
    static_cast<void>(is_shared);
    answer.limits.push_back(about_budget(answer));
    add_findings(map, question, answer);
    add_what_is_left(map, answer);
    const auto notes = problem.futures.network().notes();
    answer.notes.assign(notes.begin(), notes.end());
    steps.end();
    return answer;
}

std::vector<std::int64_t> split_cents(std::int64_t total, std::span<const double> weights) {
    const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<std::int64_t> parts;
    std::vector<std::pair<double, std::size_t>> rest;
    std::int64_t left = total;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double exact = static_cast<double>(total) * (weights[i] / all);
        const auto whole = std::min(left, static_cast<std::int64_t>(std::floor(exact)));
        parts.push_back(whole);
        rest.emplace_back(exact - static_cast<double>(whole), i);
        left -= whole;
    }
    std::ranges::stable_sort(rest, std::greater{}, &std::pair<double, std::size_t>::first);
    for (std::size_t i = 0; left > 0; i = (i + 1) % rest.size(), --left) {
        ++parts[rest[i].second];
    }
    return parts;
}

}  // namespace adic::shock
