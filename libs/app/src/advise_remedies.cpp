#include "adic/app/advise_remedies.hpp"

#include "adic/app/words.hpp"
#include "adic/ingest/remedies_reader.hpp"

#include "simulation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

using model::Remedy;
using model::StateIndex;
using shock::PlanLoss;
using shock::PlanRuns;
using shock::Purchases;
using supply::MapIndex;
using supply::Viewpoint;

constexpr double cents_a_million = 1e8;

std::int64_t cents_of(double musd) {
    return std::llround(musd * cents_a_million);
}

/// Remedies as one viewpoint has them, and the futures in which they are compared.
class Comparison {
  public:
    static Result<Comparison> create(
        const MapIndex& index,
        const AdviseRemediesRequest& request,
        const Viewpoint& viewpoint,
        std::vector<Remedy> remedies,
        const shock::Run& run
    ) {
        SimulateMapRequest simulation = request.simulation;
        simulation.viewpoint = viewpoint;
        shock::RemedyChanges changes = shock::changes_of(remedies, index, viewpoint);
        simulation.items.changes = changes.changes;
        ADIC_TRY(Simulation made, prepare(index, simulation, simulation.data / "reference"));
        ADIC_TRY(
            PlanRuns runs,
            PlanRuns::create(made.futures, simulation.rule.runs, request.values, run)
        );
        return Comparison{
            std::move(made),
            std::move(runs),
            std::move(remedies),
            std::move(changes)};
    }

    const Simulation& simulation() const { return made_; }

    const PlanRuns& runs() const { return runs_; }

    const std::vector<Remedy>& remedies() const { return remedies_; }

    double years() const { return made_.futures.weeks() / 52.0; }

    Estimate cost_of(std::size_t remedy) const { return cost_over(remedies_[remedy], years()); }

    bool does_something(std::size_t remedy) const { return changes_.change_of[remedy].has_value(); }

    Result<std::vector<PlanLoss>> losses(std::span<const Purchases> lists, const shock::Run& run)
        const {
        std::vector<shock::Plan> plans;
        for (const Purchases& list : lists) {
            plans.push_back(changes_.plan_of(list));
        }
        return runs_.follow(plans, run);
    }

    /// The best list for a budget. Remedies that do nothing here are not offered.
    Result<shock::Portfolio>
    best_list(double budget_musd, std::size_t evaluations, const shock::Run& run) const {
        shock::Offers offers;
        offers.budget = cents_of(budget_musd);
        for (std::size_t r = 0; r < remedies_.size(); ++r) {
            offers.cost.push_back(cents_of(cost_of(r).likely()));
            offers.most.push_back(does_something(r) ? remedies_[r].most : 0);
        }
        const shock::LossFunction loss = [&](std::span<const Purchases> lists
                                         ) -> Result<std::vector<double>> {
            ADIC_TRY(const std::vector<PlanLoss> followed, losses(lists, run));
            std::vector<double> means;
            for (const PlanLoss& one : followed) {
                means.push_back(
                    std::accumulate(one.by_run.begin(), one.by_run.end(), 0.0)
                    / static_cast<double>(one.by_run.size())
                );
            }
            return means;
        };
        shock::SearchLimits limits;
        // Fewer do not even get to the second choice.
        constexpr std::size_t least_for_each = 4;
        const auto offered = std::ranges::count_if(offers.most, [](auto most) { return most > 0; });
        limits.evaluations =
            std::max(evaluations, least_for_each * static_cast<std::size_t>(offered) + 1);
        return shock::find_portfolio(offers, loss, limits);
    }

    shock::Plan plan_of(const Purchases& list) const { return changes_.plan_of(list); }

  private:
    Comparison(
        Simulation made,
        PlanRuns runs,
        std::vector<Remedy> remedies,
        shock::RemedyChanges changes
    )
        : made_(std::move(made))
        , runs_(std::move(runs))
        , remedies_(std::move(remedies))
        , changes_(std::move(changes)) {}

    Simulation made_;
    PlanRuns runs_;
    std::vector<Remedy> remedies_;
    shock::RemedyChanges changes_;
};

std::vector<Purchases> each_once(std::size_t remedies) {
    std::vector<Purchases> lists(remedies, Purchases(remedies, 0));
    for (std::size_t r = 0; r < remedies; ++r) {
        lists[r][r] = 1;
    }
    return lists;
}

double mean_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Each remedy alone, the most avoided for a dollar first; and what each would avoid without its
/// delay, from `prompt`.
Result<std::vector<RemedyAlone>> compare_alone(
    const Comparison& common,
    const Comparison& prompt,
    double confidence,
    const shock::Run& run,
    RemedyAdvice& advice
) {
    const std::vector<Purchases> singles = each_once(common.remedies().size());
    ADIC_TRY(const std::vector<PlanLoss> losses, common.losses(singles, run));
    ADIC_TRY(const std::vector<PlanLoss> at_once, prompt.losses(singles, run));
    const PlanLoss& without = common.runs().without();
    std::vector<RemedyAlone> alone;
    for (std::size_t r = 0; r < singles.size(); ++r) {
        const Estimate cost = common.cost_of(r);
        alone.push_back(
            {r,
             cost,
             shock::avoided(without, losses[r], cost, confidence),
             mean_of(prompt.runs().without().by_run) - mean_of(at_once[r].by_run)}
        );
    }
    std::ranges::stable_sort(alone, std::greater{}, [](const RemedyAlone& one) {
        return one.avoided.per_million.likely();
    });
    if (alone.size() > 1) {
        advice.first_beats_second = shock::confidence_of_order(
            without,
            losses[alone[0].remedy],
            alone[0].cost,
            losses[alone[1].remedy],
            alone[1].cost
        );
    }
    return alone;
}

Result<ListAdvice> advise_list(
    const Comparison& common,
    double budget_musd,
    const AdviseRemediesRequest& request,
    const shock::Run& run
) {
    ListAdvice list;
    ADIC_TRY(list.portfolio, common.best_list(budget_musd, request.evaluations, run));
    Estimate cost = Estimate::exactly(0);
    for (std::size_t r = 0; r < list.portfolio.bought.size(); ++r) {
        const std::uint32_t times = list.portfolio.bought[r];
        if (times > 0) {
            const Estimate one = common.cost_of(r);
            list.bought.push_back({r, times, cents_of(one.likely()) * times});
            cost = *Estimate::create(
                cost.low() + times * one.low(),
                cost.likely() + times * one.likely(),
                cost.high() + times * one.high()
            );
        }
    }
    if (!list.bought.empty()) {
        ADIC_TRY(const std::vector<PlanLoss> with, common.losses({&list.portfolio.bought, 1}, run));
        list.avoided = shock::avoided(
            common.runs().without(),
            with[0],
            cost,
            request.simulation.rule.confidence
        );
    }
    return list;
}

/// Adds to each state what it pays for the list.
void bill(const RemedyAdvice& advice, const Viewpoint& all, std::vector<StatePart>& states) {
    for (const Bought& bought : advice.list.bought) {
        const Remedy& remedy = advice.remedies[bought.remedy];
        std::vector<StateIndex> payers;
        std::vector<double> weights;
        for (const model::Payer& payer : remedy.payers) {
            payers.push_back(payer.state);
            weights.push_back(payer.weight);
        }
        if (payers.empty()) {
            payers = shock::holders_of(remedy, all);
            weights.assign(payers.size(), 1.0);
        }
        const auto parts = shock::split_cents(bought.cents, weights);
        for (std::size_t p = 0; p < payers.size(); ++p) {
            const auto known = std::ranges::find(states, payers[p], &StatePart::state);
            if (known != states.end()) {
                known->pays_cents += parts[p];
            } else {
                states.push_back({payers[p], parts[p]});
            }
        }
    }
}

Viewpoint only(const MapIndex& index, StateIndex state) {
    return *supply::parse_viewpoint(index.map(), index.map().states[state].id);
}

/// What the state can buy alone; what it cannot stays in its place and does nothing.
std::vector<Remedy>
own_remedies(std::span<const Remedy> remedies, const Viewpoint& all, StateIndex state) {
    std::vector<Remedy> own;
    for (auto& one : shock::alone(remedies, all, state)) {
        if (one) {
            own.push_back(*std::move(one));
        }
    }
    return own;
}

/// What the state loses from its own seat: without anything, with the common list, and with the
/// best that its part of the budget buys alone.
std::optional<Error> follow_state(
    const MapIndex& index,
    const AdviseRemediesRequest& request,
    const RemedyAdvice& advice,
    const shock::Run& run,
    StatePart& state
) {
    const Viewpoint& all = request.simulation.viewpoint;
    const Viewpoint own = only(index, state.state);
    const auto common = Comparison::create(index, request, own, advice.remedies, run);
    if (!common) {
        return common.error();
    }
    const auto with = common->losses({&advice.list.portfolio.bought, 1}, run);
    if (!with) {
        return with.error();
    }
    state.lost_without = mean_of(common->runs().without().by_run);
    state.lost_with = mean_of((*with)[0].by_run);
    if (!request.compares_pooling) {
        return std::nullopt;
    }
    const auto members = std::ranges::count(all.inside, true);
    const auto alone = Comparison::create(
        index,
        request,
        own,
        own_remedies(advice.remedies, all, state.state),
        run
    );
    if (!alone) {
        return alone.error();
    }
    constexpr std::size_t part_of_evaluations = 4;
    const auto best = alone->best_list(
        request.budget_musd / static_cast<double>(members),
        request.evaluations / part_of_evaluations,
        run
    );
    if (!best) {
        return best.error();
    }
    state.lost_alone = best->loss;
    return std::nullopt;
}

std::optional<Error> follow_states(
    const MapIndex& index,
    const AdviseRemediesRequest& request,
    const shock::Run& run,
    RemedyAdvice& advice
) {
    const Viewpoint& all = request.simulation.viewpoint;
    for (std::uint32_t state = 0; state < all.inside.size(); ++state) {
        if (all.inside[state]) {
            advice.states.push_back({StateIndex{state}});
        }
    }
    const std::size_t members = advice.states.size();
    double gain = 0.0;
    for (std::size_t s = 0; s < members; ++s) {
        if (run.progress) {
            const double done = static_cast<double>(s) / static_cast<double>(members);
            run.progress("each state for itself", done);
        }
        shock::Run quiet = run;
        quiet.progress = {};
        if (auto problem = follow_state(index, request, advice, quiet, advice.states[s])) {
            return problem;
        }
        const StatePart& state = advice.states[s];
        gain += (state.lost_alone.value_or(0.0) - *state.lost_with) / static_cast<double>(members);
    }
    if (request.compares_pooling && members > 1) {
        advice.pooling_gain = gain;
    }
    bill(advice, all, advice.states);
    return std::nullopt;
}

Estimate sum_of(const Estimate& a, const Estimate& b) {
    return *Estimate::create(a.low() + b.low(), a.likely() + b.likely(), a.high() + b.high());
}

void add_reserve(const Viewpoint& all, RemedyAdvice& advice) {
    for (const Bought& bought : advice.list.bought) {
        const Remedy& remedy = advice.remedies[bought.remedy];
        if (remedy.kind == model::RemedyKind::stockpile) {
            const auto holders = shock::holders_of(remedy, all).size();
            advice.reserve_saved = sum_of(
                advice.reserve_saved,
                shock::reserve_saved(remedy.amount * bought.times, holders)
            );
        }
    }
}

/// The items that most of what is left is lost for, and that no remedy of the file is about.
std::string
what_nobody_offers(const model::SupplyMap& map, const RemedyAdvice& advice, double least) {
    constexpr int most_named = 3;
    int named = 0;
    std::string items;
    for (const shock::RootCause& cause : advice.left) {
        const model::ItemIndex item = advice.nodes[cause.node];
        const bool is_covered = std::ranges::any_of(advice.remedies, [&](const Remedy& remedy) {
            return remedy.item == item || remedy.other == item;
        });
        if (!is_covered && cause.loss > least && named++ < most_named) {
            items += fmt::format(
                "{}{} ({:.2f} weeks)",
                items.empty() ? "" : ", ",
                map.items[item].id,
                cause.loss
            );
        }
    }
    return items.empty() ? items
                         : "What nobody offers: no remedy of the file is about " + items
                               + ", for which most of the rest is lost.";
}

/// What binds, in plain words. Each is computed: docs/explanation/shock-remedies.md.
void say_what_holds_back(const model::SupplyMap& map, RemedyAdvice& advice) {
    constexpr double telling = 0.01;  // of what is lost without anything; less is not worth a word
    const double least = telling * advice.lost_without;
    const auto say = [&](std::string sentence) { advice.held_back.push_back(std::move(sentence)); };
    const double more = advice.list.portfolio.loss - advice.doubled.portfolio.loss;
    if (more > least) {
        say(fmt::format(
            "The budget: twice of it avoids {:.2f} weeks more, {} of what is still lost.",
            more,
            percent(more / advice.list.portfolio.loss)
        ));
    }
    for (const Bought& bought : advice.list.bought) {
        const Remedy& remedy = advice.remedies[bought.remedy];
        if (bought.times == remedy.most) {
            say(fmt::format("A limit: no more of {} can be had.", remedy.id));
        }
    }
    for (const RemedyAlone& one : advice.alone) {
        if (one.avoided.weeks.likely() < least && one.without_delay > least) {
            say(fmt::format(
                "The delay: {} comes after {:.0f} weeks and avoids {:.2f}; from the first day on "
                "it "
                "would avoid {:.2f}.",
                advice.remedies[one.remedy].id,
                advice.remedies[one.remedy].delay_weeks.likely(),
                one.avoided.weeks.likely(),
                one.without_delay
            ));
        }
    }
    if (std::string sentence = what_nobody_offers(map, advice, least); !sentence.empty()) {
        say(std::move(sentence));
    }
}

void add_second_sources(const MapIndex& index, const Viewpoint& viewpoint, RemedyAdvice& advice) {
    constexpr std::size_t most = 5;
    for (const shock::RootCause& cause : advice.left) {
        if (advice.could_make.size() < most && cause.kind == shock::Binding::Kind::supply) {
            const model::ItemIndex item = advice.nodes[cause.node];
            advice.could_make.push_back({item, shock::list_second_sources(index, viewpoint, item)});
        }
    }
}

std::vector<Remedy> without_delay(std::vector<Remedy> remedies) {
    for (Remedy& remedy : remedies) {
        remedy.delay_weeks = Estimate::exactly(0);
    }
    return remedies;
}

/// Everything that is seen from the common seat.
std::optional<Error> advise_together(
    const MapIndex& index,
    const AdviseRemediesRequest& request,
    const shock::Run& run,
    RemedyAdvice& advice
) {
    const Viewpoint& all = request.simulation.viewpoint;
    const auto common = Comparison::create(index, request, all, advice.remedies, run);
    if (!common) {
        return common.error();
    }
    const auto prompt =
        Comparison::create(index, request, all, without_delay(advice.remedies), run);
    if (!prompt) {
        return prompt.error();
    }
    advice.weeks = common->simulation().futures.weeks();
    advice.runs = common->runs().runs();
    advice.lost_without = mean_of(common->runs().without().by_run);
    advice.notes = common->simulation().notes;
    const double confidence = request.simulation.rule.confidence;
    auto alone = compare_alone(*common, *prompt, confidence, run, advice);
    if (!alone) {
        return alone.error();
    }
    advice.alone = *std::move(alone);
    auto list = advise_list(*common, request.budget_musd, request, run);
    auto doubled = advise_list(*common, 2.0 * request.budget_musd, request, run);
    if (!list || !doubled) {
        return list ? doubled.error() : list.error();
    }
    advice.list = *std::move(list);
    advice.doubled = *std::move(doubled);
    const shock::ItemNetwork& network = common->simulation().futures.network();
    for (std::uint32_t node = 0; node < network.size(); ++node) {
        advice.nodes.push_back(network.item(node));
    }
    advice.left = common->runs().list_root_causes(common->plan_of(advice.list.portfolio.bought));
    return std::nullopt;
}

}  // namespace

Result<RemedyAdvice> advise_remedies(
    const MapIndex& index,
    const AdviseRemediesRequest& request,
    const shock::Run& run
) {
    constexpr double most_musd = 1e6;
    if (!(request.budget_musd > 0.0 && request.budget_musd <= most_musd)) {
        return Error{
            ErrorCode::invalid_argument,
            "a budget is above 0 and at most 1 000 000 million USD",
            {}};
    }
    RemedyAdvice advice;
    ADIC_TRY(advice.remedies, ingest::read_remedies(request.remedies, index.map(), advice.report));
    if (!advice.report.may_commit()) {
        return advice;
    }
    if (advice.remedies.empty()) {
        return Error{ErrorCode::invalid_argument, "the file has no remedies", {}};
    }
    if (auto problem = advise_together(index, request, run, advice)) {
        return *std::move(problem);
    }
    if (auto problem = follow_states(index, request, run, advice)) {
        return *std::move(problem);
    }
    add_reserve(request.simulation.viewpoint, advice);
    add_second_sources(index, request.simulation.viewpoint, advice);
    say_what_holds_back(index.map(), advice);
    return advice;
}

}  // namespace adic::app
