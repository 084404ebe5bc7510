#include "adic/base/blocks.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using adic::BlockWork;
using adic::ThreadCrew;

BlockWork squares(std::size_t blocks) {
    return {blocks, [](std::size_t block, const std::stop_token& /*stop*/) {
                return std::to_string(block * block);
            }};
}

std::vector<std::size_t> up_to(std::size_t count) {
    std::vector<std::size_t> blocks(count);
    std::iota(blocks.begin(), blocks.end(), std::size_t{0});
    return blocks;
}

TEST(ThreadCrew, AnswersEveryBlockOnceOnAnyNumberOfThreads) {
    for (const std::size_t threads : {1U, 2U, 7U}) {
        ThreadCrew crew{squares(100), threads};
        std::vector<std::string> answers(100);
        std::size_t taken = 0;
        const auto problem = crew.compute(
            up_to(100),
            [&](std::size_t block, std::string answer) {
                answers[block] = std::move(answer);  // unguarded: never two at once
                ++taken;
                return true;
            },
            {}
        );
        EXPECT_FALSE(problem);
        EXPECT_EQ(taken, 100U) << threads;
        for (std::size_t block = 0; block < answers.size(); ++block) {
            EXPECT_EQ(answers[block], std::to_string(block * block));
        }
    }
}

TEST(ThreadCrew, ComputesOnlyWhatIsAskedFor) {
    ThreadCrew crew{squares(100), 2};
    std::set<std::size_t> taken;
    const std::vector<std::size_t> some{3, 41, 99};
    crew.compute(
        some,
        [&](std::size_t block, const std::string& /*answer*/) {
            taken.insert(block);
            return true;
        },
        {}
    );
    EXPECT_EQ(taken, std::set<std::size_t>(some.begin(), some.end()));
}

TEST(ThreadCrew, EndsWhenNoMoreIsWanted) {
    std::atomic<int> computed = 0;
    ThreadCrew crew{
        {1000,
         [&](std::size_t /*block*/, const std::stop_token& /*stop*/) {
             ++computed;
             return std::string{};
         }},
        2};
    int taken = 0;
    crew.compute(
        up_to(1000),
        [&](std::size_t /*block*/, const std::string& /*answer*/) { return ++taken < 5; },
        {}
    );
    EXPECT_EQ(taken, 5);
    EXPECT_LE(computed, 7) << "at most one more on each thread";
}

TEST(ThreadCrew, EndsWhenSomebodyAsksItTo) {
    std::stop_source source;
    ThreadCrew crew{squares(1000), 2};
    int taken = 0;
    const auto problem = crew.compute(
        up_to(1000),
        [&](std::size_t /*block*/, const std::string& /*answer*/) {
            source.request_stop();
            ++taken;
            return true;
        },
        source.get_token()
    );
    EXPECT_FALSE(problem);
    EXPECT_LE(taken, 2) << "what was begun is handed over, and nothing more is begun";
}

TEST(ThreadCrew, HandsOverNoBlockThatWasCutShort) {
    std::stop_source source;
    ThreadCrew crew{
        {10,
         [&](std::size_t block, const std::stop_token& stop) -> std::optional<std::string> {
             if (block == 3) {
                 source.request_stop();
             }
             return stop.stop_requested() ? std::nullopt : std::optional{std::string("whole")};
         }},
        1};
    std::size_t taken = 0;
    crew.compute(
        up_to(10),
        [&](std::size_t /*block*/, const std::string& /*answer*/) {
            ++taken;
            return true;
        },
        source.get_token()
    );
    EXPECT_EQ(taken, 3U);
}

TEST(ThreadCrew, HandsOnABug) {
    ThreadCrew crew{{3, [](std::size_t /*block*/, const std::stop_token& /*stop*/) -> std::string {
                         throw std::logic_error("bug");
                     }}};
    const auto take = [](std::size_t /*block*/, const std::string& /*answer*/) { return true; };
    EXPECT_THROW(crew.compute(up_to(3), take, {}), std::logic_error);
}

}  // namespace
