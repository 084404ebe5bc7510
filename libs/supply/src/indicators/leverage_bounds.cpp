#include "leverage_bounds.hpp"

#include <algorithm>

namespace adic::supply {

std::vector<OutwardShare> outward_shares(const IndicatorContext& context, model::ItemIndex item) {
    struct Row {
        model::StateIndex partner;
        bool from_inside;
        ShareRange share;
    };

    std::vector<Row> rows;
    for (const std::uint32_t r : context.index().supplies_of(item)) {
        const model::Supply& supply = context.map().supplies[r];
        const auto* partner = std::get_if<model::StateIndex>(&supply.market);
        if (partner == nullptr || context.is_inside(*partner) || !supply.share) {
            continue;
        }
        const Estimate& s = *supply.share;
        const bool inside = supply.origin && context.is_inside(*supply.origin);
        // A row without origin may come from inside.
        rows.push_back(
            {*partner,
             inside,
             {supply.origin ? s.low() : 0.0, supply.origin ? s.likely() : 0.0, s.high()}}
        );
    }
    std::ranges::stable_sort(rows, {}, &Row::partner);
    std::vector<OutwardShare> shares;
    double others = 0.0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i == 0 || rows[i].partner != rows[i - 1].partner) {
            shares.push_back({rows[i].partner, {0.0, 0.0, 1.0}});
            others = 0.0;
        }
        ShareRange& share = shares.back().share;
        if (rows[i].from_inside) {
            share.low += rows[i].share.low;
            share.likely += rows[i].share.likely;
        } else {
            others += rows[i].share.low;
        }
        share.high = std::max(share.likely, 1.0 - others);
    }
    return shares;
}

ShareRange irreplaceable(const IndicatorContext& context, model::ItemIndex item) {
    const auto* figure = context.index().figure(item, "substitutability");
    if (figure == nullptr) {
        return {0.0, 1.0, 1.0};
    }
    const auto rest = [](double x) { return 1.0 - std::clamp(x, 0.0, 1.0); };
    const Estimate& v = figure->value;
    return {rest(v.high()), rest(v.likely()), rest(v.low())};
}

}  // namespace adic::supply
