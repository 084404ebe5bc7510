#include "adic/shock/remedies/advice.hpp"

#include "adic/shock/montecarlo/intervals.hpp"
#include "adic/shock/survival/stockpile.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>

namespace adic::shock {
namespace {

using model::Remedy;
using model::RemedyKind;
using model::StateIndex;
using supply::Viewpoint;

std::vector<StateIndex> members_of(const Viewpoint& viewpoint) {
    std::vector<StateIndex> members;
    for (std::uint32_t state = 0; state < viewpoint.inside.size(); ++state) {
        if (viewpoint.inside[state]) {
            members.emplace_back(state);
        }
    }
    return members;
}

ItemChange::Kind change_kind(RemedyKind kind) {
    switch (kind) {
    case RemedyKind::stockpile: return ItemChange::Kind::store;
    case RemedyKind::second_source:
    case RemedyKind::capacity: return ItemChange::Kind::capacity;
    case RemedyKind::recycling: return ItemChange::Kind::recycling;
    case RemedyKind::substitution: return ItemChange::Kind::substitute;
    case RemedyKind::redesign: break;
    }
    return ItemChange::Kind::without;
}

/// (R11): of a stockpile the part that its holders inside have of the use inside.
double amount_for(const Remedy& remedy, const Viewpoint& viewpoint) {
    const std::vector<StateIndex> members = members_of(viewpoint);
    if (remedy.kind != RemedyKind::stockpile || members.empty()) {
        return remedy.amount;
    }
    const auto holders = holders_of(remedy, viewpoint);
    const auto inside = std::ranges::count_if(holders, [&](StateIndex state) {
        return viewpoint.is_inside(state);
    });
    return remedy.amount * static_cast<double>(inside) / static_cast<double>(members.size());
}

/// Supplies of the item from the states that make it: what stops those stops it.
std::vector<std::uint32_t> supplies_beside(const Remedy& remedy, const supply::MapIndex& index) {
    std::vector<std::uint32_t> rows;
    if (remedy.kind != RemedyKind::second_source && remedy.kind != RemedyKind::capacity) {
        return rows;
    }
    const auto& supplies = index.map().supplies;
    for (std::uint32_t row = 0; row < supplies.size(); ++row) {
        const bool is_beside =
            supplies[row].item == remedy.item && supplies[row].origin
            && std::ranges::find(remedy.states, *supplies[row].origin) != remedy.states.end();
        if (is_beside) {
            rows.push_back(row);
        }
    }
    return rows;
}

Estimate scaled(const Estimate& estimate, double factor) {
    return *Estimate::create(
        estimate.low() * factor,
        estimate.likely() * factor,
        estimate.high() * factor
    );
}

/// Middles of 32 equal parts of the distribution (M2) of a figure.
std::array<double, 32> quantiles_of(const Estimate& figure) {
    constexpr double cent = 1e-8;  // million: what costs nothing costs a cent
    std::array<double, 32> quantiles{};
    quantiles.fill(std::max(figure.likely(), cent));
    const double range = figure.high() - figure.low();
    if (range <= 0.0) {
        return quantiles;
    }
    constexpr double weight = 4.0;
    const boost::math::beta_distribution<double> spread(
        1.0 + weight * (figure.likely() - figure.low()) / range,
        1.0 + weight * (figure.high() - figure.likely()) / range
    );
    for (std::size_t q = 0; q < quantiles.size(); ++q) {
        const double level = (static_cast<double>(q) + 0.5) / static_cast<double>(quantiles.size());
        quantiles[q] = figure.low() + range * boost::math::quantile(spread, level);
    }
    return quantiles;
}

/// Means, variances and covariance of what two plans avoid, run by run.
struct Moments {
    double first = 0;
    double second = 0;
    double first_variance = 0;
    double second_variance = 0;
    double covariance = 0;

    Moments(const PlanLoss& without, const PlanLoss& a, const PlanLoss& b) {
        const auto runs = static_cast<double>(without.by_run.size());
        for (std::size_t r = 0; r < without.by_run.size(); ++r) {
            first += (without.by_run[r] - a.by_run[r]) / runs;
            second += (without.by_run[r] - b.by_run[r]) / runs;
        }
        for (std::size_t r = 0; r < without.by_run.size(); ++r) {
            const double x = without.by_run[r] - a.by_run[r] - first;
            const double y = without.by_run[r] - b.by_run[r] - second;
            first_variance += x * x / (runs - 1.0);
            second_variance += y * y / (runs - 1.0);
            covariance += x * y / (runs - 1.0);
        }
    }
};

}  // namespace

Plan RemedyChanges::plan_of(std::span<const std::uint32_t> purchases) const {
    Plan plan(changes.size(), 0.0);
    for (std::size_t remedy = 0; remedy < purchases.size(); ++remedy) {
        if (change_of[remedy]) {
            plan[*change_of[remedy]] = purchases[remedy];
        }
    }
    return plan;
}

std::vector<StateIndex> holders_of(const Remedy& remedy, const Viewpoint& viewpoint) {
    return remedy.states.empty() ? members_of(viewpoint) : remedy.states;
}

RemedyChanges changes_of(
    std::span<const Remedy> remedies,
    const supply::MapIndex& index,
    const Viewpoint& viewpoint
) {
    RemedyChanges made;
    for (std::size_t r = 0; r < remedies.size(); ++r) {
        const Remedy& remedy = remedies[r];
        const double amount = amount_for(remedy, viewpoint);
        if (amount <= 0.0) {
            made.change_of.emplace_back();
            continue;
        }
        made.change_of.emplace_back(made.changes.size());
        made.changes.push_back(
            {change_kind(remedy.kind),
             remedy.item,
             amount,
             remedy.delay_weeks,
             remedy.other,
             supplies_beside(remedy, index),
             static_cast<std::uint32_t>(r)}
        );
    }
    return made;
}

std::vector<std::optional<Remedy>>
alone(std::span<const Remedy> remedies, const Viewpoint& all, StateIndex state) {
    const auto members = static_cast<double>(members_of(all).size());
    std::vector<std::optional<Remedy>> own;
    for (const Remedy& remedy : remedies) {
        const auto holders = holders_of(remedy, all);
        if (std::ranges::find(holders, state) == holders.end()) {
            own.emplace_back();
            continue;
        }
        Remedy part = remedy;
        part.states = {state};
        part.payers.clear();
        if (remedy.kind == RemedyKind::stockpile) {
            const double share = 1.0 / static_cast<double>(holders.size());
            part.cost = scaled(remedy.cost, share);
            part.upkeep = scaled(remedy.upkeep, share);
        } else {
            part.amount = std::min(1.0, remedy.amount * members);
            part.most = part.amount < 1.0 ? remedy.most : 1;
        }
        own.emplace_back(std::move(part));
    }
    return own;
}

Avoided
avoided(const PlanLoss& without, const PlanLoss& with, const Estimate& cost, double confidence) {
    std::vector<double> differences(without.by_run.size());
    for (std::size_t r = 0; r < differences.size(); ++r) {
        differences[r] = without.by_run[r] - with.by_run[r];
    }
    Avoided result;
    result.weeks = mean_interval(differences, confidence);
    // A low end below zero is worst where little was paid for it. What costs nothing costs a cent.
    const auto per_million = [](double weeks, double musd) {
        constexpr double cent = 1e-8;
        return weeks / std::max(musd, cent);
    };
    const double low = result.weeks.low();
    const double high = result.weeks.high();
    result.per_million = *Estimate::create(
        per_million(low, low < 0.0 ? cost.low() : cost.high()),
        per_million(result.weeks.likely(), cost.likely()),
        per_million(high, high < 0.0 ? cost.high() : cost.low())
    );
    return result;
}

double confidence_of_order(
    const PlanLoss& without,
    const PlanLoss& first,
    const Estimate& first_cost,
    const PlanLoss& second,
    const Estimate& second_cost
) {
    const Moments moments(without, first, second);
    const auto runs = static_cast<double>(without.by_run.size());
    const boost::math::normal_distribution<double> normal;
    const auto a_costs = quantiles_of(first_cost);
    const auto b_costs = quantiles_of(second_cost);
    double sum = 0.0;
    for (const double a : a_costs) {
        for (const double b : b_costs) {
            const double difference = moments.first / a - moments.second / b;
            const double variance = moments.first_variance / (a * a)
                                    + moments.second_variance / (b * b)
                                    - 2.0 * moments.covariance / (a * b);
            const double sd = std::sqrt(std::max(0.0, variance) / runs);
            const double sure = difference > 0.0 ? 1.0 : difference < 0.0 ? 0.0 : 0.5;
            sum += sd > 0.0 ? boost::math::cdf(normal, difference / sd) : sure;
        }
    }
    return sum / static_cast<double>(a_costs.size() * b_costs.size());
}

std::vector<std::int64_t> split_cents(std::int64_t cents, std::span<const double> weights) {
    const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<std::int64_t> parts;
    std::vector<double> remainders;
    std::int64_t left = cents;
    for (const double weight : weights) {
        const double exact = static_cast<double>(cents) * (weight / all);
        parts.push_back(static_cast<std::int64_t>(std::floor(exact)));
        remainders.push_back(exact - std::floor(exact));
        left -= parts.back();
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return remainders[i]; });
    for (std::size_t i = 0; left > 0; i = (i + 1) % order.size()) {
        if (weights[order[i]] > 0.0) {
            ++parts[order[i]];
            --left;
        }
    }
    // Rounding may have given a cent too many.
    for (std::size_t i = 0; left < 0; i = (i + 1) % order.size()) {
        if (parts[i] > 0) {
            --parts[i];
            ++left;
        }
    }
    return parts;
}

Estimate reserve_saved(double weeks, std::size_t holders) {
    constexpr double deviates = 1.645;
    constexpr double variation = 0.25;
    const auto n = static_cast<double>(holders);
    const std::vector<double> sds(holders, variation * weeks / n);
    const double apart = variation * weeks;
    const auto saved = [&](double correlation) {
        return deviates * std::max(0.0, apart - pooled_sd(sds, correlation));
    };
    constexpr double high_correlation = 0.9;
    constexpr double likely_correlation = 0.5;
    constexpr double low_correlation = 0.2;
    return *Estimate::create(
        saved(high_correlation),
        saved(likely_correlation),
        saved(low_correlation)
    );
}

}  // namespace adic::shock
