#include "adic/audit/log.hpp"

#include "scratch.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

using adic::audit::Event;
using adic::audit::EventKind;
using adic::audit::LogWriter;
using adic::audit::test::Scratch;
using adic::audit::test::SmallLog;

namespace audit = adic::audit;

namespace {

Event written(std::string record) {
    Event event;
    event.kind = EventKind::written;
    event.at = audit::test::second(1'764'063'000);
    event.actor = "desk";
    event.owner = "AAA";
    event.record = std::move(record);
    event.detail = "version:1";
    return event;
}

std::vector<std::string> records_of(const std::vector<Event>& events) {
    std::vector<std::string> records;
    for (const Event& event : events) {
        records.push_back(event.record);
    }
    return records;
}

std::vector<Event> entries_of(const std::filesystem::path& folder) {
    std::vector<Event> entries;
    const auto log =
        LogWriter::open(folder, {.take = [&](const Event& event) { entries.push_back(event); }});
    EXPECT_TRUE(log);
    return entries;
}

using Records = std::vector<std::string>;

}  // namespace

TEST(Announcement, IsInTheLogOnceItIsConfirmed) {
    const Scratch scratch;
    const SmallLog log(scratch);
    {
        LogWriter writer = *LogWriter::open(log.folder);
        ASSERT_FALSE(writer.announce({written("a"), written("b")}));
        EXPECT_EQ(writer.size(), 0U);
        ASSERT_FALSE(writer.confirm());
        EXPECT_TRUE(writer.announced().empty());
    }
    const std::vector<Event> entries = entries_of(log.folder);
    EXPECT_EQ(records_of(entries), (Records{"a", "b"}));
    EXPECT_EQ(entries.back().number, 2U);
    EXPECT_TRUE(LogWriter::open(log.folder)->announced().empty());
}

TEST(Announcement, LeavesNothingOnceItIsRetracted) {
    const Scratch scratch;
    const SmallLog log(scratch);
    {
        LogWriter writer = *LogWriter::open(log.folder);
        ASSERT_FALSE(writer.announce({written("a")}));
        ASSERT_FALSE(writer.retract());
    }
    EXPECT_TRUE(entries_of(log.folder).empty());
    EXPECT_TRUE(LogWriter::open(log.folder)->announced().empty());
}

TEST(Announcement, IsFoundByTheNextOpeningUntilItIsSettled) {
    const Scratch scratch;
    const SmallLog log(scratch);
    log.add(5);
    {
        LogWriter writer = *LogWriter::open(log.folder);
        ASSERT_FALSE(writer.announce({written("a"), written("b")}));
    }
    EXPECT_EQ(records_of(LogWriter::open(log.folder)->announced()), (Records{"a", "b"}));
    {
        LogWriter writer = *LogWriter::open(log.folder);
        ASSERT_FALSE(writer.confirm());
        EXPECT_EQ(writer.size(), 7U);
    }
    EXPECT_TRUE(LogWriter::open(log.folder)->announced().empty());
}

// The machine stops after a part of the entries is on the disk, or before the file is gone.
TEST(Announcement, IsNotAddedTwice) {
    for (std::uint64_t added = 0; added <= 3; ++added) {
        const Scratch scratch;
        const SmallLog log(scratch);
        log.add(5);
        std::string announced;
        {
            LogWriter writer = *LogWriter::open(log.folder);
            ASSERT_FALSE(writer.announce({written("a"), written("b"), written("c")}));
            announced = audit::test::read_file(log.folder / "announced");
            ASSERT_FALSE(writer.retract());
            const Records names{"a", "b", "c"};
            for (std::uint64_t i = 0; i < added; ++i) {
                ASSERT_TRUE(writer.append(written(names[i])));
            }
            ASSERT_FALSE(writer.commit());
        }
        audit::test::write_file(log.folder / "announced", announced);
        {
            LogWriter writer = *LogWriter::open(log.folder);
            EXPECT_EQ(writer.announced().size(), 3 - added);
            ASSERT_FALSE(writer.confirm());
            EXPECT_EQ(writer.size(), 8U);
        }
        Records last = records_of(entries_of(log.folder));
        last.erase(last.begin(), last.begin() + 5);
        EXPECT_EQ(last, (Records{"a", "b", "c"}));
    }
}

TEST(Announcement, ThatIsNoneIsRefusedBeforeAnythingHappens) {
    const Scratch scratch;
    const SmallLog log(scratch);
    LogWriter writer = *LogWriter::open(log.folder);
    EXPECT_TRUE(writer.announce({written("two\nlines")}));
    EXPECT_TRUE(writer.announced().empty());
    EXPECT_FALSE(std::filesystem::exists(log.folder / "announced"));
}

TEST(Announcement, ThatWasChangedIsRefused) {
    const Scratch scratch;
    const SmallLog log(scratch);
    {
        LogWriter writer = *LogWriter::open(log.folder);
        ASSERT_FALSE(writer.announce({written("a")}));
    }
    const std::string text = audit::test::read_file(log.folder / "announced");
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string other = text;
        other[i] = static_cast<char>(other[i] ^ 0x80);
        audit::test::write_file(log.folder / "announced", other);
        EXPECT_FALSE(LogWriter::open(log.folder)) << i;
    }
}

TEST(Log, IsWaitedForAsLongAsIsSaid) {
    const Scratch scratch;
    const SmallLog log(scratch);
    const LogWriter first = *LogWriter::open(log.folder);
    const auto second = LogWriter::open(log.folder, {.wait = std::chrono::milliseconds{30}});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, adic::ErrorCode::conflict);
}
