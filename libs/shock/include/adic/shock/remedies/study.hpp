#pragma once

#include "adic/base/estimate.hpp"
#include "adic/base/result.hpp"
#include "adic/base/sentence.hpp"
#include "adic/model/remedy.hpp"
#include "adic/shock/dynamics/item_dynamics.hpp"
#include "adic/shock/montecarlo/montecarlo.hpp"
#include "adic/shock/remedies/portfolio.hpp"
#include "adic/shock/run.hpp"
#include "adic/shock/scenario/resolve.hpp"
#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace adic::shock {

/// What happens, as the states inside a viewpoint feel it; of a map that has rows for makers to be.
using ScenarioOf =
    std::function<Result<ResolvedScenario>(const supply::MapIndex&, const supply::Viewpoint&)>;

/// How uncertain the use of a stockpile is. Judgement: nobody publishes use in a crisis.
struct UncertainUse {
    double variation = 0.25;  ///< standard deviation of a state's use, as part of its mean
    double deviates = 1.645;  ///< of reserve: enough in 95 of 100 cases
    Estimate correlation;     ///< between states: 0.5, from 0.2 to 0.9

    UncertainUse();
};

/// What is asked about remedies.
struct RemedyQuestion {
    supply::Viewpoint together;  ///< the states that act together
    std::vector<model::ItemIndex> targets;
    std::vector<double> values = {};  ///< of a week of each; empty: 1 each
    std::vector<model::Remedy> remedies;
    ScenarioOf scenario;
    double budget_musd = 0;
    ItemDynamicsOptions items = {};
    MonteCarloOptions draws = {};
    std::uint64_t runs = 256;  ///< tell remedies apart, within half a minute
    double confidence = 0.95;
    SearchLimits limits = {};
    UncertainUse use = {};
    /// Losses for the list of each state alone: a figure beside the answer, so a fifth of the work.
    SearchLimits alone_limits = {.evaluations = 120};
};

/// One remedy by itself, bought once.
struct RemedyEffect {
    /// What is to be said of it.
    enum class Finding {
        helps,
        only_together,  ///< nothing alone, something beside all the others
        too_late,       ///< nothing, but something if it were there on the first day
        no_use          ///< what it protects is not short
    };

    std::uint32_t remedy = 0;
    Estimate cost_musd = Estimate::exactly(0);
    Estimate avoided = Estimate::exactly(0);  ///< of the loss
    std::optional<Estimate> per_musd = {};    ///< empty: it is free
    double at_once = 0;                       ///< avoided if it worked from the first day
    Finding finding = Finding::no_use;
};

/// A list of remedies for a budget.
struct RemedyList {
    Portfolio found;
    Estimate cost_musd = Estimate::exactly(0);  ///< low and high if every cost is
    Estimate avoided = Estimate::exactly(0);
    std::vector<double> weeks_lost;  ///< by target, mean
};

/// What a loss that is left goes back to.
struct LossLeft {
    model::ItemIndex item;
    Binding::Kind kind = Binding::Kind::nothing;
    double part = 0;            ///< of the loss that is left
    bool is_protected = false;  ///< some remedy of the file is about it
};

/// What the list means to one state, from its own viewpoint.
struct StateShare {
    model::StateIndex state;
    std::int64_t pays_cents = 0;
    double loss_without = 0;
    double loss_together = 0;              ///< with the list of all
    double loss_alone = 0;                 ///< with its own list for its part of the budget
    Estimate gain = Estimate::exactly(0);  ///< of acting together: alone less together
    Purchases alone;
};

/// What a stockpile that several hold needs less in reserve than as many that each has for himself.
struct ReserveSaved {
    std::uint32_t remedy = 0;
    Estimate part = Estimate::exactly(0);  ///< of the stockpile
    Estimate musd = Estimate::exactly(0);
};

struct RemedyAnswer {
    std::vector<model::StateIndex> states;  ///< that act together
    std::uint32_t weeks = 0;                ///< of the horizon
    double loss_without = 0;
    std::vector<double> weeks_lost_without;  ///< by target, mean
    std::vector<RemedyEffect> effects;       ///< most avoided per million first
    /// Confidence that the first avoids more per million than the second. Empty: no two help.
    std::optional<double> first_beats_second = {};
    RemedyList list;
    RemedyList at_double;                     ///< for twice the budget
    std::vector<LossLeft> left;               ///< with the list, the largest first
    std::vector<StateShare> shares;           ///< by state; empty for one state
    Estimate pooling = Estimate::exactly(0);  ///< gain of acting together, mean over states
    std::vector<ReserveSaved> reserves;
    /// Monotone for sure: no item has a choice, no remedy is a substitute, no store is destroyed.
    bool is_bound_proven = false;
    std::vector<Sentence> limits;  ///< what holds the list back, in plain words
    std::vector<Sentence> notes;
};

/// What remedies avoid, alone and together for a budget, in the same futures; who pays, who gains.
///
/// Source:   docs/explanation/shock-remedies.md (R6-R13).
/// Errors:   invalid_argument without remedies, targets or states inside, or for a budget below 0;
///           those of the scenario and of PlanRuns.
/// Cost:     up to `limits.evaluations` losses twice, and `alone_limits.evaluations` for each state
///           whose viewpoint differs; each loss as in PlanRuns::follow.
Result<RemedyAnswer>
study_remedies(const model::SupplyMap& map, const RemedyQuestion& question, const Run& run = {});

/// The parts of a sum in cents by weights: they add up to it. What is left over goes to the largest
/// remainders, ties to the lower position.
///
/// Requires: total >= 0; weights finite, not negative, with a positive sum.
std::vector<std::int64_t> split_cents(std::int64_t total, std::span<const double> weights);

}  // namespace adic::shock
