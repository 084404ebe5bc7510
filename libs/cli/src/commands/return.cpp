#include "adic/base/say.hpp"
#include "adic/base/text.hpp"
#include "adic/procure/geographic_return.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "frame/files.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"
#include "render/cells.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <utility>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using procure::Fraction;
using procure::ReturnBounds;
using procure::ReturnEntry;
using procure::ReturnStanding;
using procure::StateReturn;

constexpr std::array return_columns{
    Column{"state", "state", "who paid and got work", Show::word},
    Column{"contribution", "paid in", "contributions in the window", Show::number, 2},
    Column{"paid_share", "", "its part of all contributions", Show::share, 1, In::data},
    Column{"work", "", "work as paid", Show::number, 2, In::data},
    Column{"weighted", "weighted work", "work times its weights", Show::number, 2},
    Column{"unweighted", "as paid", "coefficient of work as paid", Show::number, 3},
    Column{"coefficient", "return", "share of weighted work over that paid in", Show::number, 3},
    Column{"standing", "standing", "below the floor, within, above the cap", Show::word},
    Column{"deficit", "", "(floor - return) x paid in", Show::number, 2, In::data},
    Column{"surplus", "", "(return - cap) x paid in", Show::number, 2, In::data},
    Column{"balance", "balance", "weighted work above its share", Show::number, 2},
};

constexpr std::array gap_columns{
    Column{"state", "state", "outside floor and cap", Show::word},
    Column{"deficit", "deficit", "(floor - return) x paid in", Show::number, 2},
    Column{"surplus", "surplus", "(return - cap) x paid in", Show::number, 2},
};

constexpr std::array year_columns{
    Column{"year", "year", "a calendar year", Show::word},
    Column{"state", "state", "who paid and got work", Show::word},
    Column{"contribution", "paid in", "in the year", Show::number, 2},
    Column{"weighted", "weighted work", "in the year", Show::number, 2},
    Column{"of_year", "of the year", "coefficient of this year alone", Show::number, 3},
    Column{"of_window", "of the window", "coefficient of the window it ends", Show::number, 3},
};

constexpr std::array class_columns{
    Column{"class", "class", "of technology", Show::text},
    Column{"state", "state", "who paid and got work", Show::word},
    Column{"work", "work", "as paid, in the window", Show::number, 2},
    Column{"weighted", "weighted work", "in the window", Show::number, 2},
    Column{"coefficient", "return", "of work of this class alone", Show::number, 3},
};

constexpr std::array rule_columns{
    Column{"rule", "rule", "of adic award", Show::word},
    Column{"place", "place", "a state", Show::word},
    Column{"value", "value", "floor x its share of what was paid in", Show::number, 6},
};

constexpr std::array shapes{
    Shape{"returns", return_columns},
    Shape{"gaps", gap_columns},
    Shape{"years", year_columns},
    Shape{"classes", class_columns},
    Shape{"rules", rule_columns},
    issue_shape};

constexpr std::array<std::string_view, 3> description{
    "Geographic return: each state's share of the work, weighted by technological interest, over "
    "its share of the contributions; in a window of years, year by year and by class of "
    "technology. What is missing to the floor, what is above the cap, and the balance over all "
    "programmes.",
    "FILE is a table of contributions and work (docs/reference/return.md); without it, two made-up "
    "programmes that come with the program. docs/explanation/return.md has the equations.",
    "The rules hold an award to the floor: with --award-rules they come first, ready as rules.csv "
    "of adic award, which says what each of them costs. The program reports; the states decide."};

constexpr std::array arguments{Argument{
    .name = "FILE",
    .help = "a table of contributions and work",
    .is_required = false,
    .completes = Completes::file}};

constexpr std::array options{
    Option{
        .name = "--window",
        .value = "YEARS",
        .help = "over how many years it is counted together",
        .standard = "5"},
    Option{
        .name = "--year",
        .value = "YEAR",
        .help = "the last year of the window; without it, the newest of the table"},
    Option{
        .name = "--floor",
        .value = "RETURN",
        .help = "below which a state has a deficit, at most 1",
        .standard = "0.8"},
    Option{
        .name = "--cap",
        .value = "RETURN",
        .help = "above which a state has a surplus, at least 1",
        .standard = "1.2"},
    Option{
        .name = "--award-rules",
        .value = "",
        .help = "begin with the rules that hold an award to the floor: the table that CSV carries"},
    Option{
        .name = "--template",
        .value = "NEW",
        .help = "write the made-up programmes into this new file, and compute nothing",
        .completes = Completes::file},
    replace_option,
    format_option,
};

constexpr std::array examples{
    Example{"adic return", "Two programmes that come with the program."},
    Example{"adic return --template return.csv", "Their table, to begin with."},
    Example{"adic return return.csv --year 2026 --window 3 --floor 0.9", "Your own."},
    Example{
        "adic return --award-rules --format csv",
        "Rules that hold an award to the floor, as a table."},
};

/// What was asked for.
struct Asked {
    std::int32_t last = 0;
    std::int32_t window = 5;
    ReturnBounds bounds;
};

using Entries = std::vector<ReturnEntry>;

double money(const Fraction& cents) {
    return procure::to_double(cents / 100);
}

Cell cell(const std::optional<Fraction>& value) {
    return value ? Cell{procure::to_double(*value)} : Cell{};
}

/// The return of each state around 1, with the floor and the cap.
app::BarChart chart_of(const std::vector<StateReturn>& states, const ReturnBounds& bounds) {
    const double floor = procure::to_double(bounds.floor);
    const double cap = procure::to_double(bounds.cap);
    app::BarChart chart{
        "Return: share of the weighted work over the share of what was paid in",
        {{floor, fmt::format("floor {}", floor)},
         {1.0, "even"},
         {cap, fmt::format("cap {}", cap)}}};
    for (const StateReturn& one : states) {
        const std::string standing{procure::name_of(one.standing)};
        if (one.coefficient) {
            const double value = procure::to_double(*one.coefficient);
            chart.bars.push_back({one.state, value, fmt::format("{:.3f}, {}", value, standing)});
        } else {
            chart.bars.push_back({one.state, std::nullopt, standing});
        }
    }
    return chart;
}

Section returns_section(const std::vector<StateReturn>& states, const ReturnBounds& bounds) {
    Section section{"", &shapes[0], {}, "Nobody paid and nobody got work in these years.", {}};
    for (const StateReturn& one : states) {
        section.rows.push_back(
            {one.state,
             money(one.contribution),
             cell(one.paid_share),
             money(one.work),
             money(one.weighted),
             cell(one.unweighted),
             cell(one.coefficient),
             std::string(procure::name_of(one.standing)),
             money(one.deficit),
             money(one.surplus),
             one.balance ? Cell{money(*one.balance)} : Cell{}}
        );
    }
    if (!states.empty()) {
        section.bars.push_back(chart_of(states, bounds));
    }
    return section;
}

Section gaps_section(const std::vector<StateReturn>& states) {
    Section section{
        "Below the floor or above the cap",
        &shapes[1],
        {},
        "No state is below the floor or above the cap.",
        {}};
    for (const StateReturn& one : states) {
        if (one.deficit > 0 || one.surplus > 0) {
            section.rows.push_back({one.state, money(one.deficit), money(one.surplus)});
        }
    }
    return section;
}

/// Every year of the window, also one in which nothing was paid.
Section years_section(const Entries& entries, const Asked& asked) {
    Section section{"Year by year", &shapes[2], {}, "No year has an entry.", {}};
    for (std::int32_t year = asked.last - asked.window + 1; year <= asked.last; ++year) {
        const auto alone = procure::geographic_return(procure::entries_until(entries, year, 1));
        const auto together =
            procure::geographic_return(procure::entries_until(entries, year, asked.window));
        for (const StateReturn& one : together) {
            const auto found = std::ranges::find(alone, one.state, &StateReturn::state);
            const StateReturn none;
            const StateReturn& in_year = found == alone.end() ? none : *found;
            section.rows.push_back(
                {std::to_string(year),
                 one.state,
                 money(in_year.contribution),
                 money(in_year.weighted),
                 cell(in_year.coefficient),
                 cell(one.coefficient)}
            );
        }
    }
    return section;
}

/// Work of one class at a time, against all contributions.
Section classes_section(const Entries& window) {
    Section section{"By class of technology", &shapes[3], {}, "No work was placed.", {}};
    std::map<std::string, Entries> classes;
    Entries paid;
    for (const ReturnEntry& entry : window) {
        (entry.is_work ? classes[entry.technology] : paid).push_back(entry);
    }
    for (auto& [technology, entries] : classes) {
        entries.insert(entries.end(), paid.begin(), paid.end());
        for (const StateReturn& one : procure::geographic_return(entries)) {
            section.rows.push_back(
                {technology.empty() ? Cell{} : Cell{technology},
                 one.state,
                 money(one.work),
                 money(one.weighted),
                 cell(one.coefficient)}
            );
        }
    }
    return section;
}

/// Shares of an award have six decimals: rounded down, so that all of them can be kept together.
Section rules_section(const std::vector<StateReturn>& states, const ReturnBounds& bounds) {
    constexpr std::int64_t million = 1'000'000;
    Section section{
        "Rules for an award",
        &shapes[4],
        {},
        "Without contributions there is nothing to hold an award to.",
        {}};
    for (const StateReturn& one : states) {
        const Fraction least = bounds.floor * one.paid_share.value_or(0) * million;
        const auto whole = static_cast<std::int64_t>(numerator(least) / denominator(least));
        if (whole > 0) {
            section.rows.push_back(
                {std::string("least-content"),
                 one.state,
                 static_cast<double>(whole) / static_cast<double>(million)}
            );
        }
    }
    return section;
}

Words names_of(const std::vector<StateReturn>& states, ReturnStanding standing) {
    Words names;
    for (const StateReturn& one : states) {
        if (one.standing == standing) {
            names.push_back(one.state);
        }
    }
    return names;
}

std::vector<Sentence> notes_on(const std::vector<StateReturn>& states, const Entries& window) {
    std::vector<Sentence> notes;
    if (const auto who = names_of(states, ReturnStanding::without_contribution); !who.empty()) {
        notes.push_back(say("return-no-contribution", {{"states", who}}));
    }
    if (!window.empty() && !names_of(states, ReturnStanding::without_work).empty()) {
        notes.push_back(say("return-no-work"));
    }
    notes.push_back(say("return-meaning"));
    return notes;
}

Report report_of(const Entries& entries, const Asked& asked, bool rules_first) {
    const Entries window = procure::entries_until(entries, asked.last, asked.window);
    const auto states = procure::geographic_return(window, asked.bounds);
    Report report{
        {say(
            "return-asked",
            {{"first", asked.last - asked.window + 1},
             {"last", asked.last},
             {"floor", to_shortest(procure::to_double(asked.bounds.floor))},
             {"cap", to_shortest(procure::to_double(asked.bounds.cap))}}
        )},
        {returns_section(states, asked.bounds),
         gaps_section(states),
         years_section(entries, asked),
         classes_section(window),
         rules_section(states, asked.bounds)},
        notes_on(states, window)};
    if (rules_first) {
        std::ranges::rotate(report.sections, std::prev(report.sections.end()));
    }
    return report;
}

Result<Fraction> bound_of(
    const Invocation& words,
    std::string_view option,
    const Fraction& low,
    std::uint32_t high
) {
    auto value = procure::parse_fraction(words.text(option));
    if (!value || *value < low || *value > high) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format(
                "{} is a number from {} to {}, not '{}'",
                option,
                procure::to_double(low),
                high,
                words.text(option)
            ),
            {}};
    }
    return *std::move(value);
}

Result<Asked> asked_of(const Invocation& words) {
    constexpr std::uint64_t longest = 100;
    Asked asked;
    ADIC_TRY(const std::uint64_t window, words.whole("--window", 1, longest));
    asked.window = static_cast<std::int32_t>(window);
    if (words.has("--year")) {
        ADIC_TRY(const std::uint64_t year, words.whole("--year", 1900, 2999));
        asked.last = static_cast<std::int32_t>(year);
    }
    ADIC_TRY(asked.bounds.floor, bound_of(words, "--floor", 0, 1));
    ADIC_TRY(asked.bounds.cap, bound_of(words, "--cap", 1, 1000));
    return asked;
}

Result<Outcome> write_table(const Invocation& words, const std::filesystem::path& sample) {
    const std::filesystem::path path = words.text("--template");
    if (auto problem = stands_in_the_way(path, words)) {
        return *std::move(problem);
    }
    std::ifstream file(sample, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file || !text) {
        return Error{ErrorCode::unavailable, "the sample cannot be read", sample.string()};
    }
    if (auto problem = write_file(path, text.str())) {
        return *std::move(problem);
    }
    return Outcome{fmt::format(
        "{} has two made-up programmes: write your own into it, then run 'adic return {}'.\n",
        path.string(),
        path.string()
    )};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    const std::filesystem::path sample = data / "procure" / "return" / "sample.csv";
    if (words.has("--template")) {
        return write_table(words, sample);
    }
    ADIC_TRY(Asked asked, asked_of(words));
    ingest::ImportReport report;
    ADIC_TRY(
        const Entries entries,
        procure::read_return_entries(
            words.has("FILE") ? std::filesystem::path(words.text("FILE")) : sample,
            report
        )
    );
    if (!report.may_commit()) {
        return refused_input("The contributions and work cannot be used.", report);
    }
    if (entries.empty()) {
        return Error{ErrorCode::invalid_argument, "the table has no entries", {}};
    }
    if (asked.last == 0) {
        asked.last = std::ranges::max_element(entries, {}, &ReturnEntry::year)->year;
    }
    return Outcome{report_of(procure::summed(entries), asked, words.has("--award-rules"))};
}

}  // namespace

Command return_command() {
    return {
        .name = "return",
        .summary = "hold the work that states get against what they contribute",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
