#pragma once

#include "adic/base/error.hpp"

#include "frame/command.hpp"
#include "frame/invocation.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace adic::cli {

/// Writes a file as a whole: into a new file beside it, which then takes its name, so that nobody
/// ever finds half of it.
/// Errors: unavailable, if the folder is not there or may not be written, or the disk is full.
std::optional<Error> write_file(const std::filesystem::path& path, std::string_view text);

/// The answer of a command that writes one document: the text itself where `file` is a dash, else
/// a line that says what is in the file. `what` begins that line: "The brief is".
/// Errors: those of write_file.
Result<Outcome> put_into(const std::string& file, std::string text, std::string_view what);

/// A conflict if something stands at `path` and the words do not have --replace.
std::optional<Error> stands_in_the_way(const std::filesystem::path& path, const Invocation& words);

}  // namespace adic::cli
