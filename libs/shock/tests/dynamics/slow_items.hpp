#pragma once

#include "adic/shock/dynamics/item_dynamics.hpp"
#include "adic/supply/map_index.hpp"

#include <vector>

namespace adic::shock::test {

/// The dynamics told in goods instead of lags: what is made, sent, stored, used, all weeks kept.
/// Written from docs/explanation/shock-items.md one number at a time, on the tables of the map.
struct SlowItems {
    std::vector<std::vector<double>> output;  ///< item of the map, week
    std::vector<double> weeks_lost;
    std::vector<double> weeks_worse;
    double least_stock = 0;  ///< of any stock, store or output: below 0 goods come from nowhere
};

/// Every item of the map is asked for.
SlowItems
slow_items(const supply::MapIndex& index, const ItemNetwork& network, const ItemCourse& course);

}  // namespace adic::shock::test
