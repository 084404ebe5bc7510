#pragma once

#include "adic/audit/head.hpp"
#include "adic/base/result.hpp"

#include "entry_stream.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace adic::audit {

/// The number of a line "word 17", if it is written in the one way there is.
std::optional<std::uint64_t> number_after(std::string_view word, std::string_view line);

/// A signed head within a text: "head 5" and that many lines.
std::string head_block(const SignedHead& head);

/// Lines of a file, no longer than `longest_line`.
class LineStream {
  public:
    explicit LineStream(Window window) : window_(std::move(window)) {}

    /// The next line without its line end; nothing at the end of the file. A view that lives until
    /// the next call.
    /// Errors: invalid_argument for a line that is too long or has no end.
    Result<std::optional<std::string_view>> next();

    /// Errors: as `next`; invalid_argument if there is none.
    Result<std::string_view> expect();

  private:
    Window window_;
    std::size_t taken_ = 0;
};

/// Reads what `head_block` writes.
Result<SignedHead> read_head_block(LineStream& lines);

}  // namespace adic::audit
