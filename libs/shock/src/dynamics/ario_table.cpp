#include "ario_table.hpp"

#include <algorithm>
#include <limits>

namespace adic::shock {
namespace {

constexpr double days_a_year = 365.0;

std::vector<double> for_each(const std::vector<double>& values, std::size_t sectors) {
    std::vector<double> all = values;
    all.resize(sectors, values.front());
    return all;
}

}  // namespace

Ario::Table::Table(const model::InputOutputTable& table, const ArioOptions& options)
    : regions(table.regions().size())
    , sectors(table.sectors().size())
    , industries(table.industries())
    , blocks((industries + lanes - 1) / lanes)
    , flows(industries * blocks, Lanes{})
    , output(blocks * lanes, 0.0)
    , demand(blocks * lanes, 0.0)
    , capital(industries, 0.0)
    , bought(industries * regions, 0.0)
    , stock_days(for_each(options.stock_days, sectors))
    , part_a_day(for_each(options.restock_days, sectors))
    , capacity_most(for_each(options.capacity_most, sectors))
    , capacity_days(for_each(options.capacity_days, sectors))
    , input_part(sectors, blocks)
    , enough(sectors, blocks) {
    std::ranges::transform(part_a_day, part_a_day.begin(), [](double days) { return 1.0 / days; });
    for (std::size_t i = 0; i < industries; ++i) {
        output[i] = table.output()[i] / days_a_year;
        demand[i] = table.final_demand()[i] / days_a_year;
        const double value_added = table.output()[i] - table.purchases()[i];
        capital[i] = options.capital_years * std::max(0.0, value_added);
    }
    take_flows(table);
    take_inputs(for_each(options.stock_needed, sectors));
}

void Ario::Table::take_flows(const model::InputOutputTable& table) {
    for (std::size_t i = 0; i < industries; ++i) {
        const auto sales = table.sales_of(i);
        const std::size_t s = table.sector_of(i);
        const std::size_t region = table.region_of(i);
        for (std::size_t j = 0; j < industries; ++j) {
            const double flow = sales[j] / days_a_year;
            flows[(s * blocks + j / lanes) * regions + region].set(j % lanes, flow);
            bought[i * regions + table.region_of(j)] += flow;
            input_part.set(s, j, input_part.at(s, j) + flow);
        }
    }
}

void Ario::Table::take_inputs(const std::vector<double>& stock_needed) {
    constexpr double negligible = 1e-5 / days_a_year;  // of a day's output
    for (std::size_t s = 0; s < sectors; ++s) {
        for (std::size_t j = 0; j < blocks * lanes; ++j) {
            const double flow = input_part.at(s, j);
            const double part = output[j] > 0.0 ? flow / output[j] : 0.0;
            const bool limits = flow > negligible * output[j];
            input_part.set(s, j, part);
            enough.set(
                s,
                j,
                limits ? 1.0 / (stock_needed[s] * stock_days[s] * part)
                       : std::numeric_limits<double>::infinity()
            );
        }
    }
}

}  // namespace adic::shock
