#pragma once

#include "frame/command.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace adic::cli {

/// The manual page in roff (man macros), for `man -l`.
std::string to_roff(std::span<const Command> commands);

/// The reference page docs/reference/cli.md.
std::string to_markdown(std::span<const Command> commands);

std::string bash_completion(std::span<const Command> commands);
std::string zsh_completion(std::span<const Command> commands);
std::string fish_completion(std::span<const Command> commands);

}  // namespace adic::cli
