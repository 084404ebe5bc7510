#include "adic/supply/flow_dependence.hpp"

#include "adic/base/random.hpp"
#include "adic/base/text.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using model::FlowTable;

std::vector<std::vector<double>> read_numbers(const std::string& name) {
    std::ifstream file(std::string(ADIC_TEST_DATA) + "/" + name);
    EXPECT_TRUE(file) << name;
    std::vector<std::vector<double>> rows;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::vector<double> row;
        for (const std::string_view cell : split(trimmed(line), ',')) {
            row.push_back(parse_decimal(cell).value());
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

struct Flow {
    std::uint16_t importer;
    std::uint16_t exporter;
    std::uint32_t product;
    double value;
    std::uint16_t year = 2020;
};

FlowTable table_of(const std::vector<Flow>& flows, std::size_t states, std::size_t products) {
    FlowTable table;
    table.states.resize(states, "S");
    table.products.resize(products, "P");
    for (const Flow& flow : flows) {
        table.year.push_back(flow.year);
        table.exporter.push_back(flow.exporter);
        table.importer.push_back(flow.importer);
        table.product.push_back(flow.product);
        table.value.push_back(flow.value);
    }
    return table;
}

std::vector<bool> first_states(std::size_t count) {
    return std::vector<bool>(count, true);
}

FlowTable dep40() {
    std::vector<Flow> flows;
    for (const auto& row : read_numbers("dep40_bilateral.csv")) {
        flows.push_back(
            {static_cast<std::uint16_t>(row[0]),
             static_cast<std::uint16_t>(row[1]),
             static_cast<std::uint32_t>(row[2]),
             row[3]}
        );
    }
    return table_of(flows, 40, 120);
}

// Figures computed by an independent program (pandas) from the same flows.
TEST(FlowDependence, MatchesTheReferenceForEveryImporterAndProduct) {
    const auto result = flow_dependence(dep40(), {.bloc = first_states(10)});
    ASSERT_TRUE(result);
    const auto expected = read_numbers("dep40_importer_product.csv");
    ASSERT_EQ(result->importers.size(), expected.size());
    ASSERT_EQ(expected.size(), 4784U);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const ImporterDependence& row = result->importers[i];
        const std::vector<double>& e = expected[i];
        ASSERT_EQ(row.importer, e[0]);
        ASSERT_EQ(row.product, e[1]);
        EXPECT_EQ(row.imports, e[2]);
        EXPECT_EQ(row.suppliers, e[3]);
        EXPECT_NEAR(row.hhi, e[4], 1e-12);
        EXPECT_EQ(row.top_supplier, e[5]);
        EXPECT_NEAR(row.top_share, e[6], 1e-12);
        EXPECT_EQ(row.exports, e[7]);
        EXPECT_NEAR(row.import_export_ratio, e[8], 1e-12 * std::max(1.0, e[8]));
        EXPECT_NEAR(row.world_export_hhi, e[9], 1e-12);
        EXPECT_EQ(row.geodep ? 1.0 : 0.0, e[10]);
    }
}

TEST(FlowDependence, MatchesTheReferenceForTheBloc) {
    const auto result = flow_dependence(dep40(), {.bloc = first_states(10)});
    ASSERT_TRUE(result);
    const auto expected = read_numbers("dep40_bloc_cdi.csv");
    ASSERT_EQ(result->bloc.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const BlocDependence& row = result->bloc[i];
        const std::vector<double>& e = expected[i];
        ASSERT_EQ(row.product, e[0]);
        EXPECT_EQ(row.outside_imports, e[1]);
        EXPECT_EQ(row.all_imports, e[2]);
        EXPECT_EQ(row.exports, e[3]);
        EXPECT_NEAR(row.cdi1, e[4], 1e-12);
        EXPECT_NEAR(row.cdi2, e[5], 1e-12);
        EXPECT_NEAR(row.cdi3, e[6], 1e-12 * std::max(1.0, e[6]));
        EXPECT_EQ(row.dependent ? 1.0 : 0.0, e[7]);
    }
}

// Outside suppliers 60, 25, 15; inside 40; exports 70: CDI1 0.36 + 0.0625 + 0.0225, CDI2 100 / 140,
// CDI3 100 / 70. State 0 and 1 are inside; 1 sells 40 to 0 and 30 to the outside state 5.
TEST(FlowDependence, MatchesTheWorkedExample) {
    const std::vector<Flow> flows{
        {0, 2, 0, 60},
        {0, 3, 0, 25},
        {0, 4, 0, 15},
        {0, 1, 0, 40},
        {5, 1, 0, 30}};
    const auto result = flow_dependence(table_of(flows, 6, 1), {.bloc = first_states(2)});
    ASSERT_TRUE(result);
    ASSERT_EQ(result->bloc.size(), 1U);
    EXPECT_NEAR(result->bloc[0].cdi1, 0.445, 1e-12);
    EXPECT_NEAR(result->bloc[0].cdi2, 0.714, 5e-4);
    EXPECT_NEAR(result->bloc[0].cdi3, 1.43, 5e-3);
    EXPECT_TRUE(result->bloc[0].dependent);
}

TEST(FlowDependence, SplitShuffledRowsSayTheSame) {
    const FlowTable whole = dep40();
    std::vector<std::tuple<std::uint64_t, Flow>> shuffled;
    RandomStream random{11, 0};
    for (std::size_t i = 0; i < whole.size(); ++i) {
        // Values are whole numbers, so the parts add up without rounding in any order.
        const double part = std::floor(whole.value[i] / 3.0);
        const Flow flow{whole.importer[i], whole.exporter[i], whole.product[i], part, 2019};
        shuffled.emplace_back(random.bits(), flow);
        Flow rest = flow;
        rest.value = whole.value[i] - part;
        rest.year = 2020;
        shuffled.emplace_back(random.bits(), rest);
    }
    std::ranges::sort(shuffled, {}, [](const auto& entry) { return std::get<0>(entry); });
    std::vector<Flow> flows;
    for (const auto& entry : shuffled) {
        flows.push_back(std::get<1>(entry));
    }
    const FlowDependenceOptions options{.bloc = first_states(10)};
    const auto expected = flow_dependence(whole, options);
    const auto result = flow_dependence(table_of(flows, 40, 120), options);
    ASSERT_TRUE(expected && result);
    ASSERT_EQ(result->importers.size(), expected->importers.size());
    for (std::size_t i = 0; i < expected->importers.size(); ++i) {
        const ImporterDependence& a = result->importers[i];
        const ImporterDependence& b = expected->importers[i];
        EXPECT_EQ(a.suppliers, b.suppliers);
        EXPECT_EQ(a.top_supplier, b.top_supplier);
        EXPECT_EQ(a.imports, b.imports);
        EXPECT_NEAR(a.hhi, b.hhi, 1e-13);
        EXPECT_EQ(a.geodep, b.geodep);
    }
}

TEST(FlowDependence, ReadsOnlyTheYearsAskedFor) {
    const std::vector<Flow> flows{{0, 1, 0, 10, 2019}, {0, 2, 0, 30, 2020}};
    const auto both = flow_dependence(table_of(flows, 3, 1));
    const auto last = flow_dependence(table_of(flows, 3, 1), {.first_year = 2020});
    ASSERT_TRUE(both && last);
    EXPECT_DOUBLE_EQ(both->importers.at(0).hhi, 0.625);
    EXPECT_DOUBLE_EQ(last->importers.at(0).hhi, 1.0);
    EXPECT_EQ(last->importers.at(0).top_supplier, 2);
}

/// The definitions, taken literally over maps.
using Totals = std::map<std::tuple<std::uint32_t, std::uint16_t, std::uint16_t>, double>;

Totals add_up(const FlowTable& t) {
    Totals totals;
    for (std::size_t i = 0; i < t.size(); ++i) {
        totals[{t.product[i], t.importer[i], t.exporter[i]}] += t.value[i];
    }
    return totals;
}

double slow_hhi(const Totals& totals, std::uint32_t product, std::uint16_t importer) {
    double all = 0.0;
    double squares = 0.0;
    for (const auto& [key, value] : totals) {
        if (std::get<0>(key) == product && std::get<1>(key) == importer) {
            all += value;
            squares += value * value;
        }
    }
    return squares / (all * all);
}

TEST(FlowDependence, AgreesWithASlowImplementationOnRandomFlows) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        RandomStream random{seed, 1};
        std::vector<Flow> flows;
        for (int i = 0; i < 60; ++i) {
            flows.push_back(
                {static_cast<std::uint16_t>(random.below(5)),
                 static_cast<std::uint16_t>(random.below(5)),
                 static_cast<std::uint32_t>(random.below(4)),
                 random.uniform()}
            );
        }
        const FlowTable table = table_of(flows, 5, 4);
        const Totals totals = add_up(table);
        const auto result = flow_dependence(table);
        ASSERT_TRUE(result);
        for (const ImporterDependence& row : result->importers) {
            EXPECT_NEAR(row.hhi, slow_hhi(totals, row.product, row.importer), 1e-12);
            EXPECT_LE(row.hhi, 1.0 + 1e-12);
            EXPECT_GE(row.hhi, 1.0 / row.suppliers - 1e-12);
            EXPECT_GE(row.top_share, row.hhi - 1e-12);
        }
    }
}

TEST(FlowDependence, RefusesTablesThatDoNotFit) {
    struct Case {
        const char* name;
        Flow flow;
    };

    const std::vector<Case> cases{
        {"importer outside", {9, 0, 0, 1}},
        {"exporter outside", {0, 9, 0, 1}},
        {"product outside", {0, 1, 9, 1}},
        {"negative", {0, 1, 0, -1}},
        {"not a number", {0, 1, 0, std::nan("")}},
        {"infinite", {0, 1, 0, HUGE_VAL}},
    };
    for (const Case& c : cases) {
        const auto result = flow_dependence(table_of({{0, 1, 0, 5}, c.flow}, 2, 1));
        ASSERT_FALSE(result) << c.name;
        EXPECT_NE(result.error().message.find("row 2"), std::string::npos) << c.name;
    }
    FlowTable uneven = table_of({{0, 1, 0, 5}}, 2, 1);
    uneven.year.clear();
    EXPECT_FALSE(flow_dependence(uneven));
}

TEST(FlowDependence, AnEmptyTableHasNoRows) {
    const auto result = flow_dependence(FlowTable{}, {.bloc = first_states(3)});
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->importers.empty());
    EXPECT_TRUE(result->bloc.empty());
}

TEST(PersistentDependence, AsksForTwoYearsOfThree) {
    const auto year = [](std::vector<std::uint32_t> products) {
        FlowDependence result;
        for (const std::uint32_t product : products) {
            ImporterDependence row{};
            row.importer = 3;
            row.product = product;
            row.geodep = true;
            result.importers.push_back(row);
        }
        return result;
    };
    const std::vector<FlowDependence> years{year({1, 2}), year({2, 4}), year({2, 4, 5})};
    const std::vector<PersistentDependence> expected{{3, 2, 3}, {3, 4, 2}};
    EXPECT_EQ(persistent_dependence(years), expected);
}

}  // namespace
}  // namespace adic::supply
