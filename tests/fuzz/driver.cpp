// A main for a fuzz target where libFuzzer is not at hand: replays a corpus, then tries a fixed
// number of mutations of it. Mutation n is a pure function of the seed, n and the corpus, so what
// fails here fails again, anywhere:
//
//   X_fuzz [--seed S] [--first N] [--runs N] [--save FILE] CORPUS...
//
// A run that fails prints the line that repeats it. --save writes the input of mutation --first.
#include "adic/base/random.hpp"
#include "adic/base/text.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// The sanitizers end the process without a signal, unless told otherwise; the note that says how
// to repeat the run is written on SIGABRT.
extern "C" const char* __asan_default_options();   // NOLINT
extern "C" const char* __ubsan_default_options();  // NOLINT

extern "C" const char* __asan_default_options() {  // NOLINT
    return "abort_on_error=1:handle_segv=2:handle_sigbus=2:handle_sigfpe=2:handle_sigill=2";
}

extern "C" const char* __ubsan_default_options() {  // NOLINT
    return "abort_on_error=1:print_stacktrace=1";
}

namespace {

using adic::RandomStream;

constexpr unsigned seconds_for_one_input = 30;    // no parser takes a second; this is a hang
constexpr std::size_t longest_input = 1U << 16U;  // deep and long enough, and still fast

struct Run {
    std::uint64_t seed = 1;
    std::uint64_t first = 0;
    std::uint64_t runs = 2000;
    std::string save;
    std::vector<std::filesystem::path> folders;
};

/// What the signal handler prints: set before each input.
std::array<char, 512> repeat_line{};  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

extern "C" void say_how_to_repeat(int signal) {
    const ssize_t written =
        write(STDERR_FILENO, repeat_line.data(), std::strlen(repeat_line.data()));
    std::signal(signal, SIG_DFL);
    std::raise(written < 0 || signal == SIGALRM ? SIGABRT : signal);
}

/// On a stack of its own: the commonest crash of a parser is that it ran out of its stack.
void handle_signals() {
    static std::array<char, 1U << 16U> handler_stack{};
    stack_t stack{};
    stack.ss_sp = handler_stack.data();
    stack.ss_size = handler_stack.size();
    sigaltstack(&stack, nullptr);

    struct sigaction action {};

    action.sa_handler = say_how_to_repeat;
    action.sa_flags = SA_ONSTACK;
    for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM}) {
        sigaction(signal, &action, nullptr);
    }
}

void try_input(const std::string& input, const std::string& how_to_repeat) {
    std::snprintf(
        repeat_line.data(),
        repeat_line.size(),
        "\nto repeat: %s\n",
        how_to_repeat.c_str()
    );
    alarm(seconds_for_one_input);
    // A copy of the exact size on the heap: a read past the end is a read that ASan sees.
    const std::vector<std::uint8_t> bytes(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    alarm(0);
}

/// What parsers trip over: limits of number types, structure without an end, bytes that are no
/// text.
constexpr std::array<std::string_view, 40> nasty_pieces{
    "",
    "0",
    "-0",
    "-1",
    "1e308",
    "1e-320",
    "1e999",
    "4294967296",
    "NaN",
    "inf",
    "0x10",
    "2147483648",
    "0,5",
    "00",
    "\"",
    "\"\"",
    ",",
    ";",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "[",
    "]",
    "[[[[[[",
    "{",
    "}",
    "<",
    "</",
    ">",
    "<!--",
    "<![CDATA[",
    "&amp;",
    "&#x0;",
    "\\u0000",
    "\xEF\xBB\xBF",
    "\xED\xA0\x80",
    "\xFF",
    "../",
    "18446744073709551616",
};

std::size_t position_in(RandomStream& random, const std::string& text) {
    return random.below(text.size() + 1);
}

std::size_t length_at(RandomStream& random, const std::string& text, std::size_t position) {
    const std::size_t longest = random.below(8) == 0 ? text.size() : 16;
    return random.below(std::min(longest, text.size() - position) + 1);
}

void repeat_a_piece(RandomStream& random, std::string& text) {
    const std::size_t from = position_in(random, text);
    const std::string piece = text.substr(from, length_at(random, text, from));
    std::string repeated;
    for (std::uint64_t times = 1 + random.below(2000); times > 0; --times) {
        repeated += piece;
        if (repeated.size() > longest_input) {
            break;
        }
    }
    text.insert(from, repeated);
}

void splice(RandomStream& random, std::string& text, const std::vector<std::string>& corpus) {
    const std::string& other = corpus[random.below(corpus.size())];
    const std::size_t from = position_in(random, other);
    const std::string piece = other.substr(from, length_at(random, other, from));
    const std::size_t at = position_in(random, text);
    text.replace(at, random.below(2) == 0 ? 0 : length_at(random, text, at), piece);
}

void mutate_once(RandomStream& random, std::string& text, const std::vector<std::string>& corpus) {
    const std::size_t at = position_in(random, text);
    switch (random.below(7)) {
    case 0:  // one byte becomes another
        if (at < text.size()) {
            text[at] = static_cast<char>(random.below(256));
        }
        break;
    case 1:  // one bit flips
        if (at < text.size()) {
            text[at] =
                static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1U << random.below(8)));
        }
        break;
    case 2: text.erase(at, length_at(random, text, at)); break;
    case 3: text.insert(at, nasty_pieces[random.below(nasty_pieces.size())]); break;
    case 4:
        text.replace(
            at,
            length_at(random, text, at),
            nasty_pieces[random.below(nasty_pieces.size())]
        );
        break;
    case 5: splice(random, text, corpus); break;
    default: repeat_a_piece(random, text); break;
    }
}

/// Mutation number `n`: one to eight changes of one file of the corpus, or of nothing.
std::string mutation(std::uint64_t seed, std::uint64_t n, const std::vector<std::string>& corpus) {
    RandomStream random(seed, n);
    std::string text = corpus[random.below(corpus.size())];
    for (std::uint64_t changes = 1 + random.below(8); changes > 0; --changes) {
        mutate_once(random, text, corpus);
        text.resize(std::min(text.size(), longest_input));
    }
    return text;
}

std::string contents_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream contents;
    contents << stream.rdbuf();
    return contents.str();
}

/// The files below the folder by name, so that the corpus is in one order on every machine.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::filesystem::path> files_of(const std::vector<std::filesystem::path>& arguments) {
    std::vector<std::filesystem::path> files;
    for (const std::filesystem::path& argument : arguments) {
        if (!std::filesystem::is_directory(argument)) {
            files.push_back(argument);
            continue;
        }
        const std::vector<std::filesystem::path> below = files_below(argument);
        files.insert(files.end(), below.begin(), below.end());
    }
    return files;
}

std::optional<Run> run_from(std::span<char*> arguments) {
    Run run;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        const std::string_view name = arguments[i];
        if (!name.starts_with("--")) {
            run.folders.emplace_back(name);
            continue;
        }
        if (++i == arguments.size()) {
            return std::nullopt;
        }
        const std::string_view value = arguments[i];
        const auto number = adic::parse_whole(value);
        if (name == "--save") {
            run.save = value;
        } else if (name == "--seed" && number) {
            run.seed = *number;
        } else if (name == "--first" && number) {
            run.first = *number;
        } else if (name == "--runs" && number) {
            run.runs = *number;
        } else {
            return std::nullopt;
        }
    }
    return run;
}

void fuzz(const Run& run, const std::string& program) {
    std::vector<std::string> corpus;
    std::string folders;
    for (const std::filesystem::path& folder : run.folders) {
        folders += ' ';
        folders += folder.string();
    }
    for (const std::filesystem::path& file : files_of(run.folders)) {
        corpus.push_back(contents_of(file));
        try_input(corpus.back(), program + " --runs 0 " + file.string());
    }
    const std::size_t replayed = corpus.size();
    corpus.emplace_back();  // and nothing at all
    const std::string again =
        program + " --runs 1 --seed " + std::to_string(run.seed) + " --first ";
    for (std::uint64_t n = run.first; n < run.first + run.runs; ++n) {
        std::string how_to_repeat = again + std::to_string(n);
        how_to_repeat += folders;
        try_input(mutation(run.seed, n, corpus), how_to_repeat);
    }
    std::printf(
        "%zu inputs of the corpus and %llu mutations (seed %llu) survived\n",
        replayed,
        static_cast<unsigned long long>(run.runs),
        static_cast<unsigned long long>(run.seed)
    );
}

void save_mutation(const Run& run) {
    std::vector<std::string> corpus;
    for (const std::filesystem::path& file : files_of(run.folders)) {
        corpus.push_back(contents_of(file));
    }
    corpus.emplace_back();
    std::ofstream(run.save, std::ios::binary) << mutation(run.seed, run.first, corpus);
}

}  // namespace

int main(int argc, char** argv) {
    const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
    const std::optional<Run> run = run_from(arguments);
    if (!run) {
        std::fputs(
            "usage: X_fuzz [--seed S] [--first N] [--runs N] [--save FILE] CORPUS...\n",
            stderr
        );
        return 2;
    }
    if (!run->save.empty()) {
        save_mutation(*run);
        return 0;
    }
    handle_signals();
    fuzz(*run, arguments[0]);
    return 0;
}
