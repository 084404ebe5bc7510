#include "adic/model/item.hpp"
#include "adic/model/need.hpp"
#include "adic/model/provenance.hpp"
#include "adic/model/remedy.hpp"
#include "adic/model/scenario.hpp"
#include "adic/model/supply.hpp"

#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace adic::model {
namespace {

TEST(Names, ReadBackAsTheSameValue) {
    std::set<std::string_view> names;
    for (const ItemKind kind : all_item_kinds) {
        EXPECT_EQ(parse_item_kind(name_of(kind)), kind);
        names.insert(name_of(kind));
    }
    EXPECT_EQ(names.size(), all_item_kinds.size());
    for (const Role role : {Role::consumed, Role::equipment}) {
        EXPECT_EQ(parse_role(name_of(role)), role);
    }
    for (const Essential essential : {Essential::yes, Essential::no}) {
        EXPECT_EQ(parse_essential(name_of(essential)), essential);
    }
    for (const Flow flow : {Flow::production, Flow::imports, Flow::exports, Flow::stock_release}) {
        EXPECT_EQ(parse_flow(name_of(flow)), flow);
    }
    for (const RemedyKind kind : all_remedy_kinds) {
        EXPECT_EQ(parse_remedy_kind(name_of(kind)), kind);
    }
    for (const ShockKind kind : all_shock_kinds) {
        EXPECT_EQ(parse_shock_kind(name_of(kind)), kind);
    }
    for (const RecoveryShape shape : all_recovery_shapes) {
        EXPECT_EQ(parse_recovery_shape(name_of(shape)), shape);
    }
    for (const ProbabilitySpan span : {ProbabilitySpan::horizon, ProbabilitySpan::year}) {
        EXPECT_EQ(parse_probability_span(name_of(span)), span);
    }
    EXPECT_EQ(parse_shock_kind("explosion"), std::nullopt);
}

TEST(Names, AreTheWordsOfTheMapPackage) {
    // docs/reference/map-package.md: files hold these words, so they never change.
    EXPECT_EQ(name_of(ItemKind::software), "software");
    EXPECT_EQ(name_of(Role::equipment), "equipment");
    EXPECT_EQ(name_of(Essential::no), "no");
    EXPECT_EQ(name_of(Flow::stock_release), "stock_release");
    // Of a scenario: the same.
    EXPECT_EQ(name_of(ShockKind::export_control), "export_control");
    EXPECT_EQ(name_of(RecoveryShape::s_curve), "s_curve");
    EXPECT_EQ(name_of(ProbabilitySpan::year), "year");
}

TEST(Names, AreReadExactlyOrNotAtAll) {
    for (const std::string_view text : {"", "System", "system ", "systems", "SYSTEM"}) {
        EXPECT_EQ(parse_item_kind(text), std::nullopt) << text;
    }
    EXPECT_EQ(parse_role("used"), std::nullopt);
    EXPECT_EQ(parse_essential("true"), std::nullopt);
    EXPECT_EQ(parse_flow("import"), std::nullopt);
}

TEST(Confidence, IsALetterFromAToE) {
    constexpr std::string_view letters = "ABCDE";
    for (int byte = 0; byte < 256; ++byte) {
        const std::string text(1, static_cast<char>(byte));
        const auto confidence = parse_confidence(text);
        ASSERT_EQ(confidence.has_value(), letters.find(text) != std::string_view::npos) << byte;
        if (confidence) {
            EXPECT_EQ(letter(*confidence), text[0]);
        }
    }
    EXPECT_EQ(parse_confidence(""), std::nullopt);
    EXPECT_EQ(parse_confidence("AB"), std::nullopt);
}

TEST(Confidence, IsOrderedFromTheSurestOn) {
    EXPECT_LT(Confidence::a, Confidence::b);
    EXPECT_LT(Confidence::d, Confidence::e);
}

}  // namespace
}  // namespace adic::model
