#include "adic/base/text.hpp"

#include "fragment.hpp"
#include "published_table.hpp"
#include "readers.hpp"
#include "rules.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

// Mineral Commodity Summaries, world data: for each mineral and stage the production, capacity and
// reserves of states, in two years of which the later is estimated.
namespace adic::ingest {
namespace {

using model::Confidence;

enum Column {
    commodity,
    country,
    type,
    unit,
    production,
    notes,
    capacity,
    reserves,
    reserve_notes
};

/// The publisher's slips of the pen, put right with a warning.
struct Misprint {
    std::string_view printed;
    std::string_view meant;
};

constexpr std::array misprints{
    Misprint{"Gemanium", "Germanium"},
    Misprint{"Mine poduction", "Mine production"},
    Misprint{"ilmentite", "ilmenite"},
    Misprint{"grosss", "gross"},
    Misprint{"Ferosilicon", "Ferrosilicon"},
};

struct UnitOf {
    std::string_view printed;
    std::string_view unit;
    double factor;
};

constexpr std::array units{
    UnitOf{"kilograms", "kg", 1.0},
    UnitOf{"metric tons", "t", 1.0},
    UnitOf{"thousand metric tons", "t", 1e3},
    UnitOf{"thousand metric dry tons", "t", 1e3},
    UnitOf{"million metric tons", "t", 1e6},
    UnitOf{"thousand carats", "carat", 1e3},
    UnitOf{"million carats", "carat", 1e6},
    UnitOf{"million cubic meters", "m3", 1e6},
};

const UnitOf* unit_of(std::string_view printed) {
    const auto* const found = std::find_if(units.begin(), units.end(), [&](const UnitOf& unit) {
        return unit.printed == printed;
    });
    return found == units.end() ? nullptr : found;
}

/// What an empty production cell means.
enum class Blank { nothing, withheld, not_available, below_half };

Blank blank_of(std::string_view note) {
    const std::string lower = lower_case(note);
    if (lower == "w" || lower.starts_with("w for")) {
        return Blank::withheld;
    }
    if (lower == "na" || lower.find("included with") != std::string::npos) {
        return Blank::not_available;
    }
    return lower.starts_with("less than 1/2") ? Blank::below_half : Blank::nothing;
}

/// A printed figure and half a unit of its last digit that counts.
struct Figure {
    double value;
    double half_unit;
};

struct Row {
    std::uint64_t row;
    std::string country;
    std::string unit;
    std::optional<Figure> production;
    std::optional<Figure> capacity;
    std::string notes;
    std::optional<double> reserves;
    std::string reserve_notes;
};

struct Group {
    std::string commodity;
    std::string type;
    std::vector<Row> rows;
};

struct Years {
    int edition;
    int year;
    bool estimated;
};

/// The year of the first heading that is the beginning and a year.
std::optional<int> year_in(const std::vector<std::string>& headings, std::string_view beginning) {
    for (const std::string& heading : headings) {
        const auto year = heading.starts_with(beginning)
                              ? parse_whole(std::string_view(heading).substr(beginning.size()))
                              : std::nullopt;
        if (year && *year > 1900 && *year < 2200) {
            return static_cast<int>(*year);
        }
    }
    return std::nullopt;
}

/// The year that is read: the one asked for, or the later, which is an estimate.
Result<Years> years_of(const std::filesystem::path& path, const PublisherOptions& options) {
    const std::vector<std::string> headings = headings_of(path);
    const auto reported = year_in(headings, "prod_");
    const auto estimated = year_in(headings, "prod_est_");
    if (!reported || !estimated) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("'{}' has no columns like PROD_2023 and PROD_EST_2024", path.string()),
            {}};
    }
    const int year = options.year.value_or(*estimated);
    if (year != *reported && year != *estimated) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("the years of the file are {} and {}", *reported, *estimated),
            {}};
    }
    return Years{*estimated + 1, year, year == *estimated};
}

class UsgsReader {
  public:
    UsgsReader(Fragment& fragment, const Years& years) : fragment_(fragment), years_(years) {}

    void read(PublishedTable& table) {
        file_ = table.file();
        std::map<std::pair<std::string, std::string>, std::size_t> positions;
        while (table.next()) {
            const std::pair key{corrected(table, commodity), corrected(table, type)};
            const auto [found, added] = positions.emplace(key, groups_.size());
            if (added) {
                groups_.push_back({key.first, key.second, {}});
            }
            groups_[found->second].rows.push_back(row_of(table));
        }
        for (Group& group : groups_) {
            take(group);
        }
    }

  private:
    struct Denominator {
        std::optional<Figure> total;
        bool without_united_states = false;
    };

    std::string corrected(PublishedTable& table, std::size_t column);
    static Row row_of(PublishedTable& table);

    void take(Group& group);
    void take_units(Group& group);
    const std::optional<Figure>& measured(const Row& row) const;
    double sum_of_states(const Group& group) const;
    const Row* total_of(const Group& group, double sum) const;
    Estimate share_of(const Figure& part, const Denominator& whole) const;
    void take_row(const Row& row, model::ItemIndex item, const Denominator& whole);
    void take_production(const Row& row, model::ItemIndex item, model::StateIndex state);
    PublishedSupply supply_of(const Row& row, model::StateIndex state, const Denominator& whole)
        const;
    void add_supply(PublishedSupply supply);
    void take_reserves(const Row& row, model::ItemIndex item);
    Denominator denominator_of(const Group& group);
    void warn(std::string_view rule, const Row& row, std::string message);
    const StateNames::State* state_of(const Row& row);
    model::ItemIndex item_of(const Group& group);
    Standing standing_of(const Row& row) const;

    Fragment& fragment_;
    Years years_;
    std::string file_;
    std::vector<Group> groups_;
    std::set<std::string_view> reported_;    ///< misprints
    std::vector<PublishedSupply> supplies_;  ///< of the group that is being taken
    bool by_capacity_ = false;               ///< only capacity is published of that group
    double largest_ = 0.0;                   ///< production of a state of that group
    bool nothing_known_ = false;             ///< of production, capacity and reserves of that group
};

std::string UsgsReader::corrected(PublishedTable& table, std::size_t column) {
    std::string text(table.cell(column));
    for (const Misprint& misprint : misprints) {
        const std::size_t at = text.find(misprint.printed);
        if (at == std::string::npos) {
            continue;
        }
        if (reported_.insert(misprint.printed).second) {
            table.complain(
                Severity::warning,
                rules::misprint.id,
                column,
                fmt::format("read as '{}' here and in every other row", misprint.meant)
            );
        }
        text.replace(at, misprint.printed.size(), misprint.meant);
    }
    return text;
}

/// Reserves are printed with separators of thousands here and there, and as ">1000" where only a
/// lower bound is known.
std::optional<double> reserves_of(PublishedTable& table) {
    std::string text(table.cell(reserves));
    const bool lower_bound = text.starts_with('>');
    std::erase(text, '>');
    std::erase(text, ',');
    if (text.empty()) {
        return std::nullopt;
    }
    const auto parsed = parse_decimal(text);
    const bool possible = parsed && *parsed >= 0.0 && *parsed <= 1e18;
    const auto value = possible ? parsed : std::nullopt;
    if (!value) {
        table.complain(
            Severity::error,
            rules::published_number.id,
            reserves,
            "not a number; write it as in 1250 or >1250"
        );
    } else if (lower_bound) {
        table.complain(
            Severity::warning,
            rules::only_lower_bound.id,
            reserves,
            "only a lower bound is published; the figure is left out"
        );
    }
    return lower_bound ? std::nullopt : value;
}

/// Reserves can have a unit of their own, said in a note.
double reserve_factor(std::string_view note, double factor) {
    const std::string lower = lower_case(note);
    if (lower.find("million metric tons") != std::string::npos) {
        return 1e6;
    }
    return lower.find("thousand metric tons") != std::string::npos ? 1e3 : factor;
}

/// The publisher prints figures rounded to at most three digits that count.
double half_unit_of(std::string_view printed) {
    constexpr std::size_t digits_that_count = 3;
    const std::size_t point = printed.find('.');
    if (point != std::string_view::npos) {
        return 0.5 * std::pow(10.0, -static_cast<double>(printed.size() - point - 1));
    }
    const std::size_t zeros =
        printed.size() > digits_that_count ? printed.size() - digits_that_count : 0;
    return 0.5 * std::pow(10.0, static_cast<double>(zeros));
}

std::optional<Figure> figure_of(PublishedTable& table, std::size_t column) {
    const auto value = table.amount(column);
    if (!value) {
        return std::nullopt;
    }
    return Figure{*value, std::min(*value, half_unit_of(table.cell(column)))};
}

Figure operator*(const Figure& figure, double factor) {
    return {figure.value * factor, figure.half_unit * factor};
}

Row UsgsReader::row_of(PublishedTable& table) {
    return {
        table.row(),
        std::string(table.cell(country)),
        std::string(table.cell(unit)),
        figure_of(table, production),
        figure_of(table, capacity),
        std::string(table.cell(notes)),
        reserves_of(table),
        std::string(table.cell(reserve_notes))};
}

void UsgsReader::warn(std::string_view rule, const Row& row, std::string message) {
    fragment_.report().add(
        {Severity::warning, rule, file_, row.row, "COUNTRY", row.country, std::move(message)}
    );
}

bool is_world(const Row& row) {
    return row.country.starts_with("World total");
}

bool is_rest(const Row& row) {
    return lower_case(row.country).starts_with("other countries");
}

/// "Brazil (beneficiated)" is Brazil; "Congo (Kinshasa)" is a spelling of its own, tried first.
const StateNames::State* UsgsReader::state_of(const Row& row) {
    const StateNames& names = fragment_.names();
    if (const auto* const state = names.find_by_name(row.country)) {
        return state;
    }
    const std::string_view country = row.country;
    if (const auto* const state = names.find_by_name(country.substr(0, country.find('(')))) {
        return state;
    }
    warn(
        rules::not_a_state.id,
        row,
        "not the name of one state; its part stays in the remainder that is not known"
    );
    return nullptr;
}

/// Brings all amounts of a group to one unit.
void UsgsReader::take_units(Group& group) {
    std::string_view last;
    for (Row& row : group.rows) {
        if (row.unit.empty() && !last.empty()) {
            warn(
                rules::misprint.id,
                row,
                fmt::format("no unit; read as '{}', as the rows above", last)
            );
            row.unit = last;
        }
        const UnitOf* const unit = unit_of(row.unit);
        if (unit == nullptr) {
            fragment_.report().add(
                {Severity::error,
                 rules::published_unit.id,
                 file_,
                 row.row,
                 "UNIT_MEAS",
                 row.unit,
                 "not a unit that is known; the row is left out"}
            );
            row.production.reset();
            row.capacity.reset();
            row.reserves.reset();
            continue;
        }
        last = unit->printed;
        row.unit = unit->unit;
        if (row.production) {
            row.production = *row.production * unit->factor;
        }
        if (row.capacity) {
            row.capacity = *row.capacity * unit->factor;
        }
        if (row.reserves) {
            *row.reserves *= reserve_factor(row.reserve_notes, unit->factor);
        }
        if (!row.production && blank_of(row.notes) == Blank::below_half) {
            row.production = Figure{unit->factor / 4, unit->factor / 4};
        }
    }
}

/// What a group's shares are parts of: production, or where only capacity is published, that.
const std::optional<Figure>& UsgsReader::measured(const Row& row) const {
    return by_capacity_ ? row.capacity : row.production;
}

double UsgsReader::sum_of_states(const Group& group) const {
    double sum = 0.0;
    for (const Row& row : group.rows) {
        sum += is_world(row) || !measured(row) ? 0.0 : measured(row)->value;
    }
    return sum;
}

/// The row of the world total; of several, the one nearest to the sum of the states.
const Row* UsgsReader::total_of(const Group& group, double sum) const {
    const Row* total = nullptr;
    for (const Row& row : group.rows) {
        if (!is_world(row) || !measured(row)) {
            continue;
        }
        const double distance = std::abs(measured(row)->value - sum);
        if (total == nullptr || distance < std::abs(measured(*total)->value - sum)) {
            total = &row;
        }
    }
    return total;
}

/// The printed world total, unless it contradicts the states' sum.
UsgsReader::Denominator UsgsReader::denominator_of(const Group& group) {
    constexpr double rounding = 1.1;  // totals are printed with two digits
    const double sum = sum_of_states(group);
    if (sum == 0.0) {
        return {};
    }
    const Row* const total = total_of(group, sum);
    if (total == nullptr || measured(*total)->value <= 0.0) {
        warn(
            rules::no_world_total.id,
            group.rows.front(),
            fmt::format(
                "'{}: {}' has no world total; shares are not known",
                group.commodity,
                group.type
            )
        );
        return {};
    }
    const bool without_united_states =
        lower_case(total->notes).find("excludes u.s.") != std::string::npos;
    if (sum <= rounding * measured(*total)->value) {
        return {measured(*total), without_united_states};
    }
    warn(
        rules::total_contradicted.id,
        *total,
        fmt::format(
            "the states add up to {:.6g} {}, more than the printed total of {:.6g}; shares are of "
            "their sum",
            sum,
            total->unit,
            measured(*total)->value
        )
    );
    return {Figure{sum, 0.0}, without_united_states};
}

Standing UsgsReader::standing_of(const Row& row) const {
    const bool estimated = years_.estimated || lower_case(row.notes).starts_with("estimated");
    const std::size_t bracket = row.country.find('(');
    const bool spelling = fragment_.names().find_by_name(row.country) != nullptr;
    Standing standing{
        whole_year(years_.year),
        estimated ? Confidence::c : Confidence::b,
        row.notes};
    if (bracket != std::string::npos && !spelling) {
        standing.note += (standing.note.empty() ? "" : "; ") + row.country.substr(bracket);
    }
    return standing;
}

model::ItemIndex UsgsReader::item_of(const Group& group) {
    const std::string code = group.commodity + ": " + group.type;
    const bool mined = lower_case(group.type).find("mine") != std::string::npos
                       || lower_case(group.type).find("ore") != std::string::npos;
    const auto row = std::find_if(group.rows.begin(), group.rows.end(), [](const Row& each) {
        return unit_of(each.unit) != nullptr || !each.unit.empty();
    });
    model::Item item = public_item(
        identifier_of("usgs-", code),
        fmt::format("{} ({})", group.commodity, lower_case(group.type)),
        mined ? model::ItemKind::mineral : model::ItemKind::material,
        row == group.rows.end() ? "t" : row->unit
    );
    item.provenance = fragment_.fact({whole_year(years_.year), Confidence::b});
    return fragment_.item(std::move(item), "USGS-MCS", code);
}

/// Between the bounds of rounding. A withheld United States figure lowers the shares of the others
/// in the world; they hardly make more than the largest of the others, which bounds by how much.
Estimate UsgsReader::share_of(const Figure& part, const Denominator& whole) const {
    const Figure& total = *whole.total;
    const double most =
        total.value + total.half_unit + (whole.without_united_states ? largest_ : 0.0);
    const double least = std::max(total.value - total.half_unit, total.value / 2);
    return *Estimate::create(
        std::min(1.0, (part.value - part.half_unit) / most),
        std::min(1.0, part.value / total.value),
        std::min(1.0, (part.value + part.half_unit) / least)
    );
}

/// Half a unit more or less; a figure of zero is known.
Estimate amount_of(const Figure& figure) {
    return *Estimate::create(
        figure.value - figure.half_unit,
        figure.value,
        figure.value + figure.half_unit
    );
}

void UsgsReader::take_production(const Row& row, model::ItemIndex item, model::StateIndex state) {
    if (row.production) {
        fragment_.trade(
            {item,
             state,
             model::Flow::production,
             std::nullopt,
             amount_of(*row.production),
             row.unit,
             fragment_.fact(standing_of(row))}
        );
    }
}

void add_note(Standing& standing, std::string_view note) {
    standing.note += standing.note.empty() ? "" : "; ";
    standing.note += note;
}

PublishedSupply
UsgsReader::supply_of(const Row& row, model::StateIndex state, const Denominator& whole) const {
    PublishedSupply supply{state, {}, {}, {}, {}, {}, standing_of(row)};
    if (measured(row) && whole.total) {
        supply.share = share_of(*measured(row), whole);
        if (by_capacity_) {
            add_note(
                supply.standing,
                "part of the world's capacity; production is not published by state"
            );
        }
        if (whole.without_united_states) {
            add_note(
                supply.standing,
                "part of a world total without the United States, whose figure is withheld"
            );
        }
    }
    if (row.capacity) {
        supply.capacity = amount_of(*row.capacity);
        supply.capacity_unit = row.unit;
    }
    return supply;
}

/// Adds the supply, or to the one that the state has: two lines of one state, such as helium out of
/// gas and out of the national reserve.
void UsgsReader::add_supply(PublishedSupply supply) {
    const auto same =
        std::find_if(supplies_.begin(), supplies_.end(), [&](const PublishedSupply& each) {
            return each.origin == supply.origin;
        });
    if (same == supplies_.end()) {
        supplies_.push_back(std::move(supply));
        return;
    }
    if (supply.share && same->share) {
        same->share = *Estimate::create(
            std::min(1.0, same->share->low() + supply.share->low()),
            std::min(1.0, same->share->likely() + supply.share->likely()),
            std::min(1.0, same->share->high() + supply.share->high())
        );
        same->standing.note += " + " + supply.standing.note;
    }
}

void UsgsReader::take_row(const Row& row, model::ItemIndex item, const Denominator& whole) {
    if (is_world(row) || is_rest(row)) {
        return;
    }
    const Blank blank = blank_of(row.notes);
    const bool unknown_supplier =
        !row.production
        && (blank == Blank::withheld || blank == Blank::not_available || nothing_known_);
    if (!row.production && !row.capacity && !unknown_supplier) {
        return;
    }
    const StateNames::State* const named = state_of(row);
    if (named == nullptr) {
        return;
    }
    const model::StateIndex state = fragment_.state(*named);
    take_production(row, item, state);
    const bool makes_none = row.production && row.production->value == 0.0 && !row.capacity;
    if (!makes_none) {
        add_supply(supply_of(row, state, whole));
    }
}

void UsgsReader::take_reserves(const Row& row, model::ItemIndex item) {
    if (!row.reserves || is_rest(row)) {
        return;
    }
    std::string_view of = "world";
    if (!is_world(row)) {
        const StateNames::State* const state = state_of(row);
        if (state == nullptr) {
            return;
        }
        of = state->id;
    }
    const std::string measure = fmt::format("reserves_{}", of);
    std::vector<model::Figure>& figures = fragment_.map().figures;
    const model::Subject subject = item;
    const auto same =
        std::find_if(figures.begin(), figures.end(), [&](const model::Figure& figure) {
            return figure.subject == subject && figure.measure == measure;
        });
    if (same != figures.end()) {  // two lines of one state
        same->value = Estimate::exactly(same->value.likely() + *row.reserves);
        return;
    }
    const Standing standing{whole_year(years_.year), Confidence::b, row.reserve_notes};
    figures.push_back(
        {item, measure, Estimate::exactly(*row.reserves), row.unit, fragment_.fact(standing)}
    );
}

void UsgsReader::take(Group& group) {
    take_units(group);
    largest_ = 0.0;
    nothing_known_ = true;
    by_capacity_ = std::none_of(group.rows.begin(), group.rows.end(), [](const Row& row) {
        return row.production.has_value();
    });
    for (const Row& row : group.rows) {
        nothing_known_ = nothing_known_ && !row.production && !row.capacity && !row.reserves;
        if (!is_world(row) && !is_rest(row)) {
            largest_ = std::max(largest_, row.production ? row.production->value : 0.0);
        }
    }
    const Denominator whole = denominator_of(group);
    const model::ItemIndex item = item_of(group);
    supplies_.clear();
    for (const Row& row : group.rows) {
        take_row(row, item, whole);
        take_reserves(row, item);
    }
    fragment_.supplies(
        item,
        {},
        std::move(supplies_),
        {file_, group.rows.front().row, group.commodity + ": " + group.type}
    );
}

}  // namespace

Result<model::SupplyMap> read_usgs_mcs(
    const std::filesystem::path& path,
    const StateNames& states,
    const PublisherOptions& options,
    ImportReport& report
) {
    constexpr std::array<std::string_view, 2> names{
        "MCS2025_World_Data.csv",
        "MCS2026_World_Data.csv"};
    const auto file = file_of(path, names);
    if (!file) {
        return missing_file(path, names);
    }
    ADIC_TRY(const Years years, years_of(*file, options));
    const std::string estimated = years.estimated ? "est_" : "";
    const std::string production_heading = fmt::format("prod_{}{}", estimated, years.year);
    const std::string capacity_heading = fmt::format("cap_{}{}", estimated, years.year);
    const std::vector<std::string> headings = headings_of(*file);
    const auto reserves_heading =
        std::find_if(headings.begin(), headings.end(), [](const std::string& heading) {
            return heading.starts_with("reserves_");
        });
    const std::array<ColumnSpec, 9> columns{{
        {"COMMODITY"},
        {"COUNTRY"},
        {"TYPE"},
        {"UNIT_MEAS"},
        {production_heading},
        {"PROD_NOTES", Presence::optional},
        {capacity_heading, Presence::optional},
        {reserves_heading == headings.end() ? "reserves" : std::string_view(*reserves_heading),
         Presence::optional},
        {"RESERVE_NOTES", Presence::optional},
    }};
    ADIC_TRY(PublishedTable table, PublishedTable::open(*file, columns, report));
    Fragment fragment(
        {fmt::format("usgs-mcs-{}-world-data", years.edition),
         fmt::format("Mineral Commodity Summaries {}, world data", years.edition),
         "U.S. Geological Survey, National Minerals Information Center",
         years.edition,
         "public domain (United States Government work)",
         "https://www.usgs.gov/centers/national-minerals-information-center",
         {}},
        states,
        report
    );
    UsgsReader(fragment, years).read(table);
    return std::move(fragment.map());
}

}  // namespace adic::ingest
