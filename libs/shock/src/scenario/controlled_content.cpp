#include "controlled_content.hpp"

#include <algorithm>
#include <cmath>

namespace adic::shock {
namespace {

/// The controllers' likely share of the supply of an item, as the viewpoint sees it; where no row
/// has a share, their part of the rows.
double controllers_share(
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    model::ItemIndex item,
    const std::vector<bool>& is_controller
) {
    double theirs = 0;
    double known = 0;
    std::size_t their_rows = 0;
    const std::vector<std::uint32_t> rows = index.supplies_seen(item, viewpoint);
    for (const std::uint32_t row : rows) {
        const model::Supply& supply = index.map().supplies[row];
        const bool is_theirs = supply.origin && is_controller[supply.origin->value()];
        const double share = supply.share ? supply.share->likely() : 0;
        known += share;
        theirs += is_theirs ? share : 0;
        their_rows += is_theirs ? 1U : 0U;
    }
    if (rows.empty() || known > 0) {
        return std::min(theirs, 1.0);
    }
    return static_cast<double>(their_rows) / static_cast<double>(rows.size());
}

}  // namespace

std::vector<double> controlled_inputs(
    const supply::ValueNetwork& network,
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    const std::vector<bool>& is_controlled,
    const std::vector<bool>& is_controller
) {
    const std::size_t items = network.size();
    std::vector<double> direct(items, 0.0);
    for (std::uint32_t i = 0; i < items; ++i) {
        if (is_controlled[i]) {
            direct[i] = controllers_share(index, viewpoint, model::ItemIndex{i}, is_controller);
        }
    }
    std::vector<double> inputs(items, 0.0);
    const auto settle = [&](std::uint32_t item) {
        double sum = 0;
        for (const supply::ValueNetwork::Input& input : network.inputs_of(item)) {
            const double whole =
                direct[input.item] + (1 - direct[input.item]) * inputs[input.item];  // (E5)
            sum += input.weight * whole;
        }
        const double change = std::abs(sum - inputs[item]);
        inputs[item] = std::min(sum, 1.0);
        return change;
    };
    constexpr double negligible = 1e-13;
    constexpr int most_sweeps = 10'000;
    for (const supply::ValueNetwork::Component& component : network.components()) {
        for (int sweep = 0; sweep < most_sweeps; ++sweep) {
            double change = 0;
            for (std::uint32_t at = component.first; at < component.last; ++at) {
                change = std::max(change, settle(network.order()[at]));
            }
            if (component.sweeps == 0 || change < negligible) {
                break;
            }
        }
    }
    return inputs;
}

}  // namespace adic::shock
