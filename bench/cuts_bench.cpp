// Minimal cut sets, probability and importance of layered supply structures, several seeds each.
// Prints what was found, and wall and CPU seconds of each; the last line of a group is its worst.

#include "adic/supply/cuts/analysis.hpp"

#include "supply_tree.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <string>

#include <fmt/core.h>

namespace {

using namespace adic;

struct Timing {
    double wall_s = 0.0;
    double cpu_s = 0.0;
};

Timing now() {
    const auto wall = std::chrono::steady_clock::now().time_since_epoch();
    return {
        std::chrono::duration<double>(wall).count(),
        static_cast<double>(std::clock()) / CLOCKS_PER_SEC};
}

std::string probability_text(const supply::TopProbability& probability) {
    if (probability.method == supply::ProbabilityMethod::exact) {
        return fmt::format("{:.6f} exact", probability.value->likely());
    }
    const double half = (probability.interval_95->high - probability.interval_95->low) / 2.0;
    return fmt::format("{:.6f} +-{:.6f}", probability.value->likely(), half);
}

std::string counts_text(const supply::CutCounts& counts) {
    std::string text = counts.total ? counts.total->digits() : std::string("?");
    text += " cuts, by order";
    for (std::size_t k = 1; k < std::min<std::size_t>(counts.by_order.size(), 6); ++k) {
        text += " " + counts.by_order[k].digits();
    }
    return text + (counts.by_order.size() > 6 ? " ..." : "");
}

Timing run(const model::FaultTree& tree, const supply::CutOptions& options, std::uint64_t seed) {
    const Timing start = now();
    const auto analysis = supply::analyse_cuts(tree, options);
    const Timing end = now();
    const Timing taken{end.wall_s - start.wall_s, end.cpu_s - start.cpu_s};
    fmt::print(
        "  seed {:2}: {} gates, {} leaves; {}; P {}; {:.3f} s, {:.3f} s of CPU\n",
        seed,
        tree.gates.size(),
        tree.events.size(),
        counts_text(analysis->counts),
        probability_text(analysis->probability),
        taken.wall_s,
        taken.cpu_s
    );
    return taken;
}

struct Group {
    std::string name;
    bench::SupplyTreeShape shape;
    supply::CutOptions options;
    std::uint64_t seeds;
};

void run_group(const Group& group) {
    fmt::print("{}\n", group.name);
    Timing worst;
    for (std::uint64_t seed = 1; seed <= group.seeds; ++seed) {
        const Timing taken = run(bench::supply_tree(group.shape, seed), group.options, seed);
        worst.wall_s = std::max(worst.wall_s, taken.wall_s);
        worst.cpu_s = std::max(worst.cpu_s, taken.cpu_s);
    }
    fmt::print("  worst: {:.3f} s, {:.3f} s of CPU\n", worst.wall_s, worst.cpu_s);
}

}  // namespace

int main() {
    const supply::CutOptions exact{};
    supply::CutOptions quick;
    quick.node_budget = 20'000;
    const bench::SupplyTreeShape small{};
    bench::SupplyTreeShape many = small;
    many.least_suppliers = 3;
    many.most_suppliers = 5;
    many.substitute = 0.6;
    many.top_inputs = 6;
    bench::SupplyTreeShape large{.gates = 650, .leaves = 391};
    bench::SupplyTreeShape map{.gates = 2'000, .leaves = 700, .layers = 6};
    run_group({"400 gates, 150 leaves", small, exact, 10});
    run_group({"400 gates, 150 leaves, many suppliers and substitutes", many, exact, 10});
    run_group({"650 gates, 391 leaves that share countries", large, exact, 10});
    run_group({"650 gates, 391 leaves, small budget", large, quick, 10});
    run_group({"2000 gates, 700 leaves, like a map", map, exact, 5});
    return 0;
}
