#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace adic {

/// A position in a dense table of `Tag`. Two tags never mix, and no arithmetic is offered:
/// an index names a row, it does not count anything.
template <typename Tag>
class Index {
  public:
    constexpr explicit Index(std::uint32_t value) : value_(value) {}

    constexpr std::uint32_t value() const { return value_; }

    friend constexpr auto operator<=>(Index, Index) = default;

  private:
    std::uint32_t value_;
};

}  // namespace adic

template <typename Tag>
struct std::hash<adic::Index<Tag>> {
    std::size_t operator()(adic::Index<Tag> index) const noexcept { return index.value(); }
};
