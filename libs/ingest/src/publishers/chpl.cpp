#include "adic/base/text.hpp"

#include "fragment.hpp"
#include "published_table.hpp"
#include "readers.hpp"
#include "rules.hpp"

#include <array>

#include <fmt/format.h>

// The Common High Priority List: goods by HS code whose export to a war several governments watch.
// A code marks a candidate, never a licence decision.
namespace adic::ingest {
namespace {

enum Column { tier, hs6, description };

constexpr int edition = 2024;

void take_code(Fragment& fragment, PublishedTable& table) {
    constexpr std::size_t digits = 6;
    const std::string code(table.cell(hs6));
    if (code.size() != digits || !parse_whole(code)) {
        table.complain(
            Severity::error,
            rules::published_word.id,
            hs6,
            "not an HS code of six digits"
        );
        return;
    }
    if (table.cell(tier).find_first_of("1234") != 0) {
        table.complain(
            Severity::error,
            rules::published_word.id,
            tier,
            "the tiers are 1, 2, 3.A, 3.B, 4.A and 4.B"
        );
        return;
    }
    const Standing standing{
        whole_year(edition),
        model::Confidence::b,
        fmt::format("tier {}", table.cell(tier))};
    const std::string_view name = table.cell(description);
    model::Item item = public_item(
        "hs-" + code,
        name.empty() ? code : std::string(name),
        model::ItemKind::component,
        "t"
    );
    item.provenance = fragment.fact(standing);
    const model::ItemIndex index = fragment.item(std::move(item), "HS", code);
    fragment.code(index, "CHPL", code, standing);
}

}  // namespace

Result<model::SupplyMap> read_chpl(
    const std::filesystem::path& path,
    const StateNames& states,
    const PublisherOptions& /*options*/,
    ImportReport& report
) {
    constexpr std::array<ColumnSpec, 3> columns{
        {{"tier"}, {"hs6"}, {"hs2022_description", Presence::optional, "description"}}};
    constexpr std::array<std::string_view, 1> names{"common_high_priority_list.csv"};
    const auto file = file_of(path, names);
    if (!file) {
        return missing_file(path, names);
    }
    ADIC_TRY(PublishedTable table, PublishedTable::open(*file, columns, report));
    Fragment fragment(
        {"chpl-2024",
         "Common High Priority List, 23 February 2024",
         "Bureau of Industry and Security, with the EU, Japan and the United Kingdom",
         edition,
         "facts of a government list",
         "https://www.bis.gov/articles/russia-export-controls-list-common-high-priority-items",
         "a code marks a candidate, never a licence decision"},
        states,
        report
    );
    while (table.next()) {
        take_code(fragment, table);
    }
    return std::move(fragment.map());
}

}  // namespace adic::ingest
