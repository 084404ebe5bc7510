#include "adic/audit/verify.hpp"

#include "adic/audit/bridge.hpp"
#include "adic/audit/evidence.hpp"

#include "scratch.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

using adic::Error;
using adic::audit::LogReader;
using adic::audit::LogWriter;
using adic::audit::ProofKind;
using adic::audit::SignedHead;
using adic::audit::Signer;
using adic::audit::Verification;
using adic::audit::test::event_of;
using adic::audit::test::Scratch;
using adic::audit::test::SmallLog;
using adic::audit::test::write_file;

namespace audit = adic::audit;

namespace {

/// A log with heads of 4, 9 and 15 entries, a bridge from 4 to 9, and evidence under 9.
struct Kept : SmallLog {
    explicit Kept(const Scratch& scratch) : SmallLog(scratch) {
        first = head_of(4, scratch / "first");
        second = head_of(5, scratch / "second");
        const LogReader reader = *LogReader::open(folder);
        write_file(scratch / "bridge", audit::write_bridge(*audit::make_bridge(reader, 4, second)));
        std::string text;
        const auto take = [&](std::string_view part) -> std::optional<Error> {
            text += part;
            return std::nullopt;
        };
        if (!audit::write_evidence(reader, "AAA", second, take)) {
            throw std::logic_error("no evidence");
        }
        write_file(scratch / "evidence", text);
        third = head_of(6, scratch / "third");
    }

    SignedHead head_of(std::uint64_t more, const std::filesystem::path& path) const {
        add(more);
        sign();
        SignedHead head = cosign("a");
        write_file(path, audit::write_signed_head(head));
        return head;
    }

    SignedHead first;
    SignedHead second;
    SignedHead third;
};

class Verify : public testing::Test {
  protected:
    Verification verified(std::initializer_list<std::string_view> names) const {
        std::vector<std::filesystem::path> paths;
        for (const std::string_view name : names) {
            paths.push_back(scratch / name);
        }
        return *audit::verify_files(paths, log.policy);
    }

    const Scratch scratch;
    const Kept log{scratch};
};

}  // namespace

TEST_F(Verify, TakesEachKindByItself) {
    const std::vector<std::pair<std::string_view, ProofKind>> kinds{
        {"log", ProofKind::log},
        {"evidence", ProofKind::evidence},
        {"first", ProofKind::head},
        {"bridge", ProofKind::bridge}};
    for (const auto& [name, kind] : kinds) {
        const Verification one = verified({name});
        EXPECT_TRUE(one.holds()) << name;
        ASSERT_EQ(one.files.size(), 1U);
        EXPECT_EQ(one.files[0].kind, kind);
        EXPECT_EQ(one.files[0].origin, "log.example/audit");
        ASSERT_EQ(one.files[0].cosigned.size(), 1U);
        EXPECT_EQ(one.files[0].cosigned[0].member, "AAA");
    }
    EXPECT_EQ(verified({"evidence"}).files[0].entries, 3U);
    EXPECT_EQ(verified({"log"}).files[0].entries, 15U);
}

TEST_F(Verify, HoldsThingsAgainstEachOther) {
    EXPECT_TRUE(verified({"log", "first", "second", "third", "bridge", "evidence"}).holds());
    EXPECT_TRUE(verified({"first", "second", "bridge", "evidence"}).holds());
    EXPECT_TRUE(verified({"second", "evidence"}).holds()) << "the same head";
    EXPECT_FALSE(verified({"first", "second"}).holds()) << "nothing connects them";
    EXPECT_FALSE(verified({"first", "second", "third", "bridge"}).holds());
}

TEST_F(Verify, NoticesALogThatWasSetBack) {
    std::filesystem::remove_all(log.folder);
    {
        LogWriter writer = *LogWriter::create(log.folder, "log.example/audit");
        for (std::uint64_t i = 0; i < 9; ++i) {
            ASSERT_TRUE(writer.append(event_of(i)));
        }
        ASSERT_FALSE(writer.commit());
        ASSERT_FALSE(writer.publish(log.second));
    }
    EXPECT_TRUE(verified({"log"}).holds()) << "by itself it is what it was";
    EXPECT_TRUE(verified({"log", "first", "second"}).holds());
    EXPECT_FALSE(verified({"log", "third"}).holds()) << "a newer head was kept elsewhere";
}

TEST_F(Verify, NoticesAFork) {
    std::filesystem::create_directories(scratch / "forger");
    std::filesystem::copy_file(log.keys / "log", scratch / "forger/log");
    write_file(scratch / "forger/log.heads", "adic audit heads 1\n");
    LogWriter fork = *LogWriter::create(scratch / "fork", "log.example/audit");
    for (std::uint64_t i = 0; i < 15; ++i) {
        auto event = event_of(i);
        event.actor = i == 6 ? "a forger" : event.actor;
        ASSERT_TRUE(fork.append(event));
    }
    Signer signer = *Signer::open(scratch / "forger/log");
    const auto head = audit::sign_log(fork, signer);
    ASSERT_TRUE(head);
    write_file(scratch / "forged", audit::write_signed_head(*head));
    const auto policy =
        *audit::parse_policy(log.policy_text.substr(0, log.policy_text.find("need")));
    const auto problems_of = [&](std::initializer_list<std::string_view> names) {
        std::vector<std::filesystem::path> paths;
        for (const std::string_view name : names) {
            paths.push_back(scratch / name);
        }
        const Verification found = *audit::verify_files(paths, policy);
        return found.problems;
    };
    EXPECT_TRUE(problems_of({"fork"}).empty());
    EXPECT_TRUE(problems_of({"fork", "first"}).empty()) << "the first 4 are the same";
    ASSERT_FALSE(problems_of({"fork", "second"}).empty());
    EXPECT_EQ(problems_of({"fork", "second"})[0].substr(0, 5), "fork:");
    EXPECT_EQ(problems_of({"forged", "third"})[0].substr(0, 5), "fork:");
    EXPECT_FALSE(problems_of({"fork", "log"}).empty());
}

TEST_F(Verify, NoticesEveryChangedByteOfEachFile) {
    for (const std::string_view name : {"evidence", "first", "bridge"}) {
        const std::string before = audit::test::read_file(scratch / name);
        for (std::size_t i = 0; i < before.size(); i += name == "evidence" ? 3U : 1U) {
            std::string changed = before;
            changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ 0x10U);
            write_file(scratch / name, changed);
            const std::vector<std::filesystem::path> paths{scratch / name};
            const auto found = audit::verify_files(paths, log.policy);
            ASSERT_FALSE(found && found->holds()) << name << " byte " << i;
        }
        write_file(scratch / name, before);
    }
}

TEST_F(Verify, SaysWhatItCannotRead) {
    write_file(scratch / "other", "hello\n");
    const std::vector<std::filesystem::path> other{scratch / "other"};
    const auto found = audit::verify_files(other, log.policy);
    ASSERT_FALSE(found);
    EXPECT_NE(found.error().message.find("other"), std::string::npos);
    const std::vector<std::filesystem::path> nothing{scratch / "nothing"};
    EXPECT_EQ(audit::verify_files(nothing, log.policy).error().code, adic::ErrorCode::not_found);
}
