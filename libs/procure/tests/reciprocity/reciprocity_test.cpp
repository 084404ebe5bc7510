#include "adic/procure/reciprocity.hpp"

#include "adic/base/random.hpp"

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::procure {
namespace {

/// Demands 100 60 40, capacities 80 50 30, 8 % more elsewhere, as docs/explanation/reciprocity.md.
ReciprocityPlan printed_plan() {
    return {
        {{"A", 100, 80, 0.08}, {"B", 60, 50, 0.08}, {"C", 40, 30, 0.08}},
        {{"A", "B", 0.020},
         {"A", "C", 0.014},
         {"B", "A", 0.021},
         {"B", "C", 0.016},
         {"C", "A", 0.011},
         {"C", "B", 0.020}}};
}

PlannedTrade planned(const ReciprocityPlan& plan, const ReciprocityRules& rules) {
    const auto outcome = plan_reciprocity(plan, rules);
    const auto* trade = outcome ? std::get_if<PlannedTrade>(&*outcome) : nullptr;
    return trade == nullptr ? PlannedTrade{} : *trade;
}

double inside_value(const PlannedTrade& trade) {
    double value = 0.0;
    for (const PlannedPurchase& one : trade.purchases) {
        value += one.value;
    }
    return value;
}

TEST(Reciprocity, GivesThePrintedExample) {
    struct Case {
        std::optional<double> band;
        double cost;
    };

    for (const Case& c : {Case{{}, 5.90}, Case{5.0, 5.95}, Case{0.0, 6.00}}) {
        const PlannedTrade trade = planned(printed_plan(), {.band = c.band});
        EXPECT_NEAR(trade.cost, c.cost, 1e-9) << c.cost;
        EXPECT_NEAR(trade.bound, c.cost, 1e-9) << c.cost;
        EXPECT_NEAR(trade.cost_without_band, 5.90, 1e-9);
        EXPECT_NEAR(inside_value(trade), 160.0, 1e-9) << c.cost;
    }
    EXPECT_NEAR(6.00 / 5.90 - 1.0, 0.017, 0.0005) << "full balance costs 1.7 %";
}

TEST(Reciprocity, TheBandPriceIsWhatAUnitSaves) {
    const double at_five = planned(printed_plan(), {.band = 5.0}).cost;
    const double at_six = planned(printed_plan(), {.band = 6.0}).cost;
    double price = 0.0;
    for (const PlannedState& state : planned(printed_plan(), {.band = 5.0}).states) {
        price += state.band_price;
    }
    EXPECT_NEAR(price, at_five - at_six, 1e-9);
}

TEST(Reciprocity, ACarryIsPaidBackWithinTheBand) {
    ReciprocityPlan plan = printed_plan();
    plan.states[2].carry = 8.0;  // C had bought 8 more than it sold, and A sold them
    plan.states[0].carry = -8.0;
    const PlannedTrade trade = planned(plan, {.band = 2.0});
    ASSERT_EQ(trade.states.size(), 3U);
    EXPECT_LE(trade.states[2].carry, 2.0 + 1e-9);
    EXPECT_GE(trade.states[2].sold - trade.states[2].bought, 6.0 - 1e-9);
}

TEST(Reciprocity, PairsAboveTheCapDoNotTrade) {
    ReciprocityPlan plan = printed_plan();
    plan.pairs[0].premium = 0.11;
    const PlannedTrade trade = planned(plan, {.band = 0.0});
    ASSERT_EQ(trade.too_dear.size(), 1U);
    for (const PlannedPurchase& one : trade.purchases) {
        EXPECT_LE(one.premium, 0.10);
    }
}

TEST(Reciprocity, SaysWhichBandsAreTooTight) {
    ReciprocityPlan plan{{{"A", 10, 0, 0.08, 50.0}, {"B", 10, 10, 0.08}}, {{"A", "B", 0.01}}};
    const auto outcome = plan_reciprocity(plan, {.band = 5.0});
    ASSERT_TRUE(static_cast<bool>(outcome));
    const auto* tight = std::get_if<BandsTooTight>(&*outcome);
    ASSERT_NE(tight, nullptr);
    ASSERT_EQ(tight->excess.size(), 1U);
    EXPECT_EQ(tight->excess[0].state, "A");
    EXPECT_NEAR(tight->excess[0].value, 45.0, 1e-6) << "A has nothing to sell and carries 50";
}

ReciprocityPlan drawn_plan(RandomStream& random) {
    ReciprocityPlan plan;
    const std::uint64_t states = 2 + random.below(6);
    for (std::uint64_t i = 0; i < states; ++i) {
        plan.states.push_back(
            {fmt::format("S{}", i),
             static_cast<double>(random.below(100)),
             static_cast<double>(random.below(100)),
             0.05 + 0.001 * static_cast<double>(random.below(50))}
        );
    }
    for (std::uint64_t i = 0; i < states; ++i) {
        for (std::uint64_t j = 0; j < states; ++j) {
            if (i != j && random.below(4) > 0) {
                plan.pairs.push_back(
                    {fmt::format("S{}", i),
                     fmt::format("S{}", j),
                     0.001 * static_cast<double>(random.below(110))}
                );
            }
        }
    }
    return plan;
}

TEST(Reciprocity, ATighterBandIsNeverCheaperAndEveryPlanKeepsItsRules) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        RandomStream random(seed, 0);
        const ReciprocityPlan plan = drawn_plan(random);
        double before = planned(plan, {}).cost;
        for (const double band : {40.0, 10.0, 2.0, 0.0}) {
            const PlannedTrade trade = planned(plan, {.band = band});
            EXPECT_GE(trade.cost, before - 1e-7) << seed << ' ' << band;
            before = trade.cost;
            double balance = 0.0;
            for (std::size_t i = 0; i < trade.states.size(); ++i) {
                const PlannedState& state = trade.states[i];
                EXPECT_NEAR(state.bought + state.outside, plan.states[i].demand, 1e-6);
                EXPECT_LE(state.sold, plan.states[i].capacity + 1e-6);
                EXPECT_LE(std::abs(state.bought - state.sold), band + 1e-6);
                balance += state.bought - state.sold;
            }
            EXPECT_NEAR(balance, 0.0, 1e-6) << "what one buys another sells";
        }
    }
}

TEST(Reciprocity, ARatioBandHoldsForEveryState) {
    RandomStream random(3, 0);
    const ReciprocityPlan plan = drawn_plan(random);
    for (const PlannedState& state : planned(plan, {.ratio_band = 0.25}).states) {
        EXPECT_GE(state.sold, 0.75 * state.bought - 1e-6) << state.id;
        EXPECT_LE(state.sold, 1.25 * state.bought + 1e-6) << state.id;
    }
}

TEST(Netting, GivesThePrintedExample) {
    const Netting netting =
        net_claims({{"A", "B", 5'000}, {"B", "C", 4'000}, {"C", "A", 4'500}, {"B", "A", 1'000}});
    EXPECT_EQ(netting.gross, 14'500);
    EXPECT_EQ(netting.settled, 500);
    EXPECT_NEAR(netting.efficiency(), 0.966, 0.0005);
    ASSERT_EQ(netting.payments.size(), 1U);
    EXPECT_EQ(netting.payments[0].debtor, "A");
    EXPECT_EQ(netting.payments[0].creditor, "C");
}

TEST(Netting, KeepsEveryNetPositionToTheCent) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        RandomStream random(seed, 0);
        std::vector<Claim> claims;
        std::map<std::string, Cents> owed;
        for (std::uint64_t i = random.below(60); i > 0; --i) {
            const std::uint64_t one = random.below(11);
            const std::uint64_t other = (one + 1 + random.below(10)) % 11;
            const auto amount = static_cast<Cents>(random.below(1'000'000'000));
            claims.push_back({fmt::format("S{}", one), fmt::format("S{}", other), amount});
            owed[claims.back().creditor] += amount;
            owed[claims.back().debtor] -= amount;
        }
        const Netting netting = net_claims(claims);
        std::map<std::string, Cents> paid;
        for (const Claim& payment : netting.payments) {
            EXPECT_GT(payment.amount, 0);
            paid[payment.creditor] += payment.amount;
            paid[payment.debtor] -= payment.amount;
        }
        for (const NetPosition& position : netting.positions) {
            EXPECT_EQ(position.net, owed[position.state]) << seed;
            EXPECT_EQ(paid[position.state], owed[position.state]) << seed;
        }
        EXPECT_LE(netting.settled, netting.gross);
        EXPECT_LT(netting.payments.size(), std::max<std::size_t>(1, netting.positions.size()));
    }
}

constexpr std::string_view header = "number,year,buyer,seller,amount,kind,corrects,evidence,seal\n";

std::vector<LedgerEntry> ledger_of(const std::string& lines, ingest::ImportReport& report) {
    return parse_reciprocity_ledger(std::string(header) + lines, "ledger.csv", report);
}

TEST(ReciprocityLedger, BalancesAreUsedUpAndLapseByYear) {
    ingest::ImportReport report;
    const auto entries = ledger_of(
        "1,2020,PHL,MYS,100.00,,,,\n"
        "2,2021,MYS,PHL,30.50,,,,\n"
        "3,2026,PHL,MYS,1.00,,,,\n",
        report
    );
    ASSERT_EQ(entries.size(), 3U);
    const auto years = balances_of(entries, 5);
    std::map<std::pair<std::int32_t, std::string>, StateYear> by;
    for (const StateYear& one : years) {
        by[{one.year, one.state}] = one;
    }
    EXPECT_EQ((by[{2020, "PHL"}].carry), 10'000);
    EXPECT_EQ((by[{2021, "PHL"}].carry), 6'950) << "the sale of 2021 uses up the oldest";
    EXPECT_EQ((by[{2025, "PHL"}].carry), 6'950);
    EXPECT_EQ((by[{2026, "PHL"}].lapsed), 6'950) << "five years after 2020";
    EXPECT_EQ((by[{2026, "PHL"}].carry), 100);
    EXPECT_EQ((by[{2026, "MYS"}].carry), -100);
}

TEST(ReciprocityLedger, ClosesToTheCent) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        RandomStream random(seed, 0);
        std::string lines;
        std::int32_t year = 2000;
        for (std::uint64_t i = 1; i <= 80; ++i) {
            year += random.below(4) == 0 ? 1 : 0;
            const std::uint64_t one = random.below(6);
            lines += fmt::format(
                "{},{},S{},S{},{}.{:02},,,,\n",
                i,
                year,
                one,
                (one + 1 + random.below(5)) % 6,
                random.below(1'000'000),
                random.below(100)
            );
        }
        ingest::ImportReport report;
        const auto entries = ledger_of(lines, report);
        ASSERT_EQ(entries.size(), 80U);
        std::map<std::string, Cents> sum;
        std::map<std::string, Cents> last;
        std::map<std::int32_t, Cents> all;
        for (const StateYear& one : balances_of(entries, 5)) {
            sum[one.state] += one.bought - one.sold - one.lapsed;
            last[one.state] = one.carry;
            all[one.year] += one.bought - one.sold;
        }
        EXPECT_EQ(sum, last) << "what was bought less sold is carried or lapsed";
        for (const auto& [when, balance] : all) {
            EXPECT_EQ(balance, 0) << when;
        }
    }
}

TEST(ReciprocityLedger, ASealBreaksWhenALineIsChanged) {
    ingest::ImportReport report;
    const auto entries = ledger_of(
        "1,2024,PHL,MYS,100,,,\"contract 7, annex\",\n2,2024,MYS,PHL,50,,,,\n"
        "3,2025,PHL,MYS,-20,correction,1,invoice,\n",
        report
    );
    ASSERT_EQ(entries.size(), 3U);
    const std::string sealed = sealed_ledger(entries);
    ingest::ImportReport clean;
    EXPECT_EQ(parse_reciprocity_ledger(sealed, "ledger.csv", clean).size(), 3U);
    EXPECT_TRUE(clean.may_commit());
    std::string changed = sealed;
    changed.replace(changed.find("100.00"), 6, "900.00");
    ingest::ImportReport broken;
    EXPECT_TRUE(parse_reciprocity_ledger(changed, "ledger.csv", broken).empty());
    EXPECT_EQ(broken.errors(), 3U) << "every seal from there on";
}

TEST(ReciprocityLedger, SaysEverythingThatIsWrong) {
    ingest::ImportReport report;
    const auto entries = ledger_of(
        "1,2024,PHL,MYS,100,,,,\n"
        "3,2023,PHL,PHL,10.001,,,,\n"
        "3,2023,PHL,MYS,-200,correction,1,,\n"
        "4,2024,PHL,MYS,-5,correction,,,\n",
        report
    );
    EXPECT_TRUE(entries.empty());
    std::vector<std::string> columns;
    for (const ingest::Issue& issue : report.issues()) {
        columns.push_back(fmt::format("{} {}", issue.row, issue.column));
    }
    EXPECT_THAT(columns, testing::ElementsAre("3 amount", "4 amount", "5 corrects"));
}

}  // namespace
}  // namespace adic::procure
