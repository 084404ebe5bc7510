#include "adic/audit/log.hpp"

#include "adic/base/random.hpp"

#include "scratch.hpp"

#include <filesystem>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

using adic::ErrorCode;
using adic::RandomStream;
using adic::audit::Event;
using adic::audit::Frontier;
using adic::audit::Hash;
using adic::audit::KeyKind;
using adic::audit::LogReader;
using adic::audit::LogState;
using adic::audit::LogWriter;
using adic::audit::SignedHead;
using adic::audit::Signer;
using adic::audit::test::event_of;
using adic::audit::test::read_file;
using adic::audit::test::Scratch;
using adic::audit::test::SmallLog;
using adic::audit::test::write_file;

namespace audit = adic::audit;

namespace {

bool is_sound(const std::filesystem::path& folder) {
    const auto state = audit::inspect_log(folder);
    return state && state->problems.empty() && state->torn.empty();
}

/// Whether anybody notices: the log itself, or its head under the policy.
bool is_noticed(const SmallLog& log) {
    const auto state = audit::inspect_log(log.folder);
    return !state || !state->problems.empty() || !state->torn.empty() || !state->head
           || !audit::judge(*state->head, log.policy).holds();
}

/// Where each frame of the file of entries begins, and where the last one ends.
std::vector<std::size_t> frames_of(const std::string& entries) {
    std::vector<std::size_t> starts{entries.find('\n', 17) + 1};
    while (starts.back() < entries.size()) {
        const auto byte = [&](std::size_t i) {
            return std::size_t{static_cast<unsigned char>(entries[starts.back() + i])};
        };
        starts.push_back(starts.back() + 4 + byte(0) + 256 * byte(1) + 8);
    }
    return starts;
}

}  // namespace

TEST(Log, KeepsWhatIsCommitted) {
    const Scratch scratch;
    const SmallLog log(scratch);
    Frontier expected;
    std::vector<Hash> completed;
    for (std::uint64_t batch = 0; batch < 5; ++batch) {
        LogWriter writer = *LogWriter::open(log.folder);
        EXPECT_EQ(writer.size(), batch * 7);
        for (std::uint64_t i = batch * 7; i < batch * 7 + 7; ++i) {
            EXPECT_EQ(*writer.append(event_of(i)), i);
            Event event = event_of(i);
            event.number = i / 3 + 1;  // three owners take turns
            expected.append(audit::leaf_hash(*audit::write_event(event)), completed);
        }
        EXPECT_FALSE(writer.commit());
        EXPECT_EQ(writer.root(), expected.root());
    }
    const LogReader reader = *LogReader::open(log.folder);
    EXPECT_EQ(reader.state().origin, "log.example/audit");
    EXPECT_EQ(reader.state().size, 35U);
    EXPECT_EQ(reader.state().root, expected.root());
    EXPECT_EQ(reader.state().numbers.at("AAA"), 12U);
    EXPECT_EQ(*audit::root_at(35, reader.stored()), expected.root());
    EXPECT_TRUE(is_sound(log.folder));
}

TEST(Log, IsWrittenByOneAtATime) {
    const Scratch scratch;
    const SmallLog log(scratch);
    const LogWriter first = *LogWriter::open(log.folder);
    const auto second = LogWriter::open(log.folder);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::conflict);
    EXPECT_FALSE(LogWriter::create(log.folder, "log.example/audit"));
}

TEST(Log, LosesWhatWasNotCommittedAndNothingElse) {
    const Scratch scratch;
    const SmallLog log(scratch);
    log.add(5);
    {
        LogWriter writer = *LogWriter::open(log.folder);
        EXPECT_TRUE(writer.append(event_of(5)));
    }
    EXPECT_EQ(audit::inspect_log(log.folder)->size, 5U);
    EXPECT_TRUE(is_sound(log.folder));
}

TEST(Log, SurvivesAStopAtEveryByte) {
    const Scratch scratch;
    const SmallLog log(scratch);
    log.add(3);
    log.sign();
    const std::string entries_before = read_file(log.folder / "entries");
    const std::string hashes_before = read_file(log.folder / "hashes");
    log.add(2);
    const std::string entries_after = read_file(log.folder / "entries");
    const std::string hashes_after = read_file(log.folder / "hashes");
    const std::vector<std::size_t> frames = frames_of(entries_after);
    ASSERT_EQ(frames.size(), 6U);
    // First the entries reach the disk, in any state of the hashes before; then the hashes.
    for (std::size_t cut = entries_before.size(); cut <= entries_after.size(); ++cut) {
        write_file(log.folder / "entries", entries_after.substr(0, cut));
        write_file(log.folder / "hashes", hashes_before);
        {
            const auto writer = LogWriter::open(log.folder);
            ASSERT_TRUE(writer) << writer.error().message;
            const std::uint64_t whole = cut < frames[4] ? 3 : cut < frames[5] ? 4 : 5;
            ASSERT_EQ(writer->size(), whole) << cut;
            ASSERT_EQ(writer->cut_bytes(), cut - frames[whole]);
        }
        ASSERT_TRUE(is_sound(log.folder));
    }
    for (std::size_t cut = hashes_before.size(); cut <= hashes_after.size(); ++cut) {
        write_file(log.folder / "entries", entries_after);
        write_file(log.folder / "hashes", hashes_after.substr(0, cut));
        ASSERT_EQ(LogWriter::open(log.folder)->size(), 5U) << cut;
        ASSERT_EQ(read_file(log.folder / "hashes"), hashes_after) << cut;
    }
    // Some file systems grow a file before they fill it.
    write_file(log.folder / "entries", entries_before + std::string(200, '\0'));
    write_file(log.folder / "hashes", hashes_before);
    EXPECT_EQ(LogWriter::open(log.folder)->size(), 3U);
    write_file(log.folder / "entries", entries_after);
    write_file(log.folder / "hashes", hashes_before + std::string(96, '\0'));
    EXPECT_EQ(LogWriter::open(log.folder)->size(), 5U);
    EXPECT_TRUE(is_sound(log.folder));
}

TEST(Log, IsNotCutBelowWhatWasSignedOrCommitted) {
    const Scratch scratch;
    const SmallLog log(scratch);
    log.add(4);
    log.sign();
    log.add(2);
    const std::string entries = read_file(log.folder / "entries");
    const std::string hashes = read_file(log.folder / "hashes");
    const std::vector<std::size_t> frames = frames_of(entries);
    for (std::size_t cut = frames[0]; cut < entries.size(); ++cut) {
        write_file(log.folder / "entries", entries.substr(0, cut));
        // With its hashes an entry was committed; without them, this far it was signed.
        const bool is_signed = cut < frames[4];
        write_file(
            log.folder / "hashes",
            is_signed ? hashes.substr(0, audit::stored_hashes(3) * 32) : hashes
        );
        const auto writer = LogWriter::open(log.folder);
        ASSERT_FALSE(writer) << cut;
        ASSERT_EQ(writer.error().code, ErrorCode::conflict);
        ASSERT_EQ(read_file(log.folder / "entries").size(), cut) << "nothing is changed";
        ASSERT_TRUE(is_noticed(log));
    }
}

TEST(Log, NoticesEveryChangedByte) {
    const Scratch scratch;
    const SmallLog log(scratch);
    log.add(6);
    log.sign();
    log.cosign("a");
    log.add(1);  // one entry is not under the head
    ASSERT_FALSE(is_noticed(log));
    for (const std::string_view name : {"entries", "hashes", "head"}) {
        const std::string before = read_file(log.folder / name);
        for (std::size_t i = 0; i < before.size(); ++i) {
            for (const unsigned mask : {0x01U, 0x80U, 0xFFU}) {
                std::string changed = before;
                changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ mask);
                write_file(log.folder / name, changed);
                ASSERT_TRUE(is_noticed(log)) << name << " byte " << i;
                ASSERT_FALSE(name != "head" && LogReader::open(log.folder)) << name << ' ' << i;
            }
        }
        for (std::size_t cut = 0; cut < before.size(); ++cut) {
            write_file(log.folder / name, before.substr(0, cut));
            ASSERT_TRUE(is_noticed(log)) << name << " cut at " << cut;
        }
        write_file(log.folder / name, before + before.back());
        ASSERT_TRUE(is_noticed(log));
        write_file(log.folder / name, before);
    }
    ASSERT_FALSE(is_noticed(log));
}

TEST(Log, NoticesEntriesThatWereMoved) {
    const Scratch scratch;
    const SmallLog log(scratch);
    log.add(6);
    log.sign();
    log.cosign("b");
    const std::string entries = read_file(log.folder / "entries");
    const std::vector<std::size_t> frames = frames_of(entries);
    const auto frame = [&](std::size_t i) {
        return entries.substr(frames[i], frames[i + 1] - frames[i]);
    };
    const std::string header = entries.substr(0, frames[0]);
    const auto log_of = [&](std::initializer_list<std::size_t> order) {
        std::string text = header;
        for (const std::size_t i : order) {
            text += frame(i);
        }
        return text;
    };
    ASSERT_EQ(log_of({0, 1, 2, 3, 4, 5}), entries);
    for (const std::string& other :
         {log_of({0, 2, 1, 3, 4, 5}),
          log_of({0, 1, 2, 3, 4, 5, 5}),
          log_of({0, 1, 2, 3, 4, 4}),
          log_of({0, 1, 2, 3, 5}),
          log_of({1, 2, 3, 4, 5}),
          log_of({0, 0, 1, 2, 3, 4, 5}),
          log_of({})}) {
        write_file(log.folder / "entries", other);
        EXPECT_TRUE(is_noticed(log));
    }
}

TEST(Log, NoticesARewrittenHistoryByItsHead) {
    const Scratch scratch;
    const SmallLog log(scratch);
    log.add(6);
    log.sign();
    const SignedHead head = log.cosign("a");
    // Everything is rewritten so that it fits together, but for what the keys have signed.
    std::filesystem::remove_all(log.folder);
    {
        LogWriter writer = *LogWriter::create(log.folder, "log.example/audit");
        for (std::uint64_t i = 0; i < 6; ++i) {
            Event event = event_of(i);
            event.actor = "nobody";
            EXPECT_TRUE(writer.append(event));
        }
        EXPECT_FALSE(writer.commit());
        EXPECT_TRUE(writer.publish(head)) << "the head is over other entries";
    }
    EXPECT_TRUE(is_sound(log.folder));
    write_file(log.folder / "head", audit::write_signed_head(head));
    EXPECT_FALSE(is_sound(log.folder));
    EXPECT_FALSE(LogWriter::open(log.folder));
}

TEST(Log, HasGaplessNumbersOfEachOwner) {
    const Scratch scratch;
    const SmallLog log(scratch);
    log.add(2);
    Event event = event_of(2);
    event.number = 3;  // of the owner CCC, of whom there is no entry
    const std::string entry = *audit::write_event(event);
    Frontier frontier;
    std::vector<Hash> hashes;
    std::string stored;
    const std::string entries = read_file(log.folder / "entries");
    const std::vector<std::size_t> frames = frames_of(entries);
    const auto append = [&](std::string_view text) {
        frontier.append(audit::leaf_hash(text), hashes);
    };
    append(entries.substr(frames[0] + 4, frames[1] - frames[0] - 12));
    append(entries.substr(frames[1] + 4, frames[2] - frames[1] - 12));
    append(entry);
    for (const Hash& hash : hashes) {
        stored.append(hash.begin(), hash.end());
    }
    const Hash leaf = audit::leaf_hash(entry);
    std::string frame{static_cast<char>(entry.size() % 256), static_cast<char>(entry.size() / 256)};
    frame += std::string(2, '\0') + entry + std::string(leaf.begin(), leaf.begin() + 8);
    write_file(log.folder / "entries", entries + frame);
    write_file(log.folder / "hashes", stored);
    const LogState state = *audit::inspect_log(log.folder);
    ASSERT_EQ(state.problems.size(), 1U);
    EXPECT_EQ(state.problems[0], "entry 2: has number 3 of CCC, after 0");
}

TEST(Log, RefusesEventsAndGoesOn) {
    const Scratch scratch;
    const SmallLog log(scratch);
    LogWriter writer = *LogWriter::open(log.folder);
    Event event = event_of(0);
    event.owner = "nowhere";
    EXPECT_FALSE(writer.append(event));
    EXPECT_EQ(*writer.append(event_of(0)), 0U);
    EXPECT_FALSE(writer.commit());
    EXPECT_EQ(writer.size(), 1U);
    EXPECT_TRUE(is_sound(log.folder));
}

TEST(Log, SaysWhatIsNoLog) {
    const Scratch scratch;
    EXPECT_EQ(audit::inspect_log(scratch / "nothing").error().code, ErrorCode::not_found);
    std::filesystem::create_directories(scratch / "log");
    write_file(scratch / "log/hashes", "");
    for (const std::string_view text :
         {"",
          "adic audit log 1\n",
          "adic audit log 1\nname",
          "adic audit log 1\na b\n",
          "adic audit log 2\nx\n"}) {
        write_file(scratch / "log/entries", text);
        EXPECT_EQ(audit::inspect_log(scratch / "log").error().code, ErrorCode::invalid_argument);
    }
    EXPECT_FALSE(LogWriter::create(scratch / "other", "two words"));
    EXPECT_FALSE(LogWriter::create(scratch / "other", ""));
}

TEST(Log, IsReadBackWhateverItsBatches) {
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        const Scratch scratch;
        const SmallLog log(scratch);
        RandomStream random(seed, 0);
        std::uint64_t size = 0;
        for (int batch = 0; batch < 8; ++batch) {
            const std::uint64_t more = random.below(40);
            log.add(more);
            size += more;
            if (random.below(3) == 0) {
                log.sign();
            }
        }
        const LogReader reader = *LogReader::open(log.folder);
        ASSERT_EQ(reader.state().size, size);
        std::uint64_t next = 0;
        const auto take = [&](std::uint64_t index, std::string_view, const Event& event) {
            EXPECT_EQ(index, next++);
            Event expected = event_of(index);
            expected.number = index / 3 + 1;
            EXPECT_EQ(event, expected);
            return adic::Result<bool>(true);
        };
        EXPECT_FALSE(reader.each_entry(take));
        EXPECT_EQ(next, size);
    }
}

TEST(Signer, MakesItsFilesOnceAndKeepsTheSecretPrivate) {
    const Scratch scratch;
    ASSERT_TRUE(Signer::make(scratch / "key", "x.example/w", KeyKind::witness));
    EXPECT_FALSE(Signer::make(scratch / "key", "x.example/w", KeyKind::witness));
    using std::filesystem::perms;
    EXPECT_EQ(
        std::filesystem::status(scratch / "key").permissions(),
        perms::owner_read | perms::owner_write
    );
    EXPECT_TRUE(Signer::open(scratch / "key"));
    for (const perms more : {perms::group_read, perms::others_read, perms::group_write}) {
        std::filesystem::permissions(
            scratch / "key",
            perms::owner_read | perms::owner_write | more
        );
        const auto signer = Signer::open(scratch / "key");
        ASSERT_FALSE(signer);
        EXPECT_EQ(signer.error().code, ErrorCode::conflict);
    }
}

TEST(Signer, IsOpenOnce) {
    const Scratch scratch;
    ASSERT_TRUE(Signer::make(scratch / "key", "x.example/w", KeyKind::witness));
    const Signer first = *Signer::open(scratch / "key");
    EXPECT_EQ(Signer::open(scratch / "key").error().code, ErrorCode::conflict);
}

TEST(Signer, DoesNotSignWithoutItsMemory) {
    const Scratch scratch;
    const SmallLog log(scratch);
    std::filesystem::remove(log.keys / "a.heads");
    EXPECT_EQ(Signer::open(log.keys / "a").error().code, ErrorCode::conflict);
    for (const std::string_view text :
         {"",
          "adic audit heads 1",
          "adic audit heads 1\n\n",
          "adic audit heads 1\n\nx\n1\n\n",
          "adic audit heads 2\n"}) {
        write_file(log.keys / "a.heads", text);
        EXPECT_FALSE(Signer::open(log.keys / "a")) << text;
    }
}

TEST(Signer, FollowsTheLogHeadByHead) {
    const Scratch scratch;
    const SmallLog log(scratch);
    log.sign();  // a log without entries has a head too
    for (std::uint64_t i = 1; i < 20; ++i) {
        log.add(i % 4);
        EXPECT_TRUE(audit::is_signed_by_log(log.sign(), log.policy));
        if (i % 3 == 0) {
            EXPECT_TRUE(audit::judge(log.cosign("a"), log.policy).holds());
        }
    }
    log.cosign("a");
    const SignedHead both = log.cosign("b");
    EXPECT_EQ(audit::judge(both, log.policy).cosigned.size(), 2U);
    EXPECT_EQ(log.sign(), both) << "the same head again keeps its co-signatures";
    EXPECT_FALSE(is_noticed(log));
}

TEST(Signer, DoesNotTakeBackWhatItSigned) {
    const Scratch scratch;
    const SmallLog log(scratch);
    log.add(5);
    std::filesystem::copy(log.folder, scratch / "old");
    log.add(3);
    log.sign();
    log.cosign("a");
    // An old copy comes back, as from a backup, and grows again, otherwise.
    std::filesystem::remove_all(log.folder);
    std::filesystem::copy(scratch / "old", log.folder);
    for (int i = 0; i < 6; ++i) {
        LogWriter writer = *LogWriter::open(log.folder);
        {
            Signer signer = *Signer::open(log.keys / "log");
            const auto head = audit::sign_log(writer, signer);
            ASSERT_FALSE(head) << "of " << writer.size();
            EXPECT_EQ(head.error().code, ErrorCode::conflict);
        }
        Event event = event_of(writer.size());
        event.actor = "somebody else";
        ASSERT_TRUE(writer.append(event));
        ASSERT_FALSE(writer.commit());
    }
}

TEST(Signer, OfAWitnessFindsAFork) {
    const Scratch scratch;
    const SmallLog log(scratch);
    log.add(5);
    std::filesystem::copy(log.folder, scratch / "fork");
    std::filesystem::copy(log.keys, scratch / "keys-copy");
    log.add(3);
    log.sign();
    log.cosign("a");
    // Whoever has the log's key can sign a second history, but no witness goes along.
    LogWriter fork = *LogWriter::open(scratch / "fork");
    for (std::uint64_t i = 5; i < 12; ++i) {
        Event event = event_of(i);
        event.actor = "a forger";
        ASSERT_TRUE(fork.append(event));
    }
    Signer forger = *Signer::open(scratch / "keys-copy/log");
    ASSERT_TRUE(audit::sign_log(fork, forger));
    Signer witness = *Signer::open(log.keys / "a");
    const auto cosigned =
        audit::cosign_log(fork, witness, log.policy, audit::test::second(1'800'000'000));
    ASSERT_FALSE(cosigned);
    EXPECT_EQ(cosigned.error().code, ErrorCode::conflict);
    EXPECT_NE(cosigned.error().message.find("forked"), std::string::npos);
}

TEST(Signer, OfAWitnessFollowsSeveralLogs) {
    const Scratch scratch;
    ASSERT_TRUE(Signer::make(scratch / "key", "x.example/w", KeyKind::witness));
    const auto head_of = [](std::string_view origin, std::string_view entry) {
        return audit::Head{std::string(origin), {1, audit::leaf_hash(entry)}};
    };
    {
        Signer signer = *Signer::open(scratch / "key");
        EXPECT_TRUE(signer.sign(head_of("b.example/log", "b"), {}, audit::test::second(1)));
        EXPECT_TRUE(signer.sign(head_of("a.example/log", "a"), {}, audit::test::second(2)));
    }
    Signer signer = *Signer::open(scratch / "key");
    EXPECT_EQ(signer.last_of("a.example/log"), head_of("a.example/log", "a"));
    EXPECT_EQ(signer.last_of("b.example/log"), head_of("b.example/log", "b"));
    EXPECT_EQ(signer.last_of("c.example/log").tree.size, 0U);
    EXPECT_TRUE(signer.sign(head_of("a.example/log", "a"), {}, audit::test::second(3)));
    EXPECT_FALSE(signer.sign(head_of("a.example/log", "other"), {}, audit::test::second(3)));
}

TEST(Signer, SignsForTheLogOfItsNameAlone) {
    const Scratch scratch;
    ASSERT_TRUE(Signer::make(scratch / "key", "other.example/audit", KeyKind::log));
    LogWriter writer = *LogWriter::create(scratch / "log", "log.example/audit");
    Signer signer = *Signer::open(scratch / "key");
    EXPECT_FALSE(audit::sign_log(writer, signer));
}

TEST(Log, KeepsItsFormat) {
    // A log that was written once and is kept in the repository: what is written today has the
    // same bytes.
    const std::filesystem::path kept =
        std::filesystem::path{ADIC_SOURCE_DIR} / "tests/golden/maps/audit/log";
    const LogReader reader = *LogReader::open(kept);
    const Scratch scratch;
    LogWriter writer = *LogWriter::create(scratch / "log", reader.state().origin);
    const auto take = [&](std::uint64_t, std::string_view, const Event& event) {
        return adic::Result<bool>(static_cast<bool>(writer.append(event)));
    };
    ASSERT_FALSE(reader.each_entry(take));
    ASSERT_FALSE(writer.commit());
    EXPECT_EQ(read_file(scratch / "log/entries"), read_file(kept / "entries"));
    EXPECT_EQ(read_file(scratch / "log/hashes"), read_file(kept / "hashes"));
    EXPECT_FALSE(writer.publish(*reader.state().head)) << "and the root that was signed";
}
