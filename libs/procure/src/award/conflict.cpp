#include "award/conflict.hpp"

#include "adic/solver/session.hpp"

#include "award/award_model.hpp"

#include <algorithm>
#include <span>

namespace adic::procure {
namespace {

using Parts = std::vector<Requirement>;

enum class Pieces : std::uint8_t { any, whole };

class ConflictSearch {
  public:
    ConflictSearch(const AwardProblem& problem, AwardClock::time_point deadline)
        : problem_(problem)
        , deadline_(deadline)
        , all_(list_requirements(problem)) {}

    Result<AwardConflict> found() {
        Parts least = all_;
        if (!can_keep(all_, Pieces::any)) {
            least = least_of({}, false, all_, Pieces::any);
        }
        if (!error_ && !can_keep(least, Pieces::whole)) {
            least = least_of({}, false, least, Pieces::whole);
        }
        if (error_) {
            return *error_;
        }
        std::ranges::sort(least);
        AwardConflict conflict;
        conflict.is_least = !is_late_;
        for (const Requirement& one : least) {
            conflict.demands.push_back(words_of(problem_, one));
        }
        return conflict;
    }

  private:
    /// Those of `open` that are in a least conflict, with `kept` kept anyway. `has_grown` says that
    /// `kept` is more than what it was when it last could be kept.
    Parts
    least_of(const Parts& kept, bool has_grown, std::span<const Requirement> open, Pieces how) {
        if (error_ || (has_grown && !can_keep(kept, how))) {
            return {};
        }
        if (open.size() == 1) {
            return {open.front()};
        }
        const auto first = open.first(open.size() / 2);
        const auto second = open.subspan(open.size() / 2);
        const Parts of_second = least_of(joined(kept, first), !first.empty(), second, how);
        Parts of_first = least_of(joined(kept, of_second), !of_second.empty(), first, how);
        of_first.insert(of_first.end(), of_second.begin(), of_second.end());
        return of_first;
    }

    static Parts joined(const Parts& kept, std::span<const Requirement> more) {
        Parts all = kept;
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }

    /// Whether some plan keeps these. Out of time: as if there were one.
    bool can_keep(const Parts& kept, Pieces how) {
        const double left = std::chrono::duration<double>(deadline_ - AwardClock::now()).count();
        if (left <= 0.0) {
            is_late_ = true;
            return true;
        }
        solver::LinearModel model = model_without_costs(kept, how);
        const solver::SolveOptions options{left};
        if (how == Pieces::whole) {
            return is_solved(solver::solve_with_cbc(model, options));
        }
        const auto session = solver::open_clp_session(std::move(model));
        if (!session) {
            error_ = session.error();
            return true;
        }
        return is_solved((*session)->solve(options));
    }

    template <typename Outcome>
    bool is_solved(const Result<Outcome>& outcome) {
        if (!outcome) {
            error_ = outcome.error();
            return true;
        }
        if (const auto* late = std::get_if<solver::OutOfTime>(&*outcome)) {
            is_late_ = is_late_ || late->best.empty();
        }
        return !std::holds_alternative<solver::Infeasible>(*outcome);
    }

    solver::LinearModel model_without_costs(const Parts& kept, Pieces how) const {
        Requirements dropped(all_.begin(), all_.end());
        for (const Requirement& one : kept) {
            dropped.erase(one);
        }
        solver::LinearModel model = model_of(instance_of(problem_, std::move(dropped))).model;
        for (solver::Variable& variable : model.variables) {
            variable.cost = 0.0;
            if (how == Pieces::any) {
                variable.integrality = solver::Integrality::continuous;
            }
        }
        return model;
    }

    const AwardProblem& problem_;
    AwardClock::time_point deadline_;
    Parts all_;
    std::optional<Error> error_ = {};
    bool is_late_ = false;
};

}  // namespace

Result<AwardConflict> find_conflict(const AwardProblem& problem, AwardClock::time_point deadline) {
    return ConflictSearch(problem, deadline).found();
}

}  // namespace adic::procure
