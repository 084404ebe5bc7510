#include "adic/base/text.hpp"

#include "fragment.hpp"
#include "published_table.hpp"
#include "readers.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <fmt/format.h>

// The EU's study on critical raw materials: shares of states in the world's extraction and
// processing and in what the EU takes, and the criticality scores of each edition.
namespace adic::ingest {
namespace {

using model::Confidence;

enum Column { material, stage, country, iso3, share, qualifier, restriction };

constexpr int first_year = 2016;
constexpr int last_year = 2020;

struct Group {
    model::ItemIndex item;
    GroupPlace place;
    std::vector<PublishedSupply> supplies;
};

/// Shares are printed to a tenth of a percent, some groups only to a percent: half of that is added
/// and taken off.
void widen_by_rounding(Group& group) {
    constexpr double percent = 0.01;
    constexpr double tolerance = 1e-9;
    const bool whole_percents = std::all_of(
        group.supplies.begin(),
        group.supplies.end(),
        [&](const PublishedSupply& supply) {
            const double percents = supply.share->likely() / percent;
            return !supply.share->is_exact()
                   || std::abs(percents - std::round(percents)) < tolerance;
        }
    );
    const double half_unit = whole_percents ? percent / 2 : percent / 20;
    for (PublishedSupply& supply : group.supplies) {
        const Estimate printed = *supply.share;
        if (printed.is_exact()) {  // the others were printed as bounds
            supply.share = *Estimate::create(
                std::max(0.0, printed.likely() - half_unit),
                printed.likely(),
                std::min(1.0, printed.likely() + half_unit)
            );
        }
    }
}

model::ItemIndex stage_item(Fragment& fragment, PublishedTable& table) {
    const bool extraction = table.cell(stage) == "E";
    const std::string name(table.cell(material));
    model::Item item = public_item(
        identifier_of("eu-crm-", name + (extraction ? " extraction" : " processing")),
        fmt::format("{} ({})", name, extraction ? "extraction" : "processing"),
        extraction ? model::ItemKind::mineral : model::ItemKind::material,
        "t"
    );
    item.provenance = fragment.fact({whole_years(first_year, last_year), Confidence::b});
    // The tables differ in the case of names ("Natural Rubber"); the first one read stands.
    return fragment.item(std::move(item), "EU-CRM", name + "/" + (extraction ? "E" : "P"));
}

/// "<" before a share means that only its upper bound is printed.
std::optional<Estimate> share_of(PublishedTable& table) {
    const auto value = table.amount(share);
    if (!value) {
        return std::nullopt;
    }
    if (!(*value >= 0.0 && *value <= 1.0)) {
        table.complain(
            Severity::error,
            rules::published_number.id,
            share,
            "not a share; write it as a part of 1"
        );
        return std::nullopt;
    }
    const bool below = table.cell(qualifier) == "<";
    return below ? *Estimate::create(0.0, *value / 2, *value) : Estimate::exactly(*value);
}

const StateNames::State* state_of(Fragment& fragment, PublishedTable& table) {
    const auto* state = fragment.names().find_by_code(table.cell(iso3));
    if (state == nullptr) {
        state = fragment.names().find_by_name(table.cell(country));
    }
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

PublishedSupply supply_of(PublishedTable& table, const Estimate& part) {
    PublishedSupply supply;
    supply.share = part;
    supply.trade_restriction = table.amount(restriction);
    supply.standing = {whole_years(first_year, last_year), Confidence::b};
    if (table.cell(qualifier) == "<") {
        supply.standing.note = fmt::format("printed as <{}", table.cell(share));
    }
    return supply;
}

void read_shares(Fragment& fragment, PublishedTable table, const model::Market& market) {
    std::vector<Group> groups;
    std::map<std::uint32_t, std::size_t> position_of;
    while (table.next()) {
        if (table.cell(stage) != "E" && table.cell(stage) != "P") {
            table.complain(
                Severity::error,
                rules::published_word.id,
                stage,
                "write E (extraction) or P (processing)"
            );
            continue;
        }
        const StateNames::State* const state = state_of(fragment, table);
        const auto part = share_of(table);
        if (state == nullptr || !part) {
            continue;
        }
        const model::ItemIndex item = stage_item(fragment, table);
        const auto [found, added] = position_of.emplace(item.value(), groups.size());
        if (added) {
            groups.push_back(
                {item, {table.file(), table.row(), std::string(table.cell(material))}, {}}
            );
        }
        PublishedSupply supply = supply_of(table, *part);
        supply.origin = fragment.state(*state);
        groups[found->second].supplies.push_back(std::move(supply));
    }
    for (Group& group : groups) {
        widen_by_rounding(group);
        fragment.supplies(group.item, market, std::move(group.supplies), group.place);
    }
}

enum ScoreColumn { name, year, supply_risk, importance };

void take_score(Fragment& fragment, PublishedTable& table, std::size_t column, int edition) {
    const bool assessed = table.cell(column) != "-";
    const auto value = assessed ? table.amount(column) : std::nullopt;
    if (!value) {
        return;
    }
    const std::string text(table.cell(name));
    const model::ProvenanceIndex fact = fragment.fact({whole_year(edition), Confidence::b});
    model::Item item =
        public_item(identifier_of("eu-crm-", text), text, model::ItemKind::material, "t");
    item.provenance = fact;
    fragment.map().figures.push_back(
        {fragment.item(std::move(item), "EU-CRM", text),
         column == supply_risk ? "eu_supply_risk_published" : "eu_economic_importance_published",
         Estimate::exactly(*value),
         "1",
         fact}
    );
}

/// Supply risk and economic importance of the whole material, for each edition of the study.
void read_scores(Fragment& fragment, PublishedTable table) {
    while (table.next()) {
        const auto edition = parse_whole(table.cell(year));
        if (!edition || *edition < 2000 || *edition > 2100) {
            table.complain(
                Severity::error,
                rules::published_number.id,
                year,
                "not a year; write it as in 2023"
            );
            continue;
        }
        take_score(fragment, table, supply_risk, static_cast<int>(*edition));
        take_score(fragment, table, importance, static_cast<int>(*edition));
    }
}

constexpr std::array<ColumnSpec, 7> share_columns{{
    {"material"},
    {"stage"},
    {"country"},
    {"iso3", Presence::optional},
    {"share"},
    {"share_qualifier"},
    {"trade_restriction_t"},
}};

constexpr std::array<ColumnSpec, 4> score_columns{{{"Material"}, {"Year"}, {"SR"}, {"EI"}}};

bool is_european(const std::filesystem::path& file) {
    return file.filename().string().starts_with("eu_");
}

}  // namespace

Result<model::SupplyMap> read_eu_crm(
    const std::filesystem::path& path,
    const StateNames& states,
    const PublisherOptions& /*options*/,
    ImportReport& report
) {
    constexpr std::array<std::string_view, 1> world{"global_supply_shares.csv"};
    constexpr std::array<std::string_view, 1> union_only{"eu_supply_shares.csv"};
    constexpr std::array<std::string_view, 1> scores{"crms_over_time.csv"};
    Fragment fragment(
        {"eu-crm-2023",
         "Study on the critical raw materials for the EU 2023: Final report",
         "European Commission",
         2023,
         "CC BY 4.0",
         "https://doi.org/10.2873/725585",
         {}},
        states,
        report
    );
    const auto world_file = file_of(path, world);
    if (!world_file) {
        return missing_file(path, world);
    }
    const bool folder = *world_file != path;
    const auto union_market = [&] { return model::Market{fragment.bloc("EU", "European Union")}; };
    ADIC_TRY(PublishedTable shares, PublishedTable::open(*world_file, share_columns, report));
    const bool european = !folder && is_european(path);
    read_shares(fragment, std::move(shares), european ? union_market() : model::Market{});
    if (const auto file = file_of(path, union_only); file && folder) {
        ADIC_TRY(PublishedTable of_union, PublishedTable::open(*file, share_columns, report));
        read_shares(fragment, std::move(of_union), union_market());
    }
    if (const auto file = file_of(path, scores); file && folder) {
        ADIC_TRY(PublishedTable table, PublishedTable::open(*file, score_columns, report));
        read_scores(fragment, std::move(table));
    }
    return std::move(fragment.map());
}

}  // namespace adic::ingest
