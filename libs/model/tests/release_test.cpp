#include "adic/model/release.hpp"

#include "adic/base/random.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::model {
namespace {

using std::chrono::sys_days;
using namespace std::chrono_literals;

constexpr sys_days new_year = 2026y / 1 / 1;
constexpr sys_days midsummer = 2026y / 7 / 1;

Reader official(std::string state, sys_days on = new_year) {
    return {std::move(state), {"ASEAN"}, {}, true, on};
}

Grant to(Audience::Kind kind, std::string id, Disclosure disclosure = Disclosure::full) {
    return {{kind, std::move(id)}, disclosure, {}, {}};
}

TEST(Release, GivesNobodyAnythingByDefault) {
    EXPECT_EQ(disclosed_to(official("IDN"), {}), Disclosure::none);
    EXPECT_EQ(traffic_light_of({}), "TLP:RED");
}

TEST(Release, ReachesThoseItNamesAndNobodyElse) {
    struct Case {
        Grant grant;
        Reader reader;
        Disclosure expected;
    };

    const Reader firm{"MYS", {"ASEAN"}, "yard", false, new_year};
    const Reader stranger{};
    const std::vector<Case> cases{
        {to(Audience::Kind::state, "MYS"), official("MYS"), Disclosure::full},
        {to(Audience::Kind::state, "MYS"), official("IDN"), Disclosure::none},
        {to(Audience::Kind::state, "MYS"), firm, Disclosure::none},
        {to(Audience::Kind::bloc, "ASEAN"), official("IDN"), Disclosure::full},
        {to(Audience::Kind::bloc, "EU"), official("IDN"), Disclosure::none},
        {to(Audience::Kind::bloc, "ASEAN"), firm, Disclosure::none},
        {to(Audience::Kind::organisation, "yard"), firm, Disclosure::full},
        {to(Audience::Kind::organisation, "yard"), official("MYS"), Disclosure::none},
        {to(Audience::Kind::organisation, ""), stranger, Disclosure::none},
        {to(Audience::Kind::state, ""), stranger, Disclosure::none},
        {to(Audience::Kind::everyone, "", Disclosure::exists), stranger, Disclosure::exists},
    };
    for (const Case& one : cases) {
        EXPECT_EQ(disclosed_to(one.reader, {one.grant}), one.expected)
            << to_text({one.grant}) << " for " << one.reader.state;
    }
}

TEST(Release, BeginsOnItsFirstDayAndEndsBeforeItsLast) {
    Grant grant = to(Audience::Kind::state, "MYS");
    grant.from = new_year;
    grant.until = midsummer;
    const auto on = [&](sys_days day) { return disclosed_to(official("MYS", day), {grant}); };
    EXPECT_EQ(on(new_year - std::chrono::days{1}), Disclosure::none);
    EXPECT_EQ(on(new_year), Disclosure::full);
    EXPECT_EQ(on(midsummer - std::chrono::days{1}), Disclosure::full);
    EXPECT_EQ(on(midsummer), Disclosure::none);
}

TEST(Release, IsReadAsPeopleWriteIt) {
    const auto grants = parse_grants(
        " public:exists; ASEAN:generalised ;MYS;org:PTX@2026-01-01/;SGP@/2026-07-01",
        {"ASEAN"}
    );
    ASSERT_TRUE(grants) << grants.error().message;
    ASSERT_EQ(grants->size(), 5U);
    EXPECT_EQ((*grants)[0], to(Audience::Kind::everyone, "", Disclosure::exists));
    EXPECT_EQ((*grants)[1], to(Audience::Kind::bloc, "ASEAN", Disclosure::generalised));
    EXPECT_EQ((*grants)[2], to(Audience::Kind::state, "MYS"));
    EXPECT_EQ((*grants)[3].audience, (Audience{Audience::Kind::organisation, "PTX"}));
    EXPECT_EQ((*grants)[3].from, new_year);
    EXPECT_EQ((*grants)[4].until, midsummer);
    EXPECT_EQ(
        to_text(*grants),
        "public:exists;ASEAN:generalised;MYS;org:PTX@2026-01-01/;SGP@/2026-07-01"
    );
}

TEST(Release, RefusesWhatItCannotReadWithWhatWouldBeRight) {
    for (const char* text :
         {";",
          "MYS;",
          "MYS:everything",
          "org:",
          "MYS@2026",
          "MYS@2026-01-01",
          "MYS@/",
          "MYS@2026-07-01/2026-01-01",
          "MYS@x/",
          ":full"}) {
        const auto grants = parse_grants(text, {"ASEAN"});
        ASSERT_FALSE(grants) << text;
        EXPECT_EQ(grants.error().code, ErrorCode::invalid_argument);
    }
}

TEST(Release, NormalisedSaysTheSameToEveryReaderOnEveryDay) {
    const std::vector<Reader> readers{official("IDN"), official("MYS"), {}};
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        RandomStream random{seed, 0};
        ReleasePolicy policy;
        for (std::uint64_t g = random.below(6); g > 0; --g) {
            Grant grant =
                to(static_cast<Audience::Kind>(1 + random.below(3)),
                   "",
                   static_cast<Disclosure>(random.below(4)));
            if (grant.audience.kind != Audience::Kind::everyone) {
                const bool is_state = grant.audience.kind == Audience::Kind::state;
                grant.audience.id = is_state ? (random.below(2) == 0 ? "IDN" : "MYS") : "ASEAN";
            }
            if (random.below(2) == 0) {
                grant.from = new_year + std::chrono::days{random.below(3)};
            }
            if (random.below(2) == 0) {
                grant.until = new_year + std::chrono::days{3 + random.below(3)};
            }
            policy.record.push_back(grant);
        }
        const ReleasePolicy other = normalised(policy);
        EXPECT_EQ(normalised(other), other);
        EXPECT_LE(other.record.size(), policy.record.size());
        for (Reader reader : readers) {
            for (int day = -1; day < 8; ++day) {
                reader.on = new_year + std::chrono::days{day};
                EXPECT_EQ(disclosed_to(reader, policy.record), disclosed_to(reader, other.record))
                    << seed;
            }
        }
    }
}

TEST(Release, ChangesOnlyOnTheDaysThatItNames) {
    const auto grants = parse_grants("MYS@2026-01-01/2026-07-01;SGP@/2026-07-01", {});
    EXPECT_THAT(
        days_of_change({*grants, {{"price", *parse_grants("IDN@2025-01-01/", {})}}}),
        testing::ElementsAre(sys_days{2025y / 1 / 1}, new_year, midsummer)
    );
}

TEST(Release, IsNamedAfterItsWidestAudience) {
    const auto word = [](std::string_view text) {
        return traffic_light_of({*parse_grants(text, {"ASEAN"}), {}});
    };
    EXPECT_EQ(word(""), "TLP:RED");
    EXPECT_EQ(word("org:PTX"), "TLP:AMBER+STRICT");
    EXPECT_EQ(word("org:PTX;MYS"), "TLP:AMBER");
    EXPECT_EQ(word("ASEAN:exists;MYS"), "TLP:GREEN");
    EXPECT_EQ(word("public:generalised"), "TLP:CLEAR");
    EXPECT_EQ(word("public:none"), "TLP:RED");
}

}  // namespace
}  // namespace adic::model
