#include "adic/audit/head.hpp"

#include "adic/audit/policy.hpp"

#include "scratch.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

using adic::audit::Head;
using adic::audit::KeyKind;
using adic::audit::Policy;
using adic::audit::SignedHead;
using adic::audit::SigningKey;
using adic::audit::VerifyingKey;

namespace audit = adic::audit;

namespace {

// The package documentation of golang.org/x/mod/sumdb/note, by The Go Authors.
constexpr std::string_view published_secret =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr std::string_view published_key =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view published_text =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr std::string_view published_signature =
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";

// The example of C2SP tlog-checkpoint and tlog-cosignature.
constexpr std::string_view published_head =
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "\xE2\x80\x94 example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8="
    "\n\xE2\x80\x94 witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+"
    "mbIUBkBIfZ+qnA==\n";

Head some_head(std::uint64_t size = 3) {
    return {"log.example/audit", {size, audit::leaf_hash("a root of " + std::to_string(size))}};
}

SigningKey key_of(std::string_view name, KeyKind kind) {
    return *SigningKey::create(std::string(name), kind);
}

struct Members {
    SigningKey log = key_of("log.example/audit", KeyKind::log);
    SigningKey a = key_of("a.example/w", KeyKind::witness);
    SigningKey second_of_a = key_of("a.example/w2", KeyKind::witness);
    SigningKey b = key_of("b.example/w", KeyKind::witness);

    Policy policy(std::string_view needs) const {
        return *audit::parse_policy(
            "# whose signatures count\n\nlog " + audit::to_text(log.verifying()) + "\nwitness AAA "
            + audit::to_text(a.verifying()) + "\nwitness AAA "
            + audit::to_text(second_of_a.verifying()) + "\n  witness BBB\t "
            + audit::to_text(b.verifying()) + "\n" + std::string(needs)
        );
    }
};

}  // namespace

TEST(Key, IsThePublishedOne) {
    const SigningKey key = *SigningKey::parse(published_secret);
    EXPECT_EQ(audit::to_text(key.verifying()), published_key);
    EXPECT_EQ(key.secret_text(), published_secret);
    EXPECT_EQ(*audit::parse_verifying_key(published_key), key.verifying());
    EXPECT_EQ(audit::id_of(key.verifying()), 0xC74F20A3U);
}

TEST(Key, OfAWitnessHasThePublishedIdentifier) {
    // transparency-dev/formats, note/note_cosigv1_test.go.
    constexpr std::string_view text =
        "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
    const VerifyingKey key = *audit::parse_verifying_key(text);
    EXPECT_EQ(key.kind, KeyKind::witness);
    EXPECT_EQ(audit::to_text(key), text);
}

TEST(Key, SignsAsPublished) {
    const SigningKey key = *SigningKey::parse(published_secret);
    // A note that is no head: the signature alone is compared, through its note of one line.
    const std::string note =
        "x.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n"
        "\xE2\x80\x94 PeterNeumann "
        + std::string(published_signature) + '\n';
    const SignedHead parsed = *audit::parse_signed_head(note);
    ASSERT_EQ(parsed.signatures.size(), 1U);
    EXPECT_EQ(parsed.signatures[0].id, 0xC74F20A3U);
    EXPECT_EQ(parsed.signatures[0].bytes, key.sign(published_text));
    EXPECT_TRUE(audit::holds(parsed.signatures[0].bytes, published_text, key.verifying()));
    EXPECT_FALSE(audit::holds(parsed.signatures[0].bytes, "another text", key.verifying()));
}

TEST(Key, IsReadFromItsOneSpelling) {
    const std::string text{published_key};
    const std::vector<std::string> wrong{
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a3+",
        text + "=",
        text + " ",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        std::string(129, 'x') + "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"};
    for (const std::string& other : wrong) {
        EXPECT_FALSE(audit::parse_verifying_key(other)) << other;
        EXPECT_FALSE(SigningKey::parse("PRIVATE+KEY+" + other)) << other;
    }
    EXPECT_FALSE(SigningKey::parse(published_key));
}

TEST(Key, OfSmallOrderHoldsNothing) {
    // The neutral element as key, and as point of a signature with s = 0, satisfies the equation
    // of RFC 8032 for every message.
    VerifyingKey key{"x", KeyKind::log, {}};
    key.bytes[0] = 1;
    std::string signature(64, '\0');
    signature[0] = 1;
    EXPECT_FALSE(audit::holds(signature, "any message", key));
}

TEST(Head, IsReadAsPublished) {
    const SignedHead head = *audit::parse_signed_head(published_head);
    EXPECT_EQ(head.head.origin, "example.com/behind-the-sofa");
    EXPECT_EQ(head.head.tree.size, 20'852'163U);
    EXPECT_EQ(
        audit::to_base64(head.head.tree.root),
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
    );
    ASSERT_EQ(head.signatures.size(), 2U);
    EXPECT_EQ(head.signatures[1].name, "witness.example.com/w1");
    // 0x641850CB seconds: the time in the example.
    EXPECT_EQ(*audit::time_of(head.signatures[1]), audit::test::second(0x641850CB));
    EXPECT_EQ(audit::write_signed_head(head), published_head);
}

TEST(Head, IsRefusedInAnyOtherSpelling) {
    const std::string text{published_head};
    const auto replaced = [&](std::string_view from, std::string_view to) {
        std::string other = text;
        other.replace(other.find(from), from.size(), to);
        return other;
    };
    const std::vector<std::string> wrong{
        "",
        "\n\n\n",
        text + "\n",
        text.substr(0, text.size() - 1),
        text.substr(0, text.find("\n\n") + 2),
        replaced("20852163", "020852163"),
        replaced("20852163", "-1"),
        replaced("20852163", "99999999999999999999"),
        replaced("2I=", "2J="),
        replaced("2I=\n", "2I=\nextension\n"),
        replaced("\xE2\x80\x94", "-"),
        replaced("example.com", "example com"),
        replaced("w1 ", "w1  "),
        replaced("w1 ", "w1\t"),
        replaced("\n\n", "\r\n\r\n"),
        std::string(audit::longest_note + 1, 'x')};
    for (const std::string& other : wrong) {
        EXPECT_FALSE(audit::parse_signed_head(other)) << other;
    }
    std::string many = text;
    for (int i = 0; i < 100; ++i) {
        many += text.substr(text.find("\n\n") + 2);
    }
    EXPECT_FALSE(audit::parse_signed_head(many));
}

TEST(Head, IsHeldByTheKeysThatSignedIt) {
    const Members members;
    const Head head = some_head();
    const auto signature = audit::sign_head(head, members.log);
    const auto cosigned = audit::cosign_head(head, members.a, audit::test::second(1'800'000'000));
    EXPECT_TRUE(audit::holds(signature, head, members.log.verifying()));
    EXPECT_TRUE(audit::holds(cosigned, head, members.a.verifying()));
    EXPECT_FALSE(audit::holds(signature, some_head(4), members.log.verifying()));
    EXPECT_FALSE(audit::holds(cosigned, some_head(4), members.a.verifying()));
    EXPECT_FALSE(audit::holds(cosigned, head, members.b.verifying()));
    EXPECT_EQ(*audit::time_of(cosigned), audit::test::second(1'800'000'000));
}

TEST(Policy, CountsMembersAndNotKeys) {
    const Members members;
    const Policy policy = members.policy("need 2 of AAA BBB\n");
    SignedHead head{some_head(), {audit::sign_head(some_head(), members.log)}};
    EXPECT_TRUE(audit::is_signed_by_log(head, policy));
    EXPECT_FALSE(audit::judge(head, policy).holds());
    head.signatures.push_back(audit::cosign_head(head.head, members.a, audit::test::second(1)));
    head.signatures.push_back(
        audit::cosign_head(head.head, members.second_of_a, audit::test::second(2))
    );
    const auto verdict = audit::judge(head, policy);
    ASSERT_EQ(verdict.problems.size(), 1U);
    EXPECT_EQ(verdict.problems[0], "co-signed by 1 of AAA, BBB; 2 are needed");
    head.signatures.push_back(audit::cosign_head(head.head, members.b, audit::test::second(3)));
    EXPECT_TRUE(audit::judge(head, policy).holds());
    EXPECT_EQ(audit::judge(head, policy).cosigned.size(), 3U);
    head.signatures.push_back(head.signatures.back());
    EXPECT_FALSE(audit::judge(head, policy).holds());
}

TEST(Policy, TakesNoHeadWithoutTheLogsSignature) {
    const Members members;
    const Policy policy = members.policy("");
    const SignedHead head{
        some_head(),
        {audit::cosign_head(some_head(), members.a, audit::test::second(1))}};
    EXPECT_FALSE(audit::judge(head, policy).holds());
    EXPECT_FALSE(audit::is_signed_by_log(head, policy));
}

TEST(Policy, TakesNoLogUnderTheNameOfAnother) {
    const Members members;
    Head other = some_head();
    other.origin = "other.example/audit";
    const SignedHead head{other, {audit::sign_head(other, members.log)}};
    EXPECT_FALSE(audit::judge(head, members.policy("")).holds());
}

TEST(Policy, SaysWhichLineIsWrong) {
    const Members members;
    const std::string log = "log " + audit::to_text(members.log.verifying()) + '\n';
    const std::string witness = "witness AAA " + audit::to_text(members.a.verifying()) + '\n';
    const std::vector<std::string> wrong{
        "log\n",
        "log x+y+z\n",
        "log " + audit::to_text(members.a.verifying()) + '\n',
        "witness AAA " + audit::to_text(members.log.verifying()) + '\n',
        witness + witness,
        witness + "witness BBB" + witness.substr(11),
        "need 1 of AAA\n",
        witness + "need 2 of AAA\n",
        witness + "need 0 of AAA\n",
        witness + "need 2 of AAA AAA\n",
        witness + "need one of AAA\n",
        witness + "need 1 AAA\n",
        "quorum 3\n"};
    for (const std::string& lines : wrong) {
        const auto policy = audit::parse_policy(log + lines);
        ASSERT_FALSE(policy) << lines;
        EXPECT_EQ(policy.error().message.substr(0, 5), "line ") << policy.error().message;
    }
    EXPECT_FALSE(audit::parse_policy(""));
    EXPECT_FALSE(audit::parse_policy(witness));
    EXPECT_FALSE(audit::parse_policy(std::string(audit::longest_policy + 1, '\n')));
    EXPECT_TRUE(audit::parse_policy(log + witness + "need 1 of AAA\n"));
}

TEST(Head, IsChangedByEveryBit) {
    const Members members;
    const Policy policy = members.policy("need 1 of AAA BBB\n");
    SignedHead head{some_head(), {audit::sign_head(some_head(), members.log)}};
    head.signatures.push_back(audit::cosign_head(head.head, members.a, audit::test::second(1)));
    head.signatures.push_back(audit::cosign_head(head.head, members.b, audit::test::second(3)));
    const std::string text = audit::write_signed_head(head);
    ASSERT_TRUE(audit::judge(*audit::parse_signed_head(text), policy).holds());
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string other = text;
            other[i] = static_cast<char>(static_cast<unsigned char>(other[i]) ^ (1U << bit));
            const auto parsed = audit::parse_signed_head(other);
            ASSERT_FALSE(parsed && audit::judge(*parsed, policy).holds()) << i << ' ' << other;
        }
    }
}
