// All indicators and the look-through for every item of a map of 100,000 items and 1,000,000 needs,
// from eleven viewpoints. Prints readings, checksums, wall and CPU seconds, and the peak of memory.

#include "adic/base/random.hpp"
#include "adic/supply/indicators/readings_by_viewpoint.hpp"
#include "adic/supply/lookthrough.hpp"

#include "large_map.hpp"

#include <chrono>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>
#include <sys/resource.h>

namespace {

using adic::Estimate;
using adic::RandomStream;
using adic::model::ItemIndex;
using adic::model::ProvenanceIndex;
using adic::model::StateIndex;
using adic::model::SupplyMap;

constexpr std::uint32_t inside_states = 11;
constexpr ProvenanceIndex source{0};

/// Figures about states, which the generator of the map leaves out.
void add_figures(SupplyMap& map, RandomStream& random) {
    for (std::uint32_t s = 0; s < map.states.size(); ++s) {
        for (const char* measure :
             {"wgi_political_stability",
              "wgi_rule_of_law",
              "policy_perception_index",
              "tariff_rate"}) {
            const Estimate value = Estimate::exactly(random.uniform());
            map.figures.push_back({StateIndex{s}, measure, value, "", source});
        }
        map.hazards.push_back({StateIndex{s}, Estimate::exactly(0.1 * random.uniform()), source});
    }
}

/// One item in ten has trade figures, of every state inside, with three partners each.
void add_trade(SupplyMap& map, ItemIndex item, RandomStream& random) {
    using adic::model::Flow;
    const std::string unit = map.items[item].unit;
    for (std::uint32_t s = 0; s < inside_states; ++s) {
        const auto amount = [&] { return Estimate::exactly(100.0 * random.uniform()); };
        map.trades.push_back({item, StateIndex{s}, Flow::production, {}, amount(), unit, source});
        map.trades.push_back({item, StateIndex{s}, Flow::exports, {}, amount(), unit, source});
        for (int p = 0; p < 3; ++p) {
            const StateIndex partner{static_cast<std::uint32_t>(random.below(map.states.size()))};
            map.trades.push_back(
                {item, StateIndex{s}, Flow::imports, partner, amount(), unit, source}
            );
        }
    }
}

/// The large map with figures about states, trade of one item in ten, and a control list that names
/// one item in five.
SupplyMap make_map(std::uint64_t seed) {
    SupplyMap map = adic::bench::large_map({});
    RandomStream random{seed, 0};
    add_figures(map, random);
    for (std::uint32_t i = 0; i < map.items.size(); ++i) {
        if (i % 10 == 0) {
            add_trade(map, ItemIndex{i}, random);
        }
        if (i % 5 == 0) {
            map.codes.push_back({ItemIndex{i}, "list", "1A001", source});
        }
    }
    return map;
}

struct Tally {
    std::size_t readings = 0;
    std::size_t figures = 0;
    double sum = 0.0;
};

Tally tally_of(const std::vector<adic::supply::IndicatorContext>& contexts) {
    const std::size_t indicators = adic::supply::indicators().size();
    std::vector<Tally> parts(contexts.front().map().items.size());
    adic::supply::read_all_items(contexts, [&](ItemIndex item, const auto& readings) {
        Tally& part = parts[item.value()];
        for (std::size_t v = 0; v < contexts.size(); ++v) {
            for (std::size_t i = 0; i < indicators; ++i) {
                ++part.readings;
                if (const Estimate* value = readings.at(v, i).value()) {
                    ++part.figures;
                    part.sum += value->likely();
                }
            }
        }
    });
    Tally all;
    for (const Tally& part : parts) {
        all.readings += part.readings;
        all.figures += part.figures;
        all.sum += part.sum;
    }
    return all;
}

double inside_sum(const adic::supply::Lookthrough& content, std::size_t items) {
    double sum = 0.0;
    for (std::uint32_t i = 0; i < items; ++i) {
        const Estimate inside = content.from_inside(ItemIndex{i});
        sum += inside.likely() + inside.low() + inside.high();
    }
    return sum;
}

/// The part of every item that comes from inside, from each viewpoint, added up.
double inside_content(
    const adic::supply::MapIndex& index,
    const std::vector<adic::supply::Viewpoint>& viewpoints
) {
    const adic::supply::ValueNetwork network{index, {}};
    double sum = 0.0;
    for (const auto& content : adic::supply::look_through(network, index, viewpoints)) {
        sum += inside_sum(content, network.size());
    }
    return sum;
}

class Stopwatch {
  public:
    void print(std::string_view what) const {
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - wall_;
        const double cpu = static_cast<double>(std::clock() - cpu_) / CLOCKS_PER_SEC;
        fmt::print("{}: {:.2f} s wall, {:.2f} s CPU\n", what, wall.count(), cpu);
    }

  private:
    std::chrono::steady_clock::time_point wall_ = std::chrono::steady_clock::now();
    std::clock_t cpu_ = std::clock();
};

}  // namespace

int main() {
    const SupplyMap map = make_map(9101);
    const Stopwatch whole;
    const adic::supply::MapIndex index{map};
    std::vector<adic::supply::Viewpoint> viewpoints;
    for (std::uint32_t s = 0; s < inside_states; ++s) {
        viewpoints.push_back(*adic::supply::parse_viewpoint(map, map.states[StateIndex{s}].id));
    }
    const Tally all = tally_of(adic::supply::contexts_of(index, viewpoints));
    whole.print("all indicators");
    const Stopwatch second;
    const double inside = inside_content(index, viewpoints);
    second.print("look-through");
    whole.print("both");
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print(
        "{} items, {} needs, {} viewpoints: {} readings, {} with a figure, sum {:.6f}; "
        "from inside {:.6f}; {} MiB at most\n",
        map.items.size(),
        map.needs.size(),
        inside_states,
        all.readings,
        all.figures,
        all.sum,
        inside,
        usage.ru_maxrss / 1024
    );
}
