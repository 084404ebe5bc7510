#include "serve/offered_analyses.hpp"

#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace adic::cli {
namespace {

using testing::HasSubstr;

server::Analyses on_the_sample() {
    Surroundings around;
    around.data = std::string(ADIC_SOURCE_DIR) + "/data";
    return offered_analyses(around);
}

Result<server::AnalysisAnswer>
asked(const std::string& name, std::vector<server::GivenParameter> given) {
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
    EXPECT_EQ(forward->text, backward->text);
    EXPECT_THAT(forward->text, HasSubstr("\"item\": \"relief-drone\""));
}

TEST(OfferedAnalyses, GiveAnEpisodeAsTheFileThatItIs) {
    const auto episode = asked("shock-episode", {{"scenario", "neon-2022", false}});
    ASSERT_TRUE(episode) << episode.error().message;
    EXPECT_THAT(episode->text, HasSubstr("\"id\": \"neon-2022\""));
}

/// Only its clock stops the solver, and others wait for it.
TEST(OfferedAnalyses, PlanAnAwardInAtMostTenSeconds) {
    const server::Analyses analyses = on_the_sample();
    const auto award = std::ranges::find(analyses.list, "award", &server::Analysis::name);
    ASSERT_NE(award, analyses.list.end());
    const auto limit =
        std::ranges::find(award->parameters, "time-limit", &server::AnalysisParameter::name);
    ASSERT_NE(limit, award->parameters.end());
    EXPECT_EQ(limit->standard, "10");
    for (const char* seconds : {"2", "10", "0.5"}) {
        const auto plan =
            asked("award", {{"time-limit", seconds, false}, {"no-prices", "yes", false}});
        ASSERT_TRUE(plan) << seconds << ": " << plan.error().message;
        EXPECT_THAT(plan->text, HasSubstr("\"at_least\": 3466740")) << seconds;
    }
    for (const char* seconds : {"10.1", "60", "1e9", "nan", "inf", "0", "-1", "", "ten"}) {
        const auto refused = asked("award", {{"time-limit", seconds, false}});
        ASSERT_FALSE(refused) << seconds;
        EXPECT_THAT(refused.error().message, HasSubstr("above 0 and at most 10")) << seconds;
    }
}

/// Runs an analysis that reads files, in a folder of its own.
class InAFolder : public testing::Test {
  protected:
    InAFolder() : folder_(testing::TempDir() + "/offered-" + std::to_string(::getpid())) {}

    ~InAFolder() override { std::filesystem::remove_all(folder_); }

    Result<server::AnalysisAnswer>
    asked(const std::string& name, std::vector<server::GivenParameter> given) const {
        return on_the_sample().ask({name, std::move(given), "everyone", "json", {}, {}, folder_});
    }

    std::filesystem::path folder_;
};

/// Schotanus, Telgen and de Boer's effect on three states: MYS, with 57 % of the volume, gains no
/// more by the equal price than the smallest.
TEST_F(InAFolder, SharesWhatIsSentAsContent) {
    const auto shared = asked(
        "share",
        {{"quantities", "state,quantity\nA,30\nB,60\nC,120\n", true},
         {"price-breaks", "1:100,50:92,100:85,200:80", false}}
    );
    ASSERT_TRUE(shared) << shared.error().message;
    EXPECT_FALSE(shared->is_refused);
    EXPECT_THAT(shared->text, HasSubstr("3 states pay 16800.00 together and 18720.00 apart"));
}

TEST_F(InAFolder, SaysWhatIsWrongWithWhatIsSentAndNotWhereItIsKept) {
    const auto refused = asked(
        "reciprocity",
        {{"plan",
          "",
          true,
          {{"states.csv", "state,demand,capacity,outside_premium\nA,1,x,0\n"},
           {"pairs.csv", "buyer,seller,premium\nA,B,0\n"}}}}
    );
    ASSERT_TRUE(refused) << refused.error().message;
    EXPECT_TRUE(refused->is_refused);
    EXPECT_THAT(refused->text, HasSubstr("\"file\": \"states.csv\""));
    EXPECT_THAT(refused->text, HasSubstr("\"row\": 2"));
    EXPECT_THAT(refused->text, testing::Not(HasSubstr(folder_.filename().string())));
}

}  // namespace
}  // namespace adic::cli
