#include "adic/procure/nucleolus.hpp"

#include "settled_sets.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace adic::procure {
namespace {

/// Sets that are told apart by this program: coalitions, and single players at their bound.
struct Row {
    Coalition coalition = 0;
    bool is_bound = false;

    friend bool operator==(const Row&, const Row&) = default;
};

/// The linear program of one step, in whole numbers.
///
/// Shares differ from those of the step before by y in the directions that no settled set feels:
/// x = x0 + B y. It looks for the least e with v(S) - x(S) <= e for each set that is not settled,
/// and, for the nucleolus, v(i) - x(i) <= 0 for each player. Its dual has a column for each set and
/// d + 1 rows, so a basis is a small matrix whatever the number of sets: the inverse is kept as
/// whole numbers over its determinant (Bareiss 1968, "Sylvester's identity and multistep
/// integer-preserving Gaussian elimination", Mathematics of Computation 22).
class StepProgram {
  public:
    StepProgram(
        const std::vector<std::int64_t>& savings,
        const ExactPoint& start,
        const SettledSets& settled,
        NucleolusKind kind
    )
        : savings_(savings)
        , start_(start)
        , settled_(settled)
        , size_(settled.directions() + 1)
        , has_bounds_(kind == NucleolusKind::nucleolus)
        , is_open_(settled.open_sets())
        , values_(savings.size()) {
        start_basis();
    }

    /// Runs until no set is left that the basis does not satisfy.
    void solve() {
        std::size_t without_gain = 0;
        while (true) {
            find_values();
            const bool is_careful = without_gain > 2 * size_;
            const std::optional<Row> entering = find_entering(is_careful);
            if (!entering) {
                return;
            }
            without_gain = pivot(*entering) ? 0 : without_gain + 1;
        }
    }

    /// x of the optimum.
    ExactPoint point() const {
        ExactPoint point;
        point.under = start_.under * determinant_;
        for (std::size_t p = 0; p < start_.over.size(); ++p) {
            point.over.push_back(start_.over[p] * determinant_ + moved_[p]);
        }
        point.shorten();
        return point;
    }

    NucleolusStep step() const {
        NucleolusStep step;
        step.saves = ratio(least_, determinant_ * start_.under);
        for (std::size_t r = 0; r < size_; ++r) {
            const Integer& weight = inverse_[size_ - 1][r];
            if (weight > 0) {
                auto& list = basis_[r].is_bound ? step.at_bound : step.coalitions;
                list.push_back({basis_[r].coalition, ratio(weight, determinant_)});
            }
        }
        return step;
    }

  private:
    /// The row of a set: how much each direction gives it, and 1 if it counts for e.
    std::vector<Integer> row_of(const Row& row) const {
        std::vector<Integer> entries = settled_.felt_by(row.coalition);
        entries.emplace_back(row.is_bound ? 0 : 1);
        return entries;
    }

    /// v(S) - x0(S), over the denominator of x0.
    Integer excess_at_start(Coalition coalition) const {
        Integer excess = Integer{savings_[coalition]} * start_.under;
        for (std::size_t p = 0; p < start_.over.size(); ++p) {
            if ((coalition >> p & 1U) != 0) {
                excess -= start_.over[p];
            }
        }
        return excess;
    }

    /// A player and all the others, each with half the weight, and players who tell the directions
    /// apart with none: optimal but for the sets that are not in it.
    void start_basis() {
        const auto players = start_.over.size();
        const Coalition all = (Coalition{1} << players) - 1;
        std::vector<Coalition> chosen = settled_.telling_players();
        basis_.push_back({chosen.front(), false});
        basis_.push_back({all & ~chosen.front(), false});
        for (std::size_t c = 1; c < chosen.size(); ++c) {
            basis_.push_back({chosen[c], false});
        }
        std::vector<std::vector<Integer>> rows;
        rows.reserve(size_);
        for (const Row& row : basis_) {
            rows.push_back(row_of(row));
        }
        std::tie(inverse_, determinant_) = inverted(std::move(rows));
        for (const Row& row : basis_) {
            right_.push_back(excess_at_start(row.coalition));
        }
    }

    /// y and e of the basis, over the determinant, and with them what each set gets.
    void find_values() {
        std::vector<Integer> solution(size_, 0);
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t r = 0; r < size_; ++r) {
                solution[i] += inverse_[i][r] * right_[r];
            }
        }
        least_ = solution.back();
        solution.pop_back();
        moved_ = settled_.along(solution);
        std::vector<Integer> paid;
        for (std::size_t p = 0; p < moved_.size(); ++p) {
            paid.push_back(start_.over[p] * determinant_ + moved_[p]);
        }
        values_[0] = 0;
        for (Coalition coalition = 1; coalition < values_.size(); ++coalition) {
            const auto lowest = static_cast<std::size_t>(std::countr_zero(coalition));
            values_[coalition] = values_[coalition & (coalition - 1)] + paid[lowest];
        }
    }

    /// The set that the basis leaves furthest beyond its limit, or, in the careful order of Bland
    /// (1977), the first; empty: there is none.
    std::optional<Row> find_entering(bool is_careful) const {
        const Integer scale = start_.under * determinant_;
        std::optional<Row> found;
        Integer furthest = 0;
        const auto look_at = [&](const Row& row) {
            if (!is_open_[row.coalition]) {
                return false;
            }
            Integer beyond = scale * savings_[row.coalition] - values_[row.coalition];
            if (!row.is_bound) {
                beyond -= least_;
            }
            if (beyond > furthest) {
                furthest = std::move(beyond);
                found = row;
            }
            return is_careful && found.has_value();
        };
        for (Coalition coalition = 1; coalition + 1 < values_.size(); ++coalition) {
            if (look_at({coalition, false})) {
                return found;
            }
        }
        for (std::size_t p = 0; has_bounds_ && p < start_.over.size(); ++p) {
            if (look_at({Coalition{1} << p, true})) {
                return found;
            }
        }
        return found;
    }

    /// Puts a set into the basis, and takes one out whose weight comes to 0; whether e has grown.
    bool pivot(const Row& entering) {
        const std::vector<Integer> row = row_of(entering);
        std::vector<Integer> mix(size_, 0);
        for (std::size_t r = 0; r < size_; ++r) {
            for (std::size_t i = 0; i < size_; ++i) {
                mix[r] += row[i] * inverse_[i][r];
            }
        }
        const std::size_t leaving = find_leaving(mix);
        const bool has_grown = inverse_[size_ - 1][leaving] > 0;
        replace(leaving, mix);
        basis_[leaving] = entering;
        right_[leaving] = excess_at_start(entering.coalition);
        return has_grown;
    }

    /// The one whose weight comes to 0 first; of several the first set.
    std::size_t find_leaving(const std::vector<Integer>& mix) const {
        const std::vector<Integer>& weights = inverse_[size_ - 1];
        std::optional<std::size_t> leaving;
        for (std::size_t r = 0; r < size_; ++r) {
            if (mix[r] <= 0) {
                continue;
            }
            if (!leaving) {
                leaving = r;
                continue;
            }
            const Integer here = weights[r] * mix[*leaving];
            const Integer there = weights[*leaving] * mix[r];
            if (here < there
                || (here == there && basis_[r].coalition < basis_[*leaving].coalition)) {
                leaving = r;
            }
        }
        // Without one, no shares would satisfy the sets that are in the basis; the start does.
        return leaving.value();
    }

    void replace(std::size_t leaving, const std::vector<Integer>& mix) {
        const Integer pivot = mix[leaving];
        for (std::vector<Integer>& line : inverse_) {
            for (std::size_t r = 0; r < size_; ++r) {
                if (r != leaving) {
                    line[r] = (line[r] * pivot - line[leaving] * mix[r]) / determinant_;
                }
            }
        }
        determinant_ = pivot;  // above 0, as the one that leaves has it
    }

    const std::vector<std::int64_t>& savings_;
    const ExactPoint& start_;
    const SettledSets& settled_;
    std::size_t size_;
    bool has_bounds_;
    std::vector<bool> is_open_;
    std::vector<Row> basis_;
    std::vector<Integer> right_;  ///< v(S) - x0(S) of the basis, over x0's denominator
    std::vector<std::vector<Integer>> inverse_;  ///< over the determinant
    Integer determinant_ = 1;                    ///< above 0
    Integer least_ = 0;                          ///< e
    std::vector<Integer> moved_;                 ///< B y
    std::vector<Integer> values_;                ///< x(S), by coalition
};

std::vector<std::int64_t> savings_of(const CostGame& game) {
    std::vector<std::int64_t> savings(game.costs.size());
    for (Coalition coalition = 0; coalition < savings.size(); ++coalition) {
        savings[coalition] = game.saving(coalition);
    }
    return savings;
}

}  // namespace

std::optional<Nucleolus> nucleolus(const CostGame& game, NucleolusKind kind) {
    const std::vector<std::int64_t> savings = savings_of(game);
    const auto players = static_cast<std::int64_t>(game.size());
    const std::int64_t all = savings[game.everybody()];
    if (kind == NucleolusKind::nucleolus && all < 0) {
        return std::nullopt;
    }
    // What all save in equal parts: alone nobody saves anything, so no player is below its bound.
    ExactPoint point{std::vector<Integer>(game.size(), Integer{all}), Integer{players}};
    point.shorten();
    SettledSets settled{game.size()};
    Nucleolus found;
    while (settled.directions() > 0) {
        StepProgram program{savings, point, settled, kind};
        program.solve();
        found.proof.push_back(program.step());
        point = program.point();
        for (const auto* list : {&found.proof.back().coalitions, &found.proof.back().at_bound}) {
            for (const WeightedCoalition& one : *list) {
                settled.settle(one.coalition);
            }
        }
    }
    for (std::size_t p = 0; p < game.size(); ++p) {
        found.shares.push_back(Fraction{game.alone(p)} - ratio(point.over[p], point.under));
    }
    return found;
}

namespace {

/// What the set saves by going alone, at the shares.
Fraction excess_of(const CostGame& game, const Shares& shares, Coalition coalition) {
    Fraction excess = -game.costs[coalition];
    for (std::size_t p = 0; p < game.size(); ++p) {
        if ((coalition >> p & 1U) != 0) {
            excess += shares[p];
        }
    }
    return excess;
}

bool are_feasible(const CostGame& game, const Shares& shares, NucleolusKind kind) {
    if (shares.size() != game.size() || excess_of(game, shares, game.everybody()) != 0) {
        return false;
    }
    for (std::size_t p = 0; p < game.size(); ++p) {
        if (kind == NucleolusKind::nucleolus && shares[p] > game.alone(p)) {
            return false;
        }
    }
    return true;
}

/// Whether the weights add up to 1, and the sets with them to what is settled.
bool is_balanced(const CostGame& game, const NucleolusStep& step, const SettledSets& settled) {
    std::vector<Fraction> sum(game.size(), Fraction{0});
    Fraction weights = 0;
    for (const auto* list : {&step.coalitions, &step.at_bound}) {
        for (const WeightedCoalition& one : *list) {
            if (one.weight <= 0) {
                return false;
            }
            weights += list == &step.coalitions ? one.weight : Fraction{0};
            for (std::size_t p = 0; p < game.size(); ++p) {
                sum[p] += (one.coalition >> p & 1U) != 0 ? one.weight : Fraction{0};
            }
        }
    }
    return weights == 1 && settled.is_combination(sum);
}

/// Whether each set of the step saves exactly as much as it says, and no open one more.
bool is_tight(
    const CostGame& game,
    const Shares& shares,
    const NucleolusStep& step,
    const std::vector<bool>& is_open
) {
    for (const WeightedCoalition& one : step.coalitions) {
        if (excess_of(game, shares, one.coalition) != step.saves) {
            return false;
        }
    }
    for (const WeightedCoalition& one : step.at_bound) {
        if (model::size_of(one.coalition) != 1 || excess_of(game, shares, one.coalition) != 0) {
            return false;
        }
    }
    std::vector<Fraction> paid(game.costs.size(), Fraction{0});
    for (Coalition coalition = 1; coalition < game.everybody(); ++coalition) {
        const auto lowest = static_cast<std::size_t>(std::countr_zero(coalition));
        paid[coalition] = paid[coalition & (coalition - 1)] + shares[lowest];
        if (is_open[coalition] && paid[coalition] - game.costs[coalition] > step.saves) {
            return false;
        }
    }
    return true;
}

}  // namespace

bool is_proven(const CostGame& game, const Nucleolus& found, NucleolusKind kind) {
    if (!are_feasible(game, found.shares, kind)) {
        return false;
    }
    SettledSets settled{game.size()};
    for (const NucleolusStep& step : found.proof) {
        if ((kind == NucleolusKind::prenucleolus && !step.at_bound.empty())
            || !is_balanced(game, step, settled)
            || !is_tight(game, found.shares, step, settled.open_sets())) {
            return false;
        }
        for (const auto* list : {&step.coalitions, &step.at_bound}) {
            for (const WeightedCoalition& one : *list) {
                settled.settle(one.coalition);
            }
        }
    }
    return settled.directions() == 0;
}

Fraction least_core_excess(const Nucleolus& prenucleolus) {
    return prenucleolus.proof.front().saves;
}

}  // namespace adic::procure
