// Dependence of every importer and product over the world of the "large timing case": 226 states,
// 5000 products, 8,211,348 flows. Prints rows, dependent products, wall and CPU seconds.

#include "adic/supply/flow_dependence.hpp"

#include "adic/base/random.hpp"

#include <chrono>
#include <cmath>
#include <ctime>
#include <string>
#include <vector>

#include <fmt/core.h>

namespace {

using adic::mix;
using adic::model::FlowTable;

double uniform(std::uint64_t seed, std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    const std::uint64_t z = mix(mix(mix(mix(seed) ^ a) ^ b) ^ c);
    return static_cast<double>(z >> 11U) * 0x1.0p-53;
}

/// Flows of one product: k says how well a state exports it.
void add_product(
    FlowTable& table,
    std::uint64_t seed,
    std::uint32_t product,
    const std::vector<double>& size
) {
    constexpr double density = 0.09;
    const double scale = 1.0 / (1.0 - 0.999 * uniform(seed, 22, product, 0));
    for (std::uint16_t e = 0; e < size.size(); ++e) {
        const double k = uniform(seed, 23, e, product);
        for (std::uint16_t i = 0; i < size.size(); ++i) {
            const double both = size[e] * size[i];
            const double odds =
                density * (0.15 + 2.2 * k * k * k) * std::min(1.0, std::pow(both, 0.25) / 3.0);
            if (e == i || uniform(seed, 24 + 7ULL * product, e, i) >= odds) {
                continue;
            }
            const double v = uniform(seed, 25 + 7ULL * product, e, i);
            const double value = std::floor(
                100.0 * scale * std::pow(k, 4.0) * std::sqrt(both) * (0.05 + v * v) / (1.02 - v)
            );
            if (value > 0.0) {
                table.year.push_back(2020);
                table.exporter.push_back(e);
                table.importer.push_back(i);
                table.product.push_back(product);
                table.value.push_back(value);
            }
        }
    }
}

FlowTable world(std::uint64_t seed, std::uint16_t states, std::uint32_t products) {
    FlowTable table;
    table.states.resize(states);
    table.products.resize(products);
    std::vector<double> size;
    for (std::uint16_t s = 0; s < states; ++s) {
        size.push_back(1.0 / (1.0 - 0.99 * uniform(seed, 21, s, 0)));
    }
    for (std::uint32_t p = 0; p < products; ++p) {
        add_product(table, seed, p, size);
    }
    return table;
}

/// The same rows in an order that has nothing to do with product or state.
FlowTable shuffled(const FlowTable& table, std::uint64_t seed) {
    FlowTable result = table;
    adic::RandomStream random{seed, 0};
    for (std::size_t i = table.size() - 1; i > 0; --i) {
        const std::size_t j = random.below(i + 1);
        std::swap(result.exporter[i], result.exporter[j]);
        std::swap(result.importer[i], result.importer[j]);
        std::swap(result.product[i], result.product[j]);
        std::swap(result.value[i], result.value[j]);
    }
    return result;
}

void measure(const std::string& name, const FlowTable& table) {
    const std::vector<bool> bloc(10, true);
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t cpu = std::clock();
    const auto result = adic::supply::flow_dependence(table, {.bloc = bloc});
    const double cpu_s = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    std::size_t dependent = 0;
    for (const auto& row : result->bloc) {
        dependent += row.dependent ? 1U : 0U;
    }
    fmt::print(
        "{}: {} flows, {} importer-products, {} dependent products, {:.3f} s wall, {:.3f} s CPU\n",
        name,
        table.size(),
        result->importers.size(),
        dependent,
        wall.count(),
        cpu_s
    );
}

}  // namespace

int main() {
    const FlowTable table = world(7702, 226, 5000);
    measure("by product", table);
    measure("shuffled", shuffled(table, 1));
}
