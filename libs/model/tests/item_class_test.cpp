#include "adic/model/item_class.hpp"

#include "adic/base/random.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::model {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Kind = PropertySpec::Kind;

/// NIST Special Publication 811 (2008), appendix B.8; the SI Brochure, 9th ed. (2019), table 8.
TEST(PropertyUnits, ConvertAsTheTablesSay) {
    struct Case {
        double figure;
        std::string_view from;
        std::string_view to;
        double expected;
    };

    const std::vector<Case> cases{
        {100, "ft", "m", 30.48},
        {1, "nmi", "km", 1.852},
        {10, "lb", "kg", 4.5359237},
        {30, "kn", "km/h", 55.56},
        {3600, "kcal", "MJ", 15.0624},
        {1, "hp", "W", 745.6999},
        {100, "degC", "K", 373.15},
        {212, "degF", "degC", 100},
        {-40, "degC", "degF", -40},
        {2, "days", "h", 48},
        {36, "km/h", "m/s", 10},
    };
    for (const Case& c : cases) {
        const auto result = converted(c.figure, c.from, c.to);
        ASSERT_TRUE(result) << c.from;
        EXPECT_NEAR(*result, c.expected, 1e-9 * std::abs(c.expected)) << c.from << ' ' << c.to;
    }
    EXPECT_FALSE(converted(1, "kg", "m")) << "a mass is no length";
    EXPECT_FALSE(converted(1, "furlong", "m"));
    EXPECT_FALSE(converted(1, "", "m"));
}

TEST(PropertyUnits, ConvertThereAndBack) {
    RandomStream random(11, 0);
    std::size_t tried = 0;
    for (const PropertyUnit& a : property_units()) {
        for (const PropertyUnit& b : property_units()) {
            const double figure = static_cast<double>(random.below(100'000)) / 100.0;
            if (a.dimension != b.dimension) {
                EXPECT_FALSE(converted(figure, a.name, b.name)) << a.name << ' ' << b.name;
                continue;
            }
            const auto there = converted(figure, a.name, b.name);
            ASSERT_TRUE(there);
            // Twelve digits of a temperature far from 0 keep fewer of one near it.
            EXPECT_NEAR(*converted(*there, b.name, a.name), figure, 1e-8 * (1 + figure)) << a.name;
            ++tried;
        }
    }
    EXPECT_GT(tried, 100U);
}

TEST(Property, HasOneSpelling) {
    EXPECT_EQ(*parse_property("length: 28 m"), (Property{"length", 28.0, "m", ""}));
    EXPECT_EQ(*parse_property("length :28.50  m"), (Property{"length", 28.5, "m", ""}));
    EXPECT_EQ(*parse_property("crew: 12"), (Property{"crew", 12.0, "", ""}));
    EXPECT_EQ(*parse_property("hull: 12 bulkheads"), (Property{"hull", {}, "", "12 bulkheads"}));
    EXPECT_EQ(to_text(*parse_property("length :28.50  m")), "length: 28.5 m");
    for (const std::string_view none :
         {"length", "Length: 28 m", "length:", ": 28", "a b: 1", "hull: a|b", "hull: a\nb"}) {
        EXPECT_FALSE(parse_property(none)) << none;
    }
}

ItemClass vessel() {
    return {
        "vessel",
        2,
        "Vessel",
        {{"length", "Length", Kind::number, "m", 8.0, 140.0, {}, true},
         {"crew", "Crew", Kind::whole, "", 1.0, {}},
         {"hull", "Hull", Kind::choice, "", {}, {}, {"steel", "wood"}},
         {"armed", "Armed", Kind::yes_no},
         {"engines", "Engines", Kind::text}}};
}

TEST(ItemClass, PutsPropertiesIntoItsUnitsAndItsOrder) {
    const std::vector<std::string> given{"hull: wood", "crew: 7", "length: 100 ft"};
    const FittedProperties fit = fitted(vessel(), given);
    EXPECT_THAT(fit.problems, IsEmpty());
    EXPECT_THAT(fit.properties, ElementsAre("length: 30.48 m", "crew: 7", "hull: wood"));
    const std::vector<std::string> bare{"length: 28"};
    EXPECT_THAT(fitted(vessel(), bare).properties, ElementsAre("length: 28 m"));
    EXPECT_THAT(fitted(vessel(), fit.properties).properties, fit.properties) << "once is enough";
}

TEST(ItemClass, SaysOfEachPropertyWhatWouldBeRight) {
    struct Case {
        std::string given;
        std::string key;
        std::string message;
    };

    const std::vector<Case> cases{
        {"length: 28 kg", "length", "'kg' does not measure it"},
        {"length: 500 m", "length", "from 8 m to 140 m"},
        {"length: 6 ft", "length", "outside its range"},
        {"length: long", "length", "write a number and a unit"},
        {"crew: 7.5", "crew", "a whole number"},
        {"crew: 7 m", "crew", "without a unit"},
        {"crew: 0", "crew", "at least 1"},
        {"hull: steal", "hull", "is none of: steel, wood"},
        {"armed: perhaps", "armed", "yes or no"},
        {"engines: 2", "engines", "takes words"},
        {"lenght: 28 m", "lenght", "did you mean 'length'?"},
    };
    for (const Case& c : cases) {
        const std::vector<std::string> given{
            c.given,
            c.key == "length" ? "armed: yes" : "length: 28 m"};
        const FittedProperties fit = fitted(vessel(), given);
        ASSERT_EQ(fit.problems.size(), 1U) << c.given;
        EXPECT_EQ(fit.problems[0].key, c.key);
        EXPECT_THAT(fit.problems[0].message, HasSubstr(c.message)) << c.given;
    }
    const FittedProperties nothing = fitted(vessel(), {});
    ASSERT_EQ(nothing.problems.size(), 1U);
    EXPECT_EQ(nothing.problems[0].key, "length") << "it is required";
}

TEST(ItemClasses, AreFoundByTheirLatestVersionOrByOne) {
    ItemClass older = vessel();
    older.version = 1;
    ItemClass tenth = vessel();
    tenth.version = 10;
    const ItemClasses classes({tenth, vessel(), older});
    EXPECT_EQ(classes.find("vessel")->version, 10U);
    EXPECT_EQ(classes.find("vessel/2")->version, 2U);
    EXPECT_EQ(classes.find("vessel/3"), nullptr);
    EXPECT_EQ(classes.find("vesse"), nullptr);
}

}  // namespace
}  // namespace adic::model
