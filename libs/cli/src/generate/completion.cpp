#include "generate/generate.hpp"

#include <map>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::cli {
namespace {

std::string_view first_word(const Command& command) {
    return command.name.substr(0, command.name.find(' '));
}

/// Empty for a command of one word.
std::string_view second_word(const Command& command) {
    const auto space = command.name.find(' ');
    return space == std::string_view::npos ? std::string_view{} : command.name.substr(space + 1);
}

/// The words that a command line can begin with. A command of two words stands behind one of one.
std::string command_names(std::span<const Command> commands) {
    std::vector<std::string_view> names;
    for (const Command& command : commands) {
        if (second_word(command).empty()) {
            names.push_back(command.name);
        }
    }
    return fmt::format("{}", fmt::join(names, " "));
}

/// By first word, the second words that can follow it.
std::map<std::string_view, std::vector<std::string_view>> second_words(
    std::span<const Command> commands
) {
    std::map<std::string_view, std::vector<std::string_view>> words;
    for (const Command& command : commands) {
        if (!second_word(command).empty()) {
            words[first_word(command)].push_back(second_word(command));
        }
    }
    return words;
}

std::string option_names(const Command& command) {
    std::string names;
    for (const Option& option : command.options) {
        names += fmt::format("{} ", option.name);
    }
    return names + "--help";
}

/// `text` inside single quotes of a shell.
std::string in_quotes(std::string_view text) {
    std::string result = "'";
    for (const char c : text) {
        result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return result + "'";
}

std::string without_brackets(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '[' || c == ']' || c == ':' || c == '\\') {
            result += '\\';
        }
        result += c;
    }
    return result;
}

std::string bash_option_value(const Command& command, const Option& option) {
    if (option.value.empty()) {
        return {};
    }
    std::string words = "COMPREPLY=()";
    if (!option.choices.empty()) {
        words = fmt::format(
            "COMPREPLY=($(compgen -W '{}' -- \"$word\"))",
            fmt::join(option.choices, " ")
        );
    } else if (option.completes != Completes::nothing) {
        words = "compopt -o default; COMPREPLY=()";
    }
    return fmt::format("        '{}:{}') {}; return ;;\n", command.name, option.name, words);
}

std::string bash_arguments(const Command& command) {
    for (const Argument& argument : command.arguments) {
        if (!argument.choices.empty()) {
            return fmt::format(
                "        '{}') COMPREPLY=($(compgen -W '{}' -- \"$word\")) ;;\n",
                command.name,
                fmt::join(argument.choices, " ")
            );
        }
        if (argument.completes != Completes::nothing) {
            return fmt::format("        '{}') compopt -o default; COMPREPLY=() ;;\n", command.name);
        }
    }
    return {};
}

/// Offers the second word of a command, and takes it into the command's name once it is there.
std::string bash_second_words(std::span<const Command> commands) {
    std::string text = "    case \"$command\" in\n";
    for (const auto& [first, seconds] : second_words(commands)) {
        text += fmt::format(
            "        {})\n"
            "            if [ \"$COMP_CWORD\" -eq 2 ] && [[ \"$word\" != -* ]]; then\n"
            "                COMPREPLY=($(compgen -W '{}' -- \"$word\")); return\n"
            "            fi\n"
            "            case \"${{COMP_WORDS[2]}}\" in\n"
            "                {}) command+=\" ${{COMP_WORDS[2]}}\" ;;\n"
            "            esac ;;\n",
            first,
            fmt::join(seconds, " "),
            fmt::join(seconds, "|")
        );
    }
    return text + "    esac\n";
}

std::string zsh_value(const Option& option) {
    if (option.value.empty()) {
        return {};
    }
    if (!option.choices.empty()) {
        return fmt::format(":{}:({})", option.value, fmt::join(option.choices, " "));
    }
    return fmt::format(
        ":{}:{}",
        option.value,
        option.completes == Completes::nothing ? " " : "_files"
    );
}

std::string zsh_description(std::string_view name, std::string_view summary) {
    return fmt::format(
        "        {}\n",
        in_quotes(fmt::format("{}:{}", name, without_brackets(summary)))
    );
}

/// Offers the second word of a command, and takes it into the command's name once it is there.
std::string zsh_second_words(std::span<const Command> commands) {
    std::string text;
    for (const auto& [first, seconds] : second_words(commands)) {
        text += fmt::format("    if [[ $chosen == {} ]]; then\n      local -a parts=(\n", first);
        for (const Command& command : commands) {
            if (first_word(command) == first && !second_word(command).empty()) {
                text += zsh_description(second_word(command), command.summary);
            }
        }
        text += fmt::format(
            "      )\n"
            "      if (( CURRENT == 3 )) && [[ $words[3] != -* ]]; then\n"
            "        _describe command parts\n"
            "        return\n"
            "      fi\n"
            "      if [[ $words[3] == ({}) ]]; then\n"
            "        chosen+=\" $words[3]\"\n"
            "        shift words; (( CURRENT-- ))\n"
            "      fi\n"
            "    fi\n",
            fmt::join(seconds, "|")
        );
    }
    return text;
}

std::string zsh_argument(const Argument& argument) {
    std::string offers = argument.completes == Completes::nothing ? " " : "_files";
    if (!argument.choices.empty()) {
        offers = fmt::format("({})", fmt::join(argument.choices, " "));
    }
    const std::string_view star = argument.is_repeated ? "*" : "";
    return fmt::format(" '{}:{}:{}'", star, argument.name, offers);
}

/// The condition under which the command's words are offered.
std::string fish_seen(const Command& command) {
    std::string condition = fmt::format("__fish_seen_subcommand_from {}", first_word(command));
    if (!second_word(command).empty()) {
        condition += fmt::format("; and __fish_seen_subcommand_from {}", second_word(command));
    }
    return condition;
}

std::string fish_option(const Command& command, const Option& option) {
    std::string line = fmt::format(
        "complete -c adic -n '{}' -l {} -d {}",
        fish_seen(command),
        option.name.substr(2),
        in_quotes(option.help)
    );
    if (!option.choices.empty()) {
        line += fmt::format(" -x -a '{}'", fmt::join(option.choices, " "));
    } else if (!option.value.empty()) {
        line += option.completes == Completes::nothing ? " -x" : " -r -F";
    }
    return line + '\n';
}

std::string fish_arguments(const Command& command) {
    std::string text;
    for (const Argument& argument : command.arguments) {
        const auto condition = fmt::format("-n '{}'", fish_seen(command));
        if (!argument.choices.empty()) {
            text += fmt::format(
                "complete -c adic {} -a '{}'\n",
                condition,
                fmt::join(argument.choices, " ")
            );
        } else if (argument.completes != Completes::nothing) {
            text += fmt::format("complete -c adic {} -F\n", condition);
        }
    }
    return text;
}

}  // namespace

std::string bash_completion(std::span<const Command> commands) {
    std::string text =
        "# bash completion of adic; put it into /etc/bash_completion.d/adic\n"
        "_adic() {\n"
        "    local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
        "    local command=\"${COMP_WORDS[1]}\"\n"
        "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n";
    text += fmt::format(
        "        COMPREPLY=($(compgen -W '{} help --help --version' -- \"$word\"))\n",
        command_names(commands)
    );
    text += "        return\n    fi\n" + bash_second_words(commands);
    text += "    case \"$command:$before\" in\n";
    for (const Command& command : commands) {
        for (const Option& option : command.options) {
            text += bash_option_value(command, option);
        }
    }
    text += "    esac\n    if [[ \"$word\" == -* ]]; then\n        case \"$command\" in\n";
    for (const Command& command : commands) {
        text += fmt::format(
            "        '{}') COMPREPLY=($(compgen -W '{}' -- \"$word\")) ;;\n",
            command.name,
            option_names(command)
        );
    }
    text += "        esac\n        return\n    fi\n    case \"$command\" in\n";
    for (const Command& command : commands) {
        text += bash_arguments(command);
    }
    text += fmt::format(
        "        help) COMPREPLY=($(compgen -W '{}' -- \"$word\")) ;;\n",
        command_names(commands)
    );
    return text + "    esac\n}\ncomplete -F _adic adic\n";
}

std::string zsh_completion(std::span<const Command> commands) {
    std::string text =
        "#compdef adic\n"
        "# zsh completion of adic; put it as _adic into a folder of $fpath\n"
        "_adic() {\n    local -a commands=(\n";
    for (const Command& command : commands) {
        if (second_word(command).empty()) {
            text += zsh_description(command.name, command.summary);
        }
    }
    text +=
        "    )\n"
        "    if (( CURRENT == 2 )); then\n"
        "        _describe command commands\n"
        "        return\n"
        "    fi\n"
        "    local chosen=$words[2]\n";
    text += zsh_second_words(commands);
    text +=
        "    shift words; (( CURRENT-- ))\n"
        "    case $chosen in\n";
    for (const Command& command : commands) {
        text +=
            fmt::format("        '{}')\n            _arguments '--help[print help]'", command.name);
        for (const Option& option : command.options) {
            const std::string help = without_brackets(option.help);
            text += " " + in_quotes(fmt::format("{}[{}]{}", option.name, help, zsh_value(option)));
        }
        for (const Argument& argument : command.arguments) {
            text += zsh_argument(argument);
        }
        text += " ;;\n";
    }
    return text + "        help) _describe command commands ;;\n    esac\n}\n_adic \"$@\"\n";
}

std::string fish_completion(std::span<const Command> commands) {
    std::string text =
        "# fish completion of adic; put it into ~/.config/fish/completions/adic.fish\n"
        "complete -c adic -f\n";
    const auto seconds = second_words(commands);
    for (const Command& command : commands) {
        const std::string_view second = second_word(command);
        const std::string condition = second.empty()
                                          ? "__fish_use_subcommand"
                                          : fmt::format(
                                              "__fish_seen_subcommand_from {}; and not "
                                              "__fish_seen_subcommand_from {}",
                                              first_word(command),
                                              fmt::join(seconds.at(first_word(command)), " ")
                                          );
        text += fmt::format(
            "complete -c adic -n '{}' -a {} -d {}\n",
            condition,
            second.empty() ? command.name : second,
            in_quotes(command.summary)
        );
    }
    for (const Command& command : commands) {
        for (const Option& option : command.options) {
            text += fish_option(command, option);
        }
        text += fish_arguments(command);
    }
    return text;
}

}  // namespace adic::cli
