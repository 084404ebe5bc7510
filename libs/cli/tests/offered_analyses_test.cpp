#include "serve/offered_analyses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::cli {
namespace {

using testing::HasSubstr;

server::Analyses on_the_sample() {
    Surroundings around;
    around.data = std::string(ADIC_SOURCE_DIR) + "/data";
    return offered_analyses(around);
}

Result<std::string> asked(const std::string& name, std::vector<server::GivenParameter> given) {
    return on_the_sample().ask({name, std::move(given), "everyone", "json", {}, {}, {}});
}

/// A browser sends the members of an object, which have no order.
TEST(OfferedAnalyses, TakeTheirParametersInAnyOrder) {
    const server::GivenParameter what{"what", "graphite-2023", false};
    const server::GivenParameter item{"item", "relief-drone", false};
    const auto forward = asked("shock-run", {what, item});
    const auto backward = asked("shock-run", {item, what});
    ASSERT_TRUE(forward) << forward.error().message;
    ASSERT_TRUE(backward) << backward.error().message;
    EXPECT_EQ(*forward, *backward);
    EXPECT_THAT(*forward, HasSubstr("\"item\": \"relief-drone\""));
}

TEST(OfferedAnalyses, GiveAnEpisodeAsTheFileThatItIs) {
    const auto episode = asked("shock-episode", {{"scenario", "neon-2022", false}});
    ASSERT_TRUE(episode) << episode.error().message;
    EXPECT_THAT(*episode, HasSubstr("\"id\": \"neon-2022\""));
}

}  // namespace
}  // namespace adic::cli
