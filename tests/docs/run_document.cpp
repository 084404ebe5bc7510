// Runs every ```sh block of a Markdown document as its reader would, and compares what it prints
// with the ```text block that follows.
//
//   run_document DOCUMENT REPOSITORY PROGRAM
//
// The blocks run one after the other, each in its own `sh -e`, in one scratch folder that looks
// like the repository, with the folder of PROGRAM first in PATH.
#include "document.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp, setenv
#include <sys/wait.h>

namespace {

namespace fs = std::filesystem;
using adic::docs::Example;

struct Outcome {
    int exit_code;
    std::string output;
};

/// What the script prints on both streams, in the order it prints it.
Outcome run(const std::string& script) {
    std::ofstream("example.sh") << "exec 2>&1\n" << script;
    // The pipe is read to its end before the process is waited for.
    FILE* const pipe = popen("sh -e example.sh", "r");  // NOLINT(cert-env33-c)
    if (pipe == nullptr) {
        return {-1, "cannot start sh"};
    }
    std::string output;
    std::array<char, 4096> buffer{};
    while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        output.append(buffer.data(), size);
    }
    const int status = pclose(pipe);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, output};
}

/// A folder in which `make`, `data/` and `build/release/bin/adic` are where the reader has them,
/// and into which examples may write.
fs::path scratch_like(const fs::path& repository, const fs::path& program) {
    std::string name = (fs::temp_directory_path() / "adic-docs-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        return {};
    }
    fs::path scratch = name;
    for (const auto& entry : fs::directory_iterator(repository)) {
        if (entry.path().filename() != "build") {
            fs::create_symlink(entry.path(), scratch / entry.path().filename());
        }
    }
    fs::create_directories(scratch / "build/release");
    fs::create_directory_symlink(program.parent_path(), scratch / "build/release/bin");
    return scratch;
}

void set_environment(const fs::path& repository, const fs::path& program) {
    const char* const path = std::getenv("PATH");
    const std::string first =
        (repository / "tests/docs/bin").string() + ":" + program.parent_path().string();
    setenv("PATH", (first + ":" + (path == nullptr ? "" : path)).c_str(), 1);
    setenv("ADIC_REPOSITORY", repository.c_str(), 1);
    setenv("NO_COLOR", "1", 1);
    setenv("COLUMNS", "100", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
}

bool holds(const Example& example, const std::string& document) {
    const Outcome outcome = run(example.script);
    const bool as_shown =
        !example.expected || adic::docs::matches(outcome.output, *example.expected);
    if (outcome.exit_code == 0 && as_shown) {
        return true;
    }
    std::printf(
        "%s:%zu: %s\n%s--- it printed:\n%s\n",
        document.c_str(),
        example.line,
        outcome.exit_code == 0 ? "the output is not what the document shows" : "the command failed",
        example.script.c_str(),
        outcome.output.c_str()
    );
    return false;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fputs("usage: run_document DOCUMENT REPOSITORY PROGRAM\n", stderr);
        return 2;
    }
    const std::string document = argv[1];
    const fs::path repository = fs::canonical(argv[2]);
    const fs::path program = fs::canonical(argv[3]);
    std::ifstream stream(document);
    std::ostringstream markdown;
    markdown << stream.rdbuf();
    const std::string text = markdown.str();

    const fs::path scratch = scratch_like(repository, program);
    if (!stream || scratch.empty()) {
        std::fprintf(stderr, "cannot read %s or make a scratch folder\n", document.c_str());
        return 2;
    }
    set_environment(repository, program);
    fs::current_path(scratch);
    std::size_t failed = 0;
    const std::vector<Example> examples = adic::docs::list_examples(text);
    for (const Example& example : examples) {
        failed += holds(example, document) ? 0U : 1U;
    }
    fs::current_path(repository);
    fs::remove_all(scratch);  // removes the links, not what they lead to
    std::printf("%zu examples, %zu failed\n", examples.size(), failed);
    return failed == 0 ? 0 : 1;
}
