#include "adic/base/sha256.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace {

using adic::sha256;
using adic::Sha256;
using adic::to_hex;

struct Case {
    std::string name;
    std::string bytes;
    std::string expected;
};

// NIST, "Secure Hash Standard Validation System", examples of SHA-256 (FIPS 180-4 example file and
// the short message tests).
TEST(Sha256, MatchesThePublishedVectors) {
    const std::vector<Case> cases{
        {"nothing", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"one block", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"56 bytes: the length goes into a chunk of its own",
         "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"112 bytes",
         "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrl"
         "m"
         "nopqrsmnopqrstnopqrstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
        {"a million times a",
         std::string(1'000'000, 'a'),
         "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(to_hex(sha256(c.bytes)), c.expected) << c.name;
    }
}

TEST(Sha256, DoesNotDependOnHowTheBytesCome) {
    for (std::size_t size = 0; size < 200; ++size) {
        const std::string bytes(size, 'x');
        Sha256 by_parts;
        for (std::size_t at = 0; at < size; at += 7) {
            by_parts.add(std::string_view(bytes).substr(at, 7));
        }
        EXPECT_EQ(std::move(by_parts).digest(), sha256(bytes)) << size;
    }
}

}  // namespace
