#include "adic/shock/remedies/plan_runs.hpp"

#include "adic/base/parallel.hpp"
#include "adic/shock/dynamics/item_dynamics.hpp"

#include "dynamics/recorder.hpp"
#include "montecarlo/run_draw.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <utility>

namespace adic::shock {
namespace {

constexpr double noticed = 1e-9;

/// So many runs are one piece of work.
constexpr std::size_t runs_of_piece = 16;

/// Follows one run after the other under all plans.
class PlanFollower {
  public:
    explicit PlanFollower(const MonteCarloProblem& problem)
        : structure_(problem.network.structure())
        , draw_(problem)
        , course_(structure_, problem.scenario.weeks())
        , kernel_(structure_) {}

    /// Hands the weeks lost of each target under each plan to `take(plan, target, weeks)`.
    template <typename Take>
    void follow(std::uint64_t run, std::span<const Plan> plans, const Take& take) {
        draw_.draw(run);
        if (draw_.alarm() == course_.weeks) {
            return;
        }
        for (std::size_t first = 0; first < plans.size(); first += lanes) {
            const std::span<const Plan> some =
                plans.subspan(first, std::min(lanes, plans.size() - first));
            lay(some);
            kernel_.start(course_, draw_.alarm());
            for (std::uint32_t week = draw_.alarm(); week < course_.weeks; ++week) {
                kernel_.advance();
            }
            for (std::size_t lane = 0; lane < some.size(); ++lane) {
                for (std::size_t t = 0; t < structure_.targets.size(); ++t) {
                    take(first + lane, t, kernel_.served(structure_.targets[t])[lane]);
                }
            }
        }
    }

    /// One run under one plan, with what binds each item in each week.
    ItemRun record(std::uint64_t run, const Plan& plan) {
        ItemRun recorded;
        recorded.weeks = course_.weeks;
        draw_.draw(run);
        lay({&plan, 1});
        kernel_.start(course_);
        ItemRecorder recorder(structure_, kernel_, recorded);
        for (std::uint32_t week = 0; week < course_.weeks; ++week) {
            kernel_.advance();
            recorder.record(week);
        }
        return recorded;
    }

  private:
    void lay(std::span<const Plan> plans) {
        course_.reset(structure_);
        draw_.lay_everywhere(course_);
        for (std::size_t lane = 0; lane < plans.size(); ++lane) {
            draw_.lay_changes(course_, lane, plans[lane]);
        }
        std::ranges::stable_sort(course_.stores, {}, &LaneCourse::StoreChange::week);
    }

    const ItemStructure& structure_;
    RunDraw draw_;
    LaneCourse course_;
    ItemKernel kernel_;
};

/// What every week of a target that is missing goes back to.
void add_roots(
    const ItemNetwork& network,
    const ItemRun& run,
    std::size_t target,
    double value,
    std::map<std::pair<std::uint32_t, Binding::Kind>, double>& roots
) {
    const std::uint32_t node = network.targets()[target];
    for (std::uint32_t week = 0; week < run.weeks; ++week) {
        const double missing = 1 - run.output_of(node, week);
        if (missing > noticed) {
            const CauseLink root = list_causes(network, run, node, week).back();
            roots[{root.node, root.binding.kind}] += value * missing;
        }
    }
}

}  // namespace

Result<PlanRuns> PlanRuns::create(
    const ItemMonteCarlo& problem,
    std::uint64_t runs,
    std::vector<double> values,
    const Run& run
) {
    const std::size_t targets = problem.network().targets().size();
    if (values.empty()) {
        values.assign(targets, 1.0);
    }
    const auto is_value = [](double value) { return value >= 0 && std::isfinite(value); };
    if (values.size() != targets || !std::ranges::all_of(values, is_value)) {
        return Error{
            ErrorCode::invalid_argument,
            "a week of each item has a value of at least 0",
            {}};
    }
    const MonteCarloOptions& options = problem.options();
    constexpr std::uint64_t most_runs = 1'000'000;
    if (options.sampling != Sampling::independent || options.raise_to > 0 || runs == 0
        || runs > most_runs) {
        return Error{
            ErrorCode::invalid_argument,
            "plans are compared in 1 to 1,000,000 independent runs",
            {}};
    }
    PlanRuns made(problem, std::move(values));
    made.hit_.resize(runs);
    std::iota(made.hit_.begin(), made.hit_.end(), std::uint64_t{0});
    const Plan nothing(problem.network().options().changes.size(), 0.0);
    ADIC_TRY(auto losses, made.follow_runs(made.hit_, {&nothing, 1}, runs, run));
    made.without_ = std::move(losses.front());
    std::erase_if(made.hit_, [&](std::uint64_t r) { return made.without_.by_run[r] <= 0; });
    return made;
}

Result<std::vector<PlanLoss>> PlanRuns::follow(std::span<const Plan> plans, const Run& run) const {
    return follow_runs(hit_, plans, runs(), run);
}

Result<std::vector<PlanLoss>> PlanRuns::follow_runs(
    std::span<const std::uint64_t> which,
    std::span<const Plan> plans,
    std::size_t runs,
    const Run& run
) const {
    const std::size_t targets = values_.size();
    std::vector<double> weeks(which.size() * plans.size() * targets);
    parallel_ranges(
        which.size(),
        runs_of_piece,
        [&](std::size_t begin, std::size_t end) {
            PlanFollower follower(problem_.problem());
            for (std::size_t r = begin; r < end && !run.stop.stop_requested(); ++r) {
                follower.follow(which[r], plans, [&](std::size_t plan, std::size_t t, double lost) {
                    weeks[(r * plans.size() + plan) * targets + t] = lost;
                });
            }
        },
        run.threads
    );
    if (run.stop.stop_requested()) {
        return Error{ErrorCode::interrupted, "stopped", {}};
    }
    std::vector<PlanLoss> losses(
        plans.size(),
        {std::vector<double>(runs, 0.0), std::vector<double>(targets, 0.0)}
    );
    for (std::size_t r = 0; r < which.size(); ++r) {
        for (std::size_t plan = 0; plan < plans.size(); ++plan) {
            for (std::size_t t = 0; t < targets; ++t) {
                const double lost = weeks[(r * plans.size() + plan) * targets + t];
                losses[plan].by_run[which[r]] += values_[t] * lost;
                losses[plan].by_target[t] += lost / static_cast<double>(runs);
            }
        }
    }
    return losses;
}

std::vector<RootCause> PlanRuns::list_root_causes(const Plan& plan) const {
    constexpr std::size_t most = 64;
    std::map<std::pair<std::uint32_t, Binding::Kind>, double> roots;
    const std::size_t taken = std::min(most, hit_.size());
    PlanFollower follower(problem_.problem());
    for (std::size_t i = 0; i < taken; ++i) {
        const ItemRun run = follower.record(hit_[i * hit_.size() / taken], plan);
        for (std::size_t t = 0; t < values_.size(); ++t) {
            add_roots(problem_.network(), run, t, values_[t], roots);
        }
    }
    // Each run that is taken stands for as many of those with a loss.
    const double scale =
        taken == 0 ? 0.0 : static_cast<double>(hit_.size()) / static_cast<double>(taken * runs());
    std::vector<RootCause> causes;
    for (const auto& [root, loss] : roots) {
        causes.push_back({root.first, root.second, loss * scale});
    }
    std::ranges::stable_sort(causes, std::greater{}, &RootCause::loss);
    return causes;
}

}  // namespace adic::shock
