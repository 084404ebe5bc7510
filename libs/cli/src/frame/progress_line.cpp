#include "frame/progress_line.hpp"

#include "render/text_width.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::chrono::seconds patience{1};
constexpr std::chrono::milliseconds refresh{100};
constexpr std::string_view wipe = "\r\x1b[K";

}  // namespace

ProgressLine::ProgressLine(Terminal& terminal)
    : terminal_(terminal)
    , started_(std::chrono::steady_clock::now())
    , last_(started_) {}

ProgressLine::~ProgressLine() {
    if (is_shown_) {
        terminal_.err << wipe << std::flush;
    }
}

Progress ProgressLine::reporter() {
    if (!terminal_.shows_progress) {
        return {};
    }
    return [this](std::string_view step, double done) { show(step, done); };
}

void ProgressLine::show(std::string_view step, double done) {
    const auto now = std::chrono::steady_clock::now();
    if (now - started_ < patience || now - last_ < refresh) {
        return;
    }
    const std::string line = fmt::format("{:3.0f} %  {}", std::clamp(done, 0.0, 1.0) * 100, step);
    terminal_.err << wipe << shortened(printable(line), terminal_.width - 1) << std::flush;
    last_ = now;
    is_shown_ = true;
}

}  // namespace adic::cli
