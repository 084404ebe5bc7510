#include "adic/base/error.hpp"
#include "adic/cli/program.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include <sys/ioctl.h>
#include <unistd.h>

namespace {

using adic::cli::Surroundings;
using adic::cli::Terminal;

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string{} : std::string{value};
}

bool is_terminal(int descriptor) {
    return isatty(descriptor) == 1;
}

/// The terminal's own width; where there is none, COLUMNS, or what a Terminal has by itself.
std::size_t width_or(std::size_t standard) {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    constexpr std::size_t widest = 10'000;
    const std::string columns = environment("COLUMNS");
    const std::size_t width = std::strtoul(columns.c_str(), nullptr, 10);
    return width > 0 && width <= widest ? width : standard;
}

/// SOURCE_DATE_EPOCH, where somebody wants the same answer at another time; else the clock.
std::chrono::sys_seconds now() {
    const std::string given = environment("SOURCE_DATE_EPOCH");
    char* end = nullptr;
    const long long seconds = std::strtoll(given.c_str(), &end, 10);
    if (!given.empty() && *end == '\0') {
        return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
    }
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// 128 random bits, so that identifiers tell nothing of each other.
std::string new_identifier() {
    std::random_device random;
    std::string identifier;
    for (int part = 0; part < 4; ++part) {
        std::array<char, 9> digits{};
        std::snprintf(digits.data(), digits.size(), "%08x", random() & 0xFFFFFFFFU);
        identifier += digits.data();
    }
    return identifier;
}

/// The data is beside the program in a source tree (data/ in some folder above it) or where it is
/// installed (share/adic/ next to bin/).
Surroundings look_around() {
    namespace fs = std::filesystem;
    Surroundings around;
    around.map = environment("ADIC_MAP");
    around.inside = environment("ADIC_INSIDE");
    around.now = now();
    around.new_identifier = new_identifier;
    around.data_search = "share/adic and data of every folder above the program";
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    if (const fs::path ranks = program.parent_path() / "adic_ranks"; fs::exists(ranks, failed)) {
        around.ranks = ranks;
    }
    for (fs::path folder = program.parent_path(); !failed && folder.has_relative_path();
         folder = folder.parent_path()) {
        for (const char* place : {"share/adic", "data"}) {
            if (fs::exists(folder / place / "reference" / "states.csv", failed)) {
                around.data = folder / place;
                return around;
            }
        }
    }
    return around;
}

/// Whether the locale's character set, as the environment names it, is UTF-8. The consoles of Linux
/// itself lack the characters of charts.
bool shows_unicode() {
    std::string locale;
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        locale = locale.empty() ? environment(name) : locale;
    }
    std::ranges::transform(locale, locale.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    const std::string terminal = environment("TERM");
    const bool is_utf8 =
        locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
    return is_utf8 && terminal != "linux" && terminal != "dumb";
}

/// What was printed has to arrive. A reader who has gone away (head, a closed pager) is no error.
int finish(int exit_code) {
    errno = 0;
    std::cout.flush();
    if (std::cout.good() || errno == EPIPE) {
        return exit_code;
    }
    std::cerr << "adic: the answer could not be written\n";
    return traits(adic::ErrorCode::unavailable).exit_code;
}

int run(const std::vector<std::string>& arguments) {
    Terminal terminal{std::cout, std::cerr};
    terminal.width = width_or(terminal.width);
    terminal.colour = is_terminal(STDOUT_FILENO) && environment("NO_COLOR").empty()
                      && environment("TERM") != "dumb";
    terminal.unicode = shows_unicode();
    terminal.takes_bytes = !is_terminal(STDOUT_FILENO);
    terminal.shows_progress = is_terminal(STDERR_FILENO);
    return finish(adic::cli::run_program(arguments, terminal, look_around()));
}

}  // namespace

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    try {
        return run({argv + (argc > 0 ? 1 : 0), argv + argc});
    } catch (const std::exception& bug) {
        std::cerr << "adic: an error in the program: " << bug.what() << '\n';
        return traits(adic::ErrorCode::internal).exit_code;
    }
}
