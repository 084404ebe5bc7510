// Runs the command lines of a case file and compares what they print.
//
//   run_golden CASES MAPS PROGRAM [--update]
//
// A case file is text. A line "$ WORDS" is a command line for sh; the lines after it, up to the
// empty line before the next "$" or "#" line, are what it prints: standard output as it is,
// standard error after "! ", the exit code after "= " unless it is 0. Lines that start with "#" are
// for the reader.
// Commands run one after the other in one scratch folder that has the folder MAPS as "maps".
#include "adic/base/text.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp, setenv
#include <sys/wait.h>

namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (const std::string_view line : adic::split(text, '\n')) {
        lines.emplace_back(line);
    }
    if (lines.back().empty()) {
        lines.pop_back();
    }
    return lines;
}

std::string prefixed(const std::string& text, std::string_view prefix) {
    std::string result;
    for (const std::string& line : lines_of(text)) {
        result += std::string(prefix) + line + '\n';
    }
    return result;
}

/// What the command line prints, as a case file has it.
std::string answer_of(const std::string& command) {
    std::ofstream("command.sh") << command << '\n';
    const int status = std::system("sh command.sh >out 2>err </dev/null");  // NOLINT(cert-env33-c)
    std::string answer = content_of("out");
    if (!answer.empty() && !answer.ends_with('\n')) {
        answer += '\n';
    }
    answer += prefixed(content_of("err"), "! ");
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return code == 0 ? answer : answer + "= " + std::to_string(code) + '\n';
}

/// The case file as it would be if the program were right now.
std::string answered(const std::vector<std::string>& lines) {
    std::string text;
    bool is_answer = false;
    for (const std::string& line : lines) {
        if (line.starts_with("# ") || line.starts_with("$ ")) {
            text += text.empty() || text.ends_with("\n\n") || text.back() != '\n' || !is_answer
                        ? ""
                        : "\n";
            text += line + '\n';
            is_answer = line.starts_with("$ ");
        }
        if (line.starts_with("$ ")) {
            text += answer_of(line.substr(2));
        }
    }
    return text;
}

/// A scratch folder with the maps, and the program first in PATH.
fs::path prepared(const fs::path& maps, const fs::path& program) {
    std::string name = (fs::temp_directory_path() / "adic-golden-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        return {};
    }
    fs::create_directory_symlink(maps, fs::path(name) / "maps");
    const char* path = std::getenv("PATH");
    const std::string before = path == nullptr ? "" : std::string(":") + path;
    setenv("PATH", (program.parent_path().string() + before).c_str(), 1);
    for (const char* variable : {"NO_COLOR", "COLUMNS", "ADIC_MAP", "ADIC_INSIDE"}) {
        unsetenv(variable);
    }
    setenv("LC_ALL", "C.UTF-8", 1);
    return name;
}

/// Shows the first line in which the two differ.
void show_difference(const std::string& wanted, const std::string& given) {
    const auto a = lines_of(wanted);
    const auto b = lines_of(given);
    std::size_t i = 0;
    while (i < a.size() && i < b.size() && a[i] == b[i]) {
        ++i;
    }
    std::cout << "line " << i + 1 << " differs\n  wanted: " << (i < a.size() ? a[i] : "(the end)")
              << "\n  given:  " << (i < b.size() ? b[i] : "(the end)") << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() < 3) {
        std::cerr << "run_golden CASES MAPS PROGRAM [--update]\n";
        return 2;
    }
    const fs::path cases = fs::absolute(words[0]);
    const std::string wanted = content_of(cases);
    const fs::path scratch = prepared(fs::absolute(words[1]), fs::absolute(words[2]));
    if (scratch.empty()) {
        std::cerr << "no scratch folder\n";
        return 1;
    }
    fs::current_path(scratch);
    const std::string given = answered(lines_of(wanted));
    fs::current_path(cases.parent_path());
    fs::remove_all(scratch);
    if (given == wanted) {
        return 0;
    }
    if (words.size() > 3 && words[3] == "--update") {
        std::ofstream(cases, std::ios::binary) << given;
        std::cout << "updated " << cases.filename().string() << '\n';
        return 0;
    }
    std::cout << cases.filename().string() << ": ";
    show_difference(wanted, given);
    return 1;
}
