#include "frame/invocation.hpp"

#include "adic/base/text.hpp"

#include "frame/command.hpp"

#include <algorithm>
#include <limits>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::cli {
namespace {

using Values = std::map<std::string, std::vector<std::string>, std::less<>>;

Error usage_error(std::string message) {
    return Error{ErrorCode::invalid_argument, std::move(message), {}};
}

Error unknown_option(const Command& command, std::string_view word) {
    const std::string_view name = word.substr(0, word.find('='));
    std::vector<std::string_view> known{"--help"};
    for (const Option& option : command.options) {
        known.push_back(option.name);
    }
    std::string message = fmt::format("'{}' is not an option of this command", name);
    if (const auto nearest = nearest_word(name, known)) {
        message += fmt::format("; did you mean '{}'?", *nearest);
    }
    return usage_error(std::move(message));
}

/// Gives the words that are no options to the arguments, in order.
std::optional<Error>
place(const Command& command, const std::vector<std::string>& words, Values& values) {
    std::size_t next = 0;
    for (const Argument& argument : command.arguments) {
        std::vector<std::string>& target = values[std::string(argument.name)];
        while (next < words.size() && (target.empty() || argument.is_repeated)) {
            target.push_back(words[next++]);
        }
    }
    if (next == words.size()) {
        return std::nullopt;
    }
    return usage_error(fmt::format("one word too many: '{}'", words[next]));
}

Result<Values> checked(const Command& command, Values values) {
    for (const Argument& argument : command.arguments) {
        if (argument.is_required && values[std::string(argument.name)].empty()) {
            return usage_error(fmt::format("{} is missing: {}", argument.name, argument.help));
        }
    }
    const auto is_allowed = [&](std::string_view name,
                                const auto& choices) -> std::optional<Error> {
        for (const std::string& value : values[std::string(name)]) {
            if (!choices.empty() && std::ranges::find(choices, value) == choices.end()) {
                return usage_error(
                    fmt::format("{} is one of {}, not '{}'", name, fmt::join(choices, ", "), value)
                );
            }
        }
        return std::nullopt;
    };
    for (const Option& option : command.options) {
        if (auto error = is_allowed(option.name, option.choices)) {
            return *std::move(error);
        }
    }
    for (const Argument& argument : command.arguments) {
        if (auto error = is_allowed(argument.name, argument.choices)) {
            return *std::move(error);
        }
    }
    return values;
}

/// Declares the command's words to the parser; the values are written to `values`.
void declare(CLI::App& parser, const Command& command, Values& values) {
    parser.set_help_flag();
    parser.allow_extras();
    for (const Option& option : command.options) {
        std::vector<std::string>& target = values[std::string(option.name)];
        if (option.value.empty()) {
            parser.add_flag_callback(std::string(option.name), [&target] { target = {"yes"}; });
        } else {
            parser.add_option(std::string(option.name), target)
                ->allow_extra_args(false)
                ->take_last();
        }
    }
}

}  // namespace

Result<Invocation> Invocation::parse(const Command& command, std::span<const std::string> words) {
    const auto dashes = std::ranges::find(words, "--");
    Values values;
    CLI::App parser;
    declare(parser, command, values);
    std::vector<std::string> reversed(words.begin(), dashes);
    std::ranges::reverse(reversed);
    try {
        parser.parse(reversed);
    } catch (const CLI::ArgumentMismatch& mismatch) {
        const std::string_view problem = mismatch.what();
        return usage_error(fmt::format("{} needs a value", problem.substr(0, problem.find(':'))));
    } catch (const CLI::ParseError& problem) {
        return usage_error(problem.what());
    }
    std::vector<std::string> placed = parser.remaining();
    for (const std::string& word : placed) {
        if (word.size() > 1 && word[0] == '-') {
            return unknown_option(command, word);
        }
    }
    placed.insert(placed.end(), dashes == words.end() ? dashes : dashes + 1, words.end());
    if (auto error = place(command, placed, values)) {
        return *std::move(error);
    }
    Invocation invocation;
    ADIC_TRY(invocation.values_, checked(command, std::move(values)));
    invocation.fill_in(command);
    return invocation;
}

void Invocation::fill_in(const Command& command) {
    for (const Option& option : command.options) {
        auto& given = values_[std::string(option.name)];
        if (!given.empty()) {
            typed_.emplace(option.name);
        }
        if (given.empty() && !option.standard.empty()) {
            given = {std::string(option.standard)};
        }
    }
}

bool Invocation::was_typed(std::string_view name) const {
    return typed_.contains(name);
}

bool Invocation::has(std::string_view name) const {
    return !texts(name).empty();
}

const std::string& Invocation::text(std::string_view name) const {
    static const std::string none;
    const std::vector<std::string>& given = texts(name);
    return given.empty() ? none : given.back();
}

const std::vector<std::string>& Invocation::texts(std::string_view name) const {
    static const std::vector<std::string> none;
    const auto found = values_.find(name);
    return found == values_.end() ? none : found->second;
}

Result<double> Invocation::number(std::string_view name, double above, double up_to) const {
    const auto value = parse_decimal(text(name));
    if (!value || !(*value > above && *value <= up_to)) {
        // Just below 0 is said by commands of which 0 is a value, too.
        const bool takes_zero = above < 0.0 && above > -std::numeric_limits<float>::min();
        return usage_error(fmt::format(
            "{} is a number {} and at most {}, not '{}'",
            name,
            takes_zero ? "of at least 0" : fmt::format("above {}", above),
            up_to,
            text(name)
        ));
    }
    return *value;
}

Result<std::uint64_t>
Invocation::whole(std::string_view name, std::uint64_t from, std::uint64_t up_to) const {
    const auto value = parse_whole(text(name));
    if (!value || *value < from || *value > up_to) {
        return usage_error(fmt::format(
            "{} is a whole number from {} to {}, not '{}'",
            name,
            from,
            up_to,
            text(name)
        ));
    }
    return *value;
}

}  // namespace adic::cli
