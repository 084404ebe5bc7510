#include "basis.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace adic::app {
namespace {

using model::Confidence;

struct Case {
    Basis basis;
    std::string_view sentence;
    std::optional<Confidence> weakest;
};

TEST(Basis, IsSaidInPlainWordsWithTheWeakestFirst) {
    const std::vector<Case> cases{
        {{}, "", {}},
        {{.needs = Confidence::b, .shares = {}, .odds = {}},
         "What needs what rests on official figures (confidence B).",
         Confidence::b},
        {{.needs = Confidence::b, .shares = Confidence::b, .odds = Confidence::b},
         "What needs what and how likely a stop is, and who supplies how much rest on official "
         "figures (confidence B).",
         Confidence::b},
        {{.needs = Confidence::d, .shares = Confidence::c, .odds = Confidence::d},
         "What needs what and how likely a stop is rest on judgement (confidence D), who supplies "
         "how much on published estimates (C).",
         Confidence::d},
        {{.needs = Confidence::a, .shares = Confidence::e, .odds = Confidence::c},
         "Who supplies how much rests on unverified statements (confidence E), how likely a stop "
         "is on published estimates (C), what needs what on checked records (A).",
         Confidence::e},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(to_sentence(c.basis), c.sentence);
        EXPECT_EQ(weakest_of(c.basis), c.weakest);
    }
}

TEST(Basis, OnlyEverWeakens) {
    std::optional<Confidence> weakest;
    weaken(weakest, Confidence::b);
    EXPECT_EQ(weakest, Confidence::b);
    weaken(weakest, Confidence::d);
    weaken(weakest, Confidence::a);
    EXPECT_EQ(weakest, Confidence::d);
}

}  // namespace
}  // namespace adic::app
