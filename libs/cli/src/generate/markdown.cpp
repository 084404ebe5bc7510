#include "frame/help.hpp"
#include "generate/generate.hpp"

#include <fmt/format.h>

namespace adic::cli {
namespace {

/// Text in which Markdown sees no table border and no HTML.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '|' || c == '<' || c == '*' || c == '_') {
            result += '\\';
        }
        result += c;
    }
    return result;
}

std::string row(std::string_view name, std::string_view meaning) {
    return fmt::format("| `{}` | {} |\n", name, escaped(meaning));
}

std::string head(std::string_view name, std::string_view meaning) {
    return fmt::format("\n| {} | {} |\n| --- | --- |\n", name, meaning);
}

std::string answer_part(const Command& command) {
    std::string text;
    for (const Shape& shape : command.answers) {
        text += fmt::format("\nTable `{}`:\n", shape.name);
        text += head("Column, key", "What");
        for (const Column& column : shape.columns) {
            if (column.in == In::table) {
                continue;
            }
            const std::string help{column.help};
            text += row(column.key, column.is_estimate ? help + " (low, likely, high)" : help);
        }
    }
    return text;
}

std::string command_part(const Command& command) {
    std::string text = fmt::format("\n## adic {}\n\n", command.name);
    text += escaped(command.summary) + ".\n\n    " + usage_line(command) + '\n';
    for (const std::string_view part : command.description) {
        text += '\n' + escaped(part) + '\n';
    }
    if (!command.arguments.empty() || !command.options.empty()) {
        text += head("Word", "What");
    }
    for (const Argument& argument : command.arguments) {
        text += row(argument.name, argument.help);
    }
    for (const Option& option : command.options) {
        text += row(spelling(option), full_help(option));
    }
    for (const Example& example : command.examples) {
        text += fmt::format("\n    {}\n\n{}\n", example.line, escaped(example.says));
    }
    return text + answer_part(command);
}

}  // namespace

std::string to_markdown(std::span<const Command> commands) {
    std::string text =
        "# The command line\n\n"
        "Made by `adic man --markdown` from the same table as `adic --help` and the manual page; a "
        "test\n"
        "fails when it is not current.\n\n"
        "Every answer comes in three formats. `table` is for people: as wide as the terminal, "
        "numbers\n"
        "rounded. `csv` is the first table of the answer as in RFC 4180 (UTF-8, lines end in LF) "
        "with\n"
        "figures in full; an estimate `x` has the columns `x_low`, `x`, `x_high`, as in the\n"
        "[map package](map-package.md); an empty cell is not known. `json` is one object with "
        "every\n"
        "table as an array under its name, keys in the order below; an estimate is an object with\n"
        "`low`, `likely`, `high`; `null` is not known; `notes` has what the tables leave unsaid,\n"
        "each a sentence: its `text` and, where a page words it in its reader's language, its "
        "`code` with\n"
        "the `values` at its places, or the sentences that are its `parts`.\n"
        "Complaints go to standard error and never into an answer.\n";
    text += head("Exit code", "When");
    for (const ExitCode& code : list_exit_codes()) {
        text += row(std::to_string(code.code), code.meaning);
    }
    text += head("Variable", "What");
    for (const Variable& variable : list_variables()) {
        text += row(variable.name, variable.meaning);
    }
    for (const Command& command : commands) {
        text += command_part(command);
    }
    return text;
}

}  // namespace adic::cli
