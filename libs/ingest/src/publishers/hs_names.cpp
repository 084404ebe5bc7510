#include "adic/base/text.hpp"

#include "fragment.hpp"
#include "published_table.hpp"
#include "readers.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

// The nomenclature of the Harmonized System: codes of 2, 4 and 6 digits with their descriptions.
namespace adic::ingest {
namespace {

enum Column { revision, year, code, description };

struct Name {
    std::string code;
    std::string description;
    std::uint64_t row;
};

bool is_hs_code(std::string_view text) {
    const bool length = text.size() == 2 || text.size() == 4 || text.size() == 6;
    return length
           && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

struct Revision {
    std::uint64_t year = 0;
    std::vector<Name> names;
};

/// The names of the latest revision, or of the one in force in the year asked for.
Revision revision_of(PublishedTable& table, std::optional<int> in_force) {
    Revision found;
    while (table.next()) {
        const auto of_year = parse_whole(table.cell(year));
        if (!of_year || *of_year < 1900 || *of_year > 2200) {
            table.complain(
                Severity::error,
                rules::published_number.id,
                year,
                "not a year; write it as in 2022"
            );
            continue;
        }
        const bool too_new = in_force && *of_year > static_cast<std::uint64_t>(*in_force);
        if (too_new || *of_year < found.year) {
            continue;
        }
        if (*of_year > found.year) {
            found = {*of_year, {}};
        }
        if (!is_hs_code(table.cell(code))) {
            table.complain(
                Severity::error,
                rules::published_word.id,
                code,
                "an HS code has 2, 4 or 6 digits"
            );
            continue;
        }
        found.names.push_back(
            {std::string(table.cell(code)), std::string(table.cell(description)), table.row()}
        );
    }
    return found;
}

}  // namespace

Result<model::SupplyMap> read_hs_names(
    const std::filesystem::path& path,
    const StateNames& states,
    const PublisherOptions& options,
    ImportReport& report
) {
    constexpr std::array<ColumnSpec, 4> columns{
        {{"revision", Presence::optional}, {"year"}, {"code"}, {"description"}}};
    constexpr std::array<std::string_view, 2> names{"hs_codes.csv", "hs2022_codes.csv"};
    const auto file = file_of(path, names);
    if (!file) {
        return missing_file(path, names);
    }
    ADIC_TRY(PublishedTable table, PublishedTable::open(*file, columns, report));
    const Revision newest = revision_of(table, options.year);
    if (newest.names.empty()) {
        return Error{
            ErrorCode::not_found,
            fmt::format("'{}' has no revision that was in force", file->string()),
            {}};
    }
    const int in_force = static_cast<int>(newest.year);
    Fragment fragment(
        {fmt::format("hs-{}", in_force),
         fmt::format("Harmonized System {}: codes and descriptions", in_force),
         "United Nations Statistics Division",
         in_force,
         "UNSD terms, with attribution",
         "https://unstats.un.org/unsd/classifications/Econ",
         {}},
        states,
        report
    );
    const model::ProvenanceIndex fact = fragment.fact({whole_year(in_force), model::Confidence::a});
    for (const Name& name : newest.names) {
        model::Item item =
            public_item("hs-" + name.code, name.description, model::ItemKind::component, "t");
        item.provenance = fact;
        if (fragment.map().items.find(item.id)) {
            report.add(
                {Severity::error,
                 rules::published_twice.id,
                 table.file(),
                 name.row,
                 "code",
                 name.code,
                 "listed twice"}
            );
            continue;
        }
        fragment.item(std::move(item), "HS", name.code);
    }
    return std::move(fragment.map());
}

}  // namespace adic::ingest
