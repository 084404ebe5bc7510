#include "input_values.hpp"

namespace adic::supply {

InputValues input_values(const MapIndex& index, model::ItemIndex item) {
    const model::SupplyMap& map = index.map();
    InputValues values;
    for (const std::uint32_t g : index.groups_of(item)) {
        if (map.groups[g].role != model::Role::consumed) {
            continue;
        }
        const auto needs = index.needs_of(model::GroupIndex{g});
        values.groups += 1.0;
        values.valued += std::ranges::all_of(
                             needs,
                             [&](std::uint32_t n) { return map.needs[n].value_share.has_value(); }
                         )
                             ? 1.0
                             : 0.0;
    }
    const Amount all =
        sum_of_inputs(index, item, [](const model::Need&) { return ShareRange::exactly(1.0); });
    values.low = all.low;
    values.likely = all.likely;
    values.open = values.valued < values.groups ? std::max(0.0, 1.0 - all.low) : 0.0;
    return values;
}

}  // namespace adic::supply
