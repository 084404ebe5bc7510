#include "adic/base/random.hpp"
#include "adic/base/text.hpp"
#include "adic/supply/graph/cut_points.hpp"
#include "adic/supply/graph/dominators.hpp"
#include "adic/supply/graph/strong_components.hpp"

#include <algorithm>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::supply::graph {
namespace {

using testing::ElementsAre;

/// The whole numbers of a CSV file below its header, row by row.
std::vector<std::vector<std::uint32_t>> read_table(const std::string& name) {
    std::ifstream file(std::string(ADIC_TEST_DATA) + "/graph/" + name);
    std::string line;
    std::getline(file, line);
    std::vector<std::vector<std::uint32_t>> rows;
    while (std::getline(file, line)) {
        rows.emplace_back();
        for (const std::string_view cell : split(trimmed(line), ',')) {
            rows.back().push_back(static_cast<std::uint32_t>(parse_whole(cell).value()));
        }
    }
    return rows;
}

CsrGraph read_dag() {
    std::vector<Arc> arcs;
    for (const auto& row : read_table("dag10000_edges.csv")) {
        arcs.push_back({row[0], row[1]});
    }
    return CsrGraph{10000, arcs};
}

TEST(Dominators, MatchTheReferenceOnWhichThreeProgramsAgree) {
    const CsrGraph dag = read_dag();
    const auto roots = sources_of(dag);
    EXPECT_EQ(roots.size(), 1666U);
    const auto immediate = immediate_dominators(dag, roots);
    std::vector<std::vector<std::uint32_t>> found;
    for (std::uint32_t node = 0; node < dag.size(); ++node) {
        if (immediate[node] != super_source) {
            found.push_back({node, immediate[node]});
        }
    }
    auto expected = read_table("dag10000_nontrivial_dominators.csv");
    std::ranges::sort(expected);
    EXPECT_EQ(found.size(), 45U);
    EXPECT_EQ(found, expected);
}

TEST(CutPoints, MatchTheReferenceOnWhichThreeProgramsAgree) {
    const CutPoints found = cut_points(read_dag());
    std::vector<std::uint32_t> expected;
    for (const auto& row : read_table("dag10000_articulation_points.csv")) {
        expected.push_back(row[0]);
    }
    std::ranges::sort(expected);
    EXPECT_EQ(found.articulation_points.size(), 457U);
    EXPECT_EQ(found.articulation_points, expected);
    EXPECT_EQ(found.bridges.size(), 514U);
}

TEST(Dominators, FollowTheTextbookExample) {
    // 0 -> 1 -> {2, 3} -> 4 -> 5: 4 is dominated by 1, not by 2 or 3.
    const std::vector<Arc> arcs{{0, 1}, {1, 2}, {1, 3}, {2, 4}, {3, 4}, {4, 5}, {6, 5}};
    const auto immediate = immediate_dominators(CsrGraph{7, arcs}, std::vector<std::uint32_t>{0});
    EXPECT_THAT(immediate, ElementsAre(super_source, 0U, 1U, 1U, 1U, 4U, unreached));
}

TEST(CutPoints, CountParallelArcsAsTwoEdges) {
    const CutPoints single = cut_points(CsrGraph{2, std::vector<Arc>{{0, 1}}});
    EXPECT_THAT(single.bridges, ElementsAre(Arc{0, 1}));
    EXPECT_TRUE(single.articulation_points.empty());
    const CutPoints twice = cut_points(CsrGraph{2, std::vector<Arc>{{0, 1}, {1, 0}}});
    EXPECT_TRUE(twice.bridges.empty());
    const CutPoints loop = cut_points(CsrGraph{2, std::vector<Arc>{{0, 0}, {1, 0}}});
    EXPECT_THAT(loop.bridges, ElementsAre(Arc{0, 1}));
}

TEST(StrongComponents, ComeAfterAllThatTheyReach) {
    const std::vector<Arc> arcs{{0, 1}, {1, 2}, {2, 1}, {2, 3}, {4, 0}};
    const auto found = strong_components(CsrGraph{5, arcs});
    EXPECT_EQ(found.size(), 4U);
    EXPECT_EQ(found.component_of[1], found.component_of[2]);
    for (const Arc& arc : arcs) {
        EXPECT_GE(found.component_of[arc.from], found.component_of[arc.to]);
    }
}

TEST(Graphs, ManyNodesInARowNeedNoDeepStack) {
    std::vector<Arc> arcs;
    for (std::uint32_t node = 0; node + 1 < 300'000; ++node) {
        arcs.push_back({node, node + 1});
    }
    const CsrGraph row{300'000, arcs};
    EXPECT_EQ(immediate_dominators(row, std::vector<std::uint32_t>{0}).back(), 299'998U);
    EXPECT_EQ(cut_points(row).bridges.size(), 299'999U);
    EXPECT_EQ(strong_components(row).size(), 300'000U);
}

std::vector<Arc> random_arcs(RandomStream& random, std::uint32_t nodes) {
    std::vector<Arc> arcs;
    const std::uint64_t count = random.below(2 * nodes) + 1;
    for (std::uint64_t a = 0; a < count; ++a) {
        arcs.push_back(
            {static_cast<std::uint32_t>(random.below(nodes)),
             static_cast<std::uint32_t>(random.below(nodes))}
        );
    }
    return arcs;
}

/// Nodes that `start` reaches along the arcs without passing through `removed`.
std::vector<bool> reach(
    std::uint32_t nodes,
    const std::vector<Arc>& arcs,
    std::uint32_t start,
    std::uint32_t removed
) {
    std::vector<bool> seen(nodes, false);
    if (start == removed) {
        return seen;
    }
    seen[start] = true;
    for (std::uint32_t round = 0; round < nodes; ++round) {
        for (const Arc& arc : arcs) {
            if (seen[arc.from] && arc.to != removed) {
                seen[arc.to] = true;
            }
        }
    }
    return seen;
}

/// The dominator of `node` that all its other dominators dominate, by removing each node in turn.
std::uint32_t
slow_dominator(std::uint32_t nodes, const std::vector<Arc>& arcs, std::uint32_t node) {
    if (!reach(nodes, arcs, 0, nodes)[node]) {
        return unreached;
    }
    std::uint32_t best = super_source;
    for (std::uint32_t d = 0; d < nodes; ++d) {
        const bool dominates = d != node && !reach(nodes, arcs, 0, d)[node];
        // Of two dominators the later is the one that the other dominates.
        if (dominates && (best == super_source || !reach(nodes, arcs, 0, best)[d])) {
            best = d;
        }
    }
    return best;
}

TEST(Dominators, AgreeWithRemovingEachNode) {
    for (std::uint64_t trial = 0; trial < 300; ++trial) {
        RandomStream random{51, trial};
        const std::uint32_t nodes = 2 + static_cast<std::uint32_t>(random.below(11));
        const auto arcs = random_arcs(random, nodes);
        const auto found =
            immediate_dominators(CsrGraph{nodes, arcs}, std::vector<std::uint32_t>{0});
        for (std::uint32_t node = 0; node < nodes; ++node) {
            ASSERT_EQ(found[node], slow_dominator(nodes, arcs, node)) << trial << ' ' << node;
        }
    }
}

std::size_t parts(std::uint32_t nodes, const std::vector<Arc>& arcs, std::uint32_t removed) {
    std::vector<Arc> both = arcs;
    for (const Arc& arc : arcs) {
        both.push_back({arc.to, arc.from});
    }
    std::erase_if(both, [&](Arc arc) { return arc.from == removed || arc.to == removed; });
    std::vector<bool> counted(nodes, false);
    std::size_t count = 0;
    for (std::uint32_t node = 0; node < nodes; ++node) {
        if (node == removed || counted[node]) {
            continue;
        }
        ++count;
        const auto seen = reach(nodes, both, node, nodes);
        for (std::uint32_t other = 0; other < nodes; ++other) {
            counted[other] = counted[other] || seen[other];
        }
    }
    return count;
}

bool has_edge(const std::vector<Arc>& arcs, std::uint32_t node) {
    return std::ranges::any_of(arcs, [&](Arc arc) {
        return arc.from != arc.to && (arc.from == node || arc.to == node);
    });
}

TEST(CutPoints, AgreeWithRemovingEachNodeAndEdge) {
    for (std::uint64_t trial = 0; trial < 200; ++trial) {
        RandomStream random{52, trial};
        const std::uint32_t nodes = 2 + static_cast<std::uint32_t>(random.below(9));
        const auto arcs = random_arcs(random, nodes);
        const std::size_t whole = parts(nodes, arcs, nodes);
        std::vector<std::uint32_t> points;
        for (std::uint32_t node = 0; node < nodes; ++node) {
            const std::size_t rest = parts(nodes, arcs, node);
            if (has_edge(arcs, node) && rest > whole) {
                points.push_back(node);
            }
        }
        std::size_t bridges = 0;
        for (std::size_t a = 0; a < arcs.size(); ++a) {
            std::vector<Arc> others = arcs;
            others.erase(others.begin() + static_cast<std::ptrdiff_t>(a));
            bridges += parts(nodes, others, nodes) > whole ? 1U : 0U;
        }
        const CutPoints found = cut_points(CsrGraph{nodes, arcs});
        ASSERT_EQ(found.articulation_points, points) << trial;
        ASSERT_EQ(found.bridges.size(), bridges) << trial;
    }
}

TEST(StrongComponents, AreTheNodesThatReachEachOther) {
    for (std::uint64_t trial = 0; trial < 200; ++trial) {
        RandomStream random{53, trial};
        const std::uint32_t nodes = 2 + static_cast<std::uint32_t>(random.below(9));
        const auto arcs = random_arcs(random, nodes);
        const auto found = strong_components(CsrGraph{nodes, arcs});
        for (std::uint32_t a = 0; a < nodes; ++a) {
            const auto from_a = reach(nodes, arcs, a, nodes);
            for (std::uint32_t b = 0; b < nodes; ++b) {
                const bool both = from_a[b] && reach(nodes, arcs, b, nodes)[a];
                ASSERT_EQ(found.component_of[a] == found.component_of[b], both) << trial;
                if (from_a[b]) {
                    ASSERT_GE(found.component_of[a], found.component_of[b]) << trial;
                }
            }
        }
    }
}

}  // namespace
}  // namespace adic::supply::graph
