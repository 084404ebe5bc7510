#include "encoding.hpp"

#include "adic/base/random.hpp"

#include <array>

#include <gtest/gtest.h>

namespace adic::access {
namespace {

/// RFC 4648, section 10.
TEST(Base32, MatchesTheRfc) {
    const std::array<std::array<std::string_view, 2>, 7> cases{{
        {"", ""},
        {"f", "MY"},
        {"fo", "MZXQ"},
        {"foo", "MZXW6"},
        {"foob", "MZXW6YQ"},
        {"fooba", "MZXW6YTB"},
        {"foobar", "MZXW6YTBOI"},
    }};
    for (const auto& [bytes, text] : cases) {
        EXPECT_EQ(base32_of(bytes), text);
        EXPECT_EQ(bytes_of_base32(text), bytes);
        EXPECT_EQ(bytes_of_base32(std::string(text) + "===="), bytes);
    }
    for (const std::string_view bad : {"M", "MZ8Q", "MZ", "MZXW6YQ1", "MZ XQ"}) {
        EXPECT_EQ(bytes_of_base32(bad), std::nullopt) << bad;
    }
}

TEST(Base64url, IsReadInOneSpelling) {
    EXPECT_EQ(base64url_of("\xFB\xFF\xFE"), "-__-");
    EXPECT_EQ(bytes_of_base64url("-__-"), "\xFB\xFF\xFE");
    for (const std::string_view bad : {"+//+", "-__-=", "-_", "Zh", "Z", "Zg==", "Z g"}) {
        const auto read = bytes_of_base64url(bad);
        EXPECT_TRUE(!read || base64url_of(*read) == bad) << bad;
    }
    EXPECT_EQ(bytes_of_base64url("Zh"), std::nullopt) << "stray bits";
}

TEST(Encodings, GiveBackEveryByte) {
    RandomStream random(3, 1);
    for (int round = 0; round < 1000; ++round) {
        std::string bytes(random.below(40), '\0');
        for (char& c : bytes) {
            c = static_cast<char>(random.below(256));
        }
        EXPECT_EQ(bytes_of_base32(base32_of(bytes)), bytes);
        EXPECT_EQ(bytes_of_base64url(base64url_of(bytes)), bytes);
    }
}

TEST(SameSecret, ComparesAll) {
    EXPECT_TRUE(is_same_secret("", ""));
    EXPECT_TRUE(is_same_secret("abc", "abc"));
    EXPECT_FALSE(is_same_secret("abc", "abd"));
    EXPECT_FALSE(is_same_secret("abc", "ab"));
}

}  // namespace
}  // namespace adic::access
