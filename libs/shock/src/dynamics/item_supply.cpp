#include "dynamics/item_supply.hpp"

#include "adic/model/threshold.hpp"

#include <algorithm>

namespace adic::shock {

double supply_in_week(
    std::span<const Arrival> arrivals,
    double unrecorded,
    supply::Completion completion
) {
    double recorded = 0;
    double lost = 0;
    double worst = 1;
    for (const Arrival& arrival : arrivals) {
        const bool counts = completion != supply::Completion::possible || arrival.has_origin;
        const double share = counts ? arrival.share : 0.0;
        recorded += share;
        lost += share * (1 - (arrival.on_time + arrival.late));
        worst = std::min(worst, arrival.on_time);
    }
    const double whole = std::max(1.0, recorded);  // shares may add up to 1.001 by rounding
    const double rest = std::max(0.0, 1 - recorded / whole);
    const bool falls_too = completion == supply::Completion::possible;
    lost = lost / whole + rest * (1 - std::min(unrecorded, falls_too ? worst : 1.0));
    return std::max(0.0, 1 - lost);
}

double completed_share(const SeenSupply& supply, supply::Completion completion) {
    if (!supply.share) {
        return 0.0;
    }
    return completion == supply::Completion::likely ? supply.share->likely() : supply.share->low();
}

double as_read(double part, double enough, SupplyReading reading) {
    if (reading == SupplyReading::graded) {
        return part;
    }
    return model::exceeds(1 - part, 1 - enough, 1.0) ? 0.0 : 1.0;
}

}  // namespace adic::shock
