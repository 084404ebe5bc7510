#include "adic/access/totp.hpp"

#include "book_fixture.hpp"

#include <array>

namespace adic::access {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr std::string_view rfc_secret = "12345678901234567890";

TEST(Hotp, MatchesRfc4226AppendixD) {
    const std::array<std::string_view, 10> codes{
        "755224",
        "287082",
        "359152",
        "969429",
        "338314",
        "254676",
        "287922",
        "162583",
        "399871",
        "520489"};
    for (std::size_t counter = 0; counter < codes.size(); ++counter) {
        EXPECT_EQ(hotp_code(rfc_secret, counter, 6), codes[counter]) << counter;
    }
}

TEST(Totp, MatchesRfc6238AppendixB) {
    struct Case {
        std::int64_t at;
        std::string_view code;
    };

    const std::array cases{
        Case{59, "94287082"},
        Case{1111111109, "07081804"},
        Case{1111111111, "14050471"},
        Case{1234567890, "89005924"},
        Case{2000000000, "69279037"},
        Case{20000000000, "65353130"},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(hotp_code(rfc_secret, totp_step(sys_seconds{seconds{c.at}}), 8), c.code) << c.at;
    }
}

TEST(Totp, TakesOneStepOfDriftAndNoMore) {
    const std::uint64_t step = totp_step(morning);
    for (int drift = -3; drift <= 3; ++drift) {
        const std::uint64_t at = step + static_cast<std::uint64_t>(drift + 3) - 3;
        const auto matching =
            matching_totp_step(rfc_secret, hotp_code(rfc_secret, at, 6), morning, std::nullopt);
        EXPECT_EQ(matching.has_value(), drift >= -1 && drift <= 1) << drift;
        if (matching) {
            EXPECT_EQ(*matching, at);
        }
    }
}

TEST(Totp, TakesNoStepTwice) {
    const std::uint64_t step = totp_step(morning);
    const std::string code = hotp_code(rfc_secret, step, 6);
    EXPECT_EQ(matching_totp_step(rfc_secret, code, morning, step - 1), step);
    EXPECT_EQ(matching_totp_step(rfc_secret, code, morning, step), std::nullopt);
    EXPECT_EQ(matching_totp_step(rfc_secret, code, morning, step + 1), std::nullopt)
        << "a later one has been used";
}

TEST(Totp, ReadsWhatPeopleType) {
    const std::uint64_t step = totp_step(morning);
    std::string code = hotp_code(rfc_secret, step, 6);
    EXPECT_EQ(matching_totp_step(rfc_secret, code.insert(3, " "), morning, {}), step);
    for (const std::string_view typed : {"", "12345", "1234567", "abcdef", "-12345"}) {
        EXPECT_EQ(matching_totp_step(rfc_secret, typed, morning, {}), std::nullopt) << typed;
    }
}

TEST(OtpauthUri, IsWhatAppsRead) {
    const TotpKey key{"Hello!\xDE\xAD\xBE\xEF", "adic MYS", "siti@ptx.example"};
    // The secret is that of the key URI format's example.
    EXPECT_EQ(
        to_otpauth_uri(key),
        "otpauth://totp/adic%20MYS:siti%40ptx.example?secret=JBSWY3DPEHPK3PXP&issuer=adic%20MYS"
        "&algorithm=SHA1&digits=6&period=30"
    );
    EXPECT_EQ(*parse_otpauth_uri(to_otpauth_uri(key)), key);
}

TEST(OtpauthUri, HasNoColonInItsNames) {
    const TotpKey key{"12345678901234567890", "adic: MYS", "siti"};
    EXPECT_EQ(parse_otpauth_uri(to_otpauth_uri(key))->issuer, "adic  MYS");
    EXPECT_FALSE(parse_otpauth_uri("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&issuer=b%3Ac"));
    EXPECT_FALSE(parse_otpauth_uri("otpauth://totp/a:b%3Ac?secret=JBSWY3DPEHPK3PXP"));
    EXPECT_EQ(parse_otpauth_uri("otpauth://totp/%20a?secret=JBSWY3DPEHPK3PXP")->account, "a");
}

TEST(OtpauthUri, IsRefusedWhereAnAppWouldShowOtherCodes) {
    const std::array<std::string_view, 12> bad{
        "",
        "otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=1",
        "otpauth://totp/a",
        "otpauth://totp/?secret=JBSWY3DPEHPK3PXP",
        "otpauth://totp/a?secret=",
        "otpauth://totp/a?secret=1",
        "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&digits=8",
        "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&period=60",
        "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&algorithm=SHA256",
        "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&secret=JBSWY3DPEHPK3PXP",
        "otpauth://totp/x:a?secret=JBSWY3DPEHPK3PXP&issuer=y",
        "otpauth://totp/a%4?secret=JBSWY3DPEHPK3PXP"};
    for (const std::string_view uri : bad) {
        EXPECT_FALSE(parse_otpauth_uri(uri)) << uri;
    }
    EXPECT_TRUE(parse_otpauth_uri("otpauth://totp/a?secret=jbswy3dpehpk3pxp"));
    EXPECT_FALSE(
        parse_otpauth_uri("otpauth://totp/" + std::string(129, 'a') + "?secret=JBSWY3DPEHPK3PXP")
    );
    EXPECT_FALSE(
        parse_otpauth_uri("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&x=" + std::string(3000, 'a'))
    );
}

}  // namespace
}  // namespace adic::access
