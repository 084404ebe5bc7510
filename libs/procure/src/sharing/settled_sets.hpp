#pragma once

#include "adic/procure/fraction.hpp"
#include "adic/procure/game.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace adic::procure {

/// Whole numbers of 256 bits; what would not fit throws. The sizes of games are bounded so that
/// nothing comes near: an entry is at most a determinant of 16 rows of small numbers times
/// `largest_amount` times a common denominator that is shortened after each step.
using Integer = boost::multiprecision::checked_int256_t;

Fraction ratio(const Integer& over, const Integer& under);

/// A point with one denominator, above 0.
struct ExactPoint {
    std::vector<Integer> over;
    Integer under = 1;

    /// Divides by what all of its numbers have in common.
    void shorten();
};

/// The inverse of a matrix as whole numbers over its determinant, which comes out above 0.
/// Requires: a square matrix that has one. Cost: O(n^3).
std::pair<std::vector<std::vector<Integer>>, Integer> inverted(
    std::vector<std::vector<Integer>> rows
);

/// The sets of players whose payment is settled: everybody, and what is added. A set that is a
/// combination of them is settled with them.
class SettledSets {
  public:
    explicit SettledSets(std::size_t players);

    /// Cost: O(players^3).
    void settle(Coalition coalition);

    /// How many directions shares can still move in.
    std::size_t directions() const { return free_.size(); }

    /// How much each direction gives to the set: all 0, if it is settled.
    std::vector<Integer> felt_by(Coalition coalition) const;

    /// For each set of players, whether it is not settled. Cost: O(2^players * directions).
    std::vector<bool> open_sets() const;

    /// Whether what is given to each player adds up to a combination of settled sets.
    bool is_combination(const std::vector<Fraction>& given) const;

    /// As many players as there are directions, who tell all of them apart.
    std::vector<Coalition> telling_players() const;

    /// Where one comes to by going so far in each direction.
    std::vector<Integer> along(const std::vector<Integer>& far) const;

  private:
    void find_directions();

    std::size_t players_;
    std::vector<std::vector<Integer>> settled_;  ///< a row of 0 and 1 for each set
    std::vector<std::vector<Integer>> free_;     ///< a basis of what is orthogonal to them
};

}  // namespace adic::procure
