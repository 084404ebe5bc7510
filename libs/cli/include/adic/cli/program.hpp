#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <span>
#include <string>

namespace adic::cli {

/// Where the answer goes, and what stands at the other end.
struct Terminal {
    std::ostream& out;
    std::ostream& err;
    std::size_t width = 80;       ///< columns; 80 is what a printed report and an old console have
    bool colour = false;          ///< of `out`: it is a terminal, and NO_COLOR is not set
    bool unicode = true;          ///< `out` can show more than ASCII
    bool shows_progress = false;  ///< `err` is a terminal
    bool takes_bytes = true;      ///< `out` is a file or a pipe, no screen
};

/// What the program finds around it, gathered once by `main`.
struct Surroundings {
    std::filesystem::path data;  ///< the folder with `sample` and `reference`; empty: not found
    std::string data_search;     ///< where it was looked for, for the message that says so
    std::filesystem::path map;   ///< ADIC_MAP; empty: not set
    std::string inside;          ///< ADIC_INSIDE; empty: not set
    std::filesystem::path ranks = {};   ///< the program that computes on other hosts; empty: none
    std::chrono::sys_seconds now = {};  ///< SOURCE_DATE_EPOCH, or else the clock
    std::function<std::string()> new_identifier = {};  ///< another one each time, at random
};

/// The program `adic`: reads the command line (without the program's name), answers on `out`,
/// complains on `err`, and gives back the exit code (docs/reference/cli.md has the table).
int run_program(
    std::span<const std::string> arguments,
    Terminal& terminal,
    const Surroundings& around
);

}  // namespace adic::cli
