#include "supply_by_origin.hpp"

#include <algorithm>

namespace adic::supply {

SupplyByOrigin supply_by_origin(
    const MapIndex& index,
    std::span<const std::uint32_t> rows,
    const Viewpoint& viewpoint
) {
    SupplyByOrigin supply;
    for (const std::uint32_t row : rows) {
        const model::Supply& fact = index.map().supplies[row];
        if (!fact.origin) {
            continue;
        }
        const Estimate share = fact.share.value_or(Estimate::exactly(0.0));
        const auto place =
            std::ranges::lower_bound(supply.origins, *fact.origin, {}, [](const OriginSupply& o) {
                return o.origin;
            });
        if (place != supply.origins.end() && place->origin == *fact.origin) {
            place->low += share.low();
            place->likely += share.likely();
            place->high += share.high();
        } else {
            const bool inside = viewpoint.is_inside(*fact.origin);
            supply.origins.insert(
                place,
                {*fact.origin, share.low(), share.likely(), share.high(), inside}
            );
        }
    }
    for (const OriginSupply& origin : supply.origins) {
        supply.inside_likely += origin.inside ? origin.likely : 0.0;
        supply.known_likely += origin.likely;
        supply.known_low += origin.low;
    }
    return supply;
}

}  // namespace adic::supply
