#include "settled_sets.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace adic::procure {
namespace {

using Matrix = std::vector<std::vector<Integer>>;

Integer common_divisor(const std::vector<Integer>& numbers) {
    Integer divisor = 0;
    for (const Integer& number : numbers) {
        divisor = gcd(divisor, number);
    }
    return divisor;
}

void divide(std::vector<Integer>& numbers, const Integer& divisor) {
    for (Integer& number : numbers) {
        number /= divisor;
    }
}

/// Takes multiples of a row from the others, so that they have 0 where it begins; each row is kept
/// short.
void clear_column(Matrix& rows, std::size_t pivot, std::size_t column) {
    for (std::size_t r = 0; r < rows.size(); ++r) {
        if (r == pivot || rows[r][column] == 0) {
            continue;
        }
        const Integer own = rows[pivot][column];
        const Integer other = rows[r][column];
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
            rows[r][c] = rows[r][c] * own - rows[pivot][c] * other;
        }
        if (const Integer divisor = common_divisor(rows[r]); divisor > 1) {
            divide(rows[r], divisor);
        }
    }
}

/// Brings rows to reduced echelon form, without those that are combinations of others; the columns
/// that the rows begin in. Cost: O(n^3).
std::vector<std::size_t> reduce(Matrix& rows) {
    std::vector<std::size_t> begins;
    const std::size_t columns = rows.empty() ? 0 : rows.front().size();
    for (std::size_t column = 0; column < columns && begins.size() < rows.size(); ++column) {
        std::size_t pivot = begins.size();
        while (pivot < rows.size() && rows[pivot][column] == 0) {
            ++pivot;
        }
        if (pivot == rows.size()) {
            continue;
        }
        std::swap(rows[begins.size()], rows[pivot]);
        clear_column(rows, begins.size(), column);
        begins.push_back(column);
    }
    rows.resize(begins.size());
    return begins;
}

}  // namespace

Fraction ratio(const Integer& over, const Integer& under) {
    using Whole = boost::multiprecision::cpp_int;
    return Fraction{Whole{over}, Whole{under}};
}

void ExactPoint::shorten() {
    const Integer divisor = gcd(common_divisor(over), under);
    if (divisor > 1) {
        divide(over, divisor);
        under /= divisor;
    }
}

std::pair<Matrix, Integer> inverted(Matrix rows) {
    const std::size_t size = rows.size();
    for (std::size_t r = 0; r < size; ++r) {
        rows[r].resize(2 * size, 0);
        rows[r][size + r] = 1;
    }
    Integer before = 1;
    for (std::size_t k = 0; k < size; ++k) {
        std::size_t pivot = k;
        while (rows[pivot][k] == 0) {
            ++pivot;
        }
        std::swap(rows[k], rows[pivot]);
        // Every entry stays a minor of the matrix, so the division leaves nothing over.
        for (std::size_t r = 0; r < size; ++r) {
            if (r == k) {
                continue;
            }
            const Integer factor = rows[r][k];
            for (std::size_t c = 0; c < 2 * size; ++c) {
                rows[r][c] = (rows[r][c] * rows[k][k] - rows[k][c] * factor) / before;
            }
        }
        before = rows[k][k];
    }
    const bool is_negative = before < 0;
    Matrix inverse(size);
    for (std::size_t r = 0; r < size; ++r) {
        for (std::size_t c = size; c < 2 * size; ++c) {
            inverse[r].push_back(is_negative ? Integer{-rows[r][c]} : rows[r][c]);
        }
    }
    return {std::move(inverse), is_negative ? Integer{-before} : before};
}

SettledSets::SettledSets(std::size_t players) : players_(players) {
    settle((Coalition{1} << players) - 1);
}

void SettledSets::settle(Coalition coalition) {
    std::vector<Integer> row;
    for (std::size_t p = 0; p < players_; ++p) {
        row.emplace_back(coalition >> p & 1U);
    }
    settled_.push_back(std::move(row));
    find_directions();
}

void SettledSets::find_directions() {
    const std::vector<std::size_t> begins = reduce(settled_);
    free_.clear();
    for (std::size_t column = 0; column < players_; ++column) {
        if (std::ranges::find(begins, column) != begins.end()) {
            continue;
        }
        // One unit of this player, and what the rows then ask of those that they begin with, over
        // the common multiple of what they begin with.
        Integer multiple = 1;
        for (std::size_t r = 0; r < begins.size(); ++r) {
            multiple = lcm(multiple, settled_[r][begins[r]]);
        }
        std::vector<Integer> direction(players_, 0);
        direction[column] = multiple;
        for (std::size_t r = 0; r < begins.size(); ++r) {
            direction[begins[r]] = -multiple * settled_[r][column] / settled_[r][begins[r]];
        }
        divide(direction, common_divisor(direction));
        free_.push_back(std::move(direction));
    }
}

std::vector<Integer> SettledSets::felt_by(Coalition coalition) const {
    std::vector<Integer> felt;
    felt.reserve(free_.size());
    for (const std::vector<Integer>& direction : free_) {
        Integer sum = 0;
        for (std::size_t p = 0; p < players_; ++p) {
            if ((coalition >> p & 1U) != 0) {
                sum += direction[p];
            }
        }
        felt.push_back(std::move(sum));
    }
    return felt;
}

std::vector<bool> SettledSets::open_sets() const {
    Matrix felt_by_player;
    for (std::size_t p = 0; p < players_; ++p) {
        felt_by_player.push_back(felt_by(Coalition{1} << p));
    }
    std::vector<bool> is_open(std::size_t{1} << players_, false);
    std::vector<Integer> felt(free_.size(), 0);
    Coalition coalition = 0;
    for (std::size_t step = 1; step < is_open.size(); ++step) {
        // In the order of Gray's code one player comes or goes at each step.
        const auto player = static_cast<std::size_t>(std::countr_zero(step));
        coalition ^= Coalition{1} << player;
        const bool comes = (coalition >> player & 1U) != 0;
        for (std::size_t d = 0; d < felt.size(); ++d) {
            felt[d] += comes ? felt_by_player[player][d] : Integer{-felt_by_player[player][d]};
        }
        is_open[coalition] = std::ranges::any_of(felt, [](const Integer& one) { return one != 0; });
    }
    return is_open;
}

bool SettledSets::is_combination(const std::vector<Fraction>& given) const {
    return std::ranges::all_of(free_, [&](const std::vector<Integer>& direction) {
        Fraction sum = 0;
        for (std::size_t p = 0; p < players_; ++p) {
            sum += ratio(direction[p], 1) * given[p];
        }
        return sum == 0;
    });
}

std::vector<Coalition> SettledSets::telling_players() const {
    std::vector<Coalition> chosen;
    Matrix rows;
    for (std::size_t p = 0; p < players_ && chosen.size() < free_.size(); ++p) {
        Matrix with = rows;
        with.push_back(felt_by(Coalition{1} << p));
        Matrix reduced = with;
        if (reduce(reduced).size() == with.size()) {
            rows = std::move(with);
            chosen.push_back(Coalition{1} << p);
        }
    }
    return chosen;
}

std::vector<Integer> SettledSets::along(const std::vector<Integer>& far) const {
    std::vector<Integer> sum(players_, 0);
    for (std::size_t d = 0; d < free_.size(); ++d) {
        for (std::size_t p = 0; p < players_; ++p) {
            sum[p] += far[d] * free_[d][p];
        }
    }
    return sum;
}

}  // namespace adic::procure
