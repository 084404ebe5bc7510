#include "adic/procure/day.hpp"
#include "adic/procure/realised.hpp"

#include <fmt/format.h>

namespace adic::procure {
namespace {

const Fraction most = Fraction{100'000'000'000'000'000};

Result<Exchange> rate_of(
    const PaidPurchase& purchase,
    const ExchangeRates& rates,
    const std::string& currency,
    std::chrono::sys_days day
) {
    auto found = rates.find(purchase.currency, currency, day);
    if (!found) {
        return Error{
            ErrorCode::not_found,
            fmt::format(
                "no rate from {} to {} holds on {}, which '{}' needs",
                purchase.currency,
                currency,
                day_text(day),
                purchase.id
            ),
            {}};
    }
    return *std::move(found);
}

/// Amounts as fractions of a cent: from the plan to what was paid, one thing after the other.
struct Path {
    Fraction planned;            ///< q0 p0 r0
    Fraction with_volume;        ///< q1 p0 r0
    Fraction with_price;         ///< q1 (p1 / index) r0
    Fraction with_index;         ///< q1 p1 r0
    Fraction paid;               ///< q1 p1 r1
    Fraction reference_planned;  ///< q0 pr r0
    Fraction reference_paid;     ///< q1 pr r0
};

Path path_of(const PaidPurchase& of, const Fraction& planned_rate, const Fraction& paid_rate) {
    return {
        of.planned_quantity * of.planned_price * planned_rate,
        of.paid_quantity * of.planned_price * planned_rate,
        of.paid_quantity * of.paid_price * planned_rate / of.price_index,
        of.paid_quantity * of.paid_price * planned_rate,
        of.paid_quantity * of.paid_price * paid_rate,
        of.planned_quantity * of.reference_price * planned_rate,
        of.paid_quantity * of.reference_price * planned_rate};
}

/// (V1) to (V4)
RealisedPurchase described(const PaidPurchase& of, const Path& path) {
    RealisedPurchase one;
    const Cents with_volume = nearest(path.with_volume);
    const Cents with_price = nearest(path.with_price);
    const Cents with_index = nearest(path.with_index);
    one.planned = nearest(path.planned);
    one.paid = nearest(path.paid);
    one.volume = with_volume - one.planned;
    one.price = with_price - with_volume;
    one.inflation = with_index - with_price;
    one.exchange = one.paid - with_index;
    one.plan_saving = nearest(path.reference_planned) - one.planned;
    one.volume_effect = nearest(path.reference_paid) - with_volume - one.plan_saving;
    one.price_effect = -one.price;
    one.realised = one.plan_saving + one.volume_effect + one.price_effect;
    one.claimed_likely = of.claimed_likely.value_or(one.plan_saving);
    one.claimed_low = of.claimed_low.value_or(one.claimed_likely);
    one.claimed_high = of.claimed_high.value_or(one.claimed_likely);
    return one;
}

bool fits(const Path& path) {
    for (const Fraction* amount :
         {&path.planned,
          &path.with_volume,
          &path.with_price,
          &path.with_index,
          &path.paid,
          &path.reference_planned,
          &path.reference_paid}) {
        if (*amount > most) {
            return false;
        }
    }
    return true;
}

}  // namespace

Result<std::vector<RealisedPurchase>> realised_savings(
    const std::vector<PaidPurchase>& purchases,
    const ExchangeRates& rates,
    const std::string& currency
) {
    std::vector<RealisedPurchase> all;
    Fraction sum = 0;
    for (const PaidPurchase& purchase : purchases) {
        ADIC_TRY(Exchange planned, rate_of(purchase, rates, currency, purchase.planned_on));
        ADIC_TRY(Exchange paid, rate_of(purchase, rates, currency, purchase.paid_on));
        const Path path = path_of(purchase, planned.rate, paid.rate);
        sum += path.reference_planned + path.reference_paid + path.paid;
        if (!fits(path) || sum > most) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format("'{}' and those before it are more than 10^15", purchase.id),
                {}};
        }
        all.push_back(described(purchase, path));
        all.back().planned_at = std::move(planned);
        all.back().paid_at = std::move(paid);
    }
    return all;
}

RealisedPurchase total_of(const std::vector<RealisedPurchase>& purchases) {
    RealisedPurchase total;
    for (const RealisedPurchase& one : purchases) {
        total.planned += one.planned;
        total.volume += one.volume;
        total.price += one.price;
        total.inflation += one.inflation;
        total.exchange += one.exchange;
        total.paid += one.paid;
        total.plan_saving += one.plan_saving;
        total.volume_effect += one.volume_effect;
        total.price_effect += one.price_effect;
        total.realised += one.realised;
        total.claimed_low += one.claimed_low;
        total.claimed_likely += one.claimed_likely;
        total.claimed_high += one.claimed_high;
    }
    return total;
}

}  // namespace adic::procure
