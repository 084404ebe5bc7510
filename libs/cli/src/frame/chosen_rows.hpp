#pragma once

#include "frame/command.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace adic::cli {

/// --top of a command, with its standard value.
constexpr Option top_option(
    std::string_view standard,
    std::string_view help = "how many rows to show; 0 shows all"
) {
    return {.name = "--top", .value = "N", .help = help, .standard = standard};
}

/// How many of `all` rows --top lets through; 0 asks for all.
constexpr std::size_t rows_shown(std::uint64_t top, std::size_t all) {
    return top == 0 ? all : static_cast<std::size_t>(std::min<std::uint64_t>(top, all));
}

}  // namespace adic::cli
