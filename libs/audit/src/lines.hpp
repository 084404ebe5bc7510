#pragma once

#include <algorithm>
#include <string_view>

namespace adic::audit {

/// The lines of a text. After the last one each further line is empty.
class LineReader {
  public:
    explicit LineReader(std::string_view text) : left_(text) {}

    bool is_done() const { return left_.empty(); }

    /// Without its line end. A view into the text.
    std::string_view next() {
        const std::size_t length = std::min(left_.find('\n'), left_.size());
        const std::string_view line = left_.substr(0, length);
        left_.remove_prefix(std::min(length + 1, left_.size()));
        return line;
    }

    std::string_view left() const { return left_; }

  private:
    std::string_view left_;
};

}  // namespace adic::audit
