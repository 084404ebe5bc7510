#include "adic/procure/many_states.hpp"

#include "adic/procure/sharing.hpp"

#include "pooling/line_costs.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace adic::procure {
namespace {

constexpr double cents = 100.0;

using Made = std::function<double(double quantity)>;

/// What pieces cost, by the list or on one line.
Made production_of(const std::vector<double>& quantities, const PurchaseTerms& terms) {
    if (terms.prices) {
        return [prices = *terms.prices](double quantity) { return cost_of(prices, quantity); };
    }
    const double all = std::accumulate(quantities.begin(), quantities.end(), 0.0);
    return [costs = line_costs(*terms.curve, all, terms.first_piece)](double quantity) {
        return costs[static_cast<std::size_t>(quantity)];
    };
}

/// `total` in proportion to weights, to the cent.
std::vector<std::int64_t> in_proportion(std::int64_t total, const std::vector<double>& weights) {
    // A double is a fraction: to the thousandth of a piece, or of a cent.
    constexpr double parts = 1'000.0;
    std::vector<std::int64_t> whole;
    Fraction sum = 0;
    for (const double weight : weights) {
        whole.push_back(std::llround(weight * parts));
        sum += whole.back();
    }
    if (sum == 0) {
        return in_proportion(total, std::vector<double>(weights.size(), 1.0));
    }
    Shares shares;
    for (const std::int64_t weight : whole) {
        shares.push_back(Fraction{total} * weight / sum);
    }
    return rounded(shares);
}

ManyShared sampled(
    const ManyShares& all,
    const std::vector<double>& quantities,
    const std::function<double(const std::vector<double>& wanted)>& pays,
    const SamplingOptions& options
) {
    const auto cost = [&](const std::vector<bool>& coalition) {
        std::vector<double> wanted;
        for (std::size_t p = 0; p < quantities.size(); ++p) {
            if (coalition[p]) {
                wanted.push_back(quantities[p]);
            }
        }
        return wanted.empty() ? 0.0 : pays(wanted);
    };
    SampledShares found = sample_shapley(quantities.size(), options.draws, options.seed, cost);
    const double sum = std::accumulate(found.shares.begin(), found.shares.end(), 0.0);
    const double scale = sum > 0.0 ? static_cast<double>(all.together) / sum : 1.0;
    for (double& error : found.standard_error) {
        error *= scale;
    }
    return {"Shapley", in_proportion(all.together, found.shares), std::move(found.standard_error)};
}

Result<std::monostate> check(const std::vector<double>& quantities, const PurchaseTerms& terms) {
    if (quantities.size() < 2 || quantities.size() > most_sampled_players) {
        return Error{
            ErrorCode::invalid_argument,
            "2 to " + std::to_string(most_sampled_players) + " states share a purchase",
            {}};
    }
    return terms.prices ? Result<std::monostate>{std::monostate{}}
                        : check_pieces(quantities, made_before(terms));
}

}  // namespace

Result<ManyShares> share_among_many(
    const std::vector<double>& quantities,
    const PurchaseTerms& terms,
    const SamplingOptions& options
) {
    ADIC_TRY([[maybe_unused]] const auto checked, check(quantities, terms));
    const Made made = production_of(quantities, terms);
    const auto pays = [&](const std::vector<double>& wanted) {
        return group_cost(wanted, terms, made) * cents;
    };
    ManyShares shares;
    std::vector<double> alone;
    for (const double quantity : quantities) {
        alone.push_back(pays({quantity}));
    }
    const double together = pays(quantities);
    const double most = std::max(together, *std::ranges::max_element(alone));
    if (!(most <= static_cast<double>(model::largest_amount)) || !(together >= 0.0)) {
        return Error{ErrorCode::invalid_argument, "a cost is at most a trillion", {}};
    }
    for (const double cost : alone) {
        shares.alone.push_back(std::llround(cost));
    }
    shares.together = std::llround(together);
    shares.rules.push_back({"equal price", in_proportion(shares.together, quantities), {}});
    if (std::accumulate(shares.alone.begin(), shares.alone.end(), std::int64_t{0}) > 0) {
        shares.rules.push_back(
            {"proportional",
             in_proportion(
                 shares.together,
                 std::vector<double>(shares.alone.begin(), shares.alone.end())
             ),
             {}}
        );
        shares.rules.push_back(sampled(shares, quantities, pays, options));
    }
    return shares;
}

}  // namespace adic::procure
