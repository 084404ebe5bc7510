#include "generate/generate.hpp"
#include "list_commands.hpp"

#include <array>

namespace adic::cli {
namespace {

Result<Outcome> run(const Invocation& words, const Session& /*session*/) {
    const std::string shell = words.text("SHELL");
    if (shell == "zsh") {
        return Outcome{zsh_completion(list_commands())};
    }
    if (shell == "fish") {
        return Outcome{fish_completion(list_commands())};
    }
    return Outcome{bash_completion(list_commands())};
}

constexpr std::array<std::string_view, 1> description{
    "The script goes to standard output. It completes commands, options, the values that an option "
    "allows, and file names."};

constexpr std::array<std::string_view, 3> shells{"bash", "zsh", "fish"};

constexpr std::array arguments{
    Argument{.name = "SHELL", .help = "bash, zsh or fish", .choices = shells}};

constexpr std::array examples{
    Example{"source <(adic completion bash)", "Complete in this shell, until it ends."},
    Example{
        "adic completion fish > ~/.config/fish/completions/adic.fish",
        "Complete in every fish from now on."},
};

}  // namespace

Command completion_command() {
    return {
        .name = "completion",
        .summary = "print a script with which your shell completes adic's words",
        .description = description,
        .arguments = arguments,
        .options = {},
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
