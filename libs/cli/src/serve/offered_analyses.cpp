#include "serve/offered_analyses.hpp"

#include "frame/chosen_computing.hpp"
#include "frame/command.hpp"
#include "frame/map_shelf.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"
#include "render/render.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::cli {
namespace {

namespace fs = std::filesystem;
using server::AnalysisQuestion;
using server::GivenParameter;

/// An option with a number, of which the caller may ask for less, and gets this much who says
/// nothing.
struct Most {
    std::string_view option = {};
    double value = 0.0;
};

/// A command that is offered.
struct Offer {
    std::string_view command;
    bool takes_long = false;
    /// Words that it is always given.
    std::array<std::string_view, 2> always = {};
    /// Options of it that are not the caller's to set.
    std::array<std::string_view, 3> hidden = {};
    Most most = {};
};

/// A line for each analysis of the server.
constexpr std::array offers{
    Offer{"items"},
    Offer{"network"},
    Offer{"facts"},
    Offer{"indicators"},
    Offer{"lookthrough"},
    Offer{"bottlenecks"},
    Offer{"cuts", false, {}, {"--write"}},
    Offer{"why"},
    Offer{"brief", false, {"--into", "-"}, {"--into"}},
    Offer{"scenario"},
    Offer{"straits"},
    Offer{"suppliers"},
    Offer{"codes"},
    Offer{"shock"},
    Offer{"shock episode"},
    Offer{"shock run"},
    Offer{"shock sweep", true},
    Offer{"shock montecarlo", true},
    Offer{"shock remedies", true},
    Offer{"shock survive"},
    Offer{"shock shortfall"},
    Offer{"shock backtest", true},
    Offer{"flags"},
    Offer{"reciprocity"},
    Offer{"reciprocity ledger", false, {}, {"--seal"}},
    Offer{"offset"},
    Offer{"origin"},
    Offer{"realised"},
    Offer{"return", false, {}, {"--template", "--replace"}},
    // Only its clock stops the solver, and others wait for it.
    Offer{"award", true, {}, {"--template", "--replace"}, {"--time-limit", 10.0}},
    Offer{"share"},
};

/// The server's own: which map, as whom, how written, on which machines.
constexpr std::array<std::string_view, 6>
    of_the_server{"--map", "--as", "--format", "--threads", "--hosts", "--checkpoint"};

const Command& command_of(const Offer& offer) {
    return *std::ranges::find(list_commands(), offer.command, &Command::name);
}

bool has_option(const Command& command, std::string_view name) {
    return std::ranges::find(command.options, name, &Option::name) != command.options.end();
}

/// "shock run" is asked for as "shock-run".
std::string address_of(std::string_view command) {
    std::string address(command);
    std::ranges::replace(address, ' ', '-');
    return address;
}

/// "--no-equipment" is the parameter "no-equipment"; ITEM is "item".
std::string parameter_name(std::string_view word) {
    std::string name(word.starts_with("--") ? word.substr(2) : word);
    std::ranges::transform(name, name.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return name;
}

bool is_offered(const Offer& offer, std::string_view option) {
    return std::ranges::find(offer.hidden, option) == offer.hidden.end()
           && std::ranges::find(of_the_server, option) == of_the_server.end();
}

std::vector<server::AnalysisParameter> parameters_of(const Offer& offer, const Command& command) {
    std::vector<server::AnalysisParameter> parameters;
    for (const Argument& argument : command.arguments) {
        server::AnalysisParameter one{parameter_name(argument.name), std::string(argument.help)};
        one.is_required = argument.is_required;
        one.is_repeated = argument.is_repeated;
        one.takes_content = argument.completes != Completes::nothing;
        one.choices = {argument.choices.begin(), argument.choices.end()};
        parameters.push_back(std::move(one));
    }
    for (const Option& option : command.options) {
        if (is_offered(offer, option.name)) {
            server::AnalysisParameter one{parameter_name(option.name), std::string(option.help)};
            one.standard = option.standard;
            one.is_flag = option.value.empty();
            one.takes_content = option.completes != Completes::nothing;
            one.choices = {option.choices.begin(), option.choices.end()};
            if (option.name == offer.most.option) {
                one.help += fmt::format("; at most {}", offer.most.value);
                one.standard = fmt::format("{}", offer.most.value);
            }
            parameters.push_back(std::move(one));
        }
    }
    return parameters;
}

server::CellKind kind_of(const Column& column) {
    if (column.is_estimate) {
        return server::CellKind::estimate;
    }
    switch (column.show) {
    case Show::text:
    case Show::word: return server::CellKind::text;
    case Show::sentence: return server::CellKind::sentence;
    case Show::count: return server::CellKind::whole;
    case Show::number:
    case Show::significant:
    case Show::share: return server::CellKind::number;
    }
    std::abort();
}

std::vector<server::AnalysisTable> tables_of(const Command& command) {
    std::vector<server::AnalysisTable> tables;
    for (const Shape& shape : command.answers) {
        server::AnalysisTable table{std::string(shape.name), {}};
        for (const Column& column : shape.columns) {
            if (column.in != In::table) {
                table.columns.push_back(
                    {std::string(column.key), std::string(column.help), kind_of(column)}
                );
            }
        }
        tables.push_back(std::move(table));
    }
    return tables;
}

server::Analysis analysis_of(const Offer& offer) {
    const Command& command = command_of(offer);
    return {
        address_of(command.name),
        std::string(command.summary),
        fmt::format("{}", fmt::join(command.description, "\n\n")),
        parameters_of(offer, command),
        tables_of(command),
        offer.takes_long,
        has_option(command, "--checkpoint")};
}

Error no_room(const std::error_code& why) {
    return {ErrorCode::unavailable, "the server has no room for the file", why.message()};
}

std::optional<Error> write_file(const fs::path& path, const std::string& content) {
    std::ofstream file(path, std::ios::binary);
    file << content;
    file.close();
    return file ? std::nullopt : std::optional{no_room({})};
}

/// Readers tell formats apart by the ending.
std::string_view ending_of(std::string_view content) {
    const auto first = content.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string_view::npos) {
        return ".csv";
    }
    if (content[first] == '{') {
        return ".json";
    }
    return content[first] == '<' ? ".xml" : ".csv";
}

/// Puts what was sent where the command can read it, and gives the path.
Result<std::string> placed(const GivenParameter& given, const fs::path& workplace) {
    const fs::path folder = workplace / given.name;
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) {
        return no_room(failed);
    }
    if (given.files.empty()) {
        const fs::path file = folder / ("sent" + std::string(ending_of(given.value)));
        if (auto problem = write_file(file, given.value)) {
            return *std::move(problem);
        }
        return file.string();
    }
    for (const auto& [name, content] : given.files) {
        if (auto problem = write_file(folder / name, content)) {
            return *std::move(problem);
        }
    }
    return folder.string();
}

/// The command line that asks the question.
Result<std::vector<std::string>> words_of(const Offer& offer, const AnalysisQuestion& question) {
    const Command& command = command_of(offer);
    std::vector<std::string> options;
    // Who asks by names may give them in any order; the words stand in that of the command.
    std::vector<std::vector<std::string>> arguments(command.arguments.size());
    for (const GivenParameter& given : question.parameters) {
        std::string value = given.value;
        if (given.is_content) {
            ADIC_TRY(value, placed(given, question.workplace));
        }
        const auto option = std::ranges::find_if(command.options, [&](const Option& one) {
            return parameter_name(one.name) == given.name;
        });
        if (option == command.options.end()) {
            const auto argument = std::ranges::find_if(command.arguments, [&](const auto& one) {
                return parameter_name(one.name) == given.name;
            });
            const auto place = static_cast<std::size_t>(argument - command.arguments.begin());
            arguments.at(place).push_back(std::move(value));
        } else if (!option->value.empty()) {
            options.insert(options.end(), {std::string(option->name), std::move(value)});
        } else if (!value.empty() && value != "no" && value != "false") {
            options.emplace_back(option->name);
        }
    }
    const std::string_view most = offer.most.option;
    if (!most.empty() && std::ranges::find(options, most) == options.end()) {
        options.insert(options.end(), {std::string(most), fmt::format("{}", offer.most.value)});
    }
    for (const std::string_view word : offer.always) {
        if (!word.empty()) {
            options.emplace_back(word);
        }
    }
    if (has_option(command, "--as")) {
        options.insert(options.end(), {"--as", question.reader});
    }
    if (has_option(command, "--checkpoint") && !question.workplace.empty()) {
        const fs::path kept = question.workplace / "checkpoint";
        options.insert(options.end(), {"--checkpoint", kept.string()});
    }
    options.emplace_back("--");
    for (const std::vector<std::string>& values : arguments) {
        options.insert(options.end(), values.begin(), values.end());
    }
    return options;
}

/// What the server knows of its folders is no caller's business.
std::string without_paths(std::string message, const fs::path& workplace) {
    const std::string prefix = workplace.string() + '/';
    for (auto at = message.find(prefix); !workplace.empty() && at != std::string::npos;
         at = message.find(prefix, at)) {
        message.erase(at, prefix.size());
    }
    return message;
}

/// Whether the answer is what is wrong with the input, and nothing else.
bool is_refused(const Outcome& outcome) {
    const auto* report = std::get_if<Report>(&outcome.answer);
    return outcome.exit_code != 0 && report != nullptr
           && std::ranges::all_of(report->sections, [](const Section& section) {
                  return section.shape->name == issue_shape.name;
              });
}

Result<std::string>
written(const Outcome& outcome, const Command& command, const AnalysisQuestion& question) {
    if (const auto* text = std::get_if<std::string>(&outcome.answer)) {
        if (question.format == "xlsx") {
            return Error{ErrorCode::invalid_argument, "this answer is a page and no table", {}};
        }
        return *text;
    }
    const Report& report = std::get<Report>(outcome.answer);
    if (question.format == "csv") {
        return to_csv(report);
    }
    if (question.format == "xlsx") {
        return to_workbook(report, command.name);
    }
    if (question.format == "html") {
        std::vector<std::string> typed{std::string(command.name)};
        for (const GivenParameter& given : question.parameters) {
            typed.push_back(given.is_content ? given.name : given.name + '=' + given.value);
        }
        return to_html(report, fmt::format("{}", fmt::join(typed, " ")));
    }
    return to_json(report, command.name);
}

Result<server::AnalysisAnswer>
ask(const Surroundings& around, MapShelf& maps, const AnalysisQuestion& question) {
    const auto offer = std::ranges::find_if(offers, [&](const Offer& one) {
        return address_of(one.command) == question.analysis;
    });
    const Command& command = command_of(*offer);
    ADIC_TRY(const std::vector<std::string> words, words_of(*offer, question));
    ADIC_TRY(const Invocation invocation, Invocation::parse(command, words));
    if (const Most& most = offer->most; !most.option.empty()) {
        if (auto asked = invocation.number(most.option, 0.0, most.value); !asked) {
            return std::move(asked).error();
        }
    }
    const std::vector<std::string> typed;
    const Session session{
        around,
        question.progress,
        typed,
        [&question] { return question.stop; },
        [](std::string_view) {},
        &maps};
    auto outcome = command.run(invocation, session);
    if (outcome) {
        ADIC_TRY(std::string text, written(*outcome, command, question));
        return server::AnalysisAnswer{std::move(text), is_refused(*outcome)};
    }
    Error error = std::move(outcome).error();
    error.message = error.code == ErrorCode::interrupted
                        ? "it was stopped"
                        : without_paths(std::move(error.message), question.workplace);
    return error;
}

}  // namespace

server::Analyses offered_analyses(const Surroundings& around) {
    server::Analyses analyses;
    for (const Offer& offer : offers) {
        analyses.list.push_back(analysis_of(offer));
    }
    analyses.ask = [around, maps = std::make_shared<MapShelf>()](const AnalysisQuestion& question) {
        return ask(around, *maps, question);
    };
    return analyses;
}

}  // namespace adic::cli
