#pragma once

#include "adic/audit/hash.hpp"
#include "adic/base/result.hpp"

#include "files.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace adic::audit {

/// A file from the front to the back, through a window of at most 1 MiB and what is asked for.
class Window {
  public:
    /// Requires: the file outlives the window.
    explicit Window(const File& file)
        : read_([&file](std::uint64_t position, std::size_t bytes) {
            return file.read(position, bytes);
        }) {}

    /// Requires: the text outlives the window.
    explicit Window(std::string_view text)
        : read_([text](std::uint64_t position, std::size_t bytes) -> Result<std::string> {
            return std::string(text.substr(std::min<std::size_t>(position, text.size()), bytes));
        }) {}

    /// The next bytes, fewer where the file ends. A view that lives until the next call.
    Result<std::string_view> peek(std::size_t bytes);

    /// Requires: that many were peeked at.
    void skip(std::size_t bytes);

    std::uint64_t position() const { return position_; }

  private:
    std::function<Result<std::string>(std::uint64_t position, std::size_t bytes)> read_;
    std::string bytes_;
    std::size_t used_ = 0;
    std::uint64_t position_ = 0;
};

/// How the file of entries begins, and how an entry stands in it.
std::string entries_header(std::string_view origin);
std::string framed(std::string_view entry, const Hash& leaf);

/// The entries of a log, one after the other.
class EntryStream {
  public:
    /// Errors: invalid_argument if the file does not begin as one does.
    static Result<EntryStream> open(const File& file);

    const std::string& origin() const { return origin_; }

    /// False where the whole entries end: `torn` says whether something stands behind them.
    Result<bool> next();

    /// Of the entry that `next` found. Views live until the next call.
    std::string_view entry() const { return entry_; }

    const Hash& leaf() const { return leaf_; }

    /// Where the whole entries end so far.
    std::uint64_t end() const { return end_; }

    const std::string& torn() const { return torn_; }

  private:
    explicit EntryStream(const File& file) : window_(file) {}

    Window window_;
    std::string origin_;
    std::string entry_;
    Hash leaf_{};
    std::uint64_t end_ = 0;
    std::string torn_;
};

}  // namespace adic::audit
