#include "adic/procure/offset.hpp"

#include "adic/base/random.hpp"
#include "adic/procure/day.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::procure {
namespace {

using std::chrono::sys_days;

constexpr std::string_view obligation_header =
    "obligation,state,supplier,policy,version,signed_on,due,currency,contract_value,agreed\n";
constexpr std::string_view line_header =
    "line,obligation,day,deed,category,nominal,claimed,baseline,local_share,causality,core,audited,"
    "audited_on\n";

std::vector<OffsetPolicy> shipped_policies() {
    ingest::ImportReport report;
    auto policies = read_offset_policies(ADIC_SOURCE_DIR "/data/procure/offset", report);
    EXPECT_TRUE(report.may_commit());
    return policies ? *policies : std::vector<OffsetPolicy>{};
}

OffsetBook book_of(const std::string& obligations, const std::string& lines) {
    ingest::ImportReport report;
    OffsetBook book = parse_offset_book(
        std::string(obligation_header) + obligations,
        std::string(line_header) + lines,
        shipped_policies(),
        {},
        report
    );
    for (const ingest::Issue& issue : report.issues()) {
        ADD_FAILURE() << issue.file << ' ' << issue.row << ' ' << issue.column << issue.message;
    }
    return book;
}

OffsetLedger ledger_on(const OffsetBook& book, std::string_view day) {
    return offset_ledger(book, parse_day(day).value_or(sys_days{}));
}

std::vector<std::string>
complaints_about(const std::string& obligations, const std::string& lines) {
    ingest::ImportReport report;
    const OffsetBook book = parse_offset_book(
        std::string(obligation_header) + obligations,
        std::string(line_header) + lines,
        shipped_policies(),
        {},
        report
    );
    EXPECT_TRUE(book.obligations.empty());
    std::vector<std::string> columns;
    for (const ingest::Issue& issue : report.issues()) {
        columns.push_back(fmt::format("{} {} {}", issue.file, issue.row, issue.column));
    }
    return columns;
}

constexpr Cents million = 100'000'000;

// 500 m, 35 %: 175 m are owed. 60 x 1 + 30 x 1.5 + 15 x 3 + 20 x 0.5 = 160 m credit from 125 m;
// 15 m are missing; a quarter of the contract is real.
TEST(Offset, GivesThePrintedExample) {
    const OffsetBook book = book_of(
        "R,PHL,North,GENERIC,,2024-03-01,2026-12-31,USD,500000000,\n",
        "1,R,2024-09-30,d1,purchase,60000000,,,,,,,\n"
        "2,R,2025-03-31,d2,small-business,30000000,,,,,,,\n"
        "3,R,2025-09-30,d3,technology,15000000,,,,,,,\n"
        "4,R,2026-01-31,d4,general-commerce,20000000,,,,,,,\n"
    );
    const OffsetLedger ledger = ledger_on(book, "2026-12-31");
    ASSERT_EQ(ledger.standings.size(), 1U);
    const OffsetStanding& standing = ledger.standings[0];
    EXPECT_EQ(standing.owed, 175 * million);
    EXPECT_EQ(standing.nominal, 125 * million);
    EXPECT_EQ(standing.credit, 160 * million);
    EXPECT_EQ(standing.missing, 15 * million);
    EXPECT_EQ(standing.real_ratio(book.obligations[0]), Fraction(1, 4));
    EXPECT_EQ(standing.penalty, 75'000'000) << "5 % of 15 m";
    EXPECT_TRUE(standing.is_due);
    EXPECT_FALSE(ledger_on(book, "2026-12-30").standings[0].is_due);
}

// Policy and Guidelines on Industrial Collaboration Programme in Government Procurement, circular
// PK 1 of the Malaysian Ministry of Finance (6 January 2022), case 4, transfer of technology of an
// air traffic management system: RM 326,672,000 from RM 71,986,000.
TEST(Offset, GivesTheMalaysianCircularsCase) {
    const OffsetBook book = book_of(
        "T,MYS,South,MYS,,2022-05-01,2026-12-31,MYR,900000000,326672000\n",
        "1,T,2023-01-01,a,multiplier-1,400000,,,,,no,,\n"
        "2,T,2023-01-01,b,multiplier-3,800000,,,,,no,,\n"
        "3,T,2023-01-01,c,multiplier-4,750000,,,,,no,,\n"
        "4,T,2023-01-01,d,multiplier-2,36000,,,,,no,,\n"
        "5,T,2023-01-01,e,rights-transferred,66000000,,,,,yes,,\n"
        "6,T,2023-01-01,f,multiplier-1,4000000,,,,,yes,,\n"
    );
    const OffsetStanding standing = ledger_on(book, "2026-12-31").standings.at(0);
    EXPECT_EQ(standing.credit, 32'667'200'000);
    EXPECT_EQ(standing.nominal, 7'198'600'000);
    EXPECT_NEAR(
        static_cast<double>(standing.credit) / static_cast<double>(standing.nominal),
        4.54,
        0.005
    );
    EXPECT_EQ(standing.missing, 0);
    EXPECT_EQ(standing.has_core, true) << "320.8 of 326.672 is more than 30 %";
}

// Law 16/2012 of Indonesia, article 43(5): e, 85 % in all; f, 35 % local content and offset, 10
// points more every five years. 40 and 45 of 100 keep the text of 2012 and not the reading of 2017.
TEST(Offset, ReadsALawByEachOfItsVersions) {
    const OffsetBook book = book_of(
        "B,IDN,East,IDN,,2016-02-01,2021-01-31,USD,100000000,\n",
        "1,B,2017-06-30,modules,local-content,40000000,,,,,,,\n"
        "2,B,2018-06-30,palm oil,countertrade,45000000,,,,,,,\n"
    );
    const OffsetLedger ledger = ledger_on(book, "2021-01-31");
    ASSERT_EQ(ledger.readings.size(), 3U);
    EXPECT_TRUE(ledger.readings[0].is_its_own) << "it was signed before the version of 2017";
    EXPECT_TRUE(ledger.readings[0].is_met);
    EXPECT_EQ(ledger.readings[0].owed, 85 * million);
    EXPECT_FALSE(ledger.readings[1].is_met);
    EXPECT_EQ(ledger.readings[1].core_needed, 45 * million);
    EXPECT_FALSE(ledger.readings[2].is_met);
    EXPECT_EQ(ledger.readings[2].core_needed, 55 * million);
    EXPECT_EQ(ledger.standings[0].has_core, true);
}

TEST(Offset, TheVersionOfTheDayOfSignatureCounts) {
    struct Case {
        std::string_view signed_on;
        std::string_view version;
    };

    for (const Case& c :
         {Case{"2012-10-05", "2012"},
          Case{"2017-10-04", "2012"},
          Case{"2017-10-05", "2017"},
          Case{"2025-01-01", "2022"}}) {
        const OffsetBook book =
            book_of(fmt::format("B,IDN,East,IDN,,{},2030-01-31,USD,1,\n", c.signed_on), "");
        EXPECT_EQ(book.policies[book.obligations.at(0).policy].version, c.version) << c.signed_on;
    }
}

TEST(Offset, ASurplusIsDrawnWhenAnotherObligationIsDueAndLapsesAfterItsYears) {
    const std::string obligations =
        "A,PHL,North,GENERIC,,2020-01-01,2021-01-01,USD,1000,100\n"
        "B,PHL,North,GENERIC,,2020-01-01,{},USD,1000,30\n"
        "C,THA,North,GENERIC,,2020-01-01,{},USD,1000,30\n";
    const std::string lines = "1,A,2020-02-29,d1,purchase,150,,,,,,,\n";

    struct Case {
        std::string_view due;
        Cents drawn;
        Cents lapsed;
    };

    // Seven years after the 29th of February is the 28th; another state's bank is another bank.
    for (const Case& c : {Case{"2027-02-28", 3'000, 2'000}, Case{"2027-03-01", 0, 5'000}}) {
        const OffsetBook book =
            book_of(fmt::format(fmt::runtime(obligations), c.due, c.due), lines);
        const OffsetLedger ledger = ledger_on(book, "2028-01-01");
        EXPECT_EQ(ledger.standings[1].drawn, c.drawn) << c.due;
        EXPECT_EQ(ledger.standings[1].missing, 3'000 - c.drawn);
        EXPECT_EQ(ledger.standings[2].drawn, 0);
        EXPECT_EQ(ledger.standings[0].lent, c.drawn);
        EXPECT_EQ(ledger.standings[0].lapsed, c.lapsed);
        EXPECT_EQ(ledger.standings[0].bank, 0);
    }
}

TEST(Offset, WhatComesAfterItIsDueIsCutAndStillReal) {
    const OffsetBook book = book_of(
        "A,PHL,North,GENERIC,,2020-01-01,2021-01-01,USD,1000,100\n",
        "1,A,2021-01-01,d1,purchase,40,,,,,,,\n"
        "2,A,2021-01-02,d2,technology,50,,,,,,,\n"
    );
    const OffsetStanding standing = ledger_on(book, "2022-01-01").standings.at(0);
    EXPECT_EQ(standing.credit, 4'000);
    EXPECT_EQ(standing.late, 15'000);
    EXPECT_EQ(standing.missing, 6'000);
    EXPECT_EQ(standing.transferred, 9'000);
}

TEST(Offset, CountsWhatIsAdditionalLocalAndCaused) {
    // (1000 x 0.6 - 100) x 0.5 = 250 of real value, x 3 = 750 credit.
    const OffsetBook book = book_of(
        "A,PHL,North,GENERIC,,2020-01-01,2021-01-01,USD,1000,100\n",
        "1,A,2020-06-01,d1,technology,1000,,100,0.6,0.5,,,\n"
        "2,A,2020-06-01,d2,technology,100,,200,,,,,\n"
    );
    const OffsetLedger ledger = ledger_on(book, "2020-12-31");
    EXPECT_EQ(ledger.credits[0].transferred, 25'000);
    EXPECT_EQ(ledger.credits[0].credit, 75'000);
    EXPECT_EQ(ledger.credits[1].credit, 0) << "no more than what was done before anyway";
}

TEST(Offset, ADeedIsWorthItsValueOnceWhoeverClaimsIt) {
    const OffsetBook book = book_of(
        "A,PHL,North,GENERIC,,2020-01-01,2021-01-01,USD,1000,100\n"
        "B,THA,North,GENERIC,,2020-01-01,2021-01-01,USD,1000,100\n",
        "1,A,2020-06-01,licence 7,technology,100,70,,,,,,\n"
        "2,B,2020-07-01,licence 7,technology,100,50,,,,,,\n"
        "3,A,2020-06-01,yard,purchase,100,60,,,,,,\n"
        "4,B,2020-06-01,yard,purchase,100,40,,,,,,\n"
        "5,A,2020-06-01,hall,purchase,100,40,,,,,,\n"
        "6,A,2020-06-02,hall,purchase,90,40,,,,,,\n"
    );
    const OffsetLedger ledger = ledger_on(book, "2021-01-01");
    ASSERT_EQ(ledger.clashes.size(), 3U);
    EXPECT_EQ(ledger.clashes[0].deed, "hall");
    EXPECT_EQ(ledger.clashes[0].kind, OffsetClash::Kind::unlike_values);
    EXPECT_EQ(ledger.clashes[1].kind, OffsetClash::Kind::claimed_twice);
    EXPECT_EQ(ledger.clashes[1].refused, 2'000);
    EXPECT_THAT(ledger.clashes[1].lines, testing::ElementsAre(0U, 1U));
    EXPECT_EQ(ledger.clashes[2].kind, OffsetClash::Kind::shared);
    EXPECT_EQ(ledger.credits[0].refused, 0) << "the first has it";
    EXPECT_EQ(ledger.credits[1].accepted, 3'000);
}

TEST(Offset, ALineInAnotherCurrencyIsExchangedByTheRateOfItsDay) {
    ingest::ImportReport report;
    const ExchangeRates rates = parse_exchange_rates(
        "base,currency,day,rate\nUSD,MYR,2020-06-01,4.25\nUSD,MYR,2020-07-01,4.00\n",
        "rates.csv",
        report
    );
    const std::string lines =
        "line,obligation,day,deed,category,nominal,currency\n"
        "1,A,2020-06-02,d1,technology,100,MYR\n"
        "2,A,2020-07-02,d2,technology,100,MYR\n"
        "3,A,2020-07-02,d3,technology,100,USD\n";
    const std::string obligations = std::string(obligation_header)
                                    + "A,PHL,North,GENERIC,,2020-01-01,2021-01-01,USD,1000,100\n";
    const OffsetBook book =
        parse_offset_book(obligations, lines, shipped_policies(), rates, report);
    ASSERT_EQ(book.transactions.size(), 3U);
    EXPECT_EQ(book.transactions[0].nominal, 2'353) << "100 / 4.25 = 23.529...";
    EXPECT_EQ(book.transactions[1].nominal, 2'500);
    EXPECT_EQ(book.transactions[2].nominal, 10'000);
    ingest::ImportReport without;
    EXPECT_TRUE(
        parse_offset_book(obligations, lines, shipped_policies(), {}, without).transactions.empty()
    );
    EXPECT_EQ(without.errors(), 2U);
}

TEST(Offset, AnAuditStandsBesideTheCreditFromItsDayOn) {
    const OffsetBook book = book_of(
        "A,PHL,North,GENERIC,,2020-01-01,2021-01-01,USD,1000,100\n",
        "1,A,2020-06-01,d1,technology,100,,,,,,80,2020-09-01\n"
    );
    const OffsetStanding before = ledger_on(book, "2020-08-31").standings.at(0);
    EXPECT_EQ(before.unaudited, 30'000);
    EXPECT_EQ(before.transferred, 10'000);
    const OffsetStanding after = ledger_on(book, "2020-09-01").standings.at(0);
    EXPECT_EQ(after.credit, 30'000);
    EXPECT_EQ(after.audited, 24'000);
    EXPECT_EQ(after.unaudited, 0);
    EXPECT_EQ(after.transferred, 8'000);
}

TEST(Offset, SaysEverythingThatIsWrong) {
    EXPECT_THAT(
        complaints_about(
            "A,PHL,North,GENERIC,,2020-01-01,2019-01-01,usd,0,\n"
            "A,PHL,North,NONE,,2020-01-01,2021-01-01,USD,1,\n"
            "B,PHL,North,PHL,,2024-12-01,2025-01-01,USD,1,\n"
            "C,IDN,North,IDN,,2001-01-01,2025-01-01,USD,1,\n"
            "D,IDN,North,IDN,1999,2020-01-01,2025-01-01,USD,1,\n",
            ""
        ),
        testing::ElementsAre(
            "obligations.csv 2 currency",
            "obligations.csv 2 due",
            "obligations.csv 2 contract_value",
            "obligations.csv 3 policy",
            "obligations.csv 3 obligation",
            "obligations.csv 4 agreed",
            "obligations.csv 5 signed_on",
            "obligations.csv 6 version"
        )
    );
    EXPECT_THAT(
        complaints_about(
            "A,PHL,North,GENERIC,,2020-01-01,2021-01-01,USD,1000,\n"
            "I,IDN,North,IDN,,2020-01-01,2021-01-01,USD,1000,\n",
            "1,A,2019-01-01,d,purchase,1,,,,,,,\n"
            "1,A,2020-01-01,d,poetry,1,,,1.5,,,,\n"
            "2,I,2020-01-01,d,offset,1,,,,,no,2,\n"
            "3,Z,2020-01-01,d,offset,1,,,,,,,\n"
        ),
        testing::ElementsAre(
            "transactions.csv 2 day",
            "transactions.csv 3 local_share",
            "transactions.csv 3 category",
            "transactions.csv 3 line",
            "transactions.csv 4 audited",
            "transactions.csv 4 audited",
            "transactions.csv 4 core",
            "transactions.csv 5 obligation"
        )
    );
}

TEST(Offset, APolicySaysEverythingThatIsWrong) {
    ingest::ImportReport report;
    const auto policies = parse_offset_policies(
        "policy,version,from,name,quota,core_quota,core_share,may_bank,bank_years,penalty,"
        "publisher,"
        "title,year,licence,confidence\n"
        "P,1,2020-01-01,n,0.3,0.1,0.2,no,5,,p,t,2020,l,A\n"
        "P,1,2020-01-01,n,9,,,maybe,,,p,t,2020,l,F\n",
        "policy,version,category,multiplier,confidence\n"
        "P,,c,1.5,A\n"
        "P,1,c,11,A\n"
        "Q,,c,1,A\n",
        report
    );
    EXPECT_TRUE(policies.empty());
    std::vector<std::string> columns;
    for (const ingest::Issue& issue : report.issues()) {
        columns.push_back(fmt::format("{} {} {}", issue.file, issue.row, issue.column));
    }
    EXPECT_THAT(
        columns,
        testing::ElementsAre(
            "policies.csv 2 core_share",
            "policies.csv 2 bank_years",
            "policies.csv 3 quota",
            "policies.csv 3 may_bank",
            "policies.csv 3 confidence",
            "policies.csv 3 version",
            "policies.csv 3 from",
            "categories.csv 3 multiplier",
            "categories.csv 3 category",
            "categories.csv 4 policy"
        )
    );
}

/// Two states, three suppliers, two policies with and without a bank, deeds that several claim.
OffsetBook drawn_book(std::uint64_t seed) {
    RandomStream random(seed, 0);
    OffsetBook book;
    book.policies.push_back({"P", "1", sys_days{}, "", Fraction(1, 4)});
    book.policies[0].may_bank = true;
    book.policies[0].bank_years = 1 + static_cast<std::int32_t>(random.below(3));
    book.policies[0].penalty = Fraction(1, 20);
    book.policies.push_back({"Q", "1", sys_days{}, "", Fraction(1, 3)});
    for (OffsetPolicy& policy : book.policies) {
        policy.categories = {{"a"}, {"b", Fraction(3, 2), Fraction(1, 7)}, {"c", Fraction(1, 3)}};
    }
    const sys_days start = std::chrono::year{2020} / 1 / 1;
    for (std::uint64_t i = 0; i < 6; ++i) {
        const sys_days signed_on = start + std::chrono::days{random.below(300)};
        book.obligations.push_back(
            {fmt::format("O{}", i),
             random.below(2) == 0 ? "PHL" : "THA",
             fmt::format("S{}", random.below(2)),
             random.below(4) == 0 ? 1U : 0U,
             signed_on,
             signed_on + std::chrono::days{random.below(1500)},
             "USD",
             1 + static_cast<Cents>(random.below(100'000))}
        );
    }
    for (std::uint64_t i = 0; i < 40; ++i) {
        OffsetTransaction line;
        line.id = fmt::format("{}", i);
        line.obligation = random.below(6);
        line.day =
            book.obligations[line.obligation].signed_on + std::chrono::days{random.below(1600)};
        line.deed = fmt::format("d{}", random.below(30));
        line.category = std::string(1, static_cast<char>('a' + random.below(3)));
        line.nominal = static_cast<Cents>(random.below(10'000));
        line.claimed = static_cast<Cents>(random.below(10'000));
        line.baseline = random.below(4) == 0 ? 777 : 0;
        line.local_share = Fraction(random.below(10) + 1, 10);
        line.causality = Fraction(random.below(3) + 1, 3);
        book.transactions.push_back(std::move(line));
    }
    return book;
}

TEST(Offset, ClosesToTheCent) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const OffsetBook book = drawn_book(seed);
        const OffsetLedger ledger = ledger_on(book, "2023-06-30");
        std::map<std::string, Fraction> parts;
        for (std::size_t i = 0; i < book.transactions.size(); ++i) {
            const OffsetTransaction& line = book.transactions[i];
            const OffsetCredit& credit = ledger.credits[i];
            if (credit.counts) {
                EXPECT_EQ(credit.accepted + credit.refused, line.claimed);
                EXPECT_LE(credit.accepted, line.nominal);
                parts[line.deed] +=
                    line.nominal == 0 ? Fraction{0} : Fraction(credit.accepted, line.nominal);
            }
        }
        for (const auto& [deed, part] : parts) {
            EXPECT_LE(part, 1) << seed << ' ' << deed;
        }
        Cents drawn = 0;
        Cents lent = 0;
        for (const OffsetStanding& one : ledger.standings) {
            EXPECT_EQ(one.credit, one.applied + one.lent + one.bank + one.lapsed) << seed;
            EXPECT_EQ(one.owed, one.applied + one.drawn + one.missing) << seed;
            EXPECT_LE(one.transferred, one.nominal - one.refused) << seed;
            drawn += one.drawn;
            lent += one.lent;
        }
        EXPECT_EQ(drawn, lent) << "what one draws another has lent";
    }
}

/// The same, day after day, with nothing but a list of coins: one for each cent of surplus.
struct PlainStanding {
    Cents applied = 0;
    Cents drawn = 0;
    Cents bank = 0;
    Cents missing = 0;
};

std::vector<PlainStanding> plain_ledger(const OffsetBook& book, sys_days last) {
    struct Coin {
        std::size_t of;
        sys_days until;
    };

    const OffsetLedger credits = offset_ledger(book, last);  // what a line is worth alone
    std::vector<PlainStanding> standings(book.obligations.size());
    std::vector<Coin> coins;
    const auto same_bank = [&](std::size_t a, std::size_t b) {
        return book.obligations[a].state == book.obligations[b].state
               && book.obligations[a].supplier == book.obligations[b].supplier;
    };
    for (std::size_t i = 0; i < standings.size(); ++i) {
        const OffsetObligation& one = book.obligations[i];
        standings[i].missing = nearest(*book.policies[one.policy].quota * one.contract_value);
    }
    for (sys_days day = std::chrono::year{2020} / 1 / 1; day <= last; day += std::chrono::days{1}) {
        std::erase_if(coins, [&](const Coin& coin) { return coin.until < day; });
        for (std::size_t i = 0; i < book.transactions.size(); ++i) {
            const std::size_t of = book.transactions[i].obligation;
            if (book.transactions[i].day != day || day > book.obligations[of].due) {
                continue;
            }
            const OffsetPolicy& policy = book.policies[book.obligations[of].policy];
            for (Cents cent = 0; cent < credits.credits[i].credit; ++cent) {
                if (standings[of].missing > 0) {
                    ++standings[of].applied;
                    --standings[of].missing;
                } else if (policy.may_bank) {
                    const std::chrono::year_month_day date{day};
                    const auto later = date + std::chrono::years{*policy.bank_years};
                    coins.push_back(
                        {of,
                         later.ok() ? sys_days{later}
                                    : sys_days{later.year() / later.month() / std::chrono::last}}
                    );
                }
            }
        }
        for (std::size_t i = 0; i < standings.size(); ++i) {
            while (book.obligations[i].due == day && standings[i].missing > 0) {
                auto best = coins.end();
                for (auto coin = coins.begin(); coin != coins.end(); ++coin) {
                    if (same_bank(coin->of, i)
                        && (best == coins.end() || coin->until < best->until)) {
                        best = coin;
                    }
                }
                if (best == coins.end()) {
                    break;
                }
                coins.erase(best);
                ++standings[i].drawn;
                --standings[i].missing;
            }
        }
    }
    for (const Coin& coin : coins) {
        ++standings[coin.of].bank;
    }
    return standings;
}

TEST(Offset, ASlowLedgerOfCoinsSaysTheSame) {
    const sys_days last = std::chrono::year{2023} / 6 / 30;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        OffsetBook book = drawn_book(seed);
        for (OffsetObligation& one : book.obligations) {
            one.contract_value = 1 + one.contract_value / 100;
        }
        for (OffsetTransaction& line : book.transactions) {
            line.nominal /= 30;
            line.claimed /= 30;
        }
        const std::vector<PlainStanding> plain = plain_ledger(book, last);
        for (const OffsetStanding& one : offset_ledger(book, last).standings) {
            EXPECT_EQ(one.applied, plain[one.obligation].applied) << seed << ' ' << one.obligation;
            EXPECT_EQ(one.drawn, plain[one.obligation].drawn) << seed << ' ' << one.obligation;
            EXPECT_EQ(one.bank, plain[one.obligation].bank) << seed << ' ' << one.obligation;
            EXPECT_EQ(one.missing, plain[one.obligation].missing) << seed << ' ' << one.obligation;
        }
    }
}

TEST(Fraction, ReadsWhatItWritesAndRoundsHalvesAway) {
    EXPECT_EQ(parse_fraction("0.35"), Fraction(7, 20));
    EXPECT_EQ(parse_fraction("-4"), Fraction(-4));
    EXPECT_EQ(parse_fraction("123456789.000000001"), Fraction(123456789000000001, 1000000000));
    for (const std::string_view wrong : {"", "-", ".5", "1.", "1e3", "1234567890", "1,5", "0x1"}) {
        EXPECT_EQ(parse_fraction(wrong), std::nullopt) << wrong;
    }
    EXPECT_EQ(nearest(Fraction(5, 2)), 3);
    EXPECT_EQ(nearest(Fraction(-5, 2)), -3);
    EXPECT_EQ(nearest(Fraction(7, 3)), 2);
    EXPECT_EQ(nearest(Fraction(-7, 3)), -2);
    EXPECT_EQ(nearest(Fraction(0)), 0);
}

}  // namespace
}  // namespace adic::procure
