#include "frame/secret_input.hpp"

#include <cstdio>

#include <termios.h>
#include <unistd.h>

namespace adic::cli {
namespace {

constexpr std::size_t longest = 8192;

/// A terminal that shows nothing and hands over each key, Ctrl-C too: so it is always put back as
/// it was.
class SilentTerminal {
  public:
    SilentTerminal() {
        ::tcgetattr(STDIN_FILENO, &before_);
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }

    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;
    SilentTerminal(SilentTerminal&&) = delete;
    SilentTerminal& operator=(SilentTerminal&&) = delete;

    ~SilentTerminal() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }

  private:
    termios before_{};
};

Error none() {
    return {ErrorCode::invalid_argument, "standard input has none", {}};
}

/// Takes away the last character, all bytes of it.
void rub_out(std::string& line) {
    while (!line.empty() && (static_cast<unsigned char>(line.back()) & 0xC0U) == 0x80U) {
        line.pop_back();
    }
    if (!line.empty()) {
        line.pop_back();
    }
}

/// A line, key by key. Errors: interrupted; invalid_argument.
Result<std::string> type_line() {
    constexpr char interrupt = '\x03';
    constexpr char end_of_input = '\x04';
    std::string line;
    char key = 0;
    while (line.size() < longest && ::read(STDIN_FILENO, &key, 1) == 1) {
        if (key == '\n' || key == '\r') {
            return line;
        }
        if (key == interrupt) {
            return Error{ErrorCode::interrupted, "interrupted", {}};
        }
        if (key == end_of_input) {
            return none();
        }
        if (key == '\x7F' || key == '\b') {
            rub_out(line);
        } else {
            line += key;
        }
    }
    return none();
}

Result<std::string> ask(std::string_view prompt) {
    const SilentTerminal silent;
    const std::string shown = std::string(prompt) + ": ";
    std::fputs(shown.c_str(), stderr);
    Result<std::string> line = type_line();
    std::fputs("\n", stderr);
    return line;
}

}  // namespace

Result<std::string> read_secret(std::string_view what) {
    if (::isatty(STDIN_FILENO) == 1) {
        ADIC_TRY(std::string typed, ask(what));
        ADIC_TRY(const std::string again, ask(std::string(what) + " again"));
        if (typed != again) {
            return Error{ErrorCode::invalid_argument, "the two are not the same", {}};
        }
        return typed;
    }
    std::string line;
    char byte = 0;
    while (line.size() < longest && ::read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n') {
        line += byte;
    }
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    if (line.empty()) {
        return none();
    }
    return line;
}

}  // namespace adic::cli
