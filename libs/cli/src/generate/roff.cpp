#include "frame/help.hpp"
#include "generate/generate.hpp"

#include <fmt/format.h>

namespace adic::cli {
namespace {

/// Text in which roff sees no request and no escape.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '\\': result += "\\e"; break;
        case '-': result += "\\-"; break;
        case '\'': result += "\\(aq"; break;
        case '~': result += "\\(ti"; break;
        case '^': result += "\\(ha"; break;
        default: result += c;
        }
    }
    return result.starts_with('.') ? "\\&" + result : result;
}

std::string term(std::string_view name, std::string_view meaning) {
    return fmt::format(".TP\n\\fB{}\\fR\n{}\n", escaped(name), escaped(meaning));
}

std::string synopsis(const Command& command) {
    const std::string words = usage_line(command);
    const std::size_t named = std::string_view("adic ").size() + command.name.size();
    return fmt::format("\\fB{}\\fR", escaped(words.substr(0, named)))
           + escaped(words.substr(named));
}

std::string answer_part(const Command& command) {
    std::string text;
    for (const Shape& shape : command.answers) {
        text += fmt::format(".PP\nColumns of the table \\(lq{}\\(rq:\n", escaped(shape.name));
        for (const Column& column : shape.columns) {
            if (column.in == In::table) {
                continue;
            }
            text += term(column.key, column.help);
        }
    }
    return text;
}

std::string command_part(const Command& command) {
    std::string text =
        fmt::format(".SS {}\n{}\n", synopsis(command), escaped(command.summary) + '.');
    for (const std::string_view part : command.description) {
        text += ".PP\n" + escaped(part) + '\n';
    }
    for (const Argument& argument : command.arguments) {
        text += term(argument.name, argument.help);
    }
    for (const Option& option : command.options) {
        text += term(spelling(option), full_help(option));
    }
    text += answer_part(command);
    for (const Example& example : command.examples) {
        text += fmt::format(".PP\n.EX\n{}\n.EE\n", escaped(example.line));
        text += escaped(example.says) + '\n';
    }
    return text;
}

}  // namespace

std::string to_roff(std::span<const Command> commands) {
    std::string text = ".TH ADIC 1 \"\" \"adic " ADIC_VERSION "\" \"User commands\"\n.SH NAME\n";
    text += "adic \\- what a defence item depends on, what breaks when it is cut off, and why\n";
    text +=
        ".SH SYNOPSIS\n\\fBadic\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...\n";
    text += ".SH COMMANDS\n";
    for (const Command& command : commands) {
        text += command_part(command);
    }
    text += ".SH EXIT STATUS\n";
    for (const ExitCode& code : list_exit_codes()) {
        text += term(std::to_string(code.code), code.meaning);
    }
    text += ".SH ENVIRONMENT\n";
    for (const Variable& variable : list_variables()) {
        text += term(variable.name, variable.meaning);
    }
    return text;
}

}  // namespace adic::cli
