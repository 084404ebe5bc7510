#pragma once

#include "frame/command.hpp"
#include "frame/report_issues.hpp"
#include "render/table.hpp"
#include "shock/firm_sections.hpp"

#include <array>

namespace adic::cli {

inline constexpr std::array item_week_columns{
    Column{"item", "item", "identifier of the item", Show::word},
    Column{"week", "week", "from 1", Show::count},
    Column{
        "output",
        "output",
        "what can be had of it, as part of the usual; low: the harsh course, high: the mild one",
        Show::share,
        0,
        In::all,
        true},
    Column{
        "price",
        "price",
        "of scarcity, 1 as usual; with --price-rise",
        Show::number,
        2,
        In::data,
        true},
    Column{"held_by", "held by", "what holds it down: supply, input, equipment; empty: nothing"},
    Column{"missing", "missing", "the input or equipment that holds it", Show::word},
};

inline constexpr std::array item_columns{
    Column{"item", "item", "identifier of the item", Show::word, 0, In::data},
    Column{"name", "item", "its name"},
    Column{"first_reduced", "short from", "first week that is not whole, from 1", Show::count},
    Column{"first_stopped", "stops in", "first week with less than enough, from 1", Show::count},
    Column{
        "soonest_stop",
        "at soonest",
        "the same in the harsh course of the scenario",
        Show::count},
    Column{
        "weeks_lost",
        "weeks lost",
        "output that is missing over the run, in weeks of normal output",
        Show::number,
        1,
        In::all,
        true},
    Column{"least_output", "least", "output in the worst week", Show::share},
    Column{
        "because",
        "because",
        "what binds, from the item down to its suppliers",
        Show::sentence,
        0,
        In::data},
};

inline constexpr std::array day_columns{
    Column{"day", "day", "from 0", Show::count},
    Column{"output", "output", "of all industries, as a part of the usual", Show::share},
    Column{
        "unmet_demand",
        "unmet demand",
        "final demand that is not met, as a part of all",
        Show::share},
    Column{
        "capital_lost",
        "capital lost",
        "of all industries in the morning, in the table's currency",
        Show::significant,
        4},
    Column{
        "price",
        "price",
        "mean over industries by their usual output, 1 as usual; not known without --price-rise",
        Show::number,
        3},
};

inline constexpr std::array industry_columns{
    Column{"industry", "industry", "region and sector", Show::text},
    Column{
        "days_lost",
        "days lost",
        "output not made, in days of its usual output; below 0: it made more",
        Show::number,
        2},
    Column{"lowest", "lowest", "part of its usual output on its worst day", Show::share},
    Column{"lowest_day", "on day", "its worst day", Show::count},
    Column{
        "highest_price",
        "highest price",
        "1 as usual; not known without --price-rise",
        Show::number,
        3,
        In::data},
};

inline constexpr std::array firm_day_columns{
    Column{"day", "day", "from 0; before it nothing has happened", Show::count},
    Column{
        "production",
        "production",
        "of all firms, in the unit of the network, a day",
        Show::significant,
        6},
    Column{"consumption", "consumption", "final demand that is met, a day", Show::significant, 6},
    Column{"output", "output", "production as a part of the usual", Show::share},
    Column{
        "unmet_demand",
        "unmet demand",
        "final demand that is not met, as a part of all",
        Show::share},
};

inline constexpr std::array firm_loss_columns{
    Column{"firm", "firm", "as the network names it"},
    Column{"sector", "sector", "its sector's number", Show::word},
    Column{
        "days_lost",
        "days lost",
        "output not made, in days of its usual output; below 0: it made more",
        Show::number,
        2},
    Column{"lowest", "lowest", "part of its usual output on its worst day", Show::share},
    Column{"lowest_day", "on day", "its worst day", Show::count},
};

inline constexpr std::array sector_loss_columns{
    Column{"sector", "sector", "its number", Show::word},
    Column{"firms", "firms", "in it", Show::count},
    Column{
        "days_lost",
        "days lost",
        "output not made, in days of its usual output; below 0: it made more",
        Show::number,
        2},
    Column{"lowest", "lowest", "part of its usual output on its worst day", Show::share},
    Column{"lowest_day", "on day", "its worst day", Show::count},
};

inline constexpr std::array sector_day_columns{
    Column{"day", "day", "from 0", Show::count},
    Column{"sector", "sector", "its number", Show::word},
    Column{"output", "output", "as a part of the usual", Show::share},
};

inline constexpr Shape firm_day_shape{"days", firm_day_columns};
inline constexpr Shape firm_loss_shape{"firm_losses", firm_loss_columns};
inline constexpr Shape sector_loss_shape{"sectors", sector_loss_columns};
inline constexpr Shape sector_day_shape{"sector_days", sector_day_columns};
inline constexpr Shape item_week_shape{"weeks", item_week_columns};
inline constexpr Shape item_shape{"items", item_columns};
inline constexpr Shape day_shape{"days", day_columns};
inline constexpr Shape industry_shape{"industries", industry_columns};

/// What `adic shock run` can take: items of a map through a scenario, firms of a network, an
/// input-output table.
Result<Outcome> run_map(const Invocation& words, const Session& session);
Result<Outcome> run_firms(const Invocation& words, const Session& session);
Result<Outcome> run_firm_days(const Invocation& words, const Session& session);
Result<Outcome> run_economy(const Invocation& words, const Session& session);

/// A number of at least 0. Errors: invalid_argument.
Result<double> zero_or_more(const Invocation& words, std::string_view option);

/// A name, and the part that it loses.
struct NamedPart {
    std::string name;
    double part = 1.0;  ///< in [0, 1]
};

/// The value of an option, one number or several separated by commas.
/// Errors: invalid_argument if one is no number.
Result<std::vector<double>> numbers_of(const Invocation& words, std::string_view option);

/// All output and the final demand that is met, day by day, as parts of the usual.
app::Chart days_chart(const std::vector<double>& output, const std::vector<double>& unmet);

/// The parts of a list: at semicolons if it has one, else at commas.
std::vector<std::string_view> parts_of_list(std::string_view list);

/// "steel a, paint=0.4": names, each with a number from 0 to `most`, or 1.
/// Errors: invalid_argument, as the option that is named.
Result<std::vector<NamedPart>>
named_parts(std::string_view option, std::string_view list, double most);

/// --close: "steel a, paint=0.4".
/// Errors: invalid_argument if it was not given, or a part is not between 0 and 1.
Result<std::vector<NamedPart>> closed_parts(const Invocation& words);

}  // namespace adic::cli
