#include "adic/model/identifiers.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::model {
namespace {

struct Case {
    std::string_view scheme;
    std::string_view code;
    bool is_right;
};

/// LEI: that of the Global LEI Foundation itself. GTIN-13: the example of the GS1 General
/// Specifications. NSN: a resistor, as the NATO codification glossary has it.
TEST(Identifiers, AreToldFromSlipsOfTheHand) {
    const std::vector<Case> cases{
        {"LEI", "506700GE1G29325QX363", true},
        {"LEI", "506700GE1G29325QX364", false},
        {"LEI", "506700GE1G29325QX36", false},
        {"LEI", "506700ge1g29325qx363", false},
        {"GTIN", "6291041500213", true},
        {"GTIN", "6291041500214", false},
        {"GTIN", "629104150021", false},
        {"NSN", "5905-00-734-5199", true},
        {"NSN", "5905007345199", true},
        {"NSN", "5905-00-A34-5199", true},
        {"NSN", "5905-00-734-519", false},
        {"NSN", "590-500-734-5199", false},
        {"NCAGE", "Q123B", true},
        {"NCAGE", "12345", true},
        {"NCAGE", "ABCDE", false},
        {"NCAGE", "Q12", false},
        {"HS", "854231", true},
        {"HS", "8542", true},
        {"HS", "85423", false},
        {"HS", "8542.31", false},
        {"UNSPSC", "46171500", true},
        {"UNSPSC", "4617150", false},
        {"dual-use", "3A001", true},
        {"dual-use", "3A001.b.2", true},
        {"dual-use", "3F001", false},
        {"dual-use", "A3001", false},
        {"of nobody", "anything at all", true},
    };
    for (const Case& one : cases) {
        EXPECT_EQ(form_broken(one.scheme, one.code).empty(), one.is_right)
            << one.scheme << ' ' << one.code;
    }
}

/// A check digit finds every single wrong digit.
TEST(Identifiers, WithCheckDigitsFindEveryWrongDigit) {
    for (const auto& [scheme, right] :
         {std::pair<std::string_view, std::string>{"LEI", "506700GE1G29325QX363"},
          {"GTIN", "6291041500213"}}) {
        for (std::size_t place = 0; place < right.size(); ++place) {
            if (right[place] > '9') {
                continue;
            }
            for (char digit = '0'; digit <= '9'; ++digit) {
                std::string code = right;
                code[place] = digit;
                EXPECT_EQ(form_broken(scheme, code).empty(), code == right) << code;
            }
        }
    }
}

}  // namespace
}  // namespace adic::model
