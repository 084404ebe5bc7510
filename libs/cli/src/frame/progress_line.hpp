#pragma once

#include "adic/base/progress.hpp"
#include "adic/cli/program.hpp"

#include <chrono>
#include <string_view>

namespace adic::cli {

/// One line on a terminal that says how far a calculation is, once it takes longer than a second;
/// wiped when this goes out of scope. Nothing where no terminal watches.
class ProgressLine {
  public:
    explicit ProgressLine(Terminal& terminal);
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine();

    Progress reporter();

  private:
    void show(std::string_view step, double done);

    Terminal& terminal_;
    std::chrono::steady_clock::time_point started_;
    std::chrono::steady_clock::time_point last_;
    bool is_shown_ = false;
};

}  // namespace adic::cli
