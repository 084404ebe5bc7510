// Worked examples of the literature, to the digits that they print.
#include "adic/shock/cascade/cascade.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using model::FirmLink;
using model::FirmNetwork;
using model::InputClass;

std::vector<std::string> numbered(std::size_t firms) {
    std::vector<std::string> names;
    for (std::size_t firm = 1; firm <= firms; ++firm) {
        names.push_back(std::to_string(firm));
    }
    return names;
}

/// Eleven firms in five sectors, each link of weight 1.
/// Source: Diem, Borsos, Reisch, Kertesz, Thurner (2024), "Estimating the loss of economic
///         predictability from aggregating firm-level production networks", PNAS Nexus 3(3)
///         pgae064, Figure 1.
FirmNetwork eleven_firms(InputClass every_input) {
    std::vector<FirmLink> links;
    for (const auto& [supplier, customer] : std::vector<std::pair<std::uint32_t, std::uint32_t>>{
             {3, 6},
             {4, 6},
             {4, 7},
             {5, 7},
             {6, 1},
             {6, 2},
             {7, 10},
             {7, 11},
             {8, 1},
             {8, 2},
             {9, 11}}) {
        links.push_back({supplier - 1, customer - 1, 1.0});
    }
    return {
        numbered(11),
        {0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4},
        5,
        std::vector<InputClass>(25, every_input),
        std::move(links)};
}

/// The same by sectors: what the sectors sell to each other.
FirmNetwork five_sectors(InputClass every_input) {
    return {
        numbered(5),
        {0, 1, 2, 3, 4},
        5,
        std::vector<InputClass>(25, every_input),
        {{1, 2, 4.0}, {2, 0, 2.0}, {2, 4, 2.0}, {3, 0, 2.0}, {3, 4, 1.0}}};
}

std::vector<double> downstream(const FirmNetwork& network, const std::vector<CapacityLoss>& shock) {
    return Cascade(network, {.replaceable = nobody_replaceable(network)}).levels(shock).downstream;
}

TEST(PublishedCascade, SpreadsTheFailureOfTheThirdOfElevenFirms) {
    const std::vector<CapacityLoss> third_fails{{2, 1.0}};
    EXPECT_EQ(
        downstream(eleven_firms(InputClass::essential), third_fails),
        (std::vector<double>{0.5, 0.5, 0, 1, 1, 0.5, 1, 1, 1, 1, 1})
    );
    EXPECT_EQ(
        downstream(eleven_firms(InputClass::non_essential), third_fails),
        (std::vector<double>{0.75, 0.75, 0, 1, 1, 0.5, 1, 1, 1, 1, 1})
    );
}

/// Firm 3 sells 1 of 11, firm 6 loses half of its 2; firms 1 and 2 sell nothing.
TEST(PublishedCascade, CostsTwoElevenths) {
    for (const InputClass input : {InputClass::essential, InputClass::non_essential}) {
        const FirmNetwork network = eleven_firms(input);
        const Cascade cascade(network, {.replaceable = nobody_replaceable(network)});
        const SystemicRisk risk = cascade.risk(std::vector<CapacityLoss>{{2, 1.0}});
        EXPECT_NEAR(risk.total, 0.1818, 0.00005);
        EXPECT_NEAR(risk.downstream, 2.0 / 11.0, 1e-15);
        EXPECT_NEAR(risk.upstream, 1.0 / 11.0, 1e-15);
    }
}

/// The same shock is a quarter of what sector 2 sells. Seen by sectors it reaches the customers of
/// firm 7 too, whom in truth it spares, and only half as hard those of firm 6.
TEST(PublishedCascade, HitsOtherFirmsWhenSectorsHideThem) {
    const std::vector<CapacityLoss> quarter{{1, 0.25}};
    EXPECT_EQ(
        downstream(five_sectors(InputClass::essential), quarter),
        (std::vector<double>{0.75, 0.75, 0.75, 1, 0.75})
    );
}

/// Inputs at 0.8 and 0.5 of the usual, 0.6 and 0.4 of all purchases.
/// By hand: both essential, min(0.8, 0.5); both not, 0.6 0.8 + 0.4 0.5 = 0.68; one of each, the
/// lower of the essential input and of 1 less its part of the other's loss.
TEST(PublishedCascade, MakesOfTwoInputsWhatTheProductionFunctionSays) {
    struct Case {
        InputClass first;
        InputClass second;
        double level;
    };

    constexpr InputClass none = InputClass::none;
    for (const Case& c : std::vector<Case>{
             {InputClass::essential, InputClass::essential, 0.5},
             {InputClass::non_essential, InputClass::non_essential, 0.68},
             {InputClass::essential, InputClass::non_essential, 0.8},
             {InputClass::non_essential, InputClass::essential, 0.5},
             {none, InputClass::non_essential, 0.8},
             {InputClass::essential, none, 0.8}}) {
        const FirmNetwork network(
            {"first", "second", "maker"},
            {0, 1, 2},
            3,
            {none, none, c.first, none, none, c.second, none, none, none},
            {{0, 2, 60.0}, {1, 2, 40.0}}
        );
        EXPECT_NEAR(downstream(network, {{0, 0.2}, {1, 0.5}})[2], c.level, 1e-15);
    }
}

}  // namespace
}  // namespace adic::shock
