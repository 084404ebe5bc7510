#include "adic/base/random.hpp"
#include "adic/procure/geographic_return.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::procure {
namespace {

using Entries = std::vector<ReturnEntry>;

ReturnEntry paid(const std::string& state, Cents amount, std::int32_t year = 2026) {
    return {"p", year, state, false, amount};
}

ReturnEntry got(const std::string& state, Cents amount, const Fraction& weight = 1) {
    return {"p", 2026, state, true, amount, "development", weight};
}

double as_double(const std::optional<Fraction>& value) {
    return value ? to_double(*value) : -1.0;
}

const StateReturn& of(const std::vector<StateReturn>& states, const std::string& state) {
    return *std::ranges::find(states, state, &StateReturn::state);
}

Entries one_programme() {
    return {
        paid("IDN", 4000),
        paid("MYS", 2500),
        paid("PHL", 2000),
        paid("SGP", 1500),
        got("IDN", 3000),
        got("IDN", 1200, Fraction(1, 4)),
        got("MYS", 1800),
        got("PHL", 1000),
        got("PHL", 600, Fraction(1, 2)),
        got("SGP", 1400)};
}

Entries two_programmes() {
    Entries all = one_programme();
    for (const ReturnEntry& entry :
         {paid("IDN", 1000),
          paid("MYS", 3000),
          paid("PHL", 3000),
          paid("SGP", 1000),
          got("IDN", 1100),
          got("MYS", 3400),
          got("PHL", 2600),
          got("SGP", 900)}) {
        all.push_back(entry);
        all.back().programme = "q";
    }
    return all;
}

// Share of work over share of contributions, by hand: 46/100 / (40/100), 30/25 of it, 24/25.
// The coefficients of ESA Convention, Annex V, Article IV.
TEST(GeographicReturn, IsTheShareOfWorkOverTheShareOfContributions) {
    const auto states = geographic_return(
        {paid("A", 4000),
         paid("B", 3500),
         paid("C", 2500),
         got("A", 4600),
         got("B", 3000),
         got("C", 2400)}
    );
    EXPECT_EQ(states[0].coefficient, Fraction(115, 100));
    EXPECT_NEAR(as_double(states[1].coefficient), 0.857, 0.0005);
    EXPECT_EQ(states[2].coefficient, Fraction(96, 100));
    for (const StateReturn& one : states) {
        EXPECT_EQ(one.standing, ReturnStanding::within) << one.state;
        EXPECT_EQ(one.deficit + one.surplus, 0);
    }
}

// Weighted work 30 + 12 x 0.25 = 33, 18, 10 + 6 x 0.5 = 13, 14 of 78; as paid 42, 18, 16, 14 of 90.
TEST(GeographicReturn, WeighsWorkByTechnologicalInterest) {
    const auto states = geographic_return(one_programme());
    EXPECT_NEAR(as_double(of(states, "IDN").coefficient), 1.058, 0.0005);
    EXPECT_NEAR(as_double(of(states, "MYS").coefficient), 0.923, 0.0005);
    EXPECT_NEAR(as_double(of(states, "PHL").coefficient), 0.833, 0.0005);
    EXPECT_NEAR(as_double(of(states, "SGP").coefficient), 1.197, 0.0005);
    EXPECT_NEAR(as_double(of(states, "IDN").unweighted), 1.167, 0.0005) << "looks far better";
    EXPECT_NEAR(as_double(of(states, "MYS").unweighted), 0.8, 1e-12);
    EXPECT_NEAR(as_double(of(states, "PHL").unweighted), 0.889, 0.0005);
    EXPECT_NEAR(as_double(of(states, "SGP").unweighted), 1.037, 0.0005);
}

// OCCAR's global balance, over both: work 44 52 39 23 of 158, contributions 50 55 50 25 of 180;
// 44 - 158 x 50/180 = 0.11.
TEST(GeographicReturn, BalancesOverAllProgrammes) {
    const auto states = geographic_return(two_programmes());
    EXPECT_NEAR(as_double(of(states, "IDN").coefficient), 1.003, 0.0005);
    EXPECT_NEAR(as_double(of(states, "MYS").coefficient), 1.077, 0.0005);
    EXPECT_NEAR(as_double(of(states, "PHL").coefficient), 0.889, 0.0005);
    EXPECT_NEAR(as_double(of(states, "SGP").coefficient), 1.048, 0.0005);
    EXPECT_NEAR(as_double(of(states, "IDN").balance), 11, 0.5);
    EXPECT_NEAR(as_double(of(states, "MYS").balance), 372, 0.5);
    EXPECT_NEAR(as_double(of(states, "PHL").balance), -489, 0.5);
    EXPECT_NEAR(as_double(of(states, "SGP").balance), 106, 0.5);
}

// At a floor of 0.9: (0.9 - 6/7) x 35 = 1.5. At a cap of 1.1: (1.15 - 1.1) x 40 = 2.
TEST(GeographicReturn, SaysWhatIsMissingToTheFloorAndAboveTheCap) {
    const auto states = geographic_return(
        {paid("A", 4000),
         paid("B", 3500),
         paid("C", 2500),
         got("A", 4600),
         got("B", 3000),
         got("C", 2400)},
        {Fraction(9, 10), Fraction(11, 10)}
    );
    EXPECT_EQ(states[0].surplus, 200);
    EXPECT_EQ(states[0].standing, ReturnStanding::above);
    EXPECT_EQ(states[1].deficit, 150);
    EXPECT_EQ(states[1].standing, ReturnStanding::below);
    const auto exact =
        geographic_return({paid("A", 100), paid("B", 100), got("A", 80), got("B", 120)});
    EXPECT_EQ(exact[0].standing, ReturnStanding::within) << "at the floor";
    EXPECT_EQ(exact[1].standing, ReturnStanding::within) << "at the cap";
}

TEST(GeographicReturn, HasNoCoefficientWithoutContributionOrWork) {
    const auto guest = geographic_return({paid("A", 100), got("A", 60), got("B", 40)});
    EXPECT_EQ(guest[0].coefficient, Fraction(6, 10));
    EXPECT_FALSE(guest[1].coefficient);
    EXPECT_EQ(guest[1].balance, Fraction(40));
    EXPECT_EQ(name_of(guest[1].standing), "no contribution");
    const auto early = geographic_return({paid("A", 100), paid("B", 50), got("B", 10, 0)});
    EXPECT_FALSE(early[0].coefficient);
    EXPECT_EQ(name_of(early[0].standing), "no work");
    EXPECT_EQ(early[1].unweighted, Fraction(3)) << "of weight 0, yet paid";
    const auto free = geographic_return({got("A", 10)});
    EXPECT_FALSE(free[0].coefficient);
    EXPECT_FALSE(free[0].balance);
    const auto none = geographic_return({paid("A", 100), paid("B", 50), got("B", 10)});
    EXPECT_EQ(none[0].coefficient, Fraction(0));
    EXPECT_EQ(none[0].deficit, 80);
    EXPECT_TRUE(geographic_return({}).empty());
}

TEST(GeographicReturn, CountsTheYearsOfTheWindow) {
    const Entries all{
        paid("A", 1, 2021),
        paid("A", 2, 2022),
        paid("A", 4, 2026),
        paid("A", 8, 2027)};
    EXPECT_EQ(geographic_return(entries_until(all, 2026, 5))[0].contribution, 6);
    EXPECT_EQ(geographic_return(entries_until(all, 2026, 1))[0].contribution, 4);
    EXPECT_TRUE(entries_until(all, 2020, 5).empty());
}

Entries random_entries(std::uint64_t seed) {
    RandomStream random(seed, 0);
    Entries all;
    for (std::uint64_t i = 0; i < 3 + random.below(20); ++i) {
        ReturnEntry one;
        one.programme = fmt::format("p{}", random.below(3));
        one.year = 2020 + static_cast<std::int32_t>(random.below(7));
        one.state = fmt::format("S{}", random.below(5));
        one.is_work = random.below(2) == 1;
        one.amount = static_cast<Cents>(random.below(1'000'000));
        one.weight = one.is_work ? Fraction(random.below(5), 4) : Fraction(1);
        all.push_back(std::move(one));
    }
    return all;
}

TEST(GeographicReturn, KeepsItsLaws) {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        const Entries all = random_entries(seed);
        const auto states = geographic_return(all);
        Fraction mean = 0;
        Fraction balances = 0;
        Fraction guests = 0;
        Fraction work = 0;
        for (const StateReturn& one : states) {
            mean += one.coefficient.value_or(0) * one.paid_share.value_or(0);
            balances += one.balance.value_or(0);
            guests += one.contribution == 0 ? one.weighted : 0;
            work += one.weighted;
        }
        EXPECT_EQ(balances, 0) << seed;
        if (work > 0 && states.front().paid_share) {
            EXPECT_EQ(mean, 1 - guests / work) << seed;
        }
        const auto of_sums = geographic_return(summed(all));
        ASSERT_EQ(of_sums.size(), states.size()) << seed;
        for (std::size_t i = 0; i < states.size(); ++i) {
            EXPECT_EQ(of_sums[i].coefficient, states[i].coefficient) << seed;
            EXPECT_EQ(of_sums[i].unweighted, states[i].unweighted) << seed;
            EXPECT_EQ(of_sums[i].balance, states[i].balance) << seed;
        }
        Entries scaled = all;
        for (ReturnEntry& entry : scaled) {
            entry.amount *= entry.is_work ? 7 : 3;
        }
        const auto again = geographic_return(scaled);
        for (std::size_t i = 0; i < states.size(); ++i) {
            EXPECT_EQ(states[i].coefficient, again[i].coefficient) << seed;
            EXPECT_EQ(states[i].standing, again[i].standing) << seed;
        }
    }
}

/// Straight from the formulas, state by state and programme by programme, in floating point.
double
slow_sum(const Entries& all, bool is_work, const std::string& state, const std::string& programme) {
    double sum = 0.0;
    for (const ReturnEntry& entry : all) {
        const bool counts = entry.is_work == is_work && (state.empty() || entry.state == state)
                            && (programme.empty() || entry.programme == programme);
        sum += counts ? static_cast<double>(entry.amount) * to_double(entry.weight) : 0.0;
    }
    return sum;
}

TEST(GeographicReturn, AgreesWithASlowCalculationByProgramme) {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        const Entries all = random_entries(seed);
        double paid_in = 0.0;
        double work = 0.0;
        for (const char* programme : {"p0", "p1", "p2"}) {
            paid_in += slow_sum(all, false, "", programme);
            work += slow_sum(all, true, "", programme);
        }
        for (const StateReturn& one : geographic_return(all)) {
            const double own = slow_sum(all, true, one.state, "");
            const double share = slow_sum(all, false, one.state, "") / paid_in;
            ASSERT_EQ(one.coefficient.has_value(), work > 0 && paid_in > 0 && share > 0) << seed;
            if (one.coefficient) {
                EXPECT_NEAR(to_double(*one.coefficient), own / work / share, 1e-9) << seed;
            }
            if (one.balance) {
                EXPECT_NEAR(to_double(*one.balance), own - work * share, 1e-6) << seed;
            }
        }
    }
}

TEST(GeographicReturn, TheTableSaysEverythingThatIsWrong) {
    ingest::ImportReport report;
    const auto entries = parse_return_entries(
        "programme,year,state,kind,amount,class,weight\n"
        "p,2026,MYS,contribution,5,development,1\n"
        "p,26,MYS,grant,-5,,\n"
        ",2026,,work,5.001,,-1\n"
        "p,2126,MYS,work,5,,\n",
        "return.csv",
        report
    );
    EXPECT_TRUE(entries.empty());
    EXPECT_EQ(report.errors(), 9U);
}

TEST(GeographicReturn, ReadsTheSampleOfTheProgram) {
    ingest::ImportReport report;
    const auto entries = read_return_entries("data/procure/return/sample.csv", report);
    ASSERT_TRUE(static_cast<bool>(entries));
    EXPECT_EQ(report.errors(), 0U);
    const auto states = geographic_return(*entries);
    EXPECT_NEAR(as_double(of(states, "MYS").coefficient), 1.077, 0.0005);
}

}  // namespace
}  // namespace adic::procure
