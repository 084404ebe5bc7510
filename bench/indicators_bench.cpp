// All indicators for every item of a map of 100,000 items and 1,000,000 needs, from eleven
// viewpoints. Prints readings, a checksum, wall and CPU seconds, and the peak of memory.

#include "adic/base/parallel.hpp"
#include "adic/base/random.hpp"
#include "adic/supply/indicators/indicator_context.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <sys/resource.h>

namespace {

using adic::Estimate;
using adic::RandomStream;
using adic::model::GroupIndex;
using adic::model::ItemIndex;
using adic::model::ProvenanceIndex;
using adic::model::StateIndex;
using adic::model::SupplyMap;

constexpr std::uint32_t states = 70;
constexpr std::uint32_t inside_states = 11;
constexpr std::uint32_t items = 100'000;
constexpr std::uint32_t groups_per_item = 8;  ///< 10 needs an item: six groups of one, two of two
constexpr ProvenanceIndex source{0};

void add_states(SupplyMap& map, RandomStream& random) {
    std::vector<StateIndex> members;
    for (std::uint32_t s = 0; s < states; ++s) {
        const StateIndex state = *map.states.add({fmt::format("S{:02}", s), "state"});
        if (s < inside_states) {
            members.push_back(state);
        }
        for (const char* measure :
             {"wgi_political_stability",
              "wgi_rule_of_law",
              "policy_perception_index",
              "tariff_rate"}) {
            const Estimate value = Estimate::exactly(random.uniform());
            map.figures.push_back({state, measure, value, "", source});
        }
        map.hazards.push_back({state, Estimate::exactly(0.1 * random.uniform()), source});
    }
    static_cast<void>(map.blocs.add({"ASEAN", "region", std::move(members)}));
}

void add_supplies(SupplyMap& map, ItemIndex item, RandomStream& random) {
    double left = 1.0;
    const std::uint64_t first = random.below(states);
    for (std::uint64_t n = 0; n < 5; ++n) {
        const double share = left * (0.2 + 0.5 * random.uniform());
        left -= share;
        const bool known =
            random.below(4) != 0;  // a quarter is missing, as in the best public data
        const bool exact = random.below(2) == 0;
        const auto range = exact
                               ? Estimate::exactly(share)
                               : *Estimate::create(0.8 * share, share, std::min(1.0, 1.2 * share));
        map.supplies.push_back(
            {item,
             StateIndex{static_cast<std::uint32_t>((first + 7 * n) % states)},
             std::nullopt,
             std::monostate{},
             known ? std::optional{range} : std::nullopt,
             std::nullopt,
             "",
             std::nullopt,
             source}
        );
    }
}

void add_needs(SupplyMap& map, ItemIndex item, RandomStream& random) {
    for (std::uint32_t g = 0; g < groups_per_item; ++g) {
        const GroupIndex group{static_cast<std::uint32_t>(map.groups.size())};
        map.groups.push_back(
            {item, "g", 1, adic::model::Role::consumed, adic::model::Essential::yes}
        );
        for (std::uint32_t n = 0; n < (g < 2 ? 2U : 1U); ++n) {
            const auto input = static_cast<std::uint32_t>(random.below(items));
            const auto value = Estimate::exactly(0.2 * random.uniform() / groups_per_item);
            map.needs.push_back({group, ItemIndex{input}, std::nullopt, value, source});
        }
    }
}

/// One item in ten has trade figures, of every state inside, with three partners each.
void add_trade(SupplyMap& map, ItemIndex item, RandomStream& random) {
    using adic::model::Flow;
    for (std::uint32_t s = 0; s < inside_states; ++s) {
        const auto amount = [&] { return Estimate::exactly(100.0 * random.uniform()); };
        map.trades.push_back({item, StateIndex{s}, Flow::production, {}, amount(), "t", source});
        map.trades.push_back({item, StateIndex{s}, Flow::exports, {}, amount(), "t", source});
        for (int p = 0; p < 3; ++p) {
            const StateIndex partner{static_cast<std::uint32_t>(random.below(states))};
            map.trades.push_back(
                {item, StateIndex{s}, Flow::imports, partner, amount(), "t", source}
            );
        }
    }
}

SupplyMap make_map(std::uint64_t seed) {
    SupplyMap map;
    RandomStream random{seed, 0};
    static_cast<void>(map.sources.add({"made", "Made", "bench", 2025, "none", "", ""}));
    map.provenances.push_back(
        {adic::model::SourceIndex{0},
         *adic::model::parse_period("2025"),
         adic::model::Confidence::c,
         std::nullopt,
         "public",
         ""}
    );
    add_states(map, random);
    for (std::uint32_t i = 0; i < items; ++i) {
        const ItemIndex item = *map.items.add(
            {fmt::format("I{}", i),
             "item",
             adic::model::ItemKind::component,
             "t",
             0,
             std::nullopt,
             "",
             source}
        );
        add_supplies(map, item, random);
        add_needs(map, item, random);
        if (i % 10 == 0) {
            add_trade(map, item, random);
        }
    }
    return map;
}

struct Tally {
    std::size_t readings = 0;
    std::size_t figures = 0;
    double sum = 0.0;
};

Tally tally_of(const adic::supply::IndicatorContext& context) {
    constexpr std::size_t grain = 1024;
    std::vector<Tally> parts((items + grain - 1) / grain);
    adic::parallel_ranges(items, grain, [&](std::size_t begin, std::size_t end) {
        Tally& part = parts[begin / grain];
        for (std::size_t i = begin; i < end; ++i) {
            const ItemIndex item{static_cast<std::uint32_t>(i)};
            for (const auto& reading : adic::supply::evaluate_all(context, item)) {
                ++part.readings;
                if (const Estimate* value = reading.value()) {
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

}  // namespace

int main() {
    const SupplyMap map = make_map(9101);
    const std::clock_t cpu = std::clock();
    const auto start = std::chrono::steady_clock::now();
    const adic::supply::MapIndex index{map};
    Tally all;
    for (std::uint32_t s = 0; s < inside_states; ++s) {
        const auto viewpoint = adic::supply::parse_viewpoint(map, map.states[StateIndex{s}].id);
        const adic::supply::IndicatorContext context{index, *viewpoint};
        const Tally tally = tally_of(context);
        all.readings += tally.readings;
        all.figures += tally.figures;
        all.sum += tally.sum;
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    const double cpu_s = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print(
        "{} items, {} needs, {} viewpoints: {} readings, {} with a figure, sum {:.6f}\n"
        "{:.2f} s wall, {:.2f} s CPU, {} MiB at most\n",
        map.items.size(),
        map.needs.size(),
        inside_states,
        all.readings,
        all.figures,
        all.sum,
        wall.count(),
        cpu_s,
        usage.ru_maxrss / 1024
    );
}
