#include "adic/supply/cuts/cheapest_cut.hpp"

#include "adic/solver/model.hpp"

#include "cuts/circuit.hpp"
#include "cuts/cut_program.hpp"
#include "propagation.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <string>

namespace adic::supply {
namespace {

using model::FaultTree;
using Events = std::vector<std::uint32_t>;

Error invalid(std::string message) {
    return {ErrorCode::invalid_argument, std::move(message), {}};
}

/// Empty if tree and costs are what cheapest_cut requires.
std::string complaint(const FaultTree& tree, std::span<const double> costs) {
    if (std::string why = cuts::complaint_about(tree); !why.empty()) {
        return why;
    }
    if (costs.size() != tree.events.size()) {
        return "there are " + std::to_string(costs.size()) + " costs for "
               + std::to_string(tree.events.size()) + " events";
    }
    if (!std::ranges::all_of(costs, [](double cost) { return cost >= 0.0; })) {
        return "a cost is negative or not a number";
    }
    return {};
}

/// Looks for the cheapest cut of one tree.
class Search {
  public:
    Search(const FaultTree& tree, std::span<const double> costs, const CheapestCutOptions& options)
        : tree_(tree)
        , costs_(costs)
        , propagation_(tree)
        , program_(tree, costs)
        , by_cost_(program_.events())
        , end_(
              std::chrono::steady_clock::now()
              + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                  std::chrono::duration<double>(options.time_limit_s)
              )
          ) {
        std::ranges::stable_sort(by_cost_, {}, [&](std::uint32_t event) { return costs_[event]; });
    }

    Result<CheapestCutOutcome> run() {
        if (!stops(by_cost_)) {
            return CheapestCutOutcome{NoCut{}};
        }
        best_ = minimal(by_cost_);
        while (true) {
            ADIC_TRY(
                const solver::SolveOutcome outcome,
                solver::solve_with_cbc(program_.model(), {.time_limit_s = time_left()})
            );
            if (const auto* optimum = std::get_if<solver::Optimum>(&outcome)) {
                bound_ = optimum->bound * program_.scale();
                if (take(program_.events_in(optimum->values))) {
                    return CheapestCutOutcome{best_};
                }
            } else if (const auto* stopped = std::get_if<solver::OutOfTime>(&outcome)) {
                return CheapestCutOutcome{out_of_time(*stopped)};
            } else {
                return Error{ErrorCode::internal, "the program of a cut has no solution", {}};
            }
        }
    }

  private:
    bool stops(const Events& events) {
        propagation_.spread(events);
        return propagation_.round_of(tree_.top) != 0;
    }

    double time_left() const {
        const std::chrono::duration<double> left = end_ - std::chrono::steady_clock::now();
        return std::max(0.01, left.count());
    }

    double cost_of(const Events& events) const {
        double sum = 0.0;
        for (const std::uint32_t event : events) {
            sum += costs_[event];
        }
        return sum;
    }

    /// Whether the program's events are a cut: then the best becomes a minimal one within them. If
    /// not, the program learns why.
    bool take(Events events) {
        if (!stops(events)) {
            program_.demand_one_of(path_set_beside(std::move(events)));
            return false;
        }
        std::ranges::stable_sort(events, {}, [&](std::uint32_t event) { return costs_[event]; });
        best_ = minimal(events);
        return true;
    }

    CutOutOfTime out_of_time(const solver::OutOfTime& stopped) {
        if (!stopped.best.empty()) {
            Events events = program_.events_in(stopped.best);
            if (cost_of(events) < best_.cost && stops(events)) {
                (void)take(std::move(events));
            }
        }
        const double bound = std::max({0.0, bound_, stopped.bound * program_.scale()});
        return {best_, std::min(bound, best_.cost)};
    }

    /// The longest beginning of `candidates` that together with `kept` does, or does not, stop the
    /// top, by halving; the answers change once, since more events never repair anything.
    std::size_t longest_harmless(const Events& kept, std::span<const std::uint32_t> candidates) {
        std::size_t harmless = 0;
        std::size_t harmful = candidates.size() + 1;
        while (harmful - harmless > 1) {
            const std::size_t middle = harmless + (harmful - harmless) / 2;
            Events together = kept;
            together.insert(
                together.end(),
                candidates.begin(),
                candidates.begin() + static_cast<std::ptrdiff_t>(middle)
            );
            (stops(together) ? harmful : harmless) = middle;
        }
        return harmless;
    }

    /// A minimal cut within a cut, given from the cheapest event on; dear events go first.
    /// Source: the halving of Junker (2004), "QuickXplain", AAAI.
    Cut minimal(Events candidates) {
        Events kept;
        while (!stops(kept)) {
            const std::size_t harmless = longest_harmless(kept, candidates);
            kept.push_back(candidates[harmless]);
            candidates.resize(harmless);
        }
        std::ranges::sort(kept);
        const double cost = cost_of(kept);
        return {std::move(kept), cost};
    }

    /// Events of which every cut has at least one, none of them in `events`, which are not a cut.
    Events path_set_beside(Events events) {
        Events others;
        std::ranges::sort(events);
        for (const std::uint32_t event : by_cost_) {
            if (!std::ranges::binary_search(events, event)) {
                others.push_back(event);
            }
        }
        Events path_set;
        std::span<const std::uint32_t> left{others};
        while (!left.empty()) {
            const std::size_t harmless = longest_harmless(events, left);
            const auto added = left.first(harmless);
            events.insert(events.end(), added.begin(), added.end());
            left = left.subspan(harmless);
            if (!left.empty()) {
                path_set.push_back(left.front());
                left = left.subspan(1);
            }
        }
        return path_set;
    }

    const FaultTree& tree_;
    std::span<const double> costs_;
    Propagation propagation_;
    cuts::CutProgram program_;
    Events by_cost_;
    std::chrono::steady_clock::time_point end_;
    Cut best_;
    double bound_ = 0.0;
};

/// Events without probability under the top, rising.
Events missing_probabilities(const FaultTree& tree) {
    const std::vector<double> any(tree.events.size(), 1.0);
    Events missing;
    const cuts::CutProgram program{tree, any};
    for (const std::uint32_t event : program.events()) {
        if (!tree.events[event].probability) {
            missing.push_back(event);
        }
    }
    return missing;
}

LikeliestCutOutcome widened(const CheapestCutOutcome& outcome) {
    return std::visit([](const auto& value) { return LikeliestCutOutcome{value}; }, outcome);
}

}  // namespace

Result<CheapestCutOutcome> cheapest_cut(
    const model::FaultTree& tree,
    std::span<const double> costs,
    const CheapestCutOptions& options
) {
    if (std::string why = complaint(tree, costs); !why.empty()) {
        return invalid(std::move(why));
    }
    return Search{tree, costs, options}.run();
}

Result<LikeliestCutOutcome>
likeliest_cut(const model::FaultTree& tree, const CheapestCutOptions& options) {
    std::vector<double> costs;
    for (const model::FaultEvent& event : tree.events) {
        const double p = event.probability ? event.probability->likely() : 1.0;
        costs.push_back(p > 0.0 ? std::max(0.0, -std::log(p)) : solver::infinity);
    }
    if (std::string why = complaint(tree, costs); !why.empty()) {
        return invalid(std::move(why));
    }
    if (Events missing = missing_probabilities(tree); !missing.empty()) {
        return LikeliestCutOutcome{ProbabilityMissing{std::move(missing)}};
    }
    ADIC_TRY(const CheapestCutOutcome outcome, cheapest_cut(tree, costs, options));
    return widened(outcome);
}

}  // namespace adic::supply
