#pragma once

#include "adic/base/progress.hpp"
#include "adic/cli/program.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace adic::cli {

/// One line on a terminal that says how far a calculation is and how long the rest will take, once
/// it takes longer than a second; wiped when this goes out of scope. Nothing where no terminal
/// watches.
class ProgressLine {
  public:
    explicit ProgressLine(Terminal& terminal);
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine();

    Progress reporter();

  private:
    using Time = std::chrono::steady_clock::time_point;

    void show(std::string_view step, double done);

    Terminal& terminal_;
    Time started_;
    Time last_;
    bool is_shown_ = false;
    std::string step_ = {};  ///< the one that is watched, how much of it was done first, and when
    double first_done_ = 0.0;
    Time first_time_ = {};
};

/// "", "12 s left", "3 min left", "2 h 10 min left": nothing before there is something to go by.
std::string time_left(std::chrono::duration<double> since, double first_done, double done);

}  // namespace adic::cli
