// What another program computed on the same network: test data from the reference models, esri.
#include "adic/shock/cascade/cascade.hpp"

#include "numbers_in.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using model::FirmLink;
using model::FirmNetwork;
using model::InputClass;
using test::numbers_in;

FirmNetwork reference_network() {
    std::vector<std::string> names;
    std::vector<std::uint32_t> sectors;
    for (const auto& row : numbers_in("sf1000_sectors.csv")) {
        names.push_back(std::to_string(names.size()));
        sectors.push_back(static_cast<std::uint32_t>(row[1]));
    }
    const auto matrix = numbers_in("sf1000_essential.csv");
    std::vector<InputClass> classes;
    for (const auto& row : matrix) {
        for (const double cell : row) {
            classes.push_back(static_cast<InputClass>(static_cast<int>(cell)));
        }
    }
    std::vector<FirmLink> links;
    for (const auto& row : numbers_in("sf1000_edges.csv")) {
        links.push_back(
            {static_cast<std::uint32_t>(row[0]), static_cast<std::uint32_t>(row[1]), row[2]}
        );
    }
    const auto count = static_cast<std::uint32_t>(matrix.size());
    return {std::move(names), std::move(sectors), count, std::move(classes), std::move(links)};
}

TEST(CascadeReference, EqualsTheRiskOfEveryFirmAndItsSteps) {
    const FirmNetwork network = reference_network();
    ASSERT_EQ(network.firms(), 1000U);
    const Cascade cascade(network, {.tolerance = 0.01});
    const auto expected = numbers_in("sf1000_eps0.01_substitution_on.csv");
    std::vector<std::uint32_t> firms;
    for (const auto& row : expected) {
        firms.push_back(static_cast<std::uint32_t>(row[0]));
    }
    const auto risks = cascade.risks_of_closing(firms);
    for (std::size_t i = 0; i < firms.size(); ++i) {
        ASSERT_NEAR(risks[i].total, expected[i][1], 1e-12) << "firm " << firms[i];
        ASSERT_NEAR(risks[i].downstream, expected[i][2], 1e-12) << "firm " << firms[i];
        ASSERT_NEAR(risks[i].upstream, expected[i][3], 1e-12) << "firm " << firms[i];
        ASSERT_EQ(risks[i].steps, static_cast<std::uint32_t>(expected[i][4])) << firms[i];
    }
}

/// The sum over all firms is published with the tolerance: 6.81 at 0.01 and 8.55 at 1e-6.
TEST(CascadeReference, AToleranceOfAHundredthHidesAFifthOfTheRisk) {
    const FirmNetwork network = reference_network();
    const auto sum_at = [&](double tolerance) {
        const Cascade cascade(network, {.tolerance = tolerance});
        double sum = 0.0;
        for (const SystemicRisk& risk : cascade.risks_of_closing(cascade.sweep_order())) {
            sum += risk.total;
        }
        return sum;
    };
    EXPECT_NEAR(sum_at(0.01), 6.81, 0.005);
    EXPECT_NEAR(sum_at(1e-6), 8.55, 0.005);
}

}  // namespace
}  // namespace adic::shock
