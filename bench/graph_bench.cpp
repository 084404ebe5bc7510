// Dominators, articulation points and strong components of a made-up supply network of 100,000
// nodes and about 218,000 arcs. Prints the best of five runs, in seconds, and what was found.
//
//   graph_bench          measures
//   graph_bench FILE     writes the arcs, a line "from to" each; bench/graph_igraph.py measures
//                        igraph on them

#include "adic/base/random.hpp"
#include "adic/supply/graph/cut_points.hpp"
#include "adic/supply/graph/dominators.hpp"
#include "adic/supply/graph/strong_components.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>

#include <fmt/core.h>

namespace {

using namespace adic::supply::graph;
using Clock = std::chrono::steady_clock;

/// Suppliers stand before their customers; few suppliers have many customers.
CsrGraph made_up_network(std::uint32_t nodes, std::uint32_t arcs) {
    adic::RandomStream random{2025, 0};
    std::vector<Arc> made;
    while (made.size() < arcs) {
        const auto customer =
            static_cast<std::uint32_t>(nodes / 6 + random.below(nodes - nodes / 6));
        const double u = random.uniform();
        const auto supplier = static_cast<std::uint32_t>(std::floor(u * u * customer));
        made.push_back({supplier, customer});
    }
    return CsrGraph{nodes, made};
}

template <typename Work>
double best_of_five(const Work& work) {
    double best = 1e9;
    for (int run = 0; run < 5; ++run) {
        const auto start = Clock::now();
        work();
        best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
    }
    return best;
}

int write_arcs(const CsrGraph& network, const char* path) {
    std::ofstream file(path);
    for (std::uint32_t from = 0; from < network.size(); ++from) {
        for (const std::uint32_t to : network.targets(from)) {
            file << from << ' ' << to << '\n';
        }
    }
    return file.flush() ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
    const CsrGraph network = made_up_network(100'000, 218'000);
    if (count > 1) {
        return write_arcs(network, words[1]);
    }
    const auto roots = sources_of(network);
    std::size_t found = 0;
    double seconds = best_of_five([&] {
        const auto immediate = immediate_dominators(network, roots);
        found = static_cast<std::size_t>(std::ranges::count_if(immediate, [](std::uint32_t d) {
            return d < super_source;
        }));
    });
    fmt::print("dominators          {:.4f} s, {} nodes with one\n", seconds, found);
    seconds = best_of_five([&] { found = cut_points(network).articulation_points.size(); });
    fmt::print("articulation points {:.4f} s, {} found\n", seconds, found);
    seconds = best_of_five([&] { found = strong_components(network).size(); });
    fmt::print("strong components   {:.4f} s, {} found\n", seconds, found);
    return 0;
}
