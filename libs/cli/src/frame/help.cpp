#include "frame/help.hpp"

#include "adic/base/error.hpp"

#include "list_commands.hpp"
#include "render/text_width.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::cli {
namespace {

constexpr std::size_t indent = 2;

struct Term {
    std::string name;
    std::string meaning;
};

std::string paragraph(std::string_view text, std::size_t width, std::size_t left) {
    std::string result;
    for (const std::string& line : wrapped(text, width - std::min(left, width / 2))) {
        result += std::string(left, ' ') + line + '\n';
    }
    return result;
}

/// Names on the left, meanings on the right, one below the other.
std::string definitions(const std::vector<Term>& terms, std::size_t width) {
    std::size_t longest = 0;
    for (const Term& term : terms) {
        longest = std::max(longest, display_width(term.name));
    }
    const std::size_t left = indent + std::min<std::size_t>(longest, 19) + 2;
    std::string result;
    for (const Term& term : terms) {
        std::string line = std::string(indent, ' ') + term.name;
        const std::string meaning = paragraph(term.meaning, width, left);
        if (display_width(line) + 2 > left) {
            result += line + '\n' + meaning;
        } else {
            line.resize(left, ' ');
            result += line + meaning.substr(left);
        }
    }
    return result;
}

std::string argument_in_usage(const Argument& argument) {
    std::string word{argument.name};
    word += argument.is_repeated ? "..." : "";
    return argument.is_required ? word : "[" + word + "]";
}

std::string examples_text(std::span<const Example> examples, std::size_t width) {
    std::string text = examples.size() > 1 ? "\nExamples:\n" : "\nExample:\n";
    for (const Example& example : examples) {
        text += std::string(indent, ' ') + std::string(example.line) + '\n';
        text += paragraph(example.says, width, indent + 4);
    }
    return text;
}

}  // namespace

std::string usage_line(const Command& command) {
    std::string line = fmt::format("adic {}", command.name);
    if (!command.options.empty()) {
        line += " [OPTION]...";
    }
    for (const Argument& argument : command.arguments) {
        line += ' ' + argument_in_usage(argument);
    }
    return line;
}

std::string spelling(const Option& option) {
    return option.value.empty() ? std::string(option.name)
                                : fmt::format("{} {}", option.name, option.value);
}

std::string full_help(const Option& option) {
    std::string help{option.help};
    if (!option.choices.empty()) {
        help += fmt::format(": {}", fmt::join(option.choices, ", "));
    }
    if (!option.standard.empty()) {
        help += fmt::format(" (default: {})", option.standard);
    }
    return help;
}

std::string program_help(std::size_t width) {
    std::string text =
        "adic - what a defence item depends on, what breaks when it is cut off, and why\n\n"
        "Usage: adic COMMAND [OPTION]... [ARGUMENT]...\n\nCommands:\n";
    std::vector<Term> terms;
    for (const Command& command : list_commands()) {
        terms.push_back({std::string(command.name), std::string(command.summary)});
    }
    text += definitions(terms, width);
    text += "\nEnvironment:\n";
    terms.clear();
    for (const Variable& variable : list_variables()) {
        terms.push_back({std::string(variable.name), std::string(variable.meaning)});
    }
    text += definitions(terms, width);
    text += "\nExit codes:\n";
    terms.clear();
    for (const ExitCode& code : list_exit_codes()) {
        terms.push_back({std::to_string(code.code), std::string(code.meaning)});
    }
    text += definitions(terms, width);
    text += '\n';
    text += paragraph(
        "'adic COMMAND --help' explains one command and gives examples. Start with 'adic demo'.",
        width,
        0
    );
    return text;
}

std::string command_help(const Command& command, std::size_t width) {
    std::string text =
        paragraph(fmt::format("adic {} - {}", command.name, command.summary), width, 0);
    text += "\nUsage: " + usage_line(command) + '\n';
    for (const std::string_view part : command.description) {
        text += '\n' + paragraph(part, width, 0);
    }
    std::vector<Term> terms;
    for (const Argument& argument : command.arguments) {
        terms.push_back({std::string(argument.name), std::string(argument.help)});
    }
    text += terms.empty() ? "" : "\nArguments:\n" + definitions(terms, width);
    terms.clear();
    for (const Option& option : command.options) {
        terms.push_back({spelling(option), full_help(option)});
    }
    terms.push_back({"--help", "print this text"});
    text += "\nOptions:\n" + definitions(terms, width);
    return text + examples_text(command.examples, width);
}

std::span<const ExitCode> list_exit_codes() {
    static constexpr std::array codes{
        ExitCode{0, "the answer is on standard output; 'nothing found' is an answer too"},
        ExitCode{
            traits(ErrorCode::invalid_argument).exit_code,
            "the command line or the input is not right: a wrong option, a map with errors"},
        ExitCode{
            traits(ErrorCode::not_found).exit_code,
            "something that was named is not there: a file, an item, a state"},
        ExitCode{
            traits(ErrorCode::conflict).exit_code,
            "what was asked for would overwrite or contradict what is there"},
        ExitCode{
            traits(ErrorCode::unavailable).exit_code,
            "the machine refused: no space, no permission, no time left"},
        ExitCode{
            traits(ErrorCode::interrupted).exit_code,
            "somebody stopped it (Ctrl-C): the message says where the finished work is"},
        ExitCode{
            traits(ErrorCode::internal).exit_code,
            "an error in the program; please report it"},
    };
    return codes;
}

std::span<const Variable> list_variables() {
    static constexpr std::array variables{
        Variable{"ADIC_MAP", "the map to read when --map is not given, instead of the sample"},
        Variable{"ADIC_INSIDE", "the viewpoints to take when --inside is not given"},
        Variable{"COLUMNS", "width of the tables where the output is no terminal (default: 80)"},
        Variable{"NO_COLOR", "if set to anything, no colour is used"},
    };
    return variables;
}

}  // namespace adic::cli
