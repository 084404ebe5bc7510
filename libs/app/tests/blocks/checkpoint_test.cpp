#include "adic/app/blocks/checkpoint.hpp"

#include "blocks/scratch_folder.hpp"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using adic::ErrorCode;
using adic::app::Checkpoint;
using adic::app::load_checkpoint;
using adic::app::parse_checkpoint;
using adic::app::save_checkpoint;
using adic::app::write_checkpoint;
using adic::test::ScratchFolder;
using testing::HasSubstr;

Checkpoint some_work() {
    Checkpoint work{"digest", {}};
    work.answers.resize(5);
    work.answers[0] = "zero";
    work.answers[3] = std::string("th\0ree", 6);
    work.answers[4] = "";
    return work;
}

TEST(Checkpoint, ReadsBackAsItWasWritten) {
    const auto again = parse_checkpoint(write_checkpoint(some_work()));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->inputs, "digest");
    EXPECT_EQ(again->answers, some_work().answers);
    EXPECT_EQ(again->finished(), 3U);
}

TEST(Checkpoint, IsRefusedWhereverItIsCutOff) {
    const std::string bytes = write_checkpoint(some_work());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto cut = parse_checkpoint(bytes.substr(0, size));
        ASSERT_FALSE(cut) << size;
        EXPECT_EQ(cut.error().code, ErrorCode::invalid_argument);
    }
    EXPECT_FALSE(parse_checkpoint(bytes + '\0'));
}

TEST(Checkpoint, IsRefusedWhicheverByteIsChanged) {
    const std::string bytes = write_checkpoint(some_work());
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        EXPECT_FALSE(parse_checkpoint(changed)) << at;
    }
}

TEST(Checkpoint, IsReadOnlyForTheInputsItWasWrittenFor) {
    const ScratchFolder folder;
    const auto path = folder.path() / "work";
    ASSERT_FALSE(save_checkpoint(path, some_work()));
    const auto same = load_checkpoint(path, "digest", 5);
    ASSERT_TRUE(same);
    EXPECT_EQ(same->answers, some_work().answers);
    const auto other = load_checkpoint(path, "other", 5);
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, ErrorCode::conflict);
    EXPECT_THAT(other.error().message, HasSubstr("other inputs"));
    EXPECT_FALSE(load_checkpoint(path, "digest", 6));
}

TEST(Checkpoint, IsEmptyWhereThereIsNoFile) {
    const ScratchFolder folder;
    const auto none = load_checkpoint(folder.path() / "none", "digest", 3);
    ASSERT_TRUE(none);
    EXPECT_EQ(none->answers.size(), 3U);
    EXPECT_EQ(none->finished(), 0U);
}

TEST(Checkpoint, SaysWhatIsWrongWithAFile) {
    const ScratchFolder folder;
    const auto path = folder.path() / "work";
    std::ofstream(path) << "just a text";
    const auto text = load_checkpoint(path, "digest", 5);
    ASSERT_FALSE(text);
    EXPECT_THAT(text.error().message, HasSubstr("not a checkpoint"));
    EXPECT_THAT(text.error().message, HasSubstr(path.string()));
    const auto is_folder = load_checkpoint(folder.path(), "digest", 5);
    ASSERT_FALSE(is_folder);
    EXPECT_EQ(is_folder.error().code, ErrorCode::unavailable);
}

TEST(Checkpoint, ReplacesTheOldOneOnlyWhenTheNewOneIsWhole) {
    const ScratchFolder folder;
    const auto path = folder.path() / "work";
    ASSERT_FALSE(save_checkpoint(path, Checkpoint{"old", {std::nullopt}}));
    ASSERT_FALSE(save_checkpoint(path, some_work()));
    EXPECT_TRUE(load_checkpoint(path, "digest", 5));
    const auto files = std::filesystem::directory_iterator(folder.path());
    EXPECT_EQ(std::distance(begin(files), end(files)), 1) << "nothing is left beside it";
    const auto nowhere = save_checkpoint(folder.path() / "none" / "work", some_work());
    ASSERT_TRUE(nowhere);
    EXPECT_EQ(nowhere->code, ErrorCode::unavailable);
}

}  // namespace
