// Structures whose minimal cut sets are too many to list, but can be counted by hand.

#include "adic/supply/cuts/analysis.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using model::FaultNode;
using model::FaultTree;
using model::GateKind;

FaultNode add_event(FaultTree& tree) {
    tree.events.push_back({"e" + std::to_string(tree.events.size()), Estimate::exactly(0.01)});
    return {FaultNode::Kind::event, static_cast<std::uint32_t>(tree.events.size() - 1)};
}

FaultNode
add_gate(FaultTree& tree, GateKind kind, std::vector<FaultNode> children, std::uint32_t count = 0) {
    const std::string name = "g" + std::to_string(tree.gates.size());
    tree.gates.push_back({name, kind, count, 0.0, std::move(children), {}});
    return {FaultNode::Kind::gate, static_cast<std::uint32_t>(tree.gates.size() - 1)};
}

void expect_count(const FaultTree& tree, const std::string& count, std::size_t order) {
    const auto analysis = analyse_cuts(tree);
    ASSERT_TRUE(analysis);
    ASSERT_TRUE(analysis->counts.total) << tree.name;
    EXPECT_EQ(analysis->counts.total->digits(), count) << tree.name;
    ASSERT_EQ(analysis->counts.by_order.size(), order + 1) << tree.name;
    EXPECT_EQ(analysis->counts.by_order[order].digits(), count) << tree.name;
}

/// A square of fields; each fails with its own event and its neighbour above or to the left. A cut
/// is a way from corner to corner, down and to the right.
FaultTree lattice(std::uint32_t side) {
    FaultTree tree{"lattice", {}, {}};
    std::vector<FaultNode> above(side);
    for (std::uint32_t row = 0; row < side; ++row) {
        for (std::uint32_t column = 0; column < side; ++column) {
            std::vector<FaultNode> before;
            if (row > 0) {
                before.push_back(above[column]);
            }
            if (column > 0) {
                before.push_back(above[column - 1]);
            }
            std::vector<FaultNode> needed{add_event(tree)};
            if (!before.empty()) {
                needed.push_back(add_gate(tree, GateKind::any_of, before));
            }
            above[column] = add_gate(tree, GateKind::all_of, needed);
        }
    }
    tree.top = above[side - 1].index;
    return tree;
}

// Of the 2 (n - 1) steps of a way through n x n fields, n - 1 go down, and it meets 2n - 1 fields:
// C(20, 10) = 184,756, C(24, 12) = 2,704,156 and C(30, 15) = 155,117,520.
TEST(KnownCounts, WaysThroughALattice) {
    expect_count(lattice(2), "2", 3);
    expect_count(lattice(11), "184756", 21);
    expect_count(lattice(13), "2704156", 25);
    expect_count(lattice(16), "155117520", 31);
}

/// Items with one supplier in each country. Each supplier fails by itself or with its country.
FaultTree shared_countries(std::uint32_t countries, std::uint32_t items) {
    FaultTree tree{"shared countries", {}, {}};
    std::vector<FaultNode> country;
    for (std::uint32_t c = 0; c < countries; ++c) {
        country.push_back(add_event(tree));
    }
    std::vector<FaultNode> stops;
    for (std::uint32_t i = 0; i < items; ++i) {
        std::vector<FaultNode> suppliers;
        for (std::uint32_t c = 0; c < countries; ++c) {
            suppliers.push_back(add_gate(tree, GateKind::any_of, {add_event(tree), country[c]}));
        }
        stops.push_back(add_gate(tree, GateKind::all_of, suppliers));
    }
    tree.top = add_gate(tree, GateKind::any_of, stops).index;
    return tree;
}

// A cut stops one item: for every country the supplier or the country, 2^c ways; the way by all
// countries is the same for all items: 1 + n (2^c - 1).
TEST(KnownCounts, SuppliersThatShareCountries) {
    expect_count(shared_countries(2, 3), "10", 2);
    expect_count(shared_countries(16, 20), "1310701", 16);
    expect_count(shared_countries(20, 20), "20971501", 20);
}

// 3 of 6 groups, each stopped by 4 of its 12 members: C(6,3) C(12,4)^3 = 20 * 495^3.
TEST(KnownCounts, VotesOfVotes) {
    FaultTree tree{"votes", {}, {}};
    std::vector<FaultNode> groups;
    for (int g = 0; g < 6; ++g) {
        std::vector<FaultNode> members;
        for (int m = 0; m < 12; ++m) {
            members.push_back(add_event(tree));
        }
        groups.push_back(add_gate(tree, GateKind::at_least, members, 4));
    }
    tree.top = add_gate(tree, GateKind::at_least, groups, 3).index;
    expect_count(tree, "2425747500", 12);
}

}  // namespace
}  // namespace adic::supply
