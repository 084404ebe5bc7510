#include "generate/generate.hpp"
#include "list_commands.hpp"

#include <array>

namespace adic::cli {
namespace {

Result<Outcome> run(const Invocation& words, const Session& /*session*/) {
    return Outcome{
        words.has("--markdown") ? to_markdown(list_commands()) : to_roff(list_commands())};
}

constexpr std::array<std::string_view, 1> description{
    "Everything that the help texts say, and what each column of the answers means, as a manual "
    "page "
    "in roff."};

constexpr std::array options{Option{
    .name = "--markdown",
    .value = "",
    .help = "print the reference page of the documentation instead, in Markdown"}};

constexpr std::array examples{
    Example{"adic man > adic.1 && man -l adic.1", "Read the manual where it is not installed."}};

}  // namespace

Command man_command() {
    return {
        .name = "man",
        .summary = "print the manual page",
        .description = description,
        .arguments = {},
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
