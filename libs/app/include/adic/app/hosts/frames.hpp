#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace adic::app {

/// What the program and the first of its ranks tell each other.
enum class FrameKind : std::uint8_t {
    job = 1,  ///< to the rank: the job's bytes, then the blocks that are wanted
    hello,    ///< from the rank: all ranks are there
    answer,   ///< from the rank: a block, and its answer
    alive,    ///< from the rank, every second
    failed,   ///< from the rank: why the ranks cannot go on
    done      ///< from the rank: every block was answered
};

struct Frame {
    FrameKind kind;
    std::string bytes;
};

/// A frame on its way: kind, size, bytes.
std::string write_frame(FrameKind kind, std::string_view bytes);

/// Cuts a stream of bytes into frames.
class FrameReader {
  public:
    void add(std::string_view bytes) { bytes_ += bytes; }

    /// The next whole frame; empty if it is not there yet, or after `is_broken`.
    std::optional<Frame> next();

    /// Something came that is no frame.
    bool is_broken() const { return is_broken_; }

  private:
    std::string bytes_;
    std::size_t begin_ = 0;
    bool is_broken_ = false;
};

/// Tells whether two processes compute alike: the program's version, and bits of what the
/// mathematical library answers, which on other processors can be another in the last digit.
std::string fingerprint();

}  // namespace adic::app
