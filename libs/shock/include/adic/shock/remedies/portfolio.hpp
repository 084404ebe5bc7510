#pragma once

#include "adic/base/result.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace adic::shock {

/// How often each of some things is bought.
using Purchases = std::vector<std::uint32_t>;

/// What can be bought for a budget. Money in cents: sums are exact.
struct Offers {
    std::vector<std::int64_t> cost;   ///< of one purchase, >= 0
    std::vector<std::uint32_t> most;  ///< purchases
    std::int64_t budget = 0;

    std::size_t size() const { return cost.size(); }

    /// Requires: no overflow, which costs below 10^15 cents make sure of.
    std::int64_t cost_of(const Purchases& bought) const;
};

/// Mean loss under each of some purchases. Called with up to 64 that were not asked for before.
using LossFunction = std::function<Result<std::vector<double>>(std::span<const Purchases>)>;

struct SearchLimits {
    /// Losses that are computed, at most. A limit of time would give other bytes on another
    /// machine.
    std::size_t evaluations = 600;
    /// Lists that differ by less than this part of the loss without anything are alike, and the
    /// cheaper is taken: nobody pays for a thousandth of a week.
    double close_enough = 1e-4;
};

/// The best purchases found for a budget, and what is proven about them.
struct Portfolio {
    Purchases bought;
    std::int64_t cost = 0;
    double without = 0;  ///< loss if nothing is bought
    double loss = 0;
    /// No purchases within the budget lose less, if more purchases never lose more. Equal to
    /// `loss`: the best there is.
    double bound = 0;
    std::size_t evaluations = 0;
    std::size_t compared = 0;  ///< pairs of purchases, one within the other, that were seen
    double worst_rise = 0;     ///< the most that the loss rose from the smaller to the larger

    /// Part of the loss avoided at best that is missing, in [0, 1]; 0 only if proven best.
    double gap() const;
};

/// Purchases within the budget with the least loss.
///
/// Losses that fall with more purchases, but not by less and less: what only helps together with
/// another thing gains nothing alone. So greedy choices have no guarantee. Good purchases come from
/// adding the best, from leaving out the worst, and from exchanges; the bound from branch and
/// bound, in which everything that is undecided and can be paid is taken to be free.
///
/// Source:   docs/explanation/shock-remedies.md (R9, R10); Land, Doig (1960), Econometrica 28(3),
///           497; Nemhauser, Wolsey, Fisher (1978), Math. Program. 14, 265, for what is not so
///           here.
/// Errors:   those of the function; invalid_argument for negative costs or offers that do not fit.
/// Cost:     `evaluations` losses.
Result<Portfolio>
find_portfolio(const Offers& offers, const LossFunction& loss, const SearchLimits& limits = {});

}  // namespace adic::shock
