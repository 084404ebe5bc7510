#pragma once

#include "adic/base/result.hpp"
#include "adic/shock/dynamics/item_dynamics.hpp"
#include "adic/shock/montecarlo/montecarlo.hpp"
#include "adic/shock/run.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::shock {

struct DrawnRun;

/// How many times each change of a network is in force; 0 leaves it out. A plan.
using Plan = std::vector<double>;

/// What is lost under a plan.
struct PlanLoss {
    std::vector<double> by_run;     ///< sum over targets of value times weeks lost
    std::vector<double> by_target;  ///< weeks lost, mean

    friend bool operator==(const PlanLoss&, const PlanLoss&) = default;
};

/// As the bytes that are kept of it: every run's loss, then every target's.
std::string to_bytes(const PlanLoss& loss);

/// Errors: invalid_argument if the bytes are no loss of so many runs and targets.
Result<PlanLoss> parse_plan_loss(std::string_view bytes, std::size_t runs, std::size_t targets);

/// What ends the chain of causes of a loss: the item of which there was too little, and why.
struct RootCause {
    std::uint32_t node = 0;
    Binding::Kind kind = Binding::Kind::nothing;
    double loss = 0;  ///< mean over runs of what is lost for it

    friend bool operator==(const RootCause&, const RootCause&) = default;
};

/// Many plans in the same futures: plans lie side by side in the lanes, so what a run draws is
/// drawn once for all of them.
///
/// A run in which nothing is lost without any change is not followed again: changes only add.
/// docs/explanation/shock-remedies.md has the proof, and what a choice changes.
class PlanRuns {
  public:
    /// `values`: of a week of each target; empty: 1 each.
    ///
    /// Errors:   invalid_argument for values that are not finite and at least 0, other than
    ///           independent sampling, or raised probabilities; interrupted.
    /// Requires: the problem's network has all the changes that plans may have.
    /// Cost:     that of the runs, but for what `run.kept` has.
    static Result<PlanRuns> create(
        const ItemMonteCarlo& problem,
        std::uint64_t runs,
        std::vector<double> values,
        const Run& run = {}
    );

    std::size_t runs() const { return without_.by_run.size(); }

    const ItemMonteCarlo& problem() const { return problem_; }

    /// Whether the scenario reaches anything that the change is about. If not, it never matters.
    bool reaches(std::uint32_t change) const;

    /// Without any change.
    const PlanLoss& without() const { return without_; }

    /// The loss under each plan. The same bytes on any number of threads, whatever the other plans
    /// are. Progress is reported around what is computed, not for what `run.kept` has.
    ///
    /// Errors:   interrupted; those of `run.kept`, and invalid_argument for an answer of it that is
    ///           none.
    /// Requires: every plan has an entry for every change of the network.
    /// Cost:     for each run with a loss one draw, and one pass over the items that it reaches for
    ///           every eight plans.
    Result<std::vector<PlanLoss>> follow(std::span<const Plan> plans, const Run& run = {}) const;

    /// Why what is still lost under the plan is lost, in up to 64 of the runs with a loss, evenly
    /// taken: the largest first.
    std::vector<RootCause> list_root_causes(const Plan& plan) const;

  private:
    PlanRuns(const ItemMonteCarlo& problem, std::vector<double> values)
        : problem_(problem)
        , values_(std::move(values)) {}

    void keep_draws();
    std::vector<DrawnRun> draws_of(std::span<const std::uint64_t> which) const;

    Result<std::vector<PlanLoss>> follow_runs(
        std::span<const std::uint64_t> which,
        std::span<const Plan> plans,
        std::size_t runs,
        const Run& run
    ) const;

    /// Some of the runs, one after the other in time: what is computed and kept at once.
    struct Slice {
        std::span<const std::uint64_t> which;
        std::size_t first;     ///< their place among all that are followed
        std::size_t followed;  ///< all of these
        std::size_t all;       ///< runs, with those that are not followed
    };

    std::string key_of(const Slice& slice, const Plan& plan) const;
    Result<std::vector<PlanLoss>>
    losses_in(const Slice& slice, std::span<const Plan> plans, const Run& run) const;
    Result<std::vector<PlanLoss>>
    compute(const Slice& slice, std::span<const Plan> plans, const Run& run) const;
    Result<std::vector<PlanLoss>>
    follow_slice(const Slice& slice, std::span<const Plan> plans, const Run& run) const;

    ItemMonteCarlo problem_;
    std::vector<double> values_;
    std::string digest_;                                 ///< of problem and values
    std::vector<bool> is_reached_;                       ///< by node: it can lag
    std::vector<std::uint64_t> hit_;                     ///< runs with a loss
    std::shared_ptr<const std::vector<DrawnRun>> kept_;  ///< of these; null: drawn when needed
    PlanLoss without_;
};

}  // namespace adic::shock
