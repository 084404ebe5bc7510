#include "adic/procure/flags.hpp"

#include "adic/base/random.hpp"

#include "flags/plain_flags.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::procure {
namespace {

using nlohmann::json;

json bid_of(const std::string& tenderer, double amount, const std::string& status = "valid") {
    return {
        {"status", status},
        {"tenderers", json::array({{{"id", tenderer}}})},
        {"value", {{"amount", amount}, {"currency", "USD"}}}};
}

json award_to(const std::string& supplier, const std::string& status = "active") {
    return {{"status", status}, {"suppliers", json::array({{{"id", supplier}}})}};
}

using List = std::vector<json>;

json process_of(const std::string& ocid, const List& bids, const List& awards) {
    return {{"ocid", ocid}, {"bids", {{"details", bids}}}, {"awards", awards}};
}

std::string lines_of(const std::vector<json>& releases) {
    std::string text;
    for (const json& release : releases) {
        text += release.dump() + '\n';
    }
    return text;
}

FlagFindings
findings_in(const std::string& text, const FlagSettings& settings = {}, std::size_t threads = 1) {
    ingest::ImportReport report;
    auto found = find_flags_in(text, "bids.jsonl", settings, {threads, {}}, report);
    EXPECT_TRUE(report.may_commit());
    return found ? *std::move(found) : FlagFindings{};
}

std::vector<std::string> flagged(const FlagFindings& findings, FlagCode code, FlagSubject subject) {
    std::vector<std::string> ids;
    for (const RaisedFlag& flag : findings.flags) {
        if (flag.code == code && flag.subject == subject) {
            ids.push_back(fmt::format("{} {:.4g}", flag.id, flag.value));
        }
    }
    return ids;
}

TEST(Quantile, MatchesHandComputedValues) {
    const std::vector<double> four{1, 2, 4, 8};
    // h = 13/3 / 4 + 1/3 = 17/12: 1 + 5/12
    EXPECT_NEAR(quantile(four, 0.25), 1.0 + 5.0 / 12.0, 1e-12);
    // h = 13/3 * 3/4 + 1/3 = 43/12: 4 + 7/12 * 4
    EXPECT_NEAR(quantile(four, 0.75), 4.0 + 7.0 / 3.0, 1e-12);
    EXPECT_EQ(quantile(std::vector<double>{5}, 0.25), 5.0);
    EXPECT_EQ(quantile(four, 0.0), 1.0);
    EXPECT_EQ(quantile(four, 1.0), 8.0);
}

TEST(Instant, NeedsAnOffset) {
    EXPECT_EQ(instant_of("1970-01-02T00:00:00Z"), 86'400'000);
    EXPECT_EQ(instant_of("1970-01-01T01:00:00.250+01:00"), 250);
    EXPECT_EQ(instant_of("1969-12-31T23:00:00-01:00"), 0);
    for (const char* wrong :
         {"",
          "2020-01-01",
          "2020-01-01T00:00:00",
          "2020-02-30T00:00:00Z",
          "2020-01-01T00:00:00Zx",
          "2020-01-01T25:00:00Z",
          "2020-01-01T00:00:00.Z",
          "20200101T000000Z"}) {
        EXPECT_EQ(instant_of(wrong), std::nullopt) << wrong;
    }
}

TEST(Flags, AShortPeriodIsCountedInWholeDays) {
    const auto process = [](const char* ocid, const char* closes) {
        json release{{"ocid", ocid}};
        release["tender"]["tenderPeriod"] = {
            {"startDate", "2024-01-01T12:00:00Z"},
            {"endDate", closes}};
        release["tender"]["procurementMethodDetails"] = "emergency";
        return release;
    };
    const std::string text = lines_of(
        {process("15", "2024-01-16T12:00:00Z"),
         process("14.9", "2024-01-16T11:59:59Z"),
         process("day", "2024-01-03")}
    );
    const FlagFindings standard = findings_in(text);
    EXPECT_THAT(
        flagged(standard, FlagCode::r003, FlagSubject::process),
        testing::ElementsAre("14.9 14")
    );
    EXPECT_EQ(standard.judged[0], 2U) << "a day alone is no instant";
    FlagSettings settings;
    settings.least_days_of["emergency"] = 10;
    EXPECT_THAT(findings_in(text, settings).flags, testing::IsEmpty());
}

TEST(Flags, OneTendererIsOddOnlyWhereOthersMayBid) {
    const auto process = [](const char* method, int tenderers) {
        json release{{"ocid", method}};
        release["tender"] = {{"procurementMethod", method}, {"numberOfTenderers", tenderers}};
        return release;
    };
    const FlagFindings found =
        findings_in(lines_of({process("open", 1), process("direct", 1), process("selective", 2)}));
    EXPECT_THAT(
        flagged(found, FlagCode::r018, FlagSubject::process),
        testing::ElementsAre("open 1")
    );
}

/// Nine processes whose second price is 10 to 11.6 % above the first, one with 1 %, one with 90 %.
std::vector<json> priced_processes() {
    std::vector<json> releases;
    const auto add = [&](double second) {
        releases.push_back(process_of(
            fmt::format("p{:02}", releases.size()),
            {bid_of("W", 100), bid_of("L", second)},
            {award_to("W")}
        ));
    };
    for (int i = 0; i < 9; ++i) {
        add(110.0 + 0.2 * i);
    }
    add(101.0);
    add(190.0);
    return releases;
}

TEST(Flags, PricesOutsideTheFencesAreClosePricesAndDiscounts) {
    const FlagFindings found = findings_in(lines_of(priced_processes()));
    EXPECT_THAT(
        flagged(found, FlagCode::r024, FlagSubject::process),
        testing::ElementsAre("p09 0.01")
    );
    EXPECT_THAT(
        flagged(found, FlagCode::r024, FlagSubject::tenderer),
        testing::ElementsAre("L 1", "W 1")
    );
    EXPECT_THAT(
        flagged(found, FlagCode::r058, FlagSubject::process),
        testing::ElementsAre("p10 0.9")
    );
    EXPECT_THAT(flagged(found, FlagCode::r058, FlagSubject::tenderer), testing::ElementsAre("W 1"));
    // Eleven gaps: h = 11 1/3 / 4 + 1/3 = 3 1/6, so Q1 = 0.102 + 0.002 / 6; Q3 mirrors it.
    const auto fence = std::ranges::find(found.fences, FlagCode::r024, &FlagFence::code);
    ASSERT_NE(fence, found.fences.end());
    EXPECT_NEAR(*fence->first_quartile, 0.102 + 0.002 / 6.0, 1e-9);
    EXPECT_NEAR(*fence->third_quartile, 0.114 - 0.002 / 6.0, 1e-9);
}

TEST(Flags, ASettingGoesBeforeTheFence) {
    FlagSettings settings;
    settings.close_price = 0.1;
    settings.deep_discount = 2.0;
    const FlagFindings found = findings_in(lines_of(priced_processes()), settings);
    EXPECT_THAT(
        flagged(found, FlagCode::r024, FlagSubject::process),
        testing::ElementsAre("p00 0.1", "p09 0.01")
    );
    EXPECT_THAT(flagged(found, FlagCode::r058, FlagSubject::process), testing::IsEmpty());
}

TEST(Flags, WithoutAPriceComparisonNothingIsComparedByPrice) {
    std::vector<json> releases = priced_processes();
    for (json& release : releases) {
        release["tender"]["procurementMethodDetails"] = "lottery";
    }
    FlagSettings settings;
    settings.no_price_comparison = {"lottery"};
    EXPECT_EQ(findings_in(lines_of(releases), settings).judged[2], 0U);
    EXPECT_EQ(findings_in(lines_of(releases)).judged[2], releases.size());
}

TEST(Flags, OnlyOneCurrencyIsCompared) {
    std::vector<json> releases = priced_processes();
    json other = process_of("yen", {bid_of("W", 100), bid_of("L", 190)}, {award_to("W")});
    for (json& bid : other["bids"]["details"]) {
        bid["value"]["currency"] = "JPY";
    }
    releases.push_back(other);
    const FlagFindings found = findings_in(lines_of(releases));
    EXPECT_EQ(found.currency, "USD");
    EXPECT_EQ(found.other_currency, 1U);
    EXPECT_THAT(
        flagged(found, FlagCode::r058, FlagSubject::process),
        testing::ElementsAre("p10 0.9")
    );
    FlagSettings settings;
    settings.currency = "JPY";
    EXPECT_EQ(findings_in(lines_of(releases), settings).judged[2], 1U);
}

TEST(Flags, DifferentTenderersWithOnePriceAreNamed) {
    const FlagFindings found = findings_in(lines_of(
        {process_of("same", {bid_of("A", 50), bid_of("B", 50), bid_of("C", 51)}, {}),
         process_of("itself", {bid_of("A", 50), bid_of("A", 50)}, {}),
         process_of("withdrawn", {bid_of("A", 7), bid_of("B", 7, "withdrawn")}, {})}
    ));
    EXPECT_THAT(
        flagged(found, FlagCode::r028, FlagSubject::process),
        testing::ElementsAre("same 2")
    );
    EXPECT_THAT(
        flagged(found, FlagCode::r028, FlagSubject::tenderer),
        testing::ElementsAre("A 1", "B 1")
    );
}

TEST(Flags, ALateBidIsOddOnlyIfItWon) {
    const auto process = [](const char* ocid, const char* winner, const char* came) {
        json bid = bid_of("late", 10);
        bid["date"] = came;
        json release = process_of(ocid, {bid, bid_of("other", 12)}, {award_to(winner)});
        release["tender"]["tenderPeriod"]["endDate"] = "2024-03-15T12:00:00Z";
        return release;
    };
    const FlagFindings found = findings_in(lines_of(
        {process("late won", "late", "2024-03-17T00:00:00Z"),
         process("late lost", "other", "2024-03-17T00:00:00Z"),
         process("in time elsewhere", "late", "2024-03-15T13:30:00+02:00")}
    ));
    EXPECT_THAT(
        flagged(found, FlagCode::r030, FlagSubject::process),
        testing::ElementsAre("late won 1.5")
    );
    EXPECT_EQ(found.judged[5], 2U);
}

TEST(Flags, AWinnerWhoIsLeftAloneIsNamedWithTheOthers) {
    const List bids{
        bid_of("W", 30),
        bid_of("X", 20, "disqualified"),
        bid_of("Y", 25, "disqualified"),
        bid_of("W", 31, "disqualified")};
    const std::vector<json> releases{
        process_of("alone", bids, {award_to("W")}),
        process_of("pending", bids, {award_to("W"), award_to("W", "pending")}),
        process_of("another", bids, {award_to("X")})};
    const FlagFindings found = findings_in(lines_of(releases));
    EXPECT_THAT(
        flagged(found, FlagCode::r035, FlagSubject::process),
        testing::ElementsAre("alone 2")
    );
    EXPECT_THAT(flagged(found, FlagCode::r035, FlagSubject::tenderer), testing::ElementsAre("W 1"));
    EXPECT_THAT(
        flagged(found, FlagCode::r036, FlagSubject::process),
        testing::ElementsAre("alone 20", "another 20", "pending 20")
    );
    FlagSettings settings;
    settings.least_disqualified = 3;
    EXPECT_THAT(
        flagged(findings_in(lines_of(releases), settings), FlagCode::r035, FlagSubject::process),
        testing::IsEmpty()
    );
}

TEST(Flags, WhoDisqualifiesMoreThanOthersIsAnOutlier) {
    std::vector<json> releases;
    for (int buyer = 0; buyer < 9; ++buyer) {
        for (int i = 0; i < 10; ++i) {
            const bool is_lost = buyer == 8 ? i < 9 : i < 1 + buyer % 2;
            json release = process_of(
                fmt::format("{}-{}", buyer, i),
                {bid_of(fmt::format("T{}{}", buyer, i), 10, is_lost ? "disqualified" : "valid")},
                {}
            );
            release["buyer"]["id"] = fmt::format("B{}", buyer);
            releases.push_back(release);
        }
    }
    EXPECT_THAT(
        flagged(findings_in(lines_of(releases)), FlagCode::r038, FlagSubject::buyer),
        testing::ElementsAre("B8 0.9")
    );
}

TEST(Flags, CancelledAndPassedOverProcessesAreCountedNotJudged) {
    std::vector<json> releases = priced_processes();
    releases[9]["tender"]["status"] = "cancelled";
    releases[10]["tender"]["procurementMethodDetails"] = "drill";
    FlagSettings settings;
    settings.passed_over = {"drill"};
    const FlagFindings found = findings_in(lines_of(releases), settings);
    EXPECT_EQ(found.processes, 11U);
    EXPECT_EQ(found.cancelled, 1U);
    EXPECT_EQ(found.passed_over, 1U);
    EXPECT_THAT(found.flags, testing::IsEmpty());
}

TEST(Flags, APackageArraysAndLinesSayTheSame) {
    const std::vector<json> releases = priced_processes();
    const FlagFindings lines = findings_in(lines_of(releases));
    json records = json::array();
    for (const json& release : releases) {
        records.push_back({{"ocid", release.at("ocid")}, {"compiledRelease", release}});
    }
    const json package{{"version", "1.1"}, {"releases", releases}};
    for (const std::string& text :
         {package.dump(),
          package.dump(2),
          json(releases).dump(1),
          json{{"records", records}}.dump(),
          json{{"records", records}}.dump(3)}) {
        const FlagFindings found = findings_in(text);
        EXPECT_EQ(found.flags, lines.flags) << text.substr(0, 40);
        EXPECT_EQ(found.fences, lines.fences);
    }
}

TEST(Flags, ReleasesOfAProcessArePutTogetherByDate) {
    json tender{{"ocid", "p"}, {"date", "2024-01-01T00:00:00Z"}};
    tender["bids"]["details"] = {bid_of("A", 50, "pending"), bid_of("B", 60, "pending")};
    tender["bids"]["details"][0]["id"] = 1;
    tender["bids"]["details"][1]["id"] = 2;
    json award{{"ocid", "p"}, {"date", "2024-02-01T00:00:00Z"}, {"awards", List{award_to("B")}}};
    award["bids"]["details"] = {
        {{"id", 1}, {"status", "disqualified"}},
        {{"id", 2}, {"status", "valid"}}};
    const json package{{"releases", {award, tender}}};
    const FlagFindings found = findings_in(package.dump());
    EXPECT_EQ(found.processes, 1U);
    EXPECT_THAT(flagged(found, FlagCode::r036, FlagSubject::process), testing::ElementsAre("p 50"));
    EXPECT_THAT(flagged(found, FlagCode::r035, FlagSubject::process), testing::ElementsAre("p 1"));
}

/// A process that may do anything: statuses, prices, dates, winners drawn at random.
json drawn_process(RandomStream& random, std::uint64_t number) {
    static const std::vector<std::string>
        statuses{"valid", "valid", "valid", "disqualified", "pending", "withdrawn", "invited", ""};
    const auto tenderer = [&] { return fmt::format("T{}", random.below(12)); };
    List bids;
    const std::uint64_t count = random.below(6);
    for (std::uint64_t i = 0; i < count; ++i) {
        const double price = 100.0 + static_cast<double>(random.below(24));
        json bid = bid_of(tenderer(), price, statuses[random.below(statuses.size())]);
        bid["date"] = fmt::format("2024-05-{:02}T10:00:00Z", 1 + random.below(28));
        if (random.below(12) == 0) {
            bid["tenderers"].push_back({{"id", tenderer()}});
        }
        if (random.below(12) == 0) {
            bid.erase("value");
        }
        bids.push_back(bid);
    }
    List awards;
    for (std::uint64_t i = random.below(8) == 0 ? 2 : 1; i > 0; --i) {
        static const std::vector<std::string> of_award{
            "active",
            "active",
            "active",
            "pending",
            "cancelled"};
        std::string winner = tenderer();
        if (!bids.empty() && random.below(4) > 0) {
            winner = bids[random.below(bids.size())]["tenderers"][0]["id"].get<std::string>();
        }
        json award = award_to(winner, of_award[random.below(of_award.size())]);
        json item;
        item["classification"]["id"] = fmt::format("{}000", 10 + random.below(30));
        award["items"] = List{item};
        awards.push_back(award);
    }
    json release = process_of(fmt::format("ocds-{}", number), bids, awards);
    release["buyer"]["id"] = fmt::format("B{}", random.below(9));
    release["tender"] = {
        {"procuringEntity", {{"id", fmt::format("E{}", random.below(9))}}},
        {"procurementMethod", random.below(2) == 0 ? "open" : "direct"},
        {"numberOfTenderers", count},
        {"tenderPeriod",
         {{"startDate", "2024-05-01T00:00:00Z"},
          {"endDate", fmt::format("2024-05-{:02}T00:00:00Z", 2 + random.below(26))}}}};
    if (random.below(20) == 0) {
        release["tender"]["status"] = "cancelled";
    }
    return release;
}

/// What only the first set has, as a person reads it.
std::vector<std::string> only_in(const std::set<PlainFlag>& one, const std::set<PlainFlag>& other) {
    std::vector<std::string> texts;
    for (const auto& flag : one) {
        if (!other.contains(flag)) {
            const auto& [code, subject, id] = flag;
            texts.push_back(fmt::format("{} {} {}", name_of(code), name_of(subject), id));
        }
    }
    return texts;
}

TEST(Flags, AgreeWithAPlainImplementation) {
    std::set<FlagCode> raised;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        RandomStream random(seed, 0);
        std::vector<json> releases;
        const std::uint64_t count = seed % 3 == 0 ? 400 : 5 + random.below(60);
        for (std::uint64_t i = 0; i < count; ++i) {
            releases.push_back(drawn_process(random, i));
        }
        const auto found = without_figures(findings_in(lines_of(releases)));
        const auto plain = plain_flags(releases);
        EXPECT_THAT(only_in(found, plain), testing::IsEmpty()) << "seed " << seed;
        EXPECT_THAT(only_in(plain, found), testing::IsEmpty()) << "seed " << seed;
        for (const PlainFlag& flag : found) {
            raised.insert(std::get<FlagCode>(flag));
        }
    }
    EXPECT_GE(raised.size(), flag_count - 2) << "the drawings should raise nearly all flags";
}

TEST(Flags, AreTheSameOnAnyNumberOfThreads) {
    RandomStream random(7, 0);
    std::vector<json> releases;
    for (std::uint64_t i = 0; i < 500; ++i) {
        releases.push_back(drawn_process(random, i));
    }
    const std::string text = lines_of(releases);
    const FlagFindings one = findings_in(text, {}, 1);
    const FlagFindings four = findings_in(text, {}, 4);
    EXPECT_EQ(one.flags, four.flags);
    EXPECT_EQ(one.fences, four.fences);
    EXPECT_EQ(one.judged, four.judged);
}

TEST(Flags, WhatIsNoProcessIsReportedByLine) {
    ingest::ImportReport report;
    const std::string text =
        lines_of(priced_processes()) + "{\"ocid\": \"cut\n" + "\n{\"id\": \"x\"}\n";
    const auto found = find_flags_in(text, "bids.jsonl", {}, {1, {}}, report);
    ASSERT_TRUE(static_cast<bool>(found));
    EXPECT_EQ(found->processes, 11U) << "the rest is judged";
    ASSERT_EQ(report.issues().size(), 2U);
    EXPECT_EQ(report.issues()[0].row, 12U);
    EXPECT_EQ(report.issues()[1].row, 14U);
    EXPECT_THAT(report.issues()[1].message, testing::HasSubstr("without 'ocid'"));
}

/// A file without a process is no clean bill: a download may have broken off.
TEST(Flags, OfNoProcessAreAnError) {
    for (const std::string_view text :
         {"", "\n\n", "[]", "{}", R"({"releases": []})", R"({"records": []})", "\xEF\xBB\xBF"}) {
        ingest::ImportReport report;
        const auto found = find_flags_in(text, "bids.jsonl", {}, {1, {}}, report);
        ASSERT_TRUE(static_cast<bool>(found)) << text;
        EXPECT_EQ(found->processes, 0U) << text;
        EXPECT_FALSE(report.may_commit()) << text;
        EXPECT_EQ(report.errors(), 1U) << text;
    }
}

TEST(Flags, AProcessThatIsThereTwiceIsCounted) {
    std::vector<json> releases = priced_processes();
    releases.push_back(releases.front());
    EXPECT_EQ(findings_in(lines_of(releases)).repeated, 1U);
}

TEST(FlagSettings, AreReadFromATable) {
    ingest::ImportReport report;
    const FlagSettings settings = parse_flag_settings(
        "flag,setting,value\n"
        "all,currency,PHP\n"
        "all,passed_over,drill|exercise\n"
        "R003,days,10\n"
        "R003,days_of,emergency=3|international=25\n"
        "R018,judged,no\n"
        "R024,threshold,0.05\n"
        "R048,threshold,\n",
        "mine.csv",
        report
    );
    EXPECT_TRUE(report.may_commit());
    EXPECT_EQ(settings.currency, "PHP");
    EXPECT_EQ(settings.passed_over, (WordSet{"drill", "exercise"}));
    EXPECT_EQ(settings.least_days, 10);
    EXPECT_EQ(settings.least_days_of.at("emergency"), 3);
    EXPECT_TRUE(settings.left_out.contains(FlagCode::r018));
    EXPECT_EQ(settings.close_price, 0.05);
    EXPECT_EQ(settings.high_variety, std::nullopt);
}

TEST(FlagSettings, AllThatIsWrongIsSaidAtOnce) {
    ingest::ImportReport report;
    const FlagSettings settings = parse_flag_settings(
        "flag,setting,value\nR03,days,1\nR003,day,1\nR003,days,soon\nR018,judged,perhaps\nR024\n",
        "mine.csv",
        report
    );
    EXPECT_EQ(settings, FlagSettings{});
    ASSERT_EQ(report.issues().size(), 5U);
    EXPECT_THAT(report.issues()[0].message, testing::HasSubstr("did you mean 'R003'"));
    EXPECT_THAT(report.issues()[1].message, testing::HasSubstr("did you mean 'days'"));
    EXPECT_EQ(report.issues()[2].value, "soon");
    EXPECT_EQ(report.issues()[2].row, 4U);
}

TEST(FlagSettings, TheFileThatComesWithTheProgramSaysWhatIsStandard) {
    ingest::ImportReport report;
    const auto settings = read_flag_settings(
        std::filesystem::path(ADIC_SOURCE_DIR) / "data/procure/flags.csv",
        report
    );
    ASSERT_TRUE(static_cast<bool>(settings));
    EXPECT_TRUE(report.may_commit());
    EXPECT_EQ(*settings, FlagSettings{});
}

}  // namespace
}  // namespace adic::procure
