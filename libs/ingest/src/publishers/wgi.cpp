#include "adic/base/text.hpp"

#include "fragment.hpp"
#include "published_table.hpp"
#include "readers.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

// Worldwide Governance Indicators of the World Bank: how well a state is governed, in standard
// deviations from the mean of all states, mostly between -2.5 and 2.5.
namespace adic::ingest {
namespace {

enum Column { country, iso3, year, estimate, std_err, indicator };

struct Dimension {
    std::string_view code;
    std::string_view measure;
};

constexpr std::array dimensions{
    Dimension{"va", "wgi_voice_accountability"},
    Dimension{"pv", "wgi_political_stability"},
    Dimension{"ge", "wgi_government_effectiveness"},
    Dimension{"rq", "wgi_regulatory_quality"},
    Dimension{"rl", "wgi_rule_of_law"},
    Dimension{"cc", "wgi_control_of_corruption"},
};

/// A file without the column is one of political stability, as the table of that name is cut.
std::optional<std::string_view> measure_of(PublishedTable& table) {
    const std::string code = table.has(indicator) ? lower_case(table.cell(indicator)) : "pv";
    const auto* const found =
        std::find_if(dimensions.begin(), dimensions.end(), [&](const Dimension& dimension) {
            return dimension.code == code;
        });
    if (found == dimensions.end()) {
        table.complain(
            Severity::error,
            rules::published_word.id,
            indicator,
            "write va, pv, ge, rq, rl or cc"
        );
        return std::nullopt;
    }
    return found->measure;
}

struct Value {
    const StateNames::State* state;
    std::uint64_t row;
    std::uint64_t year;
    double estimate;
    double standard_error;
    std::uint64_t contradictions = 0;
};

using Values = std::map<std::pair<std::string_view, std::string_view>, Value>;

/// Keeps the latest year of each state and measure, or the one asked for.
void take(Values& values, std::string_view measure, const Value& value) {
    const auto [found, added] =
        values.emplace(std::pair{measure, std::string_view(value.state->id)}, value);
    Value& kept = found->second;
    if (added || value.year < kept.year) {
        return;
    }
    if (value.year > kept.year) {
        kept = value;
        return;
    }
    const bool same =
        kept.estimate == value.estimate && kept.standard_error == value.standard_error;
    kept.contradictions += same ? 0U : 1U;
}

void read_row(
    PublishedTable& table,
    const StateNames& names,
    const PublisherOptions& options,
    Values& values
) {
    constexpr double widest = 5.0;  // the scale is in standard deviations
    const auto measure = measure_of(table);
    const auto of_year = parse_whole(table.cell(year));
    const auto value = table.number(estimate);
    const auto error = table.amount(std_err);
    if (!of_year || *of_year < 1900 || *of_year > 2200) {
        table.complain(
            Severity::error,
            rules::published_number.id,
            year,
            "not a year; write it as in 2022"
        );
        return;
    }
    if (value && (*value < -widest || *value > widest)) {
        table.complain(
            Severity::error,
            rules::published_number.id,
            estimate,
            "off the scale of about -2.5 to 2.5"
        );
        return;
    }
    const bool wanted = !options.year || static_cast<std::uint64_t>(*options.year) == *of_year;
    if (!measure || !value || !wanted) {
        return;
    }
    const auto* state = names.find_by_code(table.cell(iso3));
    state = state != nullptr ? state : names.find_by_name(table.cell(country));
    if (state == nullptr) {
        table.complain(
            Severity::warning,
            rules::not_a_state.id,
            country,
            "not one state; the row is left out"
        );
        return;
    }
    take(values, *measure, {state, table.row(), *of_year, *value, error.value_or(0.0)});
}

void add_figure(Fragment& fragment, std::string_view measure, const Value& value) {
    constexpr double z_90 = 1.645;  // the publisher prints intervals of 90 % (Kaufmann, Kraay 2010)
    const double margin = z_90 * std::max(0.0, value.standard_error);
    fragment.map().figures.push_back(
        {fragment.state(*value.state),
         std::string(measure),
         *Estimate::create(value.estimate - margin, value.estimate, value.estimate + margin),
         "standard deviations",
         fragment.fact({whole_year(static_cast<int>(value.year)), model::Confidence::b})}
    );
}

void warn_of_contradiction(const std::string& file, const Value& value, ImportReport& report) {
    report.add(
        {Severity::warning,
         rules::published_twice.id,
         file,
         value.row,
         {},
         value.state->name,
         fmt::format(
             "{} more rows of {} give other figures; the state is left out",
             value.contradictions,
             value.year
         )}
    );
}

/// The edition is the year after the latest figures.
model::Source source_of(const Values& values, bool all_dimensions) {
    std::uint64_t latest = 0;
    for (const auto& [key, value] : values) {
        latest = std::max(latest, value.year);
    }
    const int edition = static_cast<int>(latest) + 1;
    return {
        fmt::format("wgi-{}{}", all_dimensions ? "all-" : "", edition),
        all_dimensions ? "Worldwide Governance Indicators"
                       : "Worldwide Governance Indicators: Political Stability and Absence of "
                         "Violence/Terrorism",
        "World Bank",
        edition,
        "CC BY 4.0",
        "https://www.worldbank.org/en/publication/worldwide-governance-indicators",
        {}};
}

}  // namespace

Result<model::SupplyMap> read_wgi(
    const std::filesystem::path& path,
    const StateNames& states,
    const PublisherOptions& options,
    ImportReport& report
) {
    constexpr std::array<ColumnSpec, 6> columns{{
        {"country", Presence::required, "countryname"},
        {"iso3", Presence::required, "code"},
        {"year"},
        {"estimate"},
        {"std_err", Presence::optional, "stddev"},
        {"indicator", Presence::optional},
    }};
    constexpr std::array<std::string_view, 2> names{
        "wgi_political_stability_1996_2022.csv",
        "wgidataset.csv"};
    const auto file = file_of(path, names);
    if (!file) {
        return missing_file(path, names);
    }
    ADIC_TRY(PublishedTable table, PublishedTable::open(*file, columns, report));
    const bool all_dimensions = table.has(indicator);
    Values values;
    while (table.next()) {
        read_row(table, states, options, values);
    }
    Fragment fragment(source_of(values, all_dimensions), states, report);
    for (const auto& [key, value] : values) {
        if (value.contradictions == 0) {
            add_figure(fragment, key.first, value);
        } else {
            warn_of_contradiction(table.file(), value, report);
        }
    }
    return std::move(fragment.map());
}

}  // namespace adic::ingest
