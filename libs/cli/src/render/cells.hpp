#pragma once

#include "render/table.hpp"

#include <optional>

namespace adic::cli {

/// A figure as a cell: nothing where it is not known.
template <typename T>
Cell cell_of(const std::optional<T>& value) {
    return value ? Cell{*value} : Cell{};
}

inline Cell cell_of(const std::optional<std::uint32_t>& count) {
    return count ? Cell{std::uint64_t{*count}} : Cell{};
}

}  // namespace adic::cli
