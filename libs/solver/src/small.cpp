#include "adic/solver/model.hpp"
#include "adic/solver/session.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace adic::solver {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double tolerance = 1e-6;

/// A bound that a branch sets.
struct Branch {
    std::uint32_t variable;
    double lower;
    double upper;
};

/// What is still to be looked at: the branches from the root, and the bound of their parent.
struct Open {
    double bound = -infinity;
    std::vector<Branch> branches = {};
};

class Tree {
  public:
    Tree(const LinearModel& model, const SolveOptions& options)
        : model_(model)
        , options_(options)
        , end_(
              Clock::now()
              + std::chrono::duration_cast<Clock::duration>(
                  std::chrono::duration<double>(options.time_limit_s)
              )
          ) {}

    Result<SolveOutcome> solved() {
        LinearModel relaxed = model_;
        for (Variable& variable : relaxed.variables) {
            variable.integrality = Integrality::continuous;
        }
        ADIC_TRY(session_, open_clp_session(std::move(relaxed)));
        open_.emplace_back();
        while (!open_.empty() && !is_at_end_) {
            ADIC_TRY([[maybe_unused]] const bool went, plunge(next()));
        }
        return outcome();
    }

  private:
    double left_s() const { return std::chrono::duration<double>(end_ - Clock::now()).count(); }

    /// The last that came up until there is a point, then the one with the least bound.
    Open next() {
        auto chosen =
            has_best_ ? std::ranges::min_element(open_, {}, &Open::bound) : std::prev(open_.end());
        Open taken = std::move(*chosen);
        open_.erase(chosen);
        return taken;
    }

    bool is_enough(double bound) const {
        const double slack = options_.relative_gap * std::abs(best_cost_);
        return has_best_ && bound >= best_cost_ - slack;
    }

    /// From a node down, by the nearer branch each time, until nothing is left to branch on.
    Result<bool> plunge(Open node) {
        while (true) {
            if (is_enough(node.bound)) {
                least_cut_ = std::min(least_cut_, node.bound);
                return true;
            }
            const bool is_last = options_.most_nodes > 0 && nodes_ >= options_.most_nodes;
            if (is_last || left_s() <= 0.0 || options_.stop.stop_requested()) {
                is_at_end_ = true;
                least_cut_ = std::min(least_cut_, node.bound);
                return false;
            }
            ADIC_TRY(const auto relaxed, relaxation(node));
            if (!relaxed) {
                return !is_at_end_;
            }
            node.bound = std::max(node.bound, relaxed->bound);
            const auto split = take(*relaxed, node.bound);
            if (!split) {
                return true;
            }
            branch(node, *split, relaxed->values[*split]);
        }
    }

    /// The nearer side stays in `node`, the other is left open.
    void branch(Open& node, std::uint32_t variable, double value) {
        const Branch now = bounds_of(node, variable);
        const Branch down{variable, now.lower, std::floor(value)};
        const Branch up{variable, std::floor(value) + 1.0, now.upper};
        const bool is_up = value - std::floor(value) > 0.5;
        Open other = node;
        other.branches.push_back(is_up ? down : up);
        open_.push_back(std::move(other));
        node.branches.push_back(is_up ? up : down);
    }

    Branch bounds_of(const Open& node, std::uint32_t variable) const {
        Branch bounds{variable, model_.variables[variable].lower, model_.variables[variable].upper};
        for (const Branch& one : node.branches) {
            if (one.variable == variable) {
                bounds = one;
            }
        }
        return bounds;
    }

    /// Empty: no point, or no time.
    Result<std::optional<LinearOptimum>> relaxation(const Open& node) {
        ++nodes_;
        for (const Branch& one : node.branches) {
            session_->set_variable_bounds(one.variable, one.lower, one.upper);
        }
        auto outcome = session_->solve({std::max(1e-3, left_s())});
        for (const Branch& one : node.branches) {
            const Variable& variable = model_.variables[one.variable];
            session_->set_variable_bounds(one.variable, variable.lower, variable.upper);
        }
        if (!outcome) {
            return outcome.error();
        }
        if (auto* optimum = std::get_if<LinearOptimum>(&*outcome)) {
            if (nodes_ == 1) {
                session_->keep_start();
            }
            return std::optional{std::move(*optimum)};
        }
        is_unbounded_ = is_unbounded_ || std::holds_alternative<Unbounded>(*outcome);
        const bool is_late = std::holds_alternative<OutOfTime>(*outcome);
        if (is_late) {
            least_cut_ = std::min(least_cut_, node.bound);
        }
        is_at_end_ = is_at_end_ || is_unbounded_ || is_late;
        return std::optional<LinearOptimum>{};
    }

    /// What to branch on: the whole variable that is furthest from being whole. None: the point is
    /// taken, or is no better.
    std::optional<std::uint32_t> take(const LinearOptimum& relaxed, double bound) {
        if (is_enough(bound)) {
            least_cut_ = std::min(least_cut_, bound);
            return std::nullopt;
        }
        std::optional<std::uint32_t> split;
        double furthest = tolerance;
        for (std::uint32_t v = 0; v < model_.variables.size(); ++v) {
            if (model_.variables[v].integrality == Integrality::integer) {
                const double value = relaxed.values[v];
                const double away = std::abs(value - std::round(value));
                if (away > furthest) {
                    furthest = away;
                    split = v;
                }
            }
        }
        if (split) {
            return split;
        }
        std::vector<double> whole = relaxed.values;
        for (std::size_t v = 0; v < whole.size(); ++v) {
            const Variable& variable = model_.variables[v];
            whole[v] =
                variable.integrality == Integrality::integer ? std::round(whole[v]) : whole[v];
            whole[v] = std::clamp(whole[v], variable.lower, variable.upper);
        }
        whole = violation(model_, whole) <= tolerance ? whole : relaxed.values;
        const double cost = cost_of(model_, whole);
        least_cut_ = std::min(least_cut_, bound);
        if (!has_best_ || cost < best_cost_) {
            has_best_ = true;
            best_ = std::move(whole);
            best_cost_ = cost;
        }
        return std::nullopt;
    }

    SolveOutcome outcome() {
        if (is_unbounded_) {
            return Unbounded{};
        }
        double bound = least_cut_;
        for (const Open& one : open_) {
            bound = std::min(bound, one.bound);
        }
        if (!has_best_) {
            return is_at_end_ ? SolveOutcome{OutOfTime{{}, infinity, bound}}
                              : SolveOutcome{Infeasible{}};
        }
        bound = std::min(bound, best_cost_);
        if (is_at_end_ && !is_enough(bound)) {
            return OutOfTime{std::move(best_), best_cost_, bound};
        }
        return Optimum{best_cost_, bound, std::move(best_)};
    }

    const LinearModel& model_;
    SolveOptions options_;
    Clock::time_point end_;
    std::unique_ptr<LinearSession> session_ = {};
    std::vector<Open> open_ = {};
    std::int32_t nodes_ = 0;
    bool is_at_end_ = false;
    bool is_unbounded_ = false;
    bool has_best_ = false;
    std::vector<double> best_ = {};
    double best_cost_ = infinity;
    double least_cut_ = infinity;  ///< the least bound of what was not looked at any further
};

}  // namespace

Result<SolveOutcome> solve_small(const LinearModel& model, const SolveOptions& options) {
    ADIC_TRY(const std::monostate checked, check_model(model));
    (void)checked;
    return Tree(model, options).solved();
}

}  // namespace adic::solver
