#include "trade_table.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace adic::bench {
namespace {

/// A uniform number that is a function of what it belongs to.
class Draws {
  public:
    explicit Draws(std::uint64_t seed) : seed_(mix(seed)) {}

    double at(std::uint64_t kind, std::uint64_t a, std::uint64_t b) const {
        const std::uint64_t bits = mix(mix(mix(seed_ ^ kind) ^ a) ^ b);
        return static_cast<double>(bits >> 11U) * 0x1.0p-53;
    }

  private:
    std::uint64_t seed_;
};

std::vector<std::string> numbered(const char* letter, std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) {
        names.push_back(letter + std::to_string(i));
    }
    return names;
}

struct World {
    World(std::size_t region_count, std::size_t sector_count, std::uint64_t seed)
        : draws(seed)
        , regions(region_count)
        , sectors(sector_count) {
        for (std::size_t r = 0; r < regions; ++r) {
            size.push_back(1.0 / (1.0 - 0.98 * draws.at(1, r, 0)));
        }
        for (std::size_t s = 0; s < sectors; ++s) {
            weight.push_back(0.2 + draws.at(2, s, 0));
        }
        all = std::accumulate(size.begin(), size.end(), 0.0);
    }

    double flow(std::size_t i, std::size_t j) const {
        const std::size_t s = i % sectors;
        const std::size_t t = j % sectors;
        const double q = draws.at(3, s, t);
        const bool is_home = i / sectors == j / sectors;
        if (q < 0.25 || (!is_home && draws.at(4, i, j) < 0.4)) {
            return 0.0;
        }
        const double v = draws.at(5, i, j);
        const double from = size[i / sectors];
        const double abroad =
            4.0 * from * size[j / sectors] / all * std::sqrt(static_cast<double>(regions));
        return weight[s] * weight[t] * q * q / (1.05 - q) * (0.05 + v * v)
               * (is_home ? 10.0 * from : abroad);
    }

    Draws draws;
    std::size_t regions;
    std::size_t sectors;
    std::vector<double> size;
    std::vector<double> weight;
    double all = 0.0;
};

}  // namespace

model::InputOutputTable trade_table(std::size_t regions, std::size_t sectors, std::uint64_t seed) {
    const World world(regions, sectors, seed);
    const std::size_t n = regions * sectors;
    std::vector<double> flows(n * n);
    std::vector<double> sold(n, 0.0);
    std::vector<double> bought(n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            flows[i * n + j] = world.flow(i, j);
            sold[i] += flows[i * n + j];
            bought[j] += flows[i * n + j];
        }
    }
    std::vector<double> demand;
    for (std::size_t i = 0; i < n; ++i) {
        demand.push_back(1.6 * std::max(sold[i], bought[i]) - sold[i]);
    }
    return {numbered("R", regions), numbered("S", sectors), std::move(flows), std::move(demand)};
}

}  // namespace adic::bench
