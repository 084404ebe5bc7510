#include "adic/app/blocks/kept_answers.hpp"

#include "blocks/scratch_folder.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using adic::ErrorCode;
using adic::app::Checkpoint;
using adic::app::Computing;
using adic::app::KeptAnswers;
using adic::test::ScratchFolder;
using testing::HasSubstr;

std::string key(char of) {
    return std::string(32, of);
}

Computing computing_into(const std::filesystem::path& path) {
    Computing computing;
    computing.checkpoint = path;
    computing.resuming = [](const std::filesystem::path& at) { return "again " + at.string(); };
    return computing;
}

const adic::Error interrupted{ErrorCode::interrupted, "interrupted", {}};

TEST(KeptAnswers, AreThereAgainAfterAStop) {
    const ScratchFolder folder;
    const Computing computing = computing_into(folder.path() / "kept");
    KeptAnswers first(computing);
    ASSERT_FALSE(first.open("question"));
    EXPECT_FALSE(first.find(key('a')));
    EXPECT_THAT(first.stop(interrupted).message, HasSubstr("Nothing was finished yet"));
    ASSERT_FALSE(first.keep(key('a'), "one"));
    ASSERT_FALSE(first.keep(key('b'), std::string("\0two", 4)));
    const adic::Error stopped = first.stop(interrupted);
    EXPECT_EQ(stopped.code, ErrorCode::interrupted);
    EXPECT_THAT(stopped.message, HasSubstr("2 results are computed and kept in '"));
    EXPECT_THAT(
        stopped.message,
        HasSubstr("To go on from there: again " + (folder.path() / "kept").string())
    );

    KeptAnswers second(computing);
    ASSERT_FALSE(second.open("question"));
    EXPECT_EQ(second.find(key('a')), "one");
    EXPECT_EQ(second.find(key('b')), std::string_view("\0two", 4));
    EXPECT_FALSE(second.find(key('c')));
    ASSERT_FALSE(second.keep(key('c'), ""));
    ASSERT_FALSE(second.finish());
    KeptAnswers third(computing);
    ASSERT_FALSE(third.open("question"));
    EXPECT_EQ(third.find(key('c')), "");
    EXPECT_EQ(third.find(key('a')), "one");
}

TEST(KeptAnswers, AreNotThoseOfAnotherQuestionOrKindOfWork) {
    const ScratchFolder folder;
    const auto path = folder.path() / "kept";
    const Computing computing = computing_into(path);
    KeptAnswers first(computing);
    ASSERT_FALSE(first.open("question"));
    ASSERT_FALSE(first.keep(key('a'), "one"));
    ASSERT_FALSE(first.finish());
    KeptAnswers other(computing);
    EXPECT_EQ(other.open("another question")->code, ErrorCode::conflict);

    // Blocks without keys, and one that is not finished: of a sweep, say.
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    for (const auto& answers :
         {std::vector<std::optional<std::string>>{"short"}, {std::nullopt, key('a') + "one"}}) {
        Checkpoint of_blocks = *adic::app::parse_checkpoint(bytes);
        of_blocks.answers = answers;
        ASSERT_FALSE(adic::app::save_checkpoint(path, of_blocks));
        KeptAnswers refused(computing);
        EXPECT_EQ(refused.open("question")->code, ErrorCode::invalid_argument);
    }
}

TEST(KeptAnswers, SayThatTheyCannotBeKept) {
    const ScratchFolder folder;
    const Computing computing = computing_into(folder.path() / "no" / "such" / "folder");
    KeptAnswers answers(computing);
    ASSERT_FALSE(answers.open("question"));
    ASSERT_FALSE(answers.keep(key('a'), "one"));
    EXPECT_EQ(answers.finish()->code, ErrorCode::unavailable);
    EXPECT_THAT(answers.stop(interrupted).message, HasSubstr("cannot be written"));
}

TEST(KeptAnswers, WithoutAFileAreAddedToThoseOfAnEarlierStop) {
    const ScratchFolder folder;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());
    const Computing nowhere;
    for (const char answer : {'a', 'b'}) {
        KeptAnswers answers(nowhere);
        ASSERT_FALSE(answers.open("question"));
        EXPECT_FALSE(answers.find(key('a'))) << "nobody named a file to go on from";
        ASSERT_FALSE(answers.keep(key(answer), "x"));
        EXPECT_THAT(answers.stop(interrupted).message, HasSubstr("kept in 'adic-"));
    }
    const auto kept = std::filesystem::directory_iterator(folder.path())->path();
    const Computing computing = computing_into(kept);
    KeptAnswers both(computing);
    ASSERT_FALSE(both.open("question"));
    EXPECT_TRUE(both.find(key('a')));
    EXPECT_TRUE(both.find(key('b')));
    std::filesystem::current_path(before);
}

}  // namespace
