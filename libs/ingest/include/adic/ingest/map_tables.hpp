#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The tables of a map package, written down once. The readers, the writers, the template, the JSON
/// Schema and docs/reference/map-package.md are all made from these lists.
namespace adic::ingest {

enum class CellKind : std::uint8_t {
    identifier,  ///< names the row
    reference,   ///< names a row of another table
    text,
    word,  ///< one of a few
    code,  ///< of a scheme that another column names
    whole,
    number,
    estimate,  ///< three cells: x_low, x, x_high
    period,
    release
};

enum class Must : std::uint8_t { no, yes };

/// Which tables a reference may point into.
enum class Refers : std::uint8_t {
    nowhere,
    sources,
    states,
    organisations,
    items,
    states_or_blocs,
    subjects  ///< the table that `subject_kind` names
};

struct Range {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool without_low = false;  ///< `low` itself is outside
};

struct Column {
    std::string_view name;
    CellKind kind = CellKind::text;
    Must must = Must::no;
    std::string_view help;
    std::string_view example;     ///< of an estimate: its three cells, separated by '|'
    std::string_view words = {};  ///< of a word column, separated by '|'
    Refers refers = Refers::nowhere;
    Range range = {};
};

struct Table {
    std::string_view name;
    std::string_view help;
    std::string_view key;  ///< the columns in which no two rows may agree, separated by ", "
    Must must;             ///< whether every map has it
    bool is_fact;          ///< whether its columns end with those of a provenance
    std::span<const Column> columns;
};

namespace tables {

inline constexpr Range any_share{.low = 0.0, .high = 1.0};
inline constexpr Range not_negative{.low = 0.0};
inline constexpr std::string_view subject_kinds = "item|state|organisation|bloc";

inline constexpr std::array provenance{
    Column{
        .name = "source",
        .kind = CellKind::reference,
        .must = Must::yes,
        .help = "a row of `sources`; judgement is a source too",
        .example = "usgs-mcs-2025",
        .refers = Refers::sources},
    Column{
        .name = "period",
        .kind = CellKind::period,
        .must = Must::yes,
        .help = "the days that the fact speaks of: `2024`, `2024-06`, `2024-06-30`, or two as "
                "`2016/2020`",
        .example = "2024"},
    Column{
        .name = "confidence",
        .kind = CellKind::word,
        .must = Must::yes,
        .help =
            "`A` primary record, checked; `B` official figure; `C` published estimate, or derived "
            "from an official figure; `D` judgement; `E` unverified",
        .example = "B",
        .words = "A|B|C|D|E"},
    Column{
        .name = "owner",
        .kind = CellKind::reference,
        .help = "the state whose record it is; empty: a public record that no state owns",
        .example = "IDN",
        .refers = Refers::states},
    Column{
        .name = "release",
        .kind = CellKind::release,
        .help = "who may see it: `public`, or states and blocs separated by `;`; empty: its owner "
                "alone. A record without owner must be `public`",
        .example = "public"},
    Column{.name = "note", .help = "free text", .example = "read from page 17"},
};

template <std::size_t n>
constexpr auto with_provenance(const std::array<Column, n>& own) {
    std::array<Column, n + provenance.size()> all{};
    for (std::size_t i = 0; i < n; ++i) {
        all[i] = own[i];
    }
    for (std::size_t i = 0; i < provenance.size(); ++i) {
        all[n + i] = provenance[i];
    }
    return all;
}

inline constexpr std::array sources{
    Column{
        .name = "id",
        .kind = CellKind::identifier,
        .must = Must::yes,
        .help = "how facts name the source",
        .example = "usgs-mcs-2025"},
    Column{
        .name = "title",
        .must = Must::yes,
        .help = "of the work",
        .example = "Mineral Commodity Summaries 2025"},
    Column{
        .name = "publisher",
        .must = Must::yes,
        .help = "who published it",
        .example = "United States Geological Survey"},
    Column{
        .name = "year",
        .kind = CellKind::whole,
        .must = Must::yes,
        .help = "of publication",
        .example = "2025",
        .range = {.low = 1000, .high = 2999}},
    Column{
        .name = "licence",
        .must = Must::yes,
        .help = "under which the figures may be used",
        .example = "public domain"},
    Column{
        .name = "url",
        .help = "where it can be read",
        .example = "https://doi.org/10.3133/mcs2025"},
    Column{.name = "note", .help = "free text", .example = "World production tables"},
};

inline constexpr std::array states{
    Column{
        .name = "id",
        .kind = CellKind::identifier,
        .must = Must::yes,
        .help = "code of ISO 3166-1 alpha-3, where there is one",
        .example = "IDN"},
    Column{.name = "name", .must = Must::yes, .help = "in English", .example = "Indonesia"},
};

inline constexpr std::array blocs{
    Column{
        .name = "bloc",
        .kind = CellKind::identifier,
        .must = Must::yes,
        .help = "its identifier, the same in the row of each member; never that of a state",
        .example = "ASEAN"},
    Column{
        .name = "name",
        .must = Must::yes,
        .help = "the same in the row of each member",
        .example = "Association of Southeast Asian Nations"},
    Column{
        .name = "state",
        .kind = CellKind::reference,
        .must = Must::yes,
        .help = "a member",
        .example = "IDN",
        .refers = Refers::states},
};

inline constexpr std::array organisations = with_provenance(std::array{
    Column{
        .name = "id",
        .kind = CellKind::identifier,
        .must = Must::yes,
        .help = "how other tables name it",
        .example = "example-yard"},
    Column{
        .name = "name",
        .must = Must::yes,
        .help = "as registered",
        .example = "Example Shipyard"},
    Column{
        .name = "state",
        .kind = CellKind::reference,
        .help = "of registration",
        .example = "IDN",
        .refers = Refers::states},
});

inline constexpr std::array items = with_provenance(std::array{
    Column{
        .name = "id",
        .kind = CellKind::identifier,
        .must = Must::yes,
        .help = "how other tables name it",
        .example = "ball-bearing"},
    Column{.name = "name", .must = Must::yes, .help = "in English", .example = "Ball bearing"},
    Column{
        .name = "kind",
        .kind = CellKind::word,
        .must = Must::yes,
        .help = "what it is",
        .example = "component",
        .words = "system|component|material|mineral|tool|software|service"},
    Column{
        .name = "unit",
        .must = Must::yes,
        .help = "in which one of it is counted: `piece`, `kg`, `t`, `m2`, `l`, `hour`",
        .example = "piece"},
    Column{
        .name = "sensitivity",
        .kind = CellKind::whole,
        .must = Must::yes,
        .help =
            "0 public; 1 unclassified, internal; 2 industry in confidence; 3 restricted; 4 most "
            "sensitive",
        .example = "0",
        .range = {.low = 0, .high = 4}},
    Column{
        .name = "enough",
        .kind = CellKind::number,
        .help = "share of its supply below which it is short; empty: the level of the analysis",
        .example = "0.8",
        .range = {.low = 0.0, .high = 1.0, .without_low = true}},
    Column{.name = "description", .help = "free text", .example = "Deep groove, up to 120 mm"},
});

inline constexpr std::array codes = with_provenance(std::array{
    Column{
        .name = "item",
        .kind = CellKind::reference,
        .must = Must::yes,
        .help = "that has the code",
        .example = "ball-bearing",
        .refers = Refers::items},
    Column{
        .name = "scheme",
        .must = Must::yes,
        .help = "`HS`, `FSC`, `NSN`, `UNSPSC`, `CPV`, or the name of a control list",
        .example = "HS"},
    Column{
        .name = "code",
        .kind = CellKind::code,
        .must = Must::yes,
        .help =
            "digits only: `HS` 2, 4 or 6, `FSC` 4, `NSN` 13, `UNSPSC` 8, `CPV` 8; codes of other "
            "schemes are kept as written",
        .example = "848210"},
});

inline constexpr std::array needs = with_provenance(std::array{
    Column{
        .name = "item",
        .kind = CellKind::reference,
        .must = Must::yes,
        .help = "that needs",
        .example = "ball-bearing",
        .refers = Refers::items},
    Column{
        .name = "group",
        .must = Must::yes,
        .help = "name of the group within the item",
        .example = "rings"},
    Column{
        .name = "take",
        .kind = CellKind::whole,
        .help = "how many of the group's inputs are needed; empty: 1 (any one of them)",
        .example = "1",
        .range = {.low = 1, .high = 1'000'000}},
    Column{
        .name = "input",
        .kind = CellKind::reference,
        .must = Must::yes,
        .help = "the item that is needed",
        .example = "bearing-steel",
        .refers = Refers::items},
    Column{
        .name = "role",
        .kind = CellKind::word,
        .must = Must::yes,
        .help = "`consumed`, or `equipment` that makes the item and stays",
        .example = "consumed",
        .words = "consumed|equipment"},
    Column{
        .name = "essential",
        .kind = CellKind::word,
        .must = Must::yes,
        .help = "`yes`: the item stops without it; `no`: it gets worse or dearer",
        .example = "yes",
        .words = "yes|no"},
    Column{
        .name = "quantity",
        .kind = CellKind::estimate,
        .help = "units of the input for one unit of the item",
        .example = "0.1|0.15|0.3",
        .range = {.low = 0.0, .without_low = true}},
    Column{
        .name = "value_share",
        .kind = CellKind::estimate,
        .help = "part of the item's value that the input is",
        .example = "|0.25|",
        .range = any_share},
});

inline constexpr std::array supplies = with_provenance(std::array{
    Column{
        .name = "item",
        .kind = CellKind::reference,
        .must = Must::yes,
        .help = "that is supplied",
        .example = "ball-bearing",
        .refers = Refers::items},
    Column{
        .name = "origin",
        .kind = CellKind::reference,
        .help = "state it comes from; empty: unspecified",
        .example = "IDN",
        .refers = Refers::states},
    Column{
        .name = "organisation",
        .kind = CellKind::reference,
        .help = "who makes it there; empty: unspecified",
        .example = "example-yard",
        .refers = Refers::organisations},
    Column{
        .name = "market",
        .kind = CellKind::reference,
        .help = "whose purchases the share speaks of: a state or a bloc; empty: all the world",
        .example = "ASEAN",
        .refers = Refers::states_or_blocs},
    Column{
        .name = "share",
        .kind = CellKind::estimate,
        .help = "part of what the market takes",
        .example = "0.2|0.35|0.4",
        .range = any_share},
    Column{
        .name = "capacity",
        .kind = CellKind::estimate,
        .help = "what can be supplied in a year",
        .example = "|120000|",
        .range = not_negative},
    Column{
        .name = "capacity_unit",
        .help = "the item's unit, or as the source has it; with `capacity` only",
        .example = "piece"},
    Column{
        .name = "trade_restriction",
        .kind = CellKind::number,
        .help = "the trade variable t of the EU method: 0.8, 1, or above 1; empty: no restriction "
                "known",
        .example = "1.1",
        .range = {.low = 0.8}},
});

inline constexpr std::array stocks = with_provenance(std::array{
    Column{
        .name = "item",
        .kind = CellKind::reference,
        .must = Must::yes,
        .help = "that lies in store",
        .example = "ball-bearing",
        .refers = Refers::items},
    Column{
        .name = "holder",
        .kind = CellKind::reference,
        .must = Must::yes,
        .help = "a state or bloc",
        .example = "IDN",
        .refers = Refers::states_or_blocs},
    Column{
        .name = "organisation",
        .kind = CellKind::reference,
        .help = "who keeps it",
        .example = "example-yard",
        .refers = Refers::organisations},
    Column{
        .name = "quantity",
        .kind = CellKind::estimate,
        .must = Must::yes,
        .help = "how much",
        .example = "|90|",
        .range = not_negative},
    Column{
        .name = "unit",
        .must = Must::yes,
        .help = "the item's unit, or `days` of normal use",
        .example = "days"},
});

inline constexpr Column subject_kind{
    .name = "subject_kind",
    .kind = CellKind::word,
    .must = Must::yes,
    .help = "in which table the subject stands",
    .example = "state",
    .words = subject_kinds};

inline constexpr Column subject{
    .name = "subject",
    .kind = CellKind::reference,
    .must = Must::yes,
    .help = "its identifier there",
    .example = "IDN",
    .refers = Refers::subjects};

inline constexpr std::array recoveries = with_provenance(std::array{
    subject_kind,
    subject,
    Column{
        .name = "days",
        .kind = CellKind::estimate,
        .must = Must::yes,
        .help = "how long until it is back after it failed",
        .example = "30|90|365",
        .range = not_negative},
});

inline constexpr std::array hazards = with_provenance(std::array{
    subject_kind,
    subject,
    Column{
        .name = "probability",
        .kind = CellKind::estimate,
        .must = Must::yes,
        .help = "how likely it is, per year, that it stops supplying",
        .example = "0.01|0.02|0.05",
        .range = any_share},
});

inline constexpr std::array trade = with_provenance(std::array{
    Column{
        .name = "item",
        .kind = CellKind::reference,
        .must = Must::yes,
        .help = "that is made or moved",
        .example = "ball-bearing",
        .refers = Refers::items},
    Column{
        .name = "state",
        .kind = CellKind::reference,
        .must = Must::yes,
        .help = "that makes, buys, sells or releases it",
        .example = "IDN",
        .refers = Refers::states},
    Column{
        .name = "flow",
        .kind = CellKind::word,
        .must = Must::yes,
        .help = "what is counted; only `stock_release` may be below 0",
        .example = "imports",
        .words = "production|imports|exports|stock_release"},
    Column{
        .name = "partner",
        .kind = CellKind::reference,
        .help = "the other state; empty: all the world",
        .example = "IDN",
        .refers = Refers::states},
    Column{
        .name = "amount",
        .kind = CellKind::estimate,
        .must = Must::yes,
        .help = "in the period",
        .example = "|2500000|"},
    Column{
        .name = "unit",
        .must = Must::yes,
        .help = "the item's unit, or a currency code such as `USD`",
        .example = "USD"},
});

inline constexpr std::array figures = with_provenance(std::array{
    subject_kind,
    subject,
    Column{
        .name = "measure",
        .must = Must::yes,
        .help = "what is measured; [figures](figures.md) lists the measures that indicators take, "
                "others are kept",
        .example = "wgi_political_stability"},
    Column{
        .name = "value",
        .kind = CellKind::estimate,
        .must = Must::yes,
        .help = "of the measure",
        .example = "|-0.4|"},
    Column{.name = "unit", .help = "of the value; empty: none", .example = "index"},
});

}  // namespace tables

/// All tables, each after those that it refers to.
std::span<const Table> map_tables();

/// The table of this name; null if there is none.
const Table* find_table(std::string_view name);

/// Position of the column in the table; a name that it does not have does not compile.
consteval std::size_t at(std::span<const Column> columns, std::string_view name) {
    std::size_t i = 0;
    while (columns[i].name != name) {
        ++i;
    }
    return i;
}

/// The names of the columns as they stand in a file: an estimate has three.
std::vector<std::string> cell_names(const Table& table);

/// Two parts of docs/reference/map-package.md, as they must read: the columns that every fact ends
/// with, and the tables.
std::string map_provenance_page();
std::string map_tables_page();

/// docs/reference/map-package.schema.json, as it must read.
std::string map_package_schema();

}  // namespace adic::ingest
