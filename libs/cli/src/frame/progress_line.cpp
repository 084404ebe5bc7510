#include "frame/progress_line.hpp"

#include "render/text_width.hpp"

#include <algorithm>
#include <cmath>
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
    if (step != step_ || done < first_done_) {
        step_ = step;
        first_done_ = done;
        first_time_ = now;
    }
    if (now - started_ < patience || now - last_ < refresh) {
        return;
    }
    const std::string left = time_left(now - first_time_, first_done_, done);
    const std::string line = fmt::format(
        "{:3.0f} %  {}{}{}",
        std::clamp(done, 0.0, 1.0) * 100,
        step,
        left.empty() ? "" : ", ",
        left
    );
    terminal_.err << wipe << shortened(printable(line), terminal_.width - 1) << std::flush;
    last_ = now;
    is_shown_ = true;
}

std::string time_left(std::chrono::duration<double> since, double first_done, double done) {
    constexpr double enough_done = 0.02;  // of the step, before its pace says something
    constexpr double minute = 60.0;
    constexpr double hour = 3600.0;
    if (done - first_done < enough_done || done >= 1.0) {
        return {};
    }
    const double left = since.count() * (1.0 - done) / (done - first_done);
    if (left < minute) {
        return fmt::format("{:.0f} s left", std::max(1.0, left));
    }
    if (left < hour) {
        return fmt::format("{:.0f} min left", std::ceil(left / minute));
    }
    const double hours = std::floor(left / hour);
    return fmt::format(
        "{:.0f} h {:.0f} min left",
        hours,
        std::floor((left - hours * hour) / minute)
    );
}

}  // namespace adic::cli
