#include "adic/model/catalogue.hpp"

#include "adic/model/ids.hpp"
#include "adic/model/state.hpp"

#include <concepts>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::model {
namespace {

using States = Catalogue<State, StateIndex>;

template <typename Position>
concept FindsAStateAt = requires(const States& states, Position position) {
    states[position];
};

static_assert(FindsAStateAt<StateIndex>);
static_assert(!FindsAStateAt<ItemIndex>);
static_assert(!FindsAStateAt<int>);

TEST(Catalogue, FindsWhatWasAddedAtItsPosition) {
    States states;
    EXPECT_TRUE(states.empty());
    const auto indonesia = states.add({"IDN", "Indonesia"});
    const auto malaysia = states.add({"MYS", "Malaysia"});
    ASSERT_TRUE(indonesia && malaysia);
    EXPECT_EQ(states.size(), 2U);
    EXPECT_EQ(states.find("MYS"), malaysia);
    EXPECT_EQ(states[*indonesia].name, "Indonesia");
    EXPECT_EQ(states.find("XXX"), std::nullopt);
    EXPECT_EQ(states.find(""), std::nullopt);
    EXPECT_EQ(states.find("idn"), std::nullopt) << "identifiers are compared byte by byte";
}

TEST(Catalogue, RefusesATakenIdAndStaysAsItWas) {
    States states;
    const auto first = states.add({"IDN", "Indonesia"});
    EXPECT_EQ(states.add({"IDN", "somebody else"}), std::nullopt);
    EXPECT_EQ(states.size(), 1U);
    EXPECT_EQ(states[*first].name, "Indonesia");
    EXPECT_EQ(states.add({"MYS", "Malaysia"}), StateIndex{1}) << "a refusal takes no position";
}

TEST(Catalogue, KeepsTheOrderOfAddition) {
    States states;
    std::vector<std::string> added;
    for (int i = 0; i < 10'000; ++i) {
        added.push_back("S" + std::to_string((i * 7919) % 10'000));
        ASSERT_TRUE(states.add({added.back(), ""}));
    }
    std::size_t position = 0;
    for (const State& state : states) {
        ASSERT_EQ(state.id, added[position]);
        ASSERT_EQ(states.find(state.id)->value(), position);
        ++position;
    }
    EXPECT_EQ(position, added.size());
}

}  // namespace
}  // namespace adic::model
