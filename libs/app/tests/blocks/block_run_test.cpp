#include "adic/app/blocks/block_run.hpp"

#include "adic/app/blocks/checkpoint.hpp"
#include "adic/base/random.hpp"

#include "blocks/scratch_folder.hpp"

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using adic::BlockWork;
using adic::Crew;
using adic::Error;
using adic::ErrorCode;
using adic::Result;
using adic::TakeBlock;
using adic::ThreadCrew;
using adic::app::BlockRun;
using adic::app::Merged;
using adic::app::run_blocks;
using adic::test::ScratchFolder;
using testing::HasSubstr;

constexpr std::size_t count = 50;

std::string square(std::size_t block) {
    return std::to_string(block * block) + '\n';
}

BlockWork squares() {
    return {count, [](std::size_t block, const std::stop_token& /*stop*/) {
                return square(block);
            }};
}

/// Hands over the blocks in an order of its own, at most `most` of them, and then fails if it is
/// told to.
class OddCrew : public Crew {
  public:
    OddCrew(std::uint64_t seed, std::size_t most, bool fails = false)
        : seed_(seed)
        , most_(most)
        , fails_(fails) {}

    std::optional<Error> compute(
        std::span<const std::size_t> blocks,
        const TakeBlock& take,
        std::stop_token /*stop*/
    ) override {
        std::vector<std::size_t> order(blocks.begin(), blocks.end());
        adic::RandomStream random{seed_, 0};
        for (std::size_t i = order.size(); i > 1; --i) {
            std::swap(order[i - 1], order[random.below(i)]);
        }
        const std::size_t shown = std::min(most_, order.size());
        for (std::size_t i = 0; i < shown; ++i) {
            if (!take(order[i], square(order[i]))) {
                return std::nullopt;
            }
        }
        return fails_ ? std::optional{Error{ErrorCode::unavailable, "a rank was lost", {}}}
                      : std::nullopt;
    }

  private:
    std::uint64_t seed_;
    std::size_t most_;
    bool fails_;
};

/// All answers, one after the other; enough after `enough` of them.
struct Joined {
    std::string text;
    std::size_t enough = count;

    Result<Merged> operator()(std::size_t block, std::string_view answer) {
        text += answer;
        return block + 1 >= enough ? Merged::has_enough : Merged::wants_more;
    }
};

BlockRun run_of(const std::filesystem::path& checkpoint = {}) {
    BlockRun run;
    run.step = "squaring";
    run.inputs = "0123456789abcdef";
    run.checkpoint = checkpoint;
    run.resuming = [](const std::filesystem::path& path) { return "again " + path.string(); };
    return run;
}

std::string expected(std::size_t blocks = count) {
    std::string text;
    for (std::size_t block = 0; block < blocks; ++block) {
        text += square(block);
    }
    return text;
}

TEST(BlockRun, GivesTheSameBytesOnAnyNumberOfThreads) {
    for (const std::size_t threads : {1U, 2U, 7U}) {
        Joined joined;
        ThreadCrew crew{squares(), threads};
        EXPECT_FALSE(run_blocks(count, crew, std::ref(joined), run_of()));
        EXPECT_EQ(joined.text, expected()) << threads;
    }
}

TEST(BlockRun, GivesTheSameBytesInWhateverOrderTheBlocksCome) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        Joined joined;
        OddCrew crew{seed, count};
        EXPECT_FALSE(run_blocks(count, crew, std::ref(joined), run_of()));
        EXPECT_EQ(joined.text, expected()) << seed;
    }
}

TEST(BlockRun, EndsWithTheSameBlockHoweverManyMoreWereComputed) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        Joined joined{{}, 17};
        OddCrew crew{seed, count};
        EXPECT_FALSE(run_blocks(count, crew, std::ref(joined), run_of()));
        EXPECT_EQ(joined.text, expected(17)) << seed;
    }
}

TEST(BlockRun, GoesOnFromWhatWasKept) {
    const ScratchFolder folder;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto path = folder.path() / std::to_string(seed);
        std::size_t runs = 0;
        while (true) {
            Joined joined;
            OddCrew crew{seed + runs, 13};
            const auto problem = run_blocks(count, crew, std::ref(joined), run_of(path));
            ++runs;
            if (!problem) {
                EXPECT_EQ(joined.text, expected());
                break;
            }
            EXPECT_EQ(problem->code, ErrorCode::interrupted);
        }
        EXPECT_EQ(runs, 4U) << "13, 26, 39, 50";
    }
}

TEST(BlockRun, SaysWhereTheWorkIsAndHowToGoOn) {
    const ScratchFolder folder;
    const auto path = folder.path() / "kept";
    Joined joined;
    OddCrew crew{1, 7};
    const auto problem = run_blocks(count, crew, std::ref(joined), run_of(path));
    ASSERT_TRUE(problem);
    EXPECT_THAT(problem->message, HasSubstr("7 of 50 blocks are finished and kept in '"));
    EXPECT_THAT(problem->message, HasSubstr("To go on from there: again " + path.string()));
}

TEST(BlockRun, KeepsTheWorkWhenTheCrewIsLost) {
    const ScratchFolder folder;
    const auto path = folder.path() / "kept";
    Joined joined;
    OddCrew crew{1, 7, true};
    const auto problem = run_blocks(count, crew, std::ref(joined), run_of(path));
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->code, ErrorCode::unavailable);
    EXPECT_THAT(problem->message, HasSubstr("a rank was lost"));
    EXPECT_THAT(problem->message, HasSubstr("7 of 50 blocks"));
}

TEST(BlockRun, KeepsTheWorkUnderANameOfItsOwnAndAddsToIt) {
    const ScratchFolder folder;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());
    Joined joined;
    OddCrew crew{1, 7};
    const auto first = run_blocks(count, crew, std::ref(joined), run_of());
    OddCrew other{2, 7};
    Joined anew;
    const auto second = run_blocks(count, other, std::ref(anew), run_of());
    const auto kept =
        adic::app::load_checkpoint("adic-0123456789ab.checkpoint", run_of().inputs, count);
    std::filesystem::current_path(before);
    ASSERT_TRUE(first);
    EXPECT_THAT(first->message, HasSubstr("kept in 'adic-0123456789ab.checkpoint'"));
    ASSERT_TRUE(second);
    ASSERT_TRUE(kept);
    EXPECT_GT(kept->finished(), 7U);
}

TEST(BlockRun, SavesNowAndThen) {
    const ScratchFolder folder;
    const auto path = folder.path() / "kept";
    BlockRun run = run_of(path);
    run.save_every = std::chrono::milliseconds{0};
    std::size_t saved = 0;
    run.progress = [&](std::string_view /*step*/, double /*done*/) {
        saved += std::filesystem::exists(path) ? 1U : 0U;
    };
    Joined joined;
    OddCrew crew{1, count};
    EXPECT_FALSE(run_blocks(count, crew, std::ref(joined), run));
    EXPECT_EQ(saved, count - 1);
}

TEST(BlockRun, AnswersFromAFinishedCheckpointWithoutComputing) {
    const ScratchFolder folder;
    const auto path = folder.path() / "kept";
    Joined first;
    OddCrew crew{1, count};
    ASSERT_FALSE(run_blocks(count, crew, std::ref(first), run_of(path)));
    Joined second;
    OddCrew idle{1, 0};
    EXPECT_FALSE(run_blocks(count, idle, std::ref(second), run_of(path)));
    EXPECT_EQ(second.text, expected());
}

TEST(BlockRun, EndsWithTheFirstAnswerThatCannotBeMerged) {
    OddCrew crew{1, count};
    const auto problem = run_blocks(
        count,
        crew,
        [](std::size_t /*block*/, std::string_view /*answer*/) -> Result<Merged> {
            return Error{ErrorCode::internal, "that is no square", {}};
        },
        run_of()
    );
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->message, "that is no square");
}

TEST(BlockRun, SaysThatNothingWasFinished) {
    Joined joined;
    OddCrew crew{1, 0};
    const auto problem = run_blocks(count, crew, std::ref(joined), run_of());
    ASSERT_TRUE(problem);
    EXPECT_THAT(problem->message, HasSubstr("Nothing was finished yet."));
}

}  // namespace
