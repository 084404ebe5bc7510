#include "adic/base/text.hpp"

#include "fragment.hpp"
#include "published_table.hpp"
#include "readers.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

// SIPRI's trade register: deals in major arms since 1950, their volume in trend-indicator values
// (million TIV: a measure of what was transferred, not of what was paid).
namespace adic::ingest {
namespace {

enum Column { recipient, supplier, ordered, designation, description, delivered_in, status, tiv };

/// The years from the first delivery to the last; of the order if nothing says.
std::optional<model::Period> period_of(PublishedTable& table) {
    std::optional<int> first;
    int last = 0;
    const std::string_view listed =
        table.cell(delivered_in).empty() ? table.cell(ordered) : table.cell(delivered_in);
    for (const std::string_view part : split(listed, ';')) {
        const auto year = parse_whole(trimmed(part));
        if (!year || *year < 1900 || *year > 2200) {
            return std::nullopt;
        }
        const int of = static_cast<int>(*year);
        first = std::min(first.value_or(of), of);
        last = std::max(last, of);
    }
    return whole_years(*first, last);
}

const StateNames::State*
state_of(const StateNames& names, PublishedTable& table, std::size_t column) {
    const auto* const state = names.find_by_name(table.cell(column));
    if (state == nullptr) {
        table.complain(
            Severity::warning,
            rules::not_a_state.id,
            column,
            "not one state; the deal is left out"
        );
    }
    return state;
}

void take_deal(Fragment& fragment, PublishedTable& table) {
    const auto* const buyer = state_of(fragment.names(), table, recipient);
    const auto* const seller = state_of(fragment.names(), table, supplier);
    const auto volume = table.amount(tiv);
    const auto period = period_of(table);
    if (!period) {
        table.complain(
            Severity::error,
            rules::published_number.id,
            delivered_in,
            "not years; write them as in 2019; 2020"
        );
    }
    if (buyer == nullptr || seller == nullptr || !volume || !period) {
        return;
    }
    const std::string kind(table.cell(description));
    const Standing standing{
        *period,
        model::Confidence::c,
        fmt::format(
            "{}, ordered {}, {}",
            table.cell(designation),
            table.cell(ordered),
            lower_case(table.cell(status))
        )};
    model::Item item =
        public_item(identifier_of("sipri-", kind), kind, model::ItemKind::system, "TIV");
    item.provenance = fragment.fact({whole_year(2024), model::Confidence::c});
    fragment.trade(
        {fragment.item(std::move(item), "SIPRI", kind),
         fragment.state(*buyer),
         model::Flow::imports,
         fragment.state(*seller),
         Estimate::exactly(*volume),
         "TIV",
         fragment.fact(standing)}
    );
}

}  // namespace

Result<model::SupplyMap> read_sipri(
    const std::filesystem::path& path,
    const StateNames& states,
    const PublisherOptions& options,
    ImportReport& report
) {
    constexpr std::array<ColumnSpec, 8> columns{{
        {"recipient"},
        {"supplier"},
        {"year_of_order", Presence::required, "Year of order"},
        {"weapon_designation", Presence::required, "Weapon designation"},
        {"weapon_description", Presence::required, "Weapon description"},
        {"years_of_delivery", Presence::required, "Year(s) of delivery"},
        {"status"},
        {"tiv_delivered", Presence::required, "SIPRI TIV of delivered weapons"},
    }};
    constexpr std::array<std::string_view, 3> names{
        "trade_register.csv",
        "trade-register.csv",
        "trade_register_asean.csv"};
    const auto file = file_of(path, names);
    if (!file) {
        return missing_file(path, names);
    }
    ADIC_TRY(PublishedTable table, PublishedTable::open(*file, columns, report));
    Fragment fragment(
        {"sipri-arms-transfers-2025",
         "SIPRI Arms Transfers Database",
         "Stockholm International Peace Research Institute",
         2025,
         "(c) SIPRI: for non-commercial use, not for redistribution",
         "https://www.sipri.org/databases/armstransfers",
         "read from the user's own copy"},
        states,
        report
    );
    while (table.next()) {
        const auto year = parse_whole(table.cell(ordered));
        const bool wanted =
            !options.year || (year && *year >= static_cast<std::uint64_t>(*options.year));
        if (wanted) {
            take_deal(fragment, table);
        }
    }
    return std::move(fragment.map());
}

}  // namespace adic::ingest
