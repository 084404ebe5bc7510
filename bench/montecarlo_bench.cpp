// Monte Carlo over the hazards of the sample map: its six systems, week by week for two years, seen
// from the region; 10,000 runs. Prints wall and CPU seconds, for one thread and for two.
//
//   montecarlo_bench          10,000 runs, and 1,000 of them in other ways to draw
//   montecarlo_bench RUNS

#include "adic/shock/montecarlo/montecarlo.hpp"

#include "adic/ingest/map_package.hpp"
#include "adic/shock/dynamics/item_dynamics.hpp"
#include "adic/shock/montecarlo/hazards.hpp"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <span>
#include <string_view>

#include <fmt/core.h>

namespace {

using namespace adic;

struct Measured {
    double wall_s;
    double cpu_s;
    shock::MonteCarloSummary summary;
};

Measured measure(const shock::ItemMonteCarlo& problem, std::uint64_t runs, std::size_t threads) {
    const std::clock_t cpu = std::clock();
    const auto start = std::chrono::steady_clock::now();
    const auto summary = shock::run_monte_carlo(problem, {.runs = runs}, {.threads = threads});
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    const double cpu_s = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    return {wall.count(), cpu_s, **summary};
}

void print(std::string_view name, const Measured& m) {
    fmt::print(
        "{:14} {} runs: {:.2f} s wall, {:.2f} s CPU, {:.3f} ms CPU a run\n",
        name,
        m.summary.runs,
        m.wall_s,
        m.cpu_s,
        1e3 * m.cpu_s / static_cast<double>(m.summary.runs)
    );
}

void print_targets(const shock::ItemNetwork& network, const shock::MonteCarloSummary& summary) {
    for (const shock::TargetSummary& target : summary.targets) {
        fmt::print(
            "  {:22} stops {:.3f} ({:.3f}-{:.3f}), weeks lost {:.2f} ({:.2f}-{:.2f})\n",
            network.map().items[network.item(target.node)].id,
            target.stopped.likely(),
            target.stopped.low(),
            target.stopped.high(),
            target.weeks_lost.likely(),
            target.weeks_lost.low(),
            target.weeks_lost.high()
        );
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::span words(argv, static_cast<std::size_t>(argc));
    const std::uint64_t runs = words.size() > 1 ? std::strtoull(words[1], nullptr, 10) : 10'000;
    ingest::ImportReport report;
    const auto map = ingest::read_map_package(ADIC_SOURCE_DIR "/data/sample", report);
    if (!map) {
        fmt::print("{}\n", map.error().message);
        return 1;
    }
    const supply::MapIndex index(*map);
    const auto viewpoint = *supply::parse_viewpoint(*map, "ASEAN");
    std::vector<model::ItemIndex> targets;
    for (std::uint32_t i = 0; i < map->items.size(); ++i) {
        if (map->items[model::ItemIndex{i}].kind == model::ItemKind::system) {
            targets.emplace_back(i);
        }
    }
    const auto network = *shock::ItemNetwork::create(index, viewpoint, targets);
    const auto hazards = shock::hazard_scenario(index, viewpoint, 104 * 7);
    const auto scenario = *shock::resolve(hazards, index, {}, viewpoint);
    fmt::print(
        "{} items, {} asked for, {} events, {} weeks\n",
        network.size(),
        targets.size(),
        scenario.events.size(),
        scenario.weeks()
    );
    shock::MonteCarloOptions options;
    options.starts = shock::Starts::anywhere;
    const auto problem = *shock::ItemMonteCarlo::create(network, scenario, options);
    const Measured one = measure(problem, runs, 1);
    const Measured two = measure(problem, runs, 2);
    print("one thread", one);
    print("two threads", two);
    fmt::print("speed-up {:.2f}\n", one.wall_s / two.wall_s);
    print_targets(network, two.summary);
    for (const auto sampling : {shock::Sampling::antithetic, shock::Sampling::quasi_random}) {
        options.sampling = sampling;
        const auto other = *shock::ItemMonteCarlo::create(network, scenario, options);
        const Measured m = measure(other, runs / 10, 1);
        print(sampling == shock::Sampling::antithetic ? "antithetic" : "quasi-random", m);
    }
    return 0;
}
