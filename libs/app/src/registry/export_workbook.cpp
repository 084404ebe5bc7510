#include "adic/app/registry.hpp"
#include "adic/ingest/sheet_writer.hpp"
#include "adic/registry/release/seen_property.hpp"

#include <algorithm>
#include <utility>

namespace adic::app {
namespace {

using ingest::PlainSheet;
using model::Disclosure;
using model::FieldKind;
using registry::SeenField;
using registry::SeenRecord;

constexpr std::string_view of_several = "\n";

bool is_number(const model::RecordType& type, std::size_t field) {
    if (field >= type.fields.size()) {
        return false;  // where the record comes from
    }
    const model::FieldSpec& spec = type.fields[field];
    return !spec.takes_several && (spec.kind == FieldKind::number || spec.kind == FieldKind::whole);
}

bool are_properties(const model::RecordType& type, std::size_t field) {
    return field < type.fields.size() && type.fields[field].kind == FieldKind::properties;
}

/// A cell that reads back as what is shown in full; empty if nothing is.
std::string cell_of(const model::RecordType& type, std::size_t field, const SeenField& seen) {
    if (!are_properties(type, field)) {
        return seen.disclosure == Disclosure::full ? registry::to_text(seen, of_several)
                                                   : std::string{};
    }
    std::vector<registry::SeenProperty> in_full;
    std::ranges::copy_if(
        registry::properties_of(seen),
        std::back_inserter(in_full),
        [](const registry::SeenProperty& one) { return one.disclosure == Disclosure::full; }
    );
    return in_full.empty() ? std::string{}
                           : registry::to_text(registry::field_of(in_full), of_several);
}

/// One type: its identifiers, and every field that is shown in full of some record. A record with a
/// text that no cell takes is in `in_part` alone: without it the row would read back as another
/// record, and what another state releases must not keep a reader from its own records.
PlainSheet sheet_of(
    const model::RecordType& type,
    const std::vector<SeenRecord>& records,
    PlainSheet& in_part
) {
    PlainSheet sheet{std::string(type.key), {{"id"}}, {}};
    std::vector<std::size_t> shown;
    for (std::size_t f = 0; f < registry::seen_fields(type); ++f) {
        const bool is_shown = std::ranges::any_of(records, [&](const SeenRecord& record) {
            return record.fields[f].disclosure == Disclosure::full;
        });
        if (is_shown) {
            shown.push_back(f);
            sheet.columns.push_back(
                {std::string(registry::seen_field_key(type, f)), is_number(type, f)}
            );
        }
    }
    for (const SeenRecord& record : records) {
        std::vector<std::string> row{record.id};
        for (const std::size_t f : shown) {
            row.push_back(cell_of(type, f, record.fields[f]));
        }
        const auto too_long = std::ranges::find_if(row, [](const std::string& cell) {
            return cell.size() > ingest::longest_cell;
        });
        if (too_long == row.end()) {
            sheet.rows.push_back(std::move(row));
        } else {
            const auto column = static_cast<std::size_t>(too_long - row.begin());
            in_part.rows.push_back(
                {record.id, sheet.columns[column].name, "too long for a cell", ""}
            );
        }
    }
    return sheet;
}

/// Fields of which less than the value is shown: a band is no number, and has no place in a column
/// of numbers.
void add_partly_shown_properties(const SeenRecord& record, std::size_t field, PlainSheet& sheet) {
    for (const registry::SeenProperty& one : registry::properties_of(record.fields[field])) {
        if (one.disclosure != Disclosure::full) {
            const std::string key(registry::seen_field_key(*record.type, field));
            const SeenField seen = registry::one_property(record.fields[field], one.property.key);
            sheet.rows.push_back(
                {record.id,
                 key + '.' + one.property.key,
                 std::string(model::name_of(one.disclosure)),
                 one.disclosure == Disclosure::exists ? std::string{}
                                                      : registry::to_text(seen, of_several)}
            );
        }
    }
}

void add_partly_shown(const std::vector<SeenRecord>& records, PlainSheet& sheet) {
    for (const SeenRecord& record : records) {
        for (std::size_t f = 0; f < record.fields.size(); ++f) {
            const SeenField& field = record.fields[f];
            if (are_properties(*record.type, f)) {
                add_partly_shown_properties(record, f, sheet);
            } else if (field.disclosure == Disclosure::generalised || field.disclosure == Disclosure::exists) {
                sheet.rows.push_back(
                    {record.id,
                     std::string(registry::seen_field_key(*record.type, f)),
                     std::string(model::name_of(field.disclosure)),
                     field.disclosure == Disclosure::exists ? std::string{}
                                                            : registry::to_text(field, of_several)}
                );
            }
        }
    }
}

}  // namespace

std::optional<Error> export_workbook(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::filesystem::path& file,
    const Viewing& viewing
) {
    std::vector<PlainSheet> sheets;
    PlainSheet in_part{"shown in part", {{"record"}, {"field"}, {"shown"}, {"value"}}, {}};
    for (const model::RecordType& type : model::record_types()) {
        const auto seen = list_records(store, reader, {std::string(type.key), {}}, viewing);
        if (!seen) {
            return seen.error();
        }
        if (!(**seen).empty()) {
            sheets.push_back(sheet_of(type, **seen, in_part));
            add_partly_shown(**seen, in_part);
        }
    }
    if (sheets.empty()) {
        return Error{ErrorCode::not_found, "there is nothing that this reader sees", {}};
    }
    if (!in_part.rows.empty()) {
        sheets.push_back(std::move(in_part));
    }
    return ingest::write_sheets(
        file,
        "Records for " + (reader.is_official ? reader.state : "others"),
        sheets
    );
}

}  // namespace adic::app
