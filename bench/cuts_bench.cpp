// Minimal cut sets, probability and importance of layered supply structures, several seeds each.
// Prints what was found, and the CPU seconds of counting alone (the structure without its
// probabilities) and of all figures; the last line of a group is its worst, in wall time too.
// With an argument, only the groups with that text in their name.

#include "adic/supply/cuts/analysis.hpp"

#include "supply_tree.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <optional>
#include <string>
#include <vector>

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
    const double half = (probability.interval->high - probability.interval->low) / 2.0;
    const bool is_bounded = probability.method == supply::ProbabilityMethod::bounded;
    return fmt::format(
        "{:.6f} +-{:.1e} {}",
        probability.value->likely(),
        half,
        is_bounded ? "bounded" : "simulated"
    );
}

std::string counts_text(const supply::CutCounts& counts) {
    std::string text = counts.total ? counts.total->digits() : std::string("?");
    text += " cuts, by order";
    for (std::size_t k = 1; k < std::min<std::size_t>(counts.by_order.size(), 6); ++k) {
        text += " " + counts.by_order[k].digits();
    }
    return text + (counts.by_order.size() > 6 ? " ..." : "");
}

template <typename Task>
Timing timing_of(const Task& task) {
    const Timing start = now();
    task();
    const Timing end = now();
    return {end.wall_s - start.wall_s, end.cpu_s - start.cpu_s};
}

model::FaultTree without_probabilities(model::FaultTree tree) {
    for (model::FaultEvent& event : tree.events) {
        event.probability.reset();
    }
    return tree;
}

Timing most(const Timing& a, const Timing& b) {
    return {std::max(a.wall_s, b.wall_s), std::max(a.cpu_s, b.cpu_s)};
}

struct Run {
    Timing counted;
    Timing all;
};

Run run(const model::FaultTree& tree, const supply::CutOptions& options, std::uint64_t seed) {
    const model::FaultTree structure = without_probabilities(tree);
    Run taken;
    taken.counted = timing_of([&] { (void)supply::analyse_cuts(structure, options); });
    std::optional<supply::CutAnalysis> analysis;
    taken.all = timing_of([&] { analysis = *supply::analyse_cuts(tree, options); });
    fmt::print(
        "  seed {:2}: {} gates, {} leaves; {}; P {}; counted in {:.3f} s, all in {:.3f} s of CPU\n",
        seed,
        tree.gates.size(),
        tree.events.size(),
        counts_text(analysis->counts),
        probability_text(analysis->probability),
        taken.counted.cpu_s,
        taken.all.cpu_s
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
    Run worst;
    for (std::uint64_t seed = 1; seed <= group.seeds; ++seed) {
        const Run taken = run(bench::supply_tree(group.shape, seed), group.options, seed);
        worst.counted = most(worst.counted, taken.counted);
        worst.all = most(worst.all, taken.all);
    }
    fmt::print(
        "  worst: counted in {:.3f} s, {:.3f} s of CPU; all in {:.3f} s, {:.3f} s of CPU\n",
        worst.counted.wall_s,
        worst.counted.cpu_s,
        worst.all.wall_s,
        worst.all.cpu_s
    );
}

}  // namespace

int main(int count, char** arguments) {
    const std::string wanted = count > 1 ? arguments[1] : "";
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
    const std::vector<Group> groups{
        {"400 gates, 150 leaves", small, exact, 10},
        {"400 gates, 150 leaves, many suppliers and substitutes", many, exact, 10},
        {"650 gates, 391 leaves that share countries", large, exact, 10},
        {"650 gates, 391 leaves, small budget", large, quick, 10},
        {"2000 gates, 700 leaves, like a map", map, exact, 5}};
    for (const Group& group : groups) {
        if (group.name.find(wanted) != std::string::npos) {
            run_group(group);
        }
    }
    return 0;
}
