#include "adic/shock/dynamics/leontief.hpp"

#include "tables.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using model::InputOutputTable;
using test::numbers_in;
using test::reference_table;

Leontief leontief_of(const InputOutputTable& table) {
    auto leontief = Leontief::create(table);
    EXPECT_TRUE(leontief);
    return *std::move(leontief);
}

/// Column j of the inverse: output for a unit of final demand for j.
std::vector<double> column(const Leontief& leontief, std::size_t n, std::size_t j) {
    std::vector<double> unit(n, 0.0);
    unit[j] = 1.0;
    return leontief.output_for(unit);
}

/// Computed by another program (test data of the reference models, io).
TEST(LeontiefReference, EqualsTheInverseAndTheMultipliers) {
    const InputOutputTable table = reference_table();
    const Leontief leontief = leontief_of(table);
    const std::size_t n = table.industries();
    const auto inverse = numbers_in("mrio48_leontief_inverse.csv");
    ASSERT_EQ(inverse.size(), n);
    for (std::size_t j = 0; j < n; ++j) {
        const std::vector<double> outputs = column(leontief, n, j);
        for (std::size_t i = 0; i < n; ++i) {
            ASSERT_NEAR(outputs[i], inverse[i][j], 1e-9) << i << ", " << j;
        }
    }
    const std::vector<double> ones(n, 1.0);
    const auto backward = leontief.content(ones);
    const auto forward = leontief.output_for(ones);
    const auto multipliers = numbers_in("mrio48_multipliers.csv");
    ASSERT_EQ(multipliers.size(), n);
    for (std::size_t i = 0; i < n; ++i) {
        EXPECT_NEAR(table.output()[i], multipliers[i][1], 1e-9);
        EXPECT_NEAR(backward[i], multipliers[i][2], 1e-9);
        EXPECT_NEAR(forward[i], multipliers[i][3], 1e-9);
    }
}

TEST(LeontiefReference, EqualsTheOriginOfValueAdded) {
    const InputOutputTable table = reference_table();
    const std::size_t n = table.industries();
    const auto origin = value_added_origin(table, leontief_of(table));
    const auto expected = numbers_in("mrio48_value_added_origin_share.csv");
    ASSERT_EQ(expected.size(), table.regions().size());
    for (std::size_t region = 0; region < expected.size(); ++region) {
        for (std::size_t j = 0; j < n; ++j) {
            EXPECT_NEAR(origin[region * n + j], expected[region][j], 1e-9);
        }
    }
}

/// Miller, Blair (2009), Input-Output Analysis, 2nd ed., section 2.3: two sectors, A = (.15 .25;
/// .20 .05), demand 600 and 1500 gives output 1247.5 and 1841.6.
TEST(Leontief, EqualsTheTextbookExample) {
    const InputOutputTable table({"here"}, {"1", "2"}, {150, 500, 200, 100}, {350, 1700});
    const auto output = leontief_of(table).output_for(std::vector<double>{600, 1500});
    EXPECT_NEAR(output[0], 1247.5, 0.05);
    EXPECT_NEAR(output[1], 1841.6, 0.05);
}

TEST(Leontief, FindsTheOutputsOfItsOwnTable) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        RandomStream random{seed, 21};
        const InputOutputTable table = test::table_of(test::productive_table(random));
        const Leontief leontief = leontief_of(table);
        const auto output = leontief.output_for(table.final_demand());
        const auto origin = value_added_origin(table, leontief);
        const std::size_t n = table.industries();
        for (std::size_t i = 0; i < n; ++i) {
            ASSERT_NEAR(output[i], table.output()[i], 1e-10 * table.output()[i]) << seed;
            double sum = 0.0;
            for (std::size_t region = 0; region < table.regions().size(); ++region) {
                sum += origin[region * n + i];
            }
            ASSERT_NEAR(sum, 1.0, 1e-12) << seed;
        }
    }
}

/// More industries than a panel of the factorization has columns, so that every part of it runs.
TEST(Leontief, SolvesBeyondOnePanel) {
    RandomStream random{5, 22};
    const std::size_t n = 203;
    std::vector<double> flows;
    for (std::size_t cell = 0; cell < n * n; ++cell) {
        flows.push_back(random.below(4) == 0 ? random.uniform() : 0.0);
    }
    const InputOutputTable
        table(test::numbered("R", 7), test::numbered("S", 29), flows, std::vector<double>(n, 20.0));
    const Leontief leontief = leontief_of(table);
    const auto output = leontief.output_for(table.final_demand());
    for (std::size_t i = 0; i < n; ++i) {
        ASSERT_NEAR(output[i] / table.output()[i], 1.0, 1e-11);
    }
    // (A16) is the transpose of (A15): c L y is the same from both sides.
    std::vector<double> content;
    double from_right = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        content.push_back(random.uniform());
        from_right += content[i] * output[i];
    }
    const auto inside = leontief.content(content);
    double from_left = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        from_left += inside[i] * table.final_demand()[i];
    }
    EXPECT_NEAR(from_left / from_right, 1.0, 1e-11);
}

TEST(Leontief, RefusesATableThatUsesUpWhatItMakes) {
    const InputOutputTable table({"here"}, {"a", "b"}, {5, 5, 5, 5}, {0, 0});
    const auto leontief = Leontief::create(table);
    ASSERT_FALSE(leontief);
    EXPECT_EQ(leontief.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(leontief.error().message.find("'here b'"), std::string::npos);
}

TEST(Leontief, TakesIndustriesThatMakeNothing) {
    const InputOutputTable table({"here"}, {"a", "b"}, {1, 0, 0, 0}, {3, 0});
    const Leontief leontief = leontief_of(table);
    const auto output = leontief.output_for(table.final_demand());
    EXPECT_DOUBLE_EQ(output[0], 4.0);
    EXPECT_EQ(output[1], 0.0);
}

}  // namespace
}  // namespace adic::shock
