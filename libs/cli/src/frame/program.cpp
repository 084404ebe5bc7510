#include "adic/cli/program.hpp"

#include "adic/base/text.hpp"

#include "frame/chosen_computing.hpp"
#include "frame/help.hpp"
#include "frame/interruption.hpp"
#include "frame/progress_line.hpp"
#include "list_commands.hpp"
#include "render/render.hpp"
#include "render/text_width.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using Typed = std::span<const std::string>;

/// What a command line stands in.
struct Scene {
    const Surroundings& around;
    Typed typed;
};

/// A complaint has a first line that says what is wrong. Where the words of the command line are,
/// it says where help is, unless it has a hint of its own.
int complain(
    Terminal& terminal,
    const Error& error,
    std::string_view command,
    bool is_about_words = true
) {
    const std::string name = command.empty() ? "adic" : fmt::format("adic {}", command);
    std::string_view rest = error.message;
    std::string text = fmt::format("{}: ", name);
    while (true) {
        const auto end = rest.find('\n');
        text += printable(rest.substr(0, end));
        text += '\n';
        if (end == std::string_view::npos) {
            break;
        }
        rest = rest.substr(end + 1);
    }
    const bool has_hint = error.message.find('\n') != std::string::npos;
    if (error.code == ErrorCode::invalid_argument && is_about_words && !has_hint) {
        text += fmt::format("'{} --help' explains how it is used.\n", name);
    }
    terminal.err << text;
    return traits(error.code).exit_code;
}

const Command* find_command(std::string_view name) {
    const std::span<const Command> commands = list_commands();
    const auto found = std::ranges::find(commands, name, &Command::name);
    return found == commands.end() ? nullptr : &*found;
}

/// The command that the first words name, and how many of them do.
struct NamedCommand {
    const Command* command;
    std::size_t words;
};

NamedCommand named_command(Typed words) {
    if (words.size() > 1) {
        const Command* command = find_command(words[0] + ' ' + words[1]);
        if (command != nullptr) {
            return {command, 2};
        }
    }
    return {find_command(words[0]), 1};
}

/// "'audit' is followed by verify, show, sign or key", if commands of two words begin with it.
std::string words_that_follow(std::string_view word) {
    std::string message;
    for (const Command& command : list_commands()) {
        if (command.name.starts_with(std::string(word) + ' ')) {
            message += message.empty() ? fmt::format("'{}' is followed by one of: ", word) : ", ";
            message += command.name.substr(word.size() + 1);
        }
    }
    return message;
}

Error unknown_command(std::string_view word) {
    std::vector<std::string_view> names;
    for (const Command& command : list_commands()) {
        names.push_back(command.name);
    }
    std::string message = fmt::format("'{}' is not a command", word);
    if (std::string following = words_that_follow(word); !following.empty()) {
        message = std::move(following);
    } else if (word.starts_with('-')) {
        message = fmt::format("'{}' stands before the command; options stand after it", word);
    } else if (const auto nearest = nearest_word(word, names)) {
        message += fmt::format("; did you mean '{}'?", *nearest);
    }
    return Error{ErrorCode::invalid_argument, std::move(message), {}};
}

bool asks_for_help(Typed words) {
    const auto end = std::ranges::find(words, "--");
    return std::any_of(words.begin(), end, [](const std::string& word) {
        return word == "--help" || word == "-h";
    });
}

int print(Terminal& terminal, const std::string& text) {
    terminal.out << text;
    return 0;
}

/// How an answer is written: the format, and the command and its whole line.
struct Writing {
    Format format;
    std::string_view command;
    Typed typed;
};

int print_workbook(Terminal& terminal, const Report& report, const Writing& writing) {
    if (terminal.takes_bytes) {
        const auto workbook = to_workbook(report, writing.command);
        return workbook ? print(terminal, *workbook)
                        : complain(terminal, workbook.error(), writing.command, false);
    }
    const Error refusal{
        ErrorCode::invalid_argument,
        "a workbook is nothing to look at here: write '> my-answer.xlsx' after the command",
        {}};
    return complain(terminal, refusal, writing.command, false);
}

int print(Terminal& terminal, const Outcome& outcome, const Writing& writing) {
    if (const auto* text = std::get_if<std::string>(&outcome.answer)) {
        terminal.out << *text;
        return outcome.exit_code;
    }
    const Report& report = std::get<Report>(outcome.answer);
    switch (writing.format) {
    case Format::table:
        terminal.out << to_text(report, {terminal.width, terminal.colour, terminal.unicode});
        break;
    case Format::csv: terminal.out << to_csv(report); break;
    case Format::xlsx:
        if (const int refused = print_workbook(terminal, report, writing)) {
            return refused;
        }
        break;
    case Format::json: terminal.out << to_json(report, writing.command); break;
    case Format::html: terminal.out << to_html(report, as_typed(writing.typed)); break;
    }
    return outcome.exit_code;
}

Result<Outcome> run_command(
    const Command& command,
    const Invocation& words,
    Terminal& terminal,
    const Scene& scene
) {
    ProgressLine line{terminal};
    Interruption interruption;
    const Session session{
        scene.around,
        line.reporter(),
        scene.typed,
        [&interruption] { return interruption.watch(); },
        [&terminal](std::string_view text) { terminal.out << text << '\n'
                                                          << std::flush; }};
    return command.run(words, session);
}

int run_named(const Command& command, Typed words, Terminal& terminal, const Scene& scene) {
    if (asks_for_help(words)) {
        return print(terminal, command_help(command, terminal.width));
    }
    const auto invocation = Invocation::parse(command, words);
    if (!invocation) {
        return complain(terminal, invocation.error(), command.name);
    }
    const auto outcome = run_command(command, *invocation, terminal, scene);
    if (!outcome) {
        const bool is_about_words = outcome.error().message.find("--") != std::string::npos;
        return complain(terminal, outcome.error(), command.name, is_about_words);
    }
    const Format format = parse_format(invocation->text("--format")).value_or(Format::table);
    return print(terminal, *outcome, {format, command.name, scene.typed});
}

}  // namespace

int run_program(Typed arguments, Terminal& terminal, const Surroundings& around) {
    if (arguments.empty()) {
        terminal.err << program_help(terminal.width);
        return traits(ErrorCode::invalid_argument).exit_code;
    }
    const std::string& first = arguments.front();
    if (first == "--help" || first == "-h" || (first == "help" && arguments.size() == 1)) {
        return print(terminal, program_help(terminal.width));
    }
    if (first == "--version") {
        return print(terminal, "adic " ADIC_VERSION "\n");
    }
    const bool is_help = first == "help";
    const Typed words = arguments.subspan(is_help ? 1 : 0);
    const NamedCommand named = named_command(words);
    if (named.command == nullptr) {
        return complain(terminal, unknown_command(words[0]), {});
    }
    if (is_help) {
        return print(terminal, command_help(*named.command, terminal.width));
    }
    return run_named(
        *named.command,
        words.subspan(named.words),
        terminal,
        Scene{around, arguments}
    );
}

}  // namespace adic::cli
