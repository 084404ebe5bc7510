#include "adic/app/hosts/frames.hpp"

#include "adic/base/bytes.hpp"
#include "adic/base/sha256.hpp"

#include <cmath>
#include <utility>

namespace adic::app {
namespace {

constexpr std::size_t head_bytes = 16;
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 32U;

bool is_kind(std::uint64_t number) {
    return number >= static_cast<std::uint64_t>(FrameKind::job)
           && number <= static_cast<std::uint64_t>(FrameKind::done);
}

}  // namespace

std::string write_frame(FrameKind kind, std::string_view bytes) {
    ByteWriter frame;
    frame.whole(static_cast<std::uint64_t>(kind));
    frame.text(bytes);
    return std::move(frame).bytes();
}

std::optional<Frame> FrameReader::next() {
    const std::string_view left = std::string_view{bytes_}.substr(begin_);
    if (is_broken_ || left.size() < head_bytes) {
        return std::nullopt;
    }
    ByteReader head{left};
    const std::uint64_t kind = head.whole();
    const std::uint64_t size = head.whole();
    if (!is_kind(kind) || size > most_bytes) {
        is_broken_ = true;
        return std::nullopt;
    }
    if (left.size() - head_bytes < size) {
        return std::nullopt;
    }
    Frame frame{static_cast<FrameKind>(kind), std::string(left.substr(head_bytes, size))};
    begin_ += head_bytes + size;
    if (begin_ * 2 > bytes_.size()) {  // what was read goes when it is the larger part
        bytes_.erase(0, begin_);
        begin_ = 0;
    }
    return frame;
}

std::string fingerprint() {
    ByteWriter samples;
    samples.text(ADIC_VERSION);
    constexpr int points = 4096;
    for (int i = 1; i <= points; ++i) {
        const double x = i * 0.0123;
        samples.number(std::exp(-x) + std::log(x) * std::sin(x));
        samples.number(std::pow(x, 0.37) * std::erf(x) + std::cos(x) * std::tanh(x) + std::cbrt(x));
    }
    return to_hex(sha256(std::move(samples).bytes()));
}

}  // namespace adic::app
