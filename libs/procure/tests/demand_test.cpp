#include "adic/procure/demand.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::procure {
namespace {

using std::chrono::sys_days;
using std::chrono::year;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

sys_days day(int y, unsigned m, unsigned d) {
    return sys_days{year{y} / static_cast<int>(m) / static_cast<int>(d)};
}

const BuyingWindow three_years{day(2027, 1, 1), day(2029, 12, 31)};

PlannedDemand demand(std::string id, std::string state, std::string item) {
    PlannedDemand one;
    one.id = std::move(id);
    one.state = std::move(state);
    one.item = std::move(item);
    one.first = day(2027, 1, 1);
    one.last = day(2028, 12, 31);
    return one;
}

Overlaps found(
    const PlannedDemand& wanted,
    const PlannedDemand& other,
    std::vector<CatalogueItem> catalogue = {}
) {
    const std::vector all{wanted, other};
    return Interchange(catalogue).find_overlaps(wanted, all, three_years);
}

TEST(Interchange, MatchesTheSameItemByName) {
    const auto overlaps =
        found(demand("A.1", "A", "Patrol craft  28 m"), demand("B.1", "B", "patrol craft 28 m"));
    ASSERT_EQ(overlaps.matches.size(), 1U);
    EXPECT_EQ(overlaps.matches[0].demand, 1U);
    EXPECT_THAT(texts_of(overlaps.matches[0].because), ElementsAre("the same item by its name"));
    EXPECT_THAT(texts_of(overlaps.matches[0].but), IsEmpty());
    EXPECT_EQ(overlaps.matches[0].window, (BuyingWindow{day(2027, 1, 1), day(2028, 12, 31)}));
}

TEST(Interchange, MatchesTheSameStockNumberHoweverItIsWritten) {
    PlannedDemand a = demand("A.1", "A", "radio");
    PlannedDemand b = demand("B.1", "B", "set, receiving");
    a.nsn = "5820-00-123-4567";
    b.nsn = "5820001234567";
    ASSERT_EQ(found(a, b).matches.size(), 1U);
    EXPECT_THAT(found(a, b).matches[0].because[0].text, HasSubstr("stock number"));
    b.nsn = "5820001234568";
    EXPECT_TRUE(found(a, b).matches.empty());
    EXPECT_TRUE(found(a, b).near_misses.empty());
}

/// What the catalogue knows of an item that a demand names counts for the demand.
TEST(Interchange, MatchesWhatReplacesAnItemOverSeveralSteps) {
    const std::vector<CatalogueItem> catalogue{
        {"P.3", "radio mark 3", "", "", "", "", "P.2"},
        {"P.1", "radio mark 1", "", "", "", "", ""},
        {"P.2", "radio mark 2", "", "", "", "", "P.1"},
        {"P.9", "boat", "", "", "", "", ""}};
    const auto overlaps =
        found(demand("A.1", "A", "radio mark 1"), demand("B.1", "B", "P.3"), catalogue);
    ASSERT_EQ(overlaps.matches.size(), 1U);
    EXPECT_THAT(
        texts_of(overlaps.matches[0].because),
        ElementsAre("one replaces the other: chain of P.1")
    );
    EXPECT_TRUE(
        found(demand("A.1", "A", "boat"), demand("B.1", "B", "P.3"), catalogue).matches.empty()
    );
    EXPECT_THAT(
        Interchange(catalogue).items_behind(demand("A.1", "A", "radio mark 2")),
        ElementsAre("P.1", "P.2", "P.3")
    );
}

/// Both replace an item that is not in the catalogue, or not shown.
TEST(Interchange, MatchesTwoThatReplaceTheSameThird) {
    const std::vector<CatalogueItem> catalogue{
        {"P.a", "radio a", "", "", "", "", "P.old"},
        {"P.b", "radio b", "", "", "", "", "P.old"}};
    EXPECT_EQ(
        found(demand("A.1", "A", "radio a"), demand("B.1", "B", "radio b"), catalogue)
            .matches.size(),
        1U
    );
}

TEST(Interchange, TakesACodeOrAClassOnlyWithAStandardThatBothHaveToMeet) {
    PlannedDemand a = demand("A.1", "A", "radio");
    PlannedDemand b = demand("B.1", "B", "transceiver");
    a.hs = "852561.10";
    b.hs = "8525 61";
    auto overlaps = found(a, b);
    EXPECT_TRUE(overlaps.matches.empty());
    ASSERT_EQ(overlaps.near_misses.size(), 1U);
    EXPECT_THAT(texts_of(overlaps.near_misses[0].because), ElementsAre("the same HS code 852561"));
    EXPECT_THAT(overlaps.near_misses[0].but[0].text, HasSubstr("no standard"));
    a.standards = {"MIL-STD-810H", "STANAG 4691"};
    b.standards = {"mil-std-810h"};
    overlaps = found(a, b);
    ASSERT_EQ(overlaps.matches.size(), 1U);
    EXPECT_THAT(
        texts_of(overlaps.matches[0].because),
        ElementsAre("the same HS code 852561, and MIL-STD-810H that both have to meet")
    );
    EXPECT_THAT(texts_of(overlaps.matches[0].but), ElementsAre("it does not ask for STANAG 4691"));
    b.hs = "852560";
    EXPECT_TRUE(found(a, b).near_misses.empty()) << "another subheading is another thing";
}

TEST(Interchange, SaysWhenWindowsDoNotMeet) {
    const PlannedDemand a = demand("A.1", "A", "radio");
    PlannedDemand b = demand("B.1", "B", "radio");
    b.first = day(2029, 1, 1);
    b.last = day(2030, 12, 31);
    auto overlaps = found(a, b);
    ASSERT_EQ(overlaps.near_misses.size(), 1U);
    EXPECT_THAT(
        texts_of(overlaps.near_misses[0].but),
        ElementsAre("it begins on 2029-01-01, after 2028-12-31")
    );
    b.first = day(2028, 12, 31);
    EXPECT_EQ(
        found(a, b).matches.at(0).window,
        (BuyingWindow{day(2028, 12, 31), day(2028, 12, 31)})
    );
    b.first = {};
    b.last = day(2026, 12, 31);
    EXPECT_THAT(
        texts_of(found(a, b).near_misses.at(0).but),
        ElementsAre("it ends on 2026-12-31, before 2027-01-01")
    );
    b.last = {};
    EXPECT_THAT(
        texts_of(found(a, b).near_misses.at(0).but),
        ElementsAre("when it is wanted is not known")
    );
}

/// Groups are what pairs say, closed over: a slow implementation beside the fast one.
TEST(Interchange, GroupsAreTheClosureOfPairs) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        RandomStream random(seed, 0);
        std::vector<PlannedDemand> demands;
        for (int d = 0; d < 8; ++d) {
            PlannedDemand one = demand(
                "D." + std::to_string(d),
                std::string(1, static_cast<char>('A' + random.below(4))),
                "item " + std::to_string(random.below(8))
            );
            one.hs = random.below(2) == 0 ? "85256" + std::to_string(random.below(2)) : "";
            if (random.below(2) == 0) {
                one.standards = {"S" + std::to_string(random.below(2))};
            }
            demands.push_back(one);
        }
        const Interchange interchange({});
        std::vector<std::size_t> group(demands.size());
        for (std::size_t d = 0; d < demands.size(); ++d) {
            group[d] = d;
        }
        for (std::size_t round = 0; round < demands.size(); ++round) {
            for (std::size_t a = 0; a < demands.size(); ++a) {
                for (std::size_t b = 0; b < demands.size(); ++b) {
                    if (interchange.is_one_for(demands[a], demands[b])) {
                        group[a] = group[b] = std::min(group[a], group[b]);
                    }
                }
            }
        }
        std::vector<std::size_t> told(demands.size());
        for (const auto& members : interchange.group(demands)) {
            for (const std::size_t member : members) {
                told[member] = members.front();
            }
        }
        EXPECT_EQ(told, group) << seed;
    }
}

TEST(BuyingPeriods, BeginAndEndWhereSomebodyDoes) {
    std::vector demands{demand("A.1", "A", "x"), demand("B.1", "B", "x"), demand("B.2", "B", "x")};
    demands[0].quantity = Range{10, 10};
    demands[1].first = day(2028, 1, 1);
    demands[1].last = day(2030, 6, 30);
    demands[1].quantity = Range{5, 10};
    demands[2].first = demands[2].last = std::nullopt;
    const auto periods = buying_periods(demands, three_years);
    ASSERT_EQ(periods.size(), 3U);
    EXPECT_EQ(periods[0].window, (BuyingWindow{day(2027, 1, 1), day(2027, 12, 31)}));
    EXPECT_THAT(periods[0].states, ElementsAre("A"));
    EXPECT_EQ(periods[1].window, (BuyingWindow{day(2028, 1, 1), day(2028, 12, 31)}));
    EXPECT_THAT(periods[1].states, ElementsAre("A", "B"));
    EXPECT_EQ(periods[1].quantity, (Range{15, 20}));
    EXPECT_EQ(periods[2].window, (BuyingWindow{day(2029, 1, 1), day(2029, 12, 31)}));
    EXPECT_EQ(unknown_quantities(demands), 1U);
}

/// The tiers of peers-and-standards 4.7, in the form of the Danish sugar beet market: breaks 1, 10,
/// 20 and 30 at 100, 92, 85 and 80. Sums 11, 18, 28 and 33: it clears at 80 for 33 units; without
/// TH at 85 for 22.
TEST(Breaks, AreReachedByWhatAllWantAtThePrice) {
    const auto tiers = [](std::string state, std::vector<double> quantities) {
        PlannedDemand one = demand(state + ".1", state, "x");
        const std::array prices{100.0, 92.0, 85.0, 80.0};
        for (std::size_t t = 0; t < prices.size(); ++t) {
            one.tiers.push_back({prices[t], quantities[t]});
        }
        return one;
    };
    std::vector demands{
        tiers("PHL", {4, 6, 8, 10}),
        tiers("MYS", {2, 4, 6, 6}),
        tiers("IDN", {5, 5, 8, 9}),
        tiers("THA", {0, 3, 6, 8})};
    const PriceList prices{{{1, 100}, {10, 92}, {20, 85}, {30, 80}}};
    const auto sums = [&] {
        std::vector<double> low;
        for (const BreakReached& step : breaks_reached(demands, prices)) {
            EXPECT_EQ(step.is_reached, step.may_be_reached);
            low.push_back(step.is_reached ? step.wanted.low : -step.wanted.low);
        }
        return low;
    };
    EXPECT_THAT(sums(), ElementsAre(11, 18, 28, 33));
    demands.pop_back();
    EXPECT_THAT(sums(), ElementsAre(11, 15, 22, -25));
    demands[0].tiers.clear();
    demands[0].quantity = Range{10, 20};
    const auto banded = breaks_reached(demands, prices);
    EXPECT_FALSE(banded[3].is_reached);
    EXPECT_TRUE(banded[3].may_be_reached);
    EXPECT_EQ(banded[3].wanted, (Range{25, 35}));
}

TEST(Funnel, CountsHowFarStatesHaveCome) {
    std::vector demands{demand("A.1", "A", "x"), demand("B.1", "B", "x")};
    demands[0].quantity = Range{3, 3};
    demands[1].quantity = Range{4, 4};
    Project project;
    project.approved = {"A", "B", "E"};
    project.parts = {
        {"A", Wish::joins, Range{3, 3}},
        {"B", Wish::joins, Range{4, 4}},
        {"C", Wish::interested, {}},
        {"D", Wish::leaves, Range{9, 9}}};
    Paper intent{.id = "p", .name = "p", .kind = PaperKind::letter_of_intent};
    intent.signatures = {{"A", day(2026, 1, 1)}, {"B", day(2026, 1, 1)}};
    Paper call{.id = "c", .name = "c", .kind = PaperKind::call_off};
    call.signatures = {{"A", day(2026, 2, 1)}};
    call.quantity = Range{2, 2};
    call.delivered = day(2026, 6, 1);
    project.papers = {intent, call};
    const auto funnel = funnel_of(demands, {&project, 1}, day(2026, 7, 1));
    ASSERT_EQ(funnel.size(), 6U);
    EXPECT_THAT(funnel[0].states, ElementsAre("A", "B"));
    EXPECT_EQ(funnel[0].quantity, (Range{7, 7}));
    EXPECT_THAT(funnel[1].states, ElementsAre("A", "B", "C"));
    EXPECT_THAT(funnel[2].states, ElementsAre("A", "B"));
    EXPECT_EQ(funnel[2].quantity, (Range{7, 7}));
    EXPECT_THAT(funnel[3].states, ElementsAre("A"));
    EXPECT_THAT(funnel[4].states, ElementsAre("A"));
    EXPECT_EQ(funnel[4].quantity, (Range{2, 2}));
    EXPECT_THAT(funnel[5].states, ElementsAre("A"));
    EXPECT_THAT(funnel_of(demands, {&project, 1}, day(2026, 5, 1))[5].states, IsEmpty())
        << "it is not delivered yet";
}

TEST(YearsFrom, EndTheDayBefore) {
    EXPECT_EQ(years_from(day(2026, 11, 26), 3).last, day(2029, 11, 25));
    EXPECT_EQ(years_from(day(2028, 2, 29), 1).last, day(2029, 2, 28));
    EXPECT_EQ(years_from(day(2028, 2, 29), 4).last, day(2032, 2, 28));
}

}  // namespace
}  // namespace adic::procure
