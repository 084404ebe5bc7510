#include "adic/audit/evidence.hpp"

#include "adic/audit/bridge.hpp"

#include "scratch.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

using adic::Error;
using adic::audit::Bridge;
using adic::audit::Event;
using adic::audit::EvidenceVerdict;
using adic::audit::LogReader;
using adic::audit::LogWriter;
using adic::audit::SignedHead;
using adic::audit::Signer;
using adic::audit::test::event_of;
using adic::audit::test::Scratch;
using adic::audit::test::SmallLog;

namespace audit = adic::audit;

namespace {

std::string evidence_of(const SmallLog& log, std::string_view owner, const SignedHead& head) {
    std::string text;
    const LogReader reader = *LogReader::open(log.folder);
    const auto take = [&](std::string_view part) -> std::optional<Error> {
        text += part;
        return std::nullopt;
    };
    if (!audit::write_evidence(reader, owner, head, take)) {
        return "";
    }
    return text;
}

bool is_believed(const std::string& text, const SmallLog& log) {
    const auto verdict = audit::check_evidence_text(text, log.policy);
    return verdict && verdict->holds();
}

struct SignedLog : SmallLog {
    SignedLog(const Scratch& scratch, std::uint64_t entries) : SmallLog(scratch) {
        add(entries);
        sign();
        head = cosign("a");
    }

    SignedHead head;
};

}  // namespace

TEST(Evidence, ShowsEachEntryOfTheOwner) {
    const Scratch scratch;
    const SignedLog log(scratch, 30);
    log.add(5);  // what came after the head is not in it
    const std::string text = evidence_of(log, "BBB", log.head);
    std::vector<std::uint64_t> indices;
    const auto take = [&](std::uint64_t index, const Event& event) {
        indices.push_back(index);
        Event expected = event_of(index);
        expected.number = index / 3 + 1;
        EXPECT_EQ(event, expected);
    };
    const EvidenceVerdict verdict = *audit::check_evidence_text(text, log.policy, take);
    EXPECT_TRUE(verdict.holds());
    EXPECT_TRUE(verdict.is_gapless);
    EXPECT_EQ(verdict.owner, "BBB");
    EXPECT_EQ(verdict.entries, 10U);
    EXPECT_EQ(indices, (std::vector<std::uint64_t>{1, 4, 7, 10, 13, 16, 19, 22, 25, 28}));
}

TEST(Evidence, OfNothingIsEvidenceToo) {
    const Scratch scratch;
    const SignedLog log(scratch, 4);
    const EvidenceVerdict verdict =
        *audit::check_evidence_text(evidence_of(log, "ZZZ", log.head), log.policy);
    EXPECT_TRUE(verdict.holds());
    EXPECT_EQ(verdict.entries, 0U);
}

TEST(Evidence, NoticesEveryChangedByte) {
    const Scratch scratch;
    const SignedLog log(scratch, 11);
    const std::string text = evidence_of(log, "AAA", log.head);
    ASSERT_TRUE(is_believed(text, log));
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const unsigned mask : {0x01U, 0x02U, 0x20U, 0x80U, 0xFFU}) {
            std::string changed = text;
            changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ mask);
            ASSERT_FALSE(is_believed(changed, log)) << "byte " << i << '\n' << changed;
        }
    }
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
        ASSERT_FALSE(is_believed(text.substr(0, cut), log)) << cut;
    }
    EXPECT_FALSE(is_believed(text + '\n', log));
    EXPECT_FALSE(is_believed(text + text, log));
}

TEST(Evidence, SaysWhenAnEntryIsLeftOut) {
    const Scratch scratch;
    const SignedLog log(scratch, 12);
    const std::string text = evidence_of(log, "CCC", log.head);
    const std::size_t second = text.find("\nentry 5 ") + 1;
    const std::size_t third = text.find("\nentry 8 ") + 1;
    std::string shorter = text.substr(0, second) + text.substr(third);
    shorter.replace(shorter.find("\nend 4"), 6, "\nend 3");
    const EvidenceVerdict verdict = *audit::check_evidence_text(shorter, log.policy);
    EXPECT_FALSE(verdict.holds());
    EXPECT_FALSE(verdict.is_gapless);
    ASSERT_EQ(verdict.problems.size(), 1U) << "each entry that is there is proven";
    EXPECT_EQ(
        verdict.problems[0],
        "entries of CCC are left out: there are 3, and the last has number 4"
    );
    // Twice, or in another order, is refused.
    std::string twice = text.substr(0, third) + text.substr(second);
    twice.replace(twice.find("\nend 4"), 6, "\nend 5");
    EXPECT_FALSE(is_believed(twice, log));
}

TEST(Evidence, IsNotMadeForAHeadOfAnotherLog) {
    const Scratch scratch;
    const SignedLog log(scratch, 12);
    SignedHead other = log.head;
    other.head.tree.size = 11;
    EXPECT_EQ(evidence_of(log, "AAA", other), "");
    other = log.head;
    other.head.origin = "other.example/audit";
    EXPECT_EQ(evidence_of(log, "AAA", other), "");
    EXPECT_EQ(evidence_of(log, "aaa", log.head), "");
}

TEST(Evidence, IsNotBelievedUnderAnotherPolicy) {
    const Scratch scratch;
    const SignedLog log(scratch, 6);
    const Scratch elsewhere;
    const SmallLog other(elsewhere);
    EXPECT_FALSE(is_believed(evidence_of(log, "AAA", log.head), other));
}

TEST(Evidence, IsReadFromAFileOfAnySize) {
    const Scratch scratch;
    const SignedLog log(scratch, 3000);
    const std::string text = evidence_of(log, "AAA", log.head);
    ASSERT_GT(text.size(), std::size_t{400'000});
    audit::test::write_file(scratch / "evidence", text);
    const EvidenceVerdict verdict = *audit::check_evidence(scratch / "evidence", log.policy);
    EXPECT_TRUE(verdict.holds());
    EXPECT_EQ(verdict.entries, 1000U);
    EXPECT_FALSE(audit::check_evidence(scratch / "nothing", log.policy));
    EXPECT_FALSE(is_believed(text.substr(0, 200) + std::string(200'000, 'x'), log));
}

TEST(Bridge, LeadsAWitnessWithoutTheLog) {
    const Scratch scratch;
    const SignedLog log(scratch, 7);
    for (int round = 0; round < 3; ++round) {
        log.add(6);
        const SignedHead later = log.sign();
        Signer witness = *Signer::open(log.keys / "a");
        const LogReader reader = *LogReader::open(log.folder);
        const std::uint64_t from = witness.last_of(later.head.origin).tree.size;
        const Bridge made = *audit::make_bridge(reader, from, later);
        const Bridge bridge = *audit::parse_bridge(audit::write_bridge(made));
        EXPECT_TRUE(bridge.holds());
        const auto cosigned =
            audit::cosign_bridge(bridge, witness, log.policy, audit::test::second(1'800'000'000));
        ASSERT_TRUE(cosigned) << cosigned.error().message;
        LogWriter writer = *LogWriter::open(log.folder);
        const auto collected = audit::collect_cosignatures(writer, *cosigned, log.policy);
        ASSERT_TRUE(collected) << collected.error().message;
        EXPECT_TRUE(audit::judge(*collected, log.policy).holds());
        EXPECT_FALSE(
            audit::cosign_bridge(made, witness, log.policy, audit::test::second(1'800'000'000))
        ) << "it begins where the witness stood before";
    }
}

TEST(Bridge, IsNotSignedWithAChangedByte) {
    const Scratch scratch;
    const SignedLog log(scratch, 5);
    log.add(4);
    const SignedHead later = log.sign();
    const Bridge made = *audit::make_bridge(*LogReader::open(log.folder), 5, later);
    const std::string text = audit::write_bridge(made);
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const unsigned mask : {0x01U, 0x04U, 0x80U}) {
            std::string changed = text;
            changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ mask);
            const auto bridge = audit::parse_bridge(changed);
            ASSERT_FALSE(
                bridge && bridge->holds() && audit::is_signed_by_log(bridge->later, log.policy)
            ) << i;
        }
    }
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
        ASSERT_FALSE(audit::parse_bridge(text.substr(0, cut)));
    }
}

TEST(Bridge, DoesNotLeadBack) {
    const Scratch scratch;
    const SignedLog log(scratch, 5);
    const LogReader reader = *LogReader::open(log.folder);
    EXPECT_FALSE(audit::make_bridge(reader, 6, log.head));
    EXPECT_TRUE(audit::make_bridge(reader, 5, log.head)->holds());
    EXPECT_TRUE(audit::make_bridge(reader, 0, log.head)->holds());
    SignedHead other = log.head;
    other.head.tree.root[3] ^= 1U;
    EXPECT_FALSE(audit::make_bridge(reader, 2, other));
}

TEST(Cosignatures, AreCollectedForTheSameHeadAlone) {
    const Scratch scratch;
    const SignedLog log(scratch, 5);
    log.add(1);
    const SignedHead newer = log.sign();
    LogWriter writer = *LogWriter::open(log.folder);
    EXPECT_FALSE(audit::collect_cosignatures(writer, log.head, log.policy));
    SignedHead forged = newer;
    forged.signatures.push_back(log.head.signatures.back());
    EXPECT_FALSE(audit::collect_cosignatures(writer, forged, log.policy));
    EXPECT_TRUE(audit::collect_cosignatures(writer, newer, log.policy));
}
