#include "adic/shock/remedies/plan_runs.hpp"

#include "adic/base/bytes.hpp"
#include "adic/base/parallel.hpp"
#include "adic/base/sha256.hpp"
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
constexpr std::size_t runs_of_piece = 8;

/// So many are followed before what came out is kept: a few seconds of work.
constexpr std::size_t runs_of_slice = 1024;

/// A run under a plan.
struct PlannedRun {
    const DrawnRun* run;
    const Plan* plan;
    std::size_t place;  ///< of its answer
};

/// Follows runs under plans, eight pairs side by side.
class PlanFollower {
  public:
    explicit PlanFollower(const MonteCarloProblem& problem)
        : structure_(problem.network.structure())
        , course_(structure_, problem.scenario.weeks())
        , kernel_(structure_) {}

    /// Hands the weeks lost of each target to `take(place, target, weeks)`.
    template <typename Take>
    void follow(std::span<const PlannedRun> pairs, const Take& take) {
        for (std::size_t first = 0; first < pairs.size(); first += lanes) {
            const auto some = pairs.subspan(first, std::min(lanes, pairs.size() - first));
            const std::uint32_t alarm = lay(some);
            kernel_.start(course_, alarm);
            for (std::uint32_t week = alarm; week < course_.weeks; ++week) {
                kernel_.advance();
            }
            for (std::size_t lane = 0; lane < some.size(); ++lane) {
                for (std::size_t t = 0; t < structure_.targets.size(); ++t) {
                    take(some[lane].place, t, kernel_.served(structure_.targets[t])[lane]);
                }
            }
        }
    }

    /// One run under one plan, with what binds each item in each week.
    ItemRun record(const DrawnRun& run, const Plan& plan) {
        ItemRun recorded;
        recorded.weeks = course_.weeks;
        const PlannedRun pair{&run, &plan, 0};
        static_cast<void>(lay({&pair, 1}));
        kernel_.start(course_);
        ItemRecorder recorder(structure_, kernel_, recorded);
        for (std::uint32_t week = 0; week < course_.weeks; ++week) {
            kernel_.advance();
            recorder.record(week);
        }
        return recorded;
    }

  private:
    /// The first week in which something happens in any of them.
    std::uint32_t lay(std::span<const PlannedRun> pairs) {
        course_.reset(structure_);
        const auto is_first = [&](const PlannedRun& pair) { return pair.run == pairs.front().run; };
        const bool is_one_run = std::ranges::all_of(pairs, is_first);
        if (is_one_run) {
            pairs.front().run->lay_everywhere(course_);
        }
        std::uint32_t alarm = course_.weeks;
        for (std::size_t lane = 0; lane < pairs.size(); ++lane) {
            const auto& [run, plan, place] = pairs[lane];
            alarm = std::min(alarm, run->alarm);
            if (is_one_run) {
                run->lay_changes(structure_, course_, lane, *plan);
            } else {
                run->lay(structure_, course_, lane, *plan);
            }
        }
        std::ranges::stable_sort(course_.stores, {}, &LaneCourse::StoreChange::week);
        return alarm;
    }

    const ItemStructure& structure_;
    LaneCourse course_;
    ItemKernel kernel_;
};

/// Nodes whose supply some event reaches, and all that need them.
std::vector<bool> reached_nodes(const MonteCarloProblem& problem) {
    const ItemStructure& structure = problem.network.structure();
    std::vector<bool> is_reached(structure.size(), false);
    std::vector<std::uint32_t> waiting;
    const auto reach = [&](std::uint32_t node) {
        if (node != none && !is_reached[node]) {
            is_reached[node] = true;
            waiting.push_back(node);
        }
    };
    for (const SupplyEffect& effect : problem.scenario.supply_effects) {
        reach(problem.node_of_supply[effect.supply]);
    }
    for (const ItemEffect& effect : problem.scenario.item_effects) {
        reach(structure.node_of[effect.item.value()]);
    }
    while (!waiting.empty()) {
        const std::uint32_t node = waiting.back();
        waiting.pop_back();
        for (const std::uint32_t user : structure.above.of(node)) {
            reach(user);
        }
    }
    return is_reached;
}

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

/// What tells the runs of a problem from others.
std::string digest_of(const ItemMonteCarlo& problem, std::span<const double> values) {
    ByteWriter writer;
    writer.text("adic plan loss 1");
    writer.text(problem.digest());
    for (const double value : values) {
        writer.number(value);
    }
    return sha256(std::move(writer).bytes());
}

}  // namespace

std::string to_bytes(const PlanLoss& loss) {
    ByteWriter writer;
    for (const auto* numbers : {&loss.by_run, &loss.by_target}) {
        for (const double number : *numbers) {
            writer.number(number);
        }
    }
    return std::move(writer).bytes();
}

Result<PlanLoss> parse_plan_loss(std::string_view bytes, std::size_t runs, std::size_t targets) {
    ByteReader reader(bytes);
    PlanLoss loss;
    bool is_good = bytes.size() / sizeof(double) == runs + targets;
    for (std::size_t i = 0; i < runs + targets && is_good; ++i) {
        const double number = reader.number();
        (i < runs ? loss.by_run : loss.by_target).push_back(number);
        is_good = std::isfinite(number);
    }
    if (!is_good || !reader.is_done()) {
        return Error{ErrorCode::invalid_argument, "a loss that was kept is none", {}};
    }
    return loss;
}

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
            "a lost week of each item asked about must have one value of at least 0",
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
    made.digest_ = digest_of(problem, made.values_);
    made.is_reached_ = reached_nodes(problem.problem());
    made.hit_.resize(runs);
    std::iota(made.hit_.begin(), made.hit_.end(), std::uint64_t{0});
    const Plan nothing(problem.network().options().changes.size(), 0.0);
    ADIC_TRY(auto losses, made.follow_runs(made.hit_, {&nothing, 1}, runs, run));
    made.without_ = std::move(losses.front());
    std::erase_if(made.hit_, [&](std::uint64_t r) { return made.without_.by_run[r] <= 0; });
    made.keep_draws();
    return made;
}

bool PlanRuns::reaches(std::uint32_t change) const {
    const ItemStructure& structure = problem_.network().structure();
    const std::uint32_t node = structure.node_of[structure.options.changes[change].item.value()];
    return node != none && is_reached_[node];
}

Result<std::vector<PlanLoss>> PlanRuns::follow(std::span<const Plan> plans, const Run& run) const {
    return follow_runs(hit_, plans, runs(), run);
}

/// Draws runs that are not kept.
std::vector<DrawnRun> PlanRuns::draws_of(std::span<const std::uint64_t> which) const {
    std::vector<DrawnRun> drawn;
    RunDraw draw(problem_.problem());
    for (const std::uint64_t run : which) {
        drawn.push_back(draw.draw(run));
    }
    return drawn;
}

/// Every plan needs them; unless they are too large they are drawn once.
void PlanRuns::keep_draws() {
    constexpr std::size_t most_bytes = std::size_t{512} << 20U;
    RunDraw draw(problem_.problem());
    std::vector<DrawnRun> kept;
    std::size_t bytes = 0;
    for (const std::uint64_t run : hit_) {
        kept.push_back(draw.draw(run));
        bytes += kept.back().bytes();
        if (bytes > most_bytes) {
            return;
        }
    }
    kept_ = std::make_shared<const std::vector<DrawnRun>>(std::move(kept));
}

Result<std::vector<PlanLoss>> PlanRuns::follow_runs(
    std::span<const std::uint64_t> which,
    std::span<const Plan> plans,
    std::size_t runs,
    const Run& run
) const {
    const std::size_t targets = values_.size();
    std::vector<PlanLoss> losses(
        plans.size(),
        {std::vector<double>(runs, 0.0), std::vector<double>(targets, 0.0)}
    );
    for (std::size_t first = 0; first < which.size(); first += runs_of_slice) {
        const std::size_t count = std::min(runs_of_slice, which.size() - first);
        const Slice slice{which.subspan(first, count), first, which.size(), runs};
        ADIC_TRY(const auto parts, losses_in(slice, plans, run));
        for (std::size_t plan = 0; plan < plans.size(); ++plan) {
            for (std::size_t r = 0; r < count; ++r) {
                losses[plan].by_run[slice.which[r]] = parts[plan].by_run[r];
            }
            for (std::size_t t = 0; t < targets; ++t) {
                losses[plan].by_target[t] += parts[plan].by_target[t];
            }
        }
    }
    return losses;
}

/// All that the loss of a plan in a slice depends on.
std::string PlanRuns::key_of(const Slice& slice, const Plan& plan) const {
    ByteWriter writer;
    writer.text(digest_);
    writer.whole(slice.all);
    writer.whole(slice.first);
    writer.whole(slice.which.size());
    for (const std::uint64_t run : slice.which) {
        writer.whole(run);
    }
    for (const double times : plan) {
        writer.number(times);
    }
    return sha256(std::move(writer).bytes());
}

/// Those that are kept, and the others computed and kept.
Result<std::vector<PlanLoss>>
PlanRuns::losses_in(const Slice& slice, std::span<const Plan> plans, const Run& run) const {
    if (run.kept == nullptr) {
        return compute(slice, plans, run);
    }
    std::vector<PlanLoss> losses(plans.size());
    std::vector<Plan> unknown;
    std::vector<std::size_t> places;
    for (std::size_t plan = 0; plan < plans.size(); ++plan) {
        if (const auto kept = run.kept->find(key_of(slice, plans[plan]))) {
            ADIC_TRY(losses[plan], parse_plan_loss(*kept, slice.which.size(), values_.size()));
        } else {
            unknown.push_back(plans[plan]);
            places.push_back(plan);
        }
    }
    if (unknown.empty()) {
        return losses;
    }
    ADIC_TRY(std::vector<PlanLoss> followed, compute(slice, unknown, run));
    for (std::size_t i = 0; i < unknown.size(); ++i) {
        if (auto problem = run.kept->keep(key_of(slice, unknown[i]), to_bytes(followed[i]))) {
            return *std::move(problem);
        }
        losses[places[i]] = std::move(followed[i]);
    }
    return losses;
}

Result<std::vector<PlanLoss>>
PlanRuns::compute(const Slice& slice, std::span<const Plan> plans, const Run& run) const {
    const auto report = [&](std::size_t runs) {
        if (run.progress) {
            run.progress(
                "following plans",
                static_cast<double>(runs) / static_cast<double>(slice.followed)
            );
        }
    };
    report(slice.first);
    ADIC_TRY(std::vector<PlanLoss> losses, follow_slice(slice, plans, run));
    report(slice.first + slice.which.size());
    return losses;
}

Result<std::vector<PlanLoss>>
PlanRuns::follow_slice(const Slice& slice, std::span<const Plan> plans, const Run& run) const {
    const std::size_t targets = values_.size();
    const std::span<const std::uint64_t> which = slice.which;
    std::vector<double> weeks(which.size() * plans.size() * targets);
    parallel_ranges(
        which.size(),
        runs_of_piece,
        [&](std::size_t begin, std::size_t end) {
            const auto drawn = kept_ == nullptr ? draws_of(which.subspan(begin, end - begin))
                                                : std::vector<DrawnRun>{};
            std::vector<PlannedRun> pairs;
            for (std::size_t r = begin; r < end; ++r) {
                const DrawnRun& one =
                    kept_ == nullptr ? drawn[r - begin] : (*kept_)[slice.first + r];
                for (std::size_t plan = 0; plan < plans.size(); ++plan) {
                    if (one.alarm < one.weeks) {
                        pairs.push_back({&one, &plans[plan], r * plans.size() + plan});
                    }
                }
            }
            if (!run.stop.stop_requested()) {
                PlanFollower follower(problem_.problem());
                follower.follow(pairs, [&](std::size_t place, std::size_t t, double lost) {
                    weeks[place * targets + t] = lost;
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
        {std::vector<double>(which.size(), 0.0), std::vector<double>(targets, 0.0)}
    );
    for (std::size_t r = 0; r < which.size(); ++r) {
        for (std::size_t plan = 0; plan < plans.size(); ++plan) {
            for (std::size_t t = 0; t < targets; ++t) {
                const double lost = weeks[(r * plans.size() + plan) * targets + t];
                losses[plan].by_run[r] += values_[t] * lost;
                losses[plan].by_target[t] += lost / static_cast<double>(slice.all);
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
    RunDraw draw(problem_.problem());
    for (std::size_t i = 0; i < taken; ++i) {
        const ItemRun run = follower.record(draw.draw(hit_[i * hit_.size() / taken]), plan);
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
