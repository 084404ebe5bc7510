#include "adic/audit/sealing.hpp"

#include <string>

#include <gtest/gtest.h>

using adic::audit::KeyKind;
using adic::audit::SigningKey;

namespace audit = adic::audit;

namespace {

struct Keys {
    SigningKey from = *SigningKey::create("mys.example/sender", KeyKind::sender);
    SigningKey to = *SigningKey::create("idn.example/recipient", KeyKind::recipient);
    SigningKey other = *SigningKey::create("idn.example/recipient", KeyKind::recipient);
};

}  // namespace

TEST(Sealing, IsOpenedByItsRecipientAlone) {
    const Keys keys;
    for (const std::size_t size : {0U, 1U, 65'535U, 65'536U, 65'537U, 200'000U}) {
        std::string text(size, 'x');
        text += size > 0 ? "end" : "";
        const auto sealed = audit::seal(text, keys.from, keys.to.verifying());
        ASSERT_TRUE(sealed);
        EXPECT_TRUE(audit::is_sealed(*sealed));
        EXPECT_EQ(*audit::claimed_sender(*sealed), keys.from.verifying());
        EXPECT_EQ(*audit::unseal(*sealed, keys.to, keys.from.verifying()), text);
        EXPECT_FALSE(audit::unseal(*sealed, keys.other, keys.from.verifying()));
        EXPECT_FALSE(audit::unseal(*sealed, keys.to, keys.other.verifying()));
    }
}

TEST(Sealing, HidesTheTextAndIsAnotherEachTime) {
    const Keys keys;
    const std::string text = "what stands in here";
    const auto one = *audit::seal(text, keys.from, keys.to.verifying());
    const auto two = *audit::seal(text, keys.from, keys.to.verifying());
    EXPECT_EQ(one.find("stands"), one.npos);
    EXPECT_NE(one, two);
    EXPECT_EQ(one.size(), two.size());
}

TEST(Sealing, NoticesEveryChangedByteAndEveryCut) {
    const Keys keys;
    const auto sealed = *audit::seal("a text", keys.from, keys.to.verifying());
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string other = sealed;
        other[i] = static_cast<char>(other[i] ^ 0x01);
        EXPECT_FALSE(audit::unseal(other, keys.to, keys.from.verifying())) << i;
        EXPECT_FALSE(audit::unseal(sealed.substr(0, i), keys.to, keys.from.verifying())) << i;
    }
    EXPECT_FALSE(audit::unseal(sealed + "x", keys.to, keys.from.verifying()));
}

TEST(Sealing, NoticesChunksThatAreCutOffOrChangePlaces) {
    const Keys keys;
    const std::size_t chunk = 65'536 + 17;
    const auto sealed = *audit::seal(std::string(150'000, 'x'), keys.from, keys.to.verifying());
    const std::size_t last = 150'000 - 2 * 65'536 + 17;
    const std::size_t stream = sealed.size() - last - 2 * chunk;
    const auto opens = [&](const std::string& text) {
        return static_cast<bool>(audit::unseal(text, keys.to, keys.from.verifying()));
    };
    EXPECT_TRUE(opens(sealed));
    EXPECT_FALSE(opens(sealed.substr(0, stream + chunk)));
    EXPECT_FALSE(opens(sealed.substr(0, stream + 2 * chunk)));
    EXPECT_FALSE(opens(
        sealed.substr(0, stream) + sealed.substr(stream + chunk, chunk)
        + sealed.substr(stream, chunk) + sealed.substr(stream + 2 * chunk)
    ));
}

TEST(Sealing, KeepsKindsOfKeysApart) {
    const Keys keys;
    EXPECT_EQ(audit::name_of(keys.to.verifying().kind), "recipient");
    EXPECT_EQ(
        *audit::parse_verifying_key(audit::to_text(keys.to.verifying())),
        keys.to.verifying()
    );
    audit::VerifyingKey other = keys.to.verifying();
    other.kind = KeyKind::sender;
    EXPECT_NE(audit::id_of(other), audit::id_of(keys.to.verifying()));
}
