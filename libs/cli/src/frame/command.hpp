#pragma once

#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"
#include "adic/cli/program.hpp"

#include "frame/invocation.hpp"
#include "render/table.hpp"

#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>

namespace adic::cli {

class MapShelf;

/// What a shell offers to complete a word with.
enum class Completes { nothing, file, folder };

/// A word of the command line that stands by its place.
struct Argument {
    std::string_view name;
    std::string_view help;
    bool is_required = true;
    bool is_repeated = false;
    Completes completes = Completes::nothing;
    std::span<const std::string_view> choices = {};
};

/// A word of the command line that starts with two dashes.
struct Option {
    std::string_view name;   ///< "--by"
    std::string_view value;  ///< how its value is called in texts; empty: it takes none
    std::string_view help;
    std::string_view standard = {};  ///< the value when it is not given
    std::span<const std::string_view> choices = {};
    Completes completes = Completes::nothing;
};

struct Example {
    std::string_view line;
    std::string_view says;
};

/// What a command gets apart from its own words.
struct Session {
    const Surroundings& around;
    Progress progress;
    std::span<const std::string> typed;      ///< the whole command line, without the program's name
    std::function<std::stop_token()> watch;  ///< from the call on, Ctrl-C asks to stop
    std::function<void(std::string_view line)> say;  ///< shown at once, before the answer
    MapShelf* maps = nullptr;  ///< of a program that answers many questions; empty: one question
};

/// What a command answers with. A text is printed as it stands.
struct Outcome {
    std::variant<Report, std::string> answer;
    int exit_code = 0;
};

/// A command of the program. Help, manual page, completion and reference are made from it.
struct Command {
    std::string_view name;     ///< one word, or two: "shock run" stands beside "shock"
    std::string_view summary;  ///< one line, no full stop
    std::span<const std::string_view> description;  ///< paragraphs
    std::span<const Argument> arguments;
    std::span<const Option> options;
    std::span<const Example> examples;
    std::span<const Shape> answers;  ///< the tables of the answer
    Result<Outcome> (*run)(const Invocation& words, const Session& session);
};

}  // namespace adic::cli
