#include "adic/app/supplier_exposures.hpp"

#include <gmock/gmock.h>

namespace adic::app {
namespace {

using procure::AwardProblem;

/// A fifth of the value of the engine of the harbour's boat is steel, of which a tenth comes from
/// Viet Nam and a fifth from nobody knows where; the rest is what Northern Motors makes of it in
/// Germany.
AwardProblem purchase() {
    AwardProblem problem;
    problem.items = {{"engine"}, {"radio"}, {"paint"}};
    problem.suppliers = {{"northern-motors"}, {"Scanner Works"}, {"own-word"}, {"stranger"}};
    problem.suppliers[2].exposure = 250'000;
    for (std::size_t s = 0; s < problem.suppliers.size(); ++s) {
        problem.offers.push_back({s == 1 ? 2U : 0U, s, {}});
    }
    return problem;
}

class Exposures : public testing::Test {
  protected:
    std::vector<SupplierExposure> take(std::string_view inside, AwardProblem& problem) {
        return take_exposures(*opened_, *supply::parse_viewpoint(opened_->map(), inside), problem);
    }

    std::unique_ptr<const OpenedMap> opened_ =
        *open_map(std::string(ADIC_SOURCE_DIR) + "/tests/golden/maps/harbour");
};

TEST_F(Exposures, CountTheMakersPartWhereItIsMade) {
    AwardProblem problem = purchase();
    const auto outside = take("ASEAN", problem);
    ASSERT_EQ(outside.size(), 1U) << "one has its own word, one offers nothing of the map's, and "
                                     "one is not in the map";
    EXPECT_EQ(outside[0].supplier, 0U);
    EXPECT_EQ(outside[0].item, "engine");
    EXPECT_NEAR(outside[0].part, 0.8 + 0.2 * 0.9, 1e-12);
    EXPECT_NEAR(outside[0].unknown, 0.2 * 0.2, 1e-12);
    EXPECT_EQ(problem.suppliers[0].exposure, 980'000);
    EXPECT_EQ(problem.suppliers[2].exposure, 250'000);
    EXPECT_FALSE(problem.suppliers[1].exposure || problem.suppliers[3].exposure);

    problem = purchase();
    const auto at_home = take("DEU", problem);
    ASSERT_EQ(at_home.size(), 1U);
    EXPECT_NEAR(at_home[0].part, 0.2, 1e-12) << "the steel";
    EXPECT_EQ(problem.suppliers[0].exposure, 200'000);
}

TEST_F(Exposures, TakeTheItemThatIsExposedMost) {
    AwardProblem problem = purchase();
    problem.offers.push_back({1, 0, {}});
    const auto taken = take("DEU", problem);
    ASSERT_EQ(taken.size(), 1U);
    EXPECT_EQ(taken[0].item, "radio");
    EXPECT_GT(taken[0].part, 0.2);
}

}  // namespace
}  // namespace adic::app
