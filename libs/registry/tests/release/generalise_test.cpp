#include "adic/registry/release/generalise.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace adic::registry {
namespace {

using model::FieldSpec;
using model::FieldValue;
using model::Generalisation;
using namespace std::chrono_literals;

struct Case {
    Generalisation rule;
    FieldValue value;
    std::optional<std::string> said;
};

TEST(Generalise, SaysLessThanTheValueOrNothing) {
    const std::vector<Case> cases{
        {Generalisation::band, 350.0, "200 to 500"},
        {Generalisation::band, 200.0, "200 to 500"},
        {Generalisation::band, 199.99, "100 to 200"},
        {Generalisation::band, 1000.0, "1000 to 2000"},
        {Generalisation::band, 750000.5, "500000 to 1000000"},
        {Generalisation::band, 0.07, "0.05 to 0.1"},
        {Generalisation::band, 0.0, "0"},
        {Generalisation::band, -30.0, "-50 to -20"},
        {Generalisation::band, std::int64_t{1}, "1"},
        {Generalisation::band, std::int64_t{4}, "2 to 4"},
        {Generalisation::band, std::int64_t{10}, "10 to 19"},
        {Generalisation::year, std::chrono::sys_days{2027y / 3 / 1}, "2027"},
        {Generalisation::heading, std::string("854231"), "8542"},
        {Generalisation::heading, std::string("5905-00-734-5199"), "5905"},
        {Generalisation::heading, std::string("8542"), std::nullopt},
        {Generalisation::last_part, std::string("Jalan 1, Surabaya, Indonesia"), "Indonesia"},
        {Generalisation::last_part, std::string("Surabaya"), std::nullopt},
        {Generalisation::last_part, std::string("Surabaya, "), std::nullopt},
        {Generalisation::number_of_it, model::Words{"a", "b", "c"}, "2 to 4"},
        {Generalisation::number_of_it, model::Words{"a"}, "1"},
        {Generalisation::withheld, std::string("anything"), std::nullopt},
        {Generalisation::year, std::string("no day"), std::nullopt},
    };
    for (const Case& one : cases) {
        FieldSpec field{.key = "f", .title = "F", .help = ""};
        field.generalisation = one.rule;
        EXPECT_EQ(generalise(field, one.value), one.said);
    }
}

/// Every number lies in its band, also where rounding could put it beside.
TEST(Generalise, PutsEveryPowerOfTenAtTheBeginningOfItsBand) {
    FieldSpec field{.key = "f", .title = "F", .help = ""};
    field.generalisation = Generalisation::band;
    double power = 1e-12;
    for (int exponent = -12; exponent <= 15;
         ++exponent, power = std::stod("1e" + std::to_string(exponent))) {
        const std::string said = *generalise(field, power);
        EXPECT_EQ(std::stod(said), power) << said;
    }
}

TEST(Generalise, ItsBandsCanBeReadBack) {
    FieldSpec field{.key = "f", .title = "F", .help = ""};
    field.generalisation = Generalisation::band;
    for (const double value : {0.07, 0.5, 1.0, 7.0, 350.0, 1e6, 3.2e15, -30.0, 0.0}) {
        const auto band = read_band(*generalise(field, value));
        ASSERT_TRUE(band) << value;
        EXPECT_TRUE(band->first <= value && value <= band->second) << value;
    }
    for (const char* none : {"", "about 7", "5 to", "9 to 5", "2027-01-01", "to 5"}) {
        EXPECT_EQ(read_band(none), std::nullopt) << none;
    }
}

}  // namespace
}  // namespace adic::registry
