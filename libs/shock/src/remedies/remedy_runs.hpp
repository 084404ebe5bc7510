#pragma once

#include "adic/shock/remedies/plan_runs.hpp"
#include "adic/shock/remedies/study.hpp"

#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace adic::shock {

/// A map with a row for each state that a remedy would have make an item. A new row has a share of
/// 0: it changes nothing but that scenarios reach it.
struct MapWithMakers {
    model::SupplyMap map;
    std::vector<std::vector<std::uint32_t>> makers;  ///< rows, by remedy
};

MapWithMakers with_makers(
    const model::SupplyMap& map,
    std::span<const model::Remedy> remedies,
    const supply::Viewpoint& viewpoint
);

/// Money in whole cents.
std::int64_t cents(double musd);

/// The question of a viewpoint, before any run.
struct RemedyProblem {
    ResolvedScenario scenario;
    ItemMonteCarlo futures;
};

/// The map of the index is that with makers.
Result<RemedyProblem> problem_of(
    const supply::MapIndex& index,
    std::span<const std::vector<std::uint32_t>> makers,
    const RemedyQuestion& question,
    const supply::Viewpoint& viewpoint
);

/// Where a study is, for who watches. The pace is that of what is computed: what was kept from
/// before passes without a word.
class Steps {
  public:
    explicit Steps(const Run& run) : run_(run) {}

    /// From here to there, with this many losses at most.
    void begin(std::string_view name, double from, double to, std::size_t most);

    /// How the next losses are computed.
    Run next(std::size_t losses) const;

    void add(std::size_t losses) { followed_ += losses; }

    void end() const;

  private:
    double done_after(double losses) const;

    const Run& run_;
    std::string_view name_;
    double from_ = 0;
    double to_ = 0;
    std::size_t most_ = 1;
    std::size_t followed_ = 0;
};

/// The question of a viewpoint with all that belongs to it, and the losses that are known so far.
class RemedyRuns {
  public:
    static Result<RemedyRuns>
    create(const RemedyProblem& problem, const RemedyQuestion& question, Steps& steps);

    /// Whether the scenario reaches what the remedy is about; purchases of others are as if not
    /// made.
    bool reaches(std::size_t remedy) const {
        return runs_.reaches(static_cast<std::uint32_t>(remedy));
    }

    const PlanRuns& runs() const { return runs_; }

    const ResolvedScenario& scenario() const { return scenario_; }

    /// The plan of purchases, each remedy's amount times its factor (R11). `at_once`: as if all
    /// were there on the first day.
    Plan plan_of(const Purchases& bought, std::span<const double> factors, bool at_once = false)
        const;

    /// Losses of plans; each is followed once.
    Result<std::vector<const PlanLoss*>> losses(std::span<const Plan> plans, Steps& steps);

  private:
    RemedyRuns(ResolvedScenario scenario, PlanRuns runs)
        : scenario_(std::move(scenario))
        , runs_(std::move(runs)) {}

    ResolvedScenario scenario_;
    PlanRuns runs_;
    std::map<Plan, PlanLoss> known_;
};

double mean_of(const PlanLoss& loss);

/// What the second avoids of the first, run by run.
Estimate avoided(const PlanLoss& without, const PlanLoss& with, double confidence);

/// What lists may cost, and how much of each remedy they are, for those who buy them.
struct Buyers {
    Offers offers;
    std::vector<double> factors;  ///< by remedy
};

/// The best purchases found of these buyers, seen from these runs.
Result<Portfolio>
best_list(RemedyRuns& runs, const Buyers& buyers, const SearchLimits& limits, Steps& steps);

/// Who gains and who pays; fills `shares`, `pooling` and `reserves`.
Result<bool> share_out(
    const supply::MapIndex& index,
    std::span<const std::vector<std::uint32_t>> makers,
    const RemedyQuestion& question,
    Steps& steps,
    RemedyAnswer& answer
);

/// States inside, in the order of the map.
std::vector<model::StateIndex> states_inside(const supply::Viewpoint& viewpoint);

/// Those of a remedy's states that are among these; all of these if it names none.
std::vector<model::StateIndex>
holders_among(const model::Remedy& remedy, std::span<const model::StateIndex> states);

/// Years of upkeep.
double years_of(std::uint32_t weeks);

}  // namespace adic::shock
