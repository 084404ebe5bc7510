#include "adic/model/input_output_table.hpp"

#include <cassert>
#include <numeric>
#include <utility>

namespace adic::model {

InputOutputTable::InputOutputTable(
    std::vector<std::string> regions,
    std::vector<std::string> sectors,
    std::vector<double> flows,
    std::vector<double> final_demand
)
    : regions_(std::move(regions))
    , sectors_(std::move(sectors))
    , flows_(std::move(flows)) {
    const std::size_t n = industries();
    assert(flows_.size() == n * n);
    assert(n == 0 || (final_demand.size() % n == 0 && !final_demand.empty()));
    purchases_.assign(n, 0.0);
    const std::size_t columns = n == 0 ? 0 : final_demand.size() / n;
    for (std::size_t i = 0; i < n; ++i) {
        const auto sales = sales_of(i);
        const auto demanded = std::span(final_demand).subspan(i * columns, columns);
        final_demand_.push_back(std::accumulate(demanded.begin(), demanded.end(), 0.0));
        output_.push_back(std::accumulate(sales.begin(), sales.end(), 0.0) + final_demand_.back());
        for (std::size_t j = 0; j < n; ++j) {
            purchases_[j] += sales[j];
        }
    }
}

std::string InputOutputTable::name_of(std::size_t industry) const {
    return regions_[region_of(industry)] + " " + sectors_[sector_of(industry)];
}

}  // namespace adic::model
