#pragma once

#include "adic/base/result.hpp"

#include <string>
#include <string_view>

namespace adic::cli {

/// A secret from standard input: the first line of it; from a terminal without showing it, asked
/// for on standard error and typed twice.
/// Errors: interrupted by Ctrl-C; invalid_argument: there is none, or the two differ.
Result<std::string> read_secret(std::string_view what);

}  // namespace adic::cli
