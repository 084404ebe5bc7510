#include "adic/audit/merkle.hpp"

#include "adic/base/sha256.hpp"

#include <array>
#include <bit>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

using adic::audit::Frontier;
using adic::audit::Hash;
using adic::audit::Proof;
using adic::audit::ReadStored;
using adic::audit::TreeHead;

namespace audit = adic::audit;

namespace {

// The leaves, roots and proofs that the implementations of Certificate Transparency are held
// against: transparency-dev/merkle, testonly/constants.go and reference_test.go (Apache-2.0), of
// the trees of RFC 6962 and RFC 9162.
const std::array<std::string, 8> published_leaves{
    "",
    std::string(1, '\0'),
    "\x10",
    "\x20\x21",
    "\x30\x31",
    "\x40\x41\x42\x43",
    "\x50\x51\x52\x53\x54\x55\x56\x57",
    "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};

constexpr std::array<std::string_view, 9> published_roots{
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::string hex_of(const Hash& hash) {
    return adic::to_hex(std::string(hash.begin(), hash.end()));
}

std::vector<std::string> hex_of(const Proof& proof) {
    std::vector<std::string> texts;
    for (const Hash& hash : proof) {
        texts.push_back(hex_of(hash));
    }
    return texts;
}

/// A log in memory: what `Frontier` says has to be stored.
struct Grown {
    Frontier frontier;
    std::vector<Hash> stored;
    std::vector<Hash> leaves;

    void add(std::string_view entry) {
        leaves.push_back(audit::leaf_hash(entry));
        frontier.append(leaves.back(), stored);
    }

    ReadStored reader() const {
        return [this](std::uint64_t position) -> adic::Result<Hash> { return stored.at(position); };
    }
};

Grown published_log() {
    Grown log;
    for (const std::string& leaf : published_leaves) {
        log.add(leaf);
    }
    return log;
}

Grown numbered_log(std::size_t size) {
    Grown log;
    for (std::size_t i = 0; i < size; ++i) {
        log.add("entry " + std::to_string(i));
    }
    return log;
}

/// RFC 9162, 2.1.1, as it is written.
Hash slow_root(std::span<const Hash> leaves) {
    if (leaves.empty()) {
        return audit::empty_root();
    }
    if (leaves.size() == 1) {
        return leaves[0];
    }
    const std::size_t k = std::bit_floor(leaves.size() - 1);
    return audit::node_hash(slow_root(leaves.first(k)), slow_root(leaves.subspan(k)));
}

/// RFC 9162, 2.1.3.1.
Proof slow_inclusion(std::size_t m, std::span<const Hash> leaves) {
    if (leaves.size() == 1) {
        return {};
    }
    const std::size_t k = std::bit_floor(leaves.size() - 1);
    Proof proof =
        m < k ? slow_inclusion(m, leaves.first(k)) : slow_inclusion(m - k, leaves.subspan(k));
    proof.push_back(slow_root(m < k ? leaves.subspan(k) : leaves.first(k)));
    return proof;
}

/// RFC 9162, 2.1.4.1.
Proof slow_consistency(std::size_t m, std::span<const Hash> leaves, bool is_whole) {
    if (m == leaves.size()) {
        return is_whole ? Proof{} : Proof{slow_root(leaves)};
    }
    const std::size_t k = std::bit_floor(leaves.size() - 1);
    Proof proof = m <= k ? slow_consistency(m, leaves.first(k), is_whole)
                         : slow_consistency(m - k, leaves.subspan(k), false);
    proof.push_back(slow_root(m <= k ? leaves.subspan(k) : leaves.first(k)));
    return proof;
}

constexpr std::size_t largest = 200;

}  // namespace

TEST(Merkle, HasThePublishedRoots) {
    Grown log;
    EXPECT_EQ(hex_of(log.frontier.root()), published_roots[0]);
    for (std::size_t n = 1; n <= published_leaves.size(); ++n) {
        log.add(published_leaves[n - 1]);
        EXPECT_EQ(hex_of(log.frontier.root()), published_roots[n]) << n;
    }
}

TEST(Merkle, MakesThePublishedInclusionProofs) {
    const Grown log = published_log();
    EXPECT_EQ(
        hex_of(*audit::inclusion_proof(0, 8, log.reader())),
        (std::vector<std::string>{
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"})
    );
    EXPECT_EQ(
        hex_of(*audit::inclusion_proof(5, 8, log.reader())),
        (std::vector<std::string>{
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"})
    );
}

TEST(Merkle, MakesThePublishedConsistencyProofs) {
    const Grown log = published_log();
    EXPECT_EQ(hex_of(*audit::consistency_proof(1, 1, log.reader())), std::vector<std::string>{});
    EXPECT_EQ(
        hex_of(*audit::consistency_proof(2, 8, log.reader())),
        (std::vector<std::string>{
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"})
    );
    EXPECT_EQ(
        hex_of(*audit::consistency_proof(6, 8, log.reader())),
        (std::vector<std::string>{
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"})
    );
    EXPECT_EQ(
        hex_of(*audit::consistency_proof(2, 5, log.reader())),
        (std::vector<std::string>{
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"})
    );
}

TEST(Merkle, AgreesWithTheRecursiveDefinitionOfRoots) {
    const Grown log = numbered_log(largest);
    for (std::size_t n = 0; n <= largest; ++n) {
        const Hash expected = slow_root(std::span{log.leaves}.first(n));
        EXPECT_EQ(*audit::root_at(n, log.reader()), expected) << n;
    }
    EXPECT_EQ(log.frontier.root(), slow_root(log.leaves));
    EXPECT_EQ(log.stored.size(), audit::stored_hashes(largest));
}

TEST(Merkle, AgreesWithTheRecursiveDefinitionOfInclusion) {
    const Grown log = numbered_log(largest);
    for (std::size_t n = 1; n <= largest; ++n) {
        const std::span leaves = std::span{log.leaves}.first(n);
        const TreeHead head{n, slow_root(leaves)};
        for (std::size_t i = 0; i < n; ++i) {
            const Proof proof = *audit::inclusion_proof(i, n, log.reader());
            // The slow proof is quadratic: a third of the sizes is every shape many times over.
            if (n % 3 == 0 || n < 40) {
                ASSERT_EQ(proof, slow_inclusion(i, leaves)) << i << " of " << n;
            }
            ASSERT_TRUE(audit::proves_inclusion(log.leaves[i], i, proof, head)) << i << " of " << n;
        }
    }
}

TEST(Merkle, AgreesWithTheRecursiveDefinitionOfConsistency) {
    const Grown log = numbered_log(largest);
    for (std::size_t n = 1; n <= largest; ++n) {
        const std::span leaves = std::span{log.leaves}.first(n);
        const TreeHead later{n, slow_root(leaves)};
        for (std::size_t m = 0; m <= n; ++m) {
            const TreeHead earlier{m, *audit::root_at(m, log.reader())};
            const Proof proof = *audit::consistency_proof(m, n, log.reader());
            if (m > 0 && (n % 3 == 0 || n < 40)) {
                ASSERT_EQ(proof, slow_consistency(m, leaves, true)) << m << " of " << n;
            }
            ASSERT_TRUE(audit::proves_consistency(earlier, later, proof)) << m << " of " << n;
        }
    }
}

TEST(Merkle, RefusesProofsOfSomethingElse) {
    const Grown log = numbered_log(70);
    for (std::size_t n = 2; n <= 70; ++n) {
        const TreeHead head{n, *audit::root_at(n, log.reader())};
        for (std::size_t i = 0; i < n; ++i) {
            const Proof proof = *audit::inclusion_proof(i, n, log.reader());
            for (std::size_t other = 0; other <= n; ++other) {
                ASSERT_EQ(audit::proves_inclusion(log.leaves[i], other, proof, head), other == i);
            }
            Proof changed = proof;
            changed.back()[i % 32] ^= 1U;
            EXPECT_FALSE(audit::proves_inclusion(log.leaves[i], i, changed, head));
            changed = proof;
            changed.pop_back();
            EXPECT_FALSE(audit::proves_inclusion(log.leaves[i], i, changed, head));
            changed = proof;
            changed.push_back(head.root);
            EXPECT_FALSE(audit::proves_inclusion(log.leaves[i], i, changed, head));
        }
    }
}

TEST(Merkle, RefusesHeadsOfForks) {
    Grown ours = numbered_log(30);
    Grown fork = numbered_log(20);
    fork.add("something else");
    while (fork.leaves.size() < 40) {
        fork.add("entry " + std::to_string(fork.leaves.size()));
    }
    for (std::size_t m = 1; m <= 30; ++m) {
        const TreeHead earlier{m, *audit::root_at(m, ours.reader())};
        const TreeHead later{40, *audit::root_at(40, fork.reader())};
        const Proof proof = *audit::consistency_proof(m, 40, fork.reader());
        EXPECT_EQ(audit::proves_consistency(earlier, later, proof), m <= 20) << m;
    }
}

TEST(Merkle, RefusesChangedConsistencyProofs) {
    const Grown log = numbered_log(64);
    for (std::size_t n = 2; n <= 64; ++n) {
        const TreeHead later{n, *audit::root_at(n, log.reader())};
        for (std::size_t m = 1; m < n; ++m) {
            const TreeHead earlier{m, *audit::root_at(m, log.reader())};
            const Proof proof = *audit::consistency_proof(m, n, log.reader());
            for (std::size_t p = 0; p < proof.size(); ++p) {
                Proof changed = proof;
                changed[p][m % 32] ^= 0x80U;
                ASSERT_FALSE(audit::proves_consistency(earlier, later, changed)) << m << ' ' << n;
            }
            Proof longer = proof;
            longer.push_back(later.root);
            ASSERT_FALSE(audit::proves_consistency(earlier, later, longer));
            ASSERT_FALSE(audit::proves_consistency(later, earlier, proof));
        }
        ASSERT_FALSE(audit::proves_consistency({1, log.leaves[0]}, later, {}));
    }
    EXPECT_FALSE(audit::proves_consistency({0, log.leaves[0]}, {1, log.leaves[0]}, {}));
    EXPECT_TRUE(audit::proves_consistency({}, {}, {}));
}

TEST(Merkle, MakesNoProofOfWhatIsNotThere) {
    const Grown log = published_log();
    EXPECT_FALSE(audit::inclusion_proof(8, 8, log.reader()));
    EXPECT_FALSE(audit::inclusion_proof(0, 0, log.reader()));
    EXPECT_FALSE(audit::consistency_proof(9, 8, log.reader()));
}

TEST(Hash, IsReadFromItsOneSpelling) {
    const Hash hash = audit::leaf_hash("x");
    const std::string text = audit::to_base64(hash);
    EXPECT_EQ(text.size(), 44U);
    EXPECT_EQ(*audit::parse_hash(text), hash);
    EXPECT_FALSE(audit::parse_hash(text.substr(0, 43)));
    EXPECT_FALSE(audit::parse_hash(text + "="));
    EXPECT_FALSE(audit::parse_hash(""));
    EXPECT_FALSE(audit::parse_hash("===="));
    EXPECT_FALSE(audit::parse_hash(std::string(44, 'A')));  // 33 bytes
    EXPECT_TRUE(audit::parse_hash(std::string(43, 'A') + "="));
    EXPECT_FALSE(audit::parse_hash(std::string(42, 'A') + "B="));  // bits that no byte takes
    EXPECT_FALSE(audit::parse_hash(std::string(42, 'A') + "\n="));
}
