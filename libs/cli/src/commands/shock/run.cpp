#include "adic/app/run_scenario.hpp"
#include "adic/ingest/firm_network_reader.hpp"
#include "adic/ingest/input_output_reader.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "list_commands.hpp"
#include "shock/run_parts.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array shapes{
    item_week_shape,
    item_shape,
    risk_shape,
    firm_shape,
    firm_day_shape,
    firm_loss_shape,
    sector_loss_shape,
    sector_day_shape,
    day_shape,
    industry_shape,
    issue_shape,
};

constexpr std::array<std::string_view, 4> description{
    "One shock, followed through what it hits. WHAT says what that is:",
    "An episode that comes with the program ('adic shock' lists them), or a scenario of your own "
    "(docs/reference/scenarios.md): the items of the map, week by week. Stocks last for a while, "
    "what is late arrives, makers give what they can: which item is short from when on, when it "
    "stops, how much is lost, and what binds. The range goes from the mild course, with what "
    "nobody knows on our side, to the harsh one, with it against us.",
    "A network of firms (a folder, or the beginning of its files): firms that fail pull down "
    "customers and suppliers; 'adic shock sweep' has more on it. With --dynamics day by day: "
    "stocks "
    "in which the suppliers of a sector stand in for each other, orders, rationing, recovery.",
    "An input-output table (of WIOD, OECD ICIO or EXIOBASE, or Z.csv and Y.csv: "
    "docs/reference/input-output-tables.md): industries that lose capital, day by day, until it is "
    "repaired or rebuilt, or final demand that changes (the adaptive regional input-output model). "
    "If the parameters make the model collapse by itself the answer says so."};

constexpr std::array arguments{
    Argument{
        .name = "WHAT",
        .help = "an episode, a scenario file, a network of firms, or an input-output table",
        .completes = Completes::file},
    Argument{
        .name = "ITEM",
        .help = "of a map: the items to look at; without any, what the map is about",
        .is_required = false,
        .is_repeated = true}};

constexpr std::array<std::string_view, 2> splits{"capacity", "usual"};

constexpr std::array options{
    Option{
        .name = "--close",
        .value = "NAMES",
        .help =
            "of a network or table: what fails, separated by commas (by semicolons where a name "
            "holds a comma): a firm; an industry ('R1 S2'), a region (R1) or a sector (S2); "
            "NAME=0.4 loses only the part 0.4"},
    Option{
        .name = "--weeks",
        .value = "N",
        .help = "length of the run; without it as long as the scenario, a table for 365 days"},
    Option{
        .name = "--stock-days",
        .value = "DAYS",
        .help = "days of normal use that everybody keeps of each input; without it 30 on a map, 60 "
                "in a table, 9 in a network; the last two also take one number for each sector of "
                "the input, separated by commas"},
    one_inside_option,
    enough_option,
    equipment_option,
    map_option,
    as_option,
    Option{
        .name = "--dynamics",
        .value = "",
        .help = "of a network: day by day, with stocks and orders, in place of where it all ends"},
    Option{
        .name = "--final-demand",
        .value = "FILE",
        .help = "of a network day by day: what each firm sells to final demand a day, by columns "
                "firm and final_demand; without it the table final_demand beside the network",
        .completes = Completes::file},
    Option{
        .name = "--losses",
        .value = "FILE",
        .help = "of a network day by day: what fails, by columns firm and delta, the part of its "
                "capacity; --close adds to it",
        .completes = Completes::file},
    Option{
        .name = "--tolerance",
        .value = "PART",
        .help = "of a network: the cascade is at rest after the step in which no firm falls by "
                "more",
        .standard = "1e-6"},
    Option{
        .name = "--day",
        .value = "DAY",
        .help = "of a table: the day of the loss",
        .standard = "5"},
    Option{
        .name = "--repair-after",
        .value = "DAYS",
        .help = "of a table: days from the loss until repair begins",
        .standard = "30"},
    Option{
        .name = "--repair-days",
        .value = "DAYS",
        .help =
            "days that repair takes, 0 repairs at once; without it 60 in a table, and in a network "
            "nothing is repaired"},
    Option{
        .name = "--rebuild",
        .value = "PARTS",
        .help = "of a table: what is lost is made again by these sectors, whose parts add up to 1, "
                "as in S2=0.3,S4=0.7; without it capital comes back evenly, made by nobody"},
    Option{
        .name = "--demand",
        .value = "FACTORS",
        .help = "of a table: final demand as a multiple of the usual, for industries, regions or "
                "sectors, as in R1=0.9,S2=1.2"},
    Option{
        .name = "--demand-days",
        .value = "FROM-UNTIL",
        .help = "of a table: the first day of --demand and the day after its last, as in 5-40; "
                "without it from the first day to the end"},
    Option{
        .name = "--stock-needed",
        .value = "PART",
        .help = "of a table: part of the wanted stock below which production is held back, or one "
                "number for each sector",
        .standard = "0.8"},
    Option{
        .name = "--restock-days",
        .value = "DAYS",
        .help =
            "days over which a gap in the stock is ordered; without it 30 in a table, which also "
            "takes one number for each sector, and 6 in a network"},
    Option{
        .name = "--overtime",
        .value = "TIMES",
        .help = "of a table: how many times its usual output an industry can make in the end, or "
                "one number for each sector",
        .standard = "1.25"},
    Option{
        .name = "--overtime-days",
        .value = "DAYS",
        .help = "of a table: days in which that builds up, or one number for each sector",
        .standard = "365"},
    Option{
        .name = "--price-rise",
        .value = "RISE",
        .help =
            "of a map or table: rise of the price for each part of what is wanted that cannot be "
            "had; 0: no prices. The output of a map is the same with and without",
        .standard = "0"},
    Option{
        .name = "--demand-response",
        .value = "FALL",
        .help = "of a table: fall of final demand for each part by which the price rises",
        .standard = "0"},
    Option{
        .name = "--capital-years",
        .value = "YEARS",
        .help = "of a table: capital of an industry, in years of its value added; sizes what is "
                "rebuilt",
        .standard = "4"},
    Option{
        .name = "--split",
        .value = "HOW",
        .help = "of a table: how orders are split over regions, by the capacity that sellers have "
                "left, or as usual",
        .standard = "capacity",
        .choices = splits},
    Option{
        .name = "--top",
        .value = "N",
        .help = "of a network or table: how many rows to show; 0 shows all",
        .standard = "20"},
    format_option,
};

constexpr std::array examples{
    Example{
        "adic shock run graphite-2023",
        "What China's graphite licences do to the items of the sample, and when."},
    Example{
        "adic shock run malacca-closure coastal-patrol-boat --inside IDN --weeks 78",
        "A closed strait as Indonesia feels it, for a year and a half, with the range."},
    Example{
        "adic shock run rare-earths-2010 --format csv > weeks.csv",
        "Every item in every week, for a chart of your own."},
    Example{
        "adic shock run my-network --close yard,steel=0.4",
        "The yard stops and the steelworks loses two fifths: who is left with what."},
    Example{
        "adic shock run my-network --dynamics --close yard=0.8 --repair-days 40",
        "The same network day by day while the yard gets its capacity back."},
    Example{
        "adic shock run my-network-table --close 'R1 S2=0.9,S4=0.1'",
        "An industry loses most of its capital and a sector everywhere a tenth of it."},
    Example{
        "adic shock run wiot_2011.csv --close 'JPN c14=0.3' --rebuild c18=0.6,c14=0.4",
        "Japan's electronics in a table of WIOD, rebuilt by construction and the industry itself."},
};

/// What WHAT can be, and the options that only these take. --format and the rest are for all.
struct Subject {
    std::string_view name;
    Result<Outcome> (*run)(const Invocation& words, const Session& session);
    std::span<const std::string_view> takes;
};

constexpr std::array<std::string_view, 8> of_map{
    "--weeks",
    "--stock-days",
    "--inside",
    "--enough",
    "--no-equipment",
    "--map",
    "--as",
    "--price-rise"};
constexpr std::array<std::string_view, 3> of_network{"--close", "--tolerance", "--top"};
constexpr std::array<std::string_view, 9> of_network_by_day{
    "--close",
    "--dynamics",
    "--final-demand",
    "--losses",
    "--weeks",
    "--stock-days",
    "--restock-days",
    "--repair-days",
    "--top"};
constexpr std::array<std::string_view, 18> of_table{
    "--close",
    "--weeks",
    "--stock-days",
    "--day",
    "--repair-after",
    "--repair-days",
    "--rebuild",
    "--demand",
    "--demand-days",
    "--stock-needed",
    "--restock-days",
    "--overtime",
    "--overtime-days",
    "--price-rise",
    "--demand-response",
    "--capital-years",
    "--split",
    "--top"};

Subject subject_of(const Invocation& words) {
    const std::string& what = words.text("WHAT");
    if (ingest::find_firm_network_files(what)) {
        return words.has("--dynamics")
                   ? Subject{"a network of firms day by day", run_firm_days, of_network_by_day}
                   : Subject{"a network of firms", run_firms, of_network};
    }
    if (ingest::has_input_output_table(what)) {
        return {"an input-output table", run_economy, of_table};
    }
    return {"an episode or scenario of a map", run_map, of_map};
}

/// An option that would be passed over is an error: its writer expects it to matter.
std::optional<Error> misplaced_option(const Invocation& words, const Subject& subject) {
    for (const Option& option : options) {
        const bool is_taken =
            option.name == "--format"
            || std::ranges::find(subject.takes, option.name) != subject.takes.end();
        if (words.was_typed(option.name) && !is_taken) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format(
                    "{} has no meaning here: '{}' is taken as {}",
                    option.name,
                    words.text("WHAT"),
                    subject.name
                ),
                {}};
        }
    }
    return std::nullopt;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    const Subject subject = subject_of(words);
    if (auto problem = misplaced_option(words, subject)) {
        // What is not there is the larger mistake: a network whose name is misspelt is no scenario.
        if (subject.run == run_map) {
            ADIC_TRY(const std::filesystem::path data, data_folder(session));
            ADIC_TRY(const auto scenario, app::find_scenario(data, words.text("WHAT")));
            static_cast<void>(scenario);
        }
        return *std::move(problem);
    }
    return subject.run(words, session);
}

}  // namespace

Command shock_run_command() {
    return {
        .name = "shock run",
        .summary = "follow one shock through a map, a network of firms or an economy",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
