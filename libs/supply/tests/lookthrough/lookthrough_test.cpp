#include "adic/supply/lookthrough.hpp"

#include "adic/base/text.hpp"

#include "lookthrough/value_map.hpp"

#include <cmath>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using model::ItemIndex;
using model::StateIndex;
using test::Seen;
using test::ValueMap;

TEST(Lookthrough, FindsTheImportsInsideALocalPart) {
    // One tier counts 0.30 + 0.45 = 75 % local; 40 % of the part is imported: 0.30 + 0.45 * 0.60.
    ValueMap drawn;
    drawn.comes_from("boat", "IDN");
    drawn.needs("boat", "engine", 0.45);
    drawn.needs("boat", "radar", 0.25);
    drawn.comes_from("engine", "IDN");
    drawn.needs("engine", "castings", 0.40);
    drawn.comes_from("radar", "NLD");
    drawn.comes_from("castings", "CHN");
    const Seen seen{drawn.map(), "IDN"};
    EXPECT_NEAR(seen.content.from_inside(seen.item("boat")).likely(), 0.57, 1e-12);
    EXPECT_NEAR(seen.part("boat", "CHN").likely(), 0.18, 1e-12);
    EXPECT_NEAR(seen.part("boat", "NLD").likely(), 0.25, 1e-12);
    EXPECT_TRUE(seen.content.unknown(seen.item("boat")) == Estimate::exactly(0.0));
}

TEST(Lookthrough, MatchesTheTwoSectorNetworkForm) {
    // A = [[.10, .20], [.05, .15]], v = (.35, .30), m = (.50, .35): l = v'(I - A)^-1.
    ValueMap drawn;
    for (const std::string_view sector : {"one", "two"}) {
        drawn.comes_from(sector, "ASEAN");
    }
    drawn.needs("one", "one", 0.10);
    drawn.needs("one", "two", 0.05);
    drawn.needs("one", "imports", 0.50);
    drawn.needs("two", "one", 0.20);
    drawn.needs("two", "two", 0.15);
    drawn.needs("two", "imports", 0.35);
    drawn.comes_from("imports", "ROW");
    const Seen seen{drawn.map(), "ASEAN"};
    EXPECT_NEAR(seen.part("one", "ASEAN").likely(), 0.4139, 5e-5);
    EXPECT_NEAR(seen.part("two", "ASEAN").likely(), 0.4503, 5e-5);
    EXPECT_NEAR(seen.part("one", "ROW").likely(), 0.5861, 5e-5);
    EXPECT_NEAR(seen.part("two", "ROW").likely(), 0.5497, 5e-5);
    for (const std::string_view sector : {"one", "two"}) {
        const double both = seen.part(sector, "ASEAN").likely() + seen.part(sector, "ROW").likely();
        EXPECT_NEAR(both, 1.0, 1e-12);
    }
}

std::vector<std::vector<double>> read_matrix(const std::string& name) {
    std::ifstream file(std::string(ADIC_TEST_DATA) + "/io/" + name);
    std::vector<std::vector<double>> rows;
    for (std::string line; std::getline(file, line);) {
        rows.emplace_back();
        for (const std::string_view cell : split(line, ',')) {
            rows.back().push_back(parse_decimal(trimmed(cell)).value());
        }
    }
    return rows;
}

double sum(const std::vector<double>& values) {
    double total = 0.0;
    for (const double value : values) {
        total += value;
    }
    return total;
}

TEST(Lookthrough, MatchesTheOriginOfValueAddedOfAnInputOutputTable) {
    // 6 regions x 8 sectors; the shares were computed by pymrio 0.6.3.
    const auto flows = read_matrix("mrio48_Z.csv");
    const auto demand = read_matrix("mrio48_Y.csv");
    const auto expected = read_matrix("mrio48_value_added_origin_share.csv");
    ASSERT_EQ(flows.size(), 48U);
    ValueMap drawn;
    for (std::size_t i = 0; i < 48; ++i) {
        drawn.comes_from("industry" + std::to_string(i), "R" + std::to_string(i / 8));
    }
    for (std::size_t j = 0; j < 48; ++j) {
        const double output = sum(flows[j]) + sum(demand[j]);
        for (std::size_t i = 0; i < 48; ++i) {
            const std::string taker = "industry" + std::to_string(j);
            drawn.needs(taker, "industry" + std::to_string(i), flows[i][j] / output);
        }
    }
    const Seen seen{drawn.map(), "nobody"};
    for (std::size_t region = 0; region < expected.size(); ++region) {
        for (std::size_t j = 0; j < 48; ++j) {
            const Estimate part =
                seen.part("industry" + std::to_string(j), "R" + std::to_string(region));
            EXPECT_NEAR(part.likely(), expected[region][j], 1e-9) << region << ' ' << j;
            EXPECT_NEAR(part.low(), part.high(), 1e-11);  // every share is known exactly
        }
    }
}

TEST(Lookthrough, DividesWhatIsNotRecordedEquallyAndSaysSo) {
    // 0.4 is recorded; 0.6 is divided among the own part, the hull and the paint: 0.2 each.
    ValueMap drawn;
    drawn.comes_from("boat", "IDN");
    drawn.needs("boat", "engine", 0.4);
    drawn.needs("boat", "hull");
    drawn.needs("boat", "paint");
    drawn.comes_from("engine", "DEU");
    drawn.comes_from("hull", "KOR");
    drawn.comes_from("paint", "JPN", 0.5);
    const Seen seen{drawn.map(), "IDN"};
    EXPECT_NEAR(seen.part("boat", "KOR").likely(), 0.2, 1e-12);
    EXPECT_NEAR(seen.part("boat", "JPN").likely(), 0.1, 1e-12);
    EXPECT_NEAR(seen.content.unknown(seen.item("boat")).likely(), 0.1, 1e-12);
    EXPECT_NEAR(seen.network.assumed(seen.item("boat")), 0.6, 1e-12);
    EXPECT_EQ(seen.network.assumed(seen.item("engine")), 0.0);
    EXPECT_NEAR(seen.part("boat", "DEU").low(), 0.4, 1e-12);
    EXPECT_NEAR(seen.part("boat", "DEU").high(), 0.4 + 0.6 * 0.5, 1e-12);  // all of it paint
    EXPECT_NEAR(seen.part("boat", "KOR").low(), 0.0, 1e-12);
    EXPECT_NEAR(seen.part("boat", "KOR").high(), 0.6, 1e-12);
    const Seen assuming{drawn.map(), "IDN", {.unrecorded = UnrecordedShares::as_assumed}};
    EXPECT_NEAR(assuming.part("boat", "KOR").low(), 0.2, 1e-12);
    EXPECT_NEAR(assuming.part("boat", "KOR").high(), 0.2 + 0.2 * 0.5, 1e-12);  // or the paint
}

TEST(Lookthrough, TakesAlternativesEquallyAndBoundsThemByTheBestAndTheWorst) {
    ValueMap drawn;
    drawn.comes_from("radio", "SGP");
    drawn.needs(
        "radio",
        {{"chip_a", Estimate::exactly(0.3)}, {"chip_b", Estimate::exactly(0.3)}},
        {.take = 1}
    );
    drawn.comes_from("chip_a", "TWN");
    drawn.comes_from("chip_b", "USA");
    const Seen seen{drawn.map(), "SGP"};
    const Estimate part = seen.part("radio", "TWN");
    EXPECT_NEAR(part.low(), 0.0, 1e-12);
    EXPECT_NEAR(part.likely(), 0.15, 1e-12);
    EXPECT_NEAR(part.high(), 0.3, 1e-12);
}

TEST(Lookthrough, LeavesEquipmentOutUnlessAsked) {
    ValueMap drawn;
    drawn.comes_from("boat", "IDN");
    drawn.needs("boat", {{"crane", Estimate::exactly(0.1)}}, {1, model::Role::equipment});
    drawn.comes_from("crane", "CHN");
    const Seen without{drawn.map(), "IDN"};
    EXPECT_EQ(without.part("boat", "CHN").likely(), 0.0);
    const Seen with{drawn.map(), "IDN", {.inputs = CountedInputs::consumed_and_equipment}};
    EXPECT_NEAR(with.part("boat", "CHN").likely(), 0.1, 1e-12);
}

TEST(Lookthrough, GivesTheUnknownToAnyStateNotRecordedAsAWhole) {
    ValueMap drawn;
    drawn.comes_from("ore", "CHN", 0.7);
    drawn.state("MMR");
    const Seen seen{drawn.map(), "nobody"};
    EXPECT_NEAR(seen.part("ore", "CHN").high(), 0.7, 1e-12);
    EXPECT_NEAR(seen.part("ore", "MMR").likely(), 0.0, 1e-12);
    EXPECT_NEAR(seen.part("ore", "MMR").high(), 0.3, 1e-12);
    EXPECT_NEAR(seen.content.unknown(seen.item("ore")).likely(), 0.3, 1e-12);
}

TEST(Lookthrough, SaysThatACircleWithoutOwnPartHasNoOrigin) {
    ValueMap drawn;
    drawn.needs("hen", "egg", 1.0);
    drawn.needs("egg", "hen", 1.0);
    drawn.needs("omelette", "egg", 0.5);
    drawn.comes_from("omelette", "FRA");
    drawn.comes_from("egg", "FRA");
    const Seen seen{drawn.map(), "nobody"};
    EXPECT_EQ(seen.network.settlement(seen.item("hen")), Settlement::circular);
    EXPECT_EQ(seen.network.settlement(seen.item("omelette")), Settlement::settled);
    EXPECT_NEAR(seen.content.unknown(seen.item("omelette")).likely(), 0.5, 1e-12);
    EXPECT_NEAR(seen.part("omelette", "FRA").low(), 0.5, 1e-12);
    EXPECT_NEAR(seen.part("omelette", "FRA").likely(), 0.5, 1e-12);
    const auto list =
        list_contributions(seen.network, seen.index, seen.viewpoint, seen.item("omelette"));
    ASSERT_EQ(list.size(), 2U);
    EXPECT_NEAR(list[0].amount + list[1].amount, 1.0, 1e-12);
}

TEST(Lookthrough, SolvesACircleThatKeepsOneMillionth) {
    // x = 1e-6 IDN + (1 - 1e-6) y, y = 1e-6 MYS + (1 - 1e-6) x: nearly one half each.
    ValueMap drawn;
    drawn.comes_from("x", "IDN");
    drawn.comes_from("y", "MYS");
    drawn.needs("x", "y", 1.0 - 1e-6);
    drawn.needs("y", "x", 1.0 - 1e-6);
    const Seen seen{drawn.map(), "IDN"};
    const double kept = 1e-6 / (1.0 - (1.0 - 1e-6) * (1.0 - 1e-6));
    EXPECT_NEAR(seen.part("x", "IDN").likely(), kept, 1e-9);
    EXPECT_NEAR(seen.part("x", "IDN").likely() + seen.part("x", "MYS").likely(), 1.0, 1e-9);
    EXPECT_LE(seen.part("x", "IDN").low(), kept);
    EXPECT_GE(seen.part("x", "IDN").high(), kept);
}

TEST(Lookthrough, SaysWhatALargeSlowCircleDoesNotReach) {
    ValueMap drawn;
    for (int i = 0; i < 300; ++i) {
        const std::string id = "i" + std::to_string(i);
        drawn.comes_from(id, "IDN");
        // Against the order of the sweeps and with it: neither direction is fast.
        drawn.needs(id, "i" + std::to_string((i + 1) % 300), 0.5 - 1e-8);
        drawn.needs(id, "i" + std::to_string((i + 299) % 300), 0.5 - 1e-8);
    }
    const Seen seen{drawn.map(), "IDN"};
    const ItemIndex first = seen.item("i0");
    EXPECT_EQ(seen.network.settlement(first), Settlement::slow);
    const double inside = seen.content.from_inside(first).likely();
    EXPECT_NEAR(inside + seen.content.unknown(first).likely(), 1.0, 1e-12);
    EXPECT_GT(seen.content.unknown(first).likely(), 0.5);
    EXPECT_EQ(seen.content.from_inside(first).high(), 1.0);
}

TEST(Lookthrough, ScalesSharesThatAddUpToMoreThanOne) {
    ValueMap drawn;
    drawn.needs("kit", {{"a", Estimate::exactly(0.8)}, {"b", Estimate::exactly(0.8)}}, {.take = 2});
    drawn.comes_from("a", "IDN");
    drawn.comes_from("b", "MYS");
    const Seen seen{drawn.map(), "nobody"};
    EXPECT_NEAR(seen.part("kit", "IDN").likely(), 0.5, 1e-12);
    ASSERT_EQ(seen.network.scaled().size(), 1U);
    EXPECT_EQ(seen.network.scaled()[0], seen.item("kit"));
}

TEST(Lookthrough, ListsOriginsFromTheLargestWithTheUnknownLast) {
    ValueMap drawn;
    drawn.comes_from("ore", "CHN", 0.2);
    drawn.comes_from("ore", "AUS", 0.3);
    const Seen seen{drawn.map(), "nobody"};
    const auto list = seen.content.list_origins(seen.item("ore"));
    ASSERT_EQ(list.size(), 3U);
    EXPECT_EQ(list[0].origin, seen.index.map().states.find("AUS"));
    EXPECT_EQ(list[1].origin, seen.index.map().states.find("CHN"));
    EXPECT_EQ(list[2].origin, std::nullopt);
}

TEST(Contributions, SayWhereInTheChainAnOriginComesIn) {
    ValueMap drawn;
    drawn.comes_from("boat", "IDN");
    drawn.needs("boat", "engine", 0.4);
    drawn.needs("boat", "radar", 0.2);
    drawn.comes_from("engine", "CHN", 0.25);
    drawn.comes_from("engine", "KOR", 0.75);
    drawn.needs("engine", "magnets", 0.5);
    drawn.needs("radar", "magnets", 0.5);
    drawn.comes_from("radar", "NLD");
    drawn.comes_from("magnets", "CHN");
    const Seen seen{drawn.map(), "IDN"};
    const auto list =
        list_contributions(seen.network, seen.index, seen.viewpoint, seen.item("boat"));
    ASSERT_EQ(list.size(), 5U);
    EXPECT_EQ(list[0].item, seen.item("boat"));     // 0.4 IDN
    EXPECT_EQ(list[1].item, seen.item("magnets"));  // 0.4 * 0.5 + 0.2 * 0.5 CHN
    EXPECT_NEAR(list[1].amount, 0.3, 1e-12);
    EXPECT_EQ(list[4].item, seen.item("engine"));  // 0.4 * 0.5 * 0.25 CHN
    EXPECT_NEAR(list[4].amount, 0.05, 1e-12);
    EXPECT_NEAR(seen.part("boat", "CHN").likely(), 0.35, 1e-12);
}

}  // namespace
}  // namespace adic::supply
