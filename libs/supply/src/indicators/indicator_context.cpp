#include "adic/supply/indicators/indicator_context.hpp"

#include <cstdint>
#include <utility>

namespace adic::supply {

using model::StateIndex;

IndicatorContext::IndicatorContext(
    const MapIndex& index,
    const Viewpoint& viewpoint,
    IndicatorParameters parameters
)
    : IndicatorContext(
        std::make_shared<const IndicatorTables>(index, std::move(parameters)),
        viewpoint
    ) {}

IndicatorContext::IndicatorContext(
    std::shared_ptr<const IndicatorTables> tables,
    const Viewpoint& viewpoint
)
    : tables_(std::move(tables))
    , viewpoint_(&viewpoint)
    , near_(viewpoint.inside) {
    for (std::uint32_t s = 0; s < map().states.size(); ++s) {
        if (viewpoint.inside[s]) {
            inside_.emplace_back(s);
        }
    }
    if (const auto region = map().blocs.find(parameters().region)) {
        knows_region_ = true;
        for (const StateIndex member : map().blocs[*region].members) {
            near_[member.value()] = true;
        }
    }
    for (std::uint32_t s = 0; s < map().states.size(); ++s) {
        unwillingness_.push_back(unwillingness_of(index(), StateIndex{s}, inside_));
    }
    for (const model::ItemIndex item : tables_->items_with_markets()) {
        seen_.add(map(), index().supplies_seen(item, viewpoint));
    }
}

}  // namespace adic::supply
