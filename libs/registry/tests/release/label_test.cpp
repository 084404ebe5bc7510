#include "adic/registry/release/label.hpp"

#include "adic/base/random.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::registry {
namespace {

using model::Audience;
using model::Disclosure;
using model::ReleasePolicy;
using testing::HasSubstr;
using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds created =
    std::chrono::sys_days{2026y / 11 / 25} + 16h + 5min + 9s;

ReleasePolicy policy(std::string_view record) {
    return {*model::parse_grants(record, {"ASEAN"}), {}};
}

TEST(ReleaseLabel, SaysInTheWordsOfTheStandardWhoMaySeeIt) {
    const std::string xml = write_label(policy("MYS;SGP"), created);
    EXPECT_THAT(xml, HasSubstr("urn:nato:stanag:4774:confidentialitymetadatalabel:1:0"));
    EXPECT_THAT(xml, HasSubstr("<PolicyIdentifier>ASEAN-ADIC/1</PolicyIdentifier>"));
    EXPECT_THAT(xml, HasSubstr("<Classification>NAMED-STATES</Classification>"));
    EXPECT_THAT(xml, HasSubstr("<PrivacyMark>TLP:AMBER</PrivacyMark>"));
    EXPECT_THAT(xml, HasSubstr("<Category TagName=\"ReleasableTo\" Type=\"PERMISSIVE\">"));
    EXPECT_THAT(xml, HasSubstr("<GenericValue>MYS</GenericValue>"));
    EXPECT_THAT(xml, HasSubstr("<CreationDateTime>2026-11-25T16:05:09Z</CreationDateTime>"));
}

TEST(ReleaseLabel, OfWhatIsNotReleasedIsForTheOwnerAlone) {
    const std::string xml = write_label({}, created);
    EXPECT_THAT(xml, HasSubstr("<Classification>OWN-STATE</Classification>"));
    EXPECT_THAT(xml, HasSubstr("TLP:RED"));
    const auto read = parse_label(xml);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, ReleasePolicy{});
}

TEST(ReleaseLabel, ReadsBackAsThePolicyThatWasWritten) {
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        RandomStream random{seed, 0};
        const auto grants = [&] {
            std::vector<model::Grant> made;
            for (std::uint64_t g = random.below(5); g > 0; --g) {
                model::Grant grant;
                grant.audience.kind = static_cast<Audience::Kind>(random.below(4));
                if (grant.audience.kind != Audience::Kind::everyone) {
                    grant.audience.id = std::vector{"IDN", "a & b", "<x>"}[random.below(3)];
                }
                grant.disclosure = static_cast<Disclosure>(1 + random.below(3));
                if (random.below(3) == 0) {
                    grant.from =
                        std::chrono::sys_days{2026y / 1 / 1} + std::chrono::days{random.below(9)};
                }
                if (random.below(3) == 0) {
                    grant.until =
                        std::chrono::sys_days{2027y / 1 / 1} + std::chrono::days{random.below(9)};
                }
                made.push_back(grant);
            }
            return made;
        };
        ReleasePolicy given{grants(), {}};
        for (const char* field : {"budget", "quantity"}) {
            if (random.below(2) == 0) {
                given.fields.push_back({field, grants()});
            }
        }
        given = model::normalised(given);
        const auto read = parse_label(write_label(given, created));
        ASSERT_TRUE(read) << read.error().message;
        ASSERT_EQ(*read, given) << write_label(given, created);
    }
}

/// What is not understood may be a restriction.
TEST(ReleaseLabel, IsRefusedWhereAnythingInItIsNotUnderstood) {
    const std::string right = write_label(policy("MYS:generalised@2026-01-01/"), created);
    ASSERT_TRUE(parse_label(right));
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string xml = right;
        xml.replace(xml.find(from), from.size(), to);
        return parse_label(xml);
    };
    EXPECT_FALSE(with("ASEAN-ADIC/1", "NATO"));
    EXPECT_FALSE(with("NAMED-STATES", "SECRET"));
    EXPECT_FALSE(with("NAMED-STATES", "OWN-STATE"));
    EXPECT_FALSE(with("PERMISSIVE", "RESTRICTIVE"));
    EXPECT_FALSE(with("\"ReleasableTo\"", "\"Caveat\""));
    EXPECT_FALSE(with("generalised", "partly"));
    EXPECT_FALSE(with("2026-01-01", "2026"));
    EXPECT_FALSE(with("originatorConfidentialityLabel>\n", "otherLabel>\n"));
    EXPECT_FALSE(with("stanag:4774", "stanag:4775"));
    EXPECT_FALSE(parse_label(""));
    EXPECT_FALSE(parse_label("<a>"));
    EXPECT_FALSE(parse_label(std::string((std::size_t{1} << 20U) + 1, ' ')));
}

}  // namespace
}  // namespace adic::registry
