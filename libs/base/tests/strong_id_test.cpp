#include "adic/base/strong_id.hpp"

#include <concepts>
#include <type_traits>
#include <unordered_set>

#include <gtest/gtest.h>

namespace adic {
namespace {

using FirmIndex = Index<struct FirmTag>;
using PartIndex = Index<struct PartTag>;

template <typename A, typename B>
concept Adds = requires(A a, B b) {
    a + b;
};

static_assert(!std::convertible_to<FirmIndex, PartIndex>);
static_assert(!std::constructible_from<FirmIndex, PartIndex>);
static_assert(
    !std::convertible_to<std::uint32_t, FirmIndex>,
    "a number is not an index by accident"
);
static_assert(!std::equality_comparable_with<FirmIndex, PartIndex>);
static_assert(!Adds<FirmIndex, FirmIndex>);
static_assert(!Adds<FirmIndex, int>);
static_assert(std::is_trivially_copyable_v<FirmIndex> && sizeof(FirmIndex) == 4);

TEST(Index, IsOrderedAndHashedByItsPosition) {
    EXPECT_LT(FirmIndex{1}, FirmIndex{2});
    EXPECT_EQ(FirmIndex{7}.value(), 7U);
    const std::unordered_set<FirmIndex> firms{FirmIndex{1}, FirmIndex{2}, FirmIndex{1}};
    EXPECT_EQ(firms.size(), 2U);
}

}  // namespace
}  // namespace adic
