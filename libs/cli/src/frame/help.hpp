#pragma once

#include "frame/command.hpp"

#include <string>
#include <string_view>

namespace adic::cli {

/// "adic cuts [OPTION]... ITEM"
std::string usage_line(const Command& command);

/// "--by WHAT"
std::string spelling(const Option& option);

/// The help with what can be chosen and what is chosen when nothing is said.
std::string full_help(const Option& option);

/// What `adic --help` prints, at a width.
std::string program_help(std::size_t width);

/// What `adic COMMAND --help` prints, at a width.
std::string command_help(const Command& command, std::size_t width);

/// An exit code and when the program ends with it.
struct ExitCode {
    int code;
    std::string_view meaning;
};

std::span<const ExitCode> list_exit_codes();

/// An environment variable that the program reads.
struct Variable {
    std::string_view name;
    std::string_view meaning;
};

std::span<const Variable> list_variables();

}  // namespace adic::cli
