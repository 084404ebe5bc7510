#include "api/record_parts.hpp"

#include "adic/app/audited_store.hpp"
#include "adic/base/text.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/property.hpp"

#include "api/list_table.hpp"
#include "api/problems.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;
using Body = nlohmann::json;
using registry::FoundRecord;

/// A table of a hostile body must not be as wide as it is long.
constexpr std::size_t most_columns = 1000;

Error no_cell(std::string_view key) {
    return {
        ErrorCode::invalid_argument,
        fmt::format("'{}' is a text, a number, true, false, null, or a list of texts", key),
        {}};
}

/// One property of {"length": {"value": 28, "unit": "m"}}, or of {"length": 28}.
Result<std::string> property_text(const std::string& key, const Body& given) {
    const Error wrong{
        ErrorCode::invalid_argument,
        fmt::format("the property '{}' is a text, a number, or {{\"value\", \"unit\"}}", key),
        {}};
    if (given.is_object() && (given.contains("disclosure") || !given.contains("value"))) {
        return wrong;
    }
    const Body& value = given.is_object() ? given["value"] : given;
    const Body unit = given.is_object() ? given.value("unit", Body()) : Body();
    if (!unit.is_null() && !unit.is_string()) {
        return wrong;
    }
    model::Property property{key};
    if (value.is_number()) {
        property.figure = value.get<double>();
        property.unit = unit.is_string() ? unit.get<std::string>() : "";
    } else if (value.is_string() && unit.is_null()) {
        property.words = value.get<std::string>();
    } else {
        return wrong;
    }
    const std::string text = model::to_text(property);
    return text.find('\0') == std::string::npos && model::parse_property(text) ? Result{text}
                                                                               : wrong;
}

/// One in each line, as a table has them.
Result<std::string> properties_cell(const Body& given) {
    std::string cell;
    for (const auto& [key, value] : given.items()) {
        ADIC_TRY(const std::string line, property_text(key, value));
        cell += (cell.empty() ? "" : "\n") + line;
    }
    return cell;
}

/// Several values stand in lines of one cell, so a value cannot have a line break or a bar itself.
Result<std::string> cell_of(std::string_view key, const Body& value) {
    if (value.is_null()) {
        return std::string{};
    }
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        return text.find('\0') == std::string::npos ? Result<std::string>{text} : no_cell(key);
    }
    if (value.is_boolean()) {
        return std::string(value.get<bool>() ? "yes" : "no");
    }
    if (value.is_number()) {
        return value.is_number_float() ? to_shortest(value.get<double>()) : value.dump();
    }
    if (value.is_object() && key == "properties") {
        return properties_cell(value);
    }
    if (!value.is_array()) {
        return no_cell(key);
    }
    std::string cell;
    for (const Body& one : value) {
        if (!one.is_string()
            || one.get_ref<const std::string&>().find_first_of(std::string_view{"\n|\0", 3})
                   != std::string::npos) {
            return no_cell(key);
        }
        cell += cell.empty() ? "" : "\n";
        cell += one.get_ref<const std::string&>();
    }
    return cell;
}

/// Whether cells of the column are numbers.
bool is_figure(const model::RecordType& type, std::string_view key) {
    const auto field = type.find_field(key);
    return field
           && (type.fields[*field].kind == model::FieldKind::number
               || type.fields[*field].kind == model::FieldKind::whole)
           && !type.fields[*field].takes_several;
}

bool is_yes(const std::optional<std::string>& word) {
    return word == "yes" || word == "true";
}

std::string_view kind_name(model::FieldKind kind) {
    switch (kind) {
    case model::FieldKind::text: return "text";
    case model::FieldKind::whole: return "whole";
    case model::FieldKind::number: return "number";
    case model::FieldKind::yes_no: return "yes_no";
    case model::FieldKind::date: return "date";
    case model::FieldKind::state: return "state";
    case model::FieldKind::code: return "code";
    case model::FieldKind::choice: return "choice";
    case model::FieldKind::reference: return "reference";
    case model::FieldKind::grants: return "grants";
    case model::FieldKind::properties: return "properties";
    }
    std::abort();
}

Json field_type(const model::FieldSpec& field) {
    Json one;
    one["key"] = field.key;
    one["title"] = field.title;
    one["help"] = field.help;
    one["kind"] = kind_name(field.kind);
    one["required"] = field.is_required;
    one["several"] = field.takes_several;
    if (!field.of.empty()) {
        one["of"] = field.of;
    }
    if (field.is_for_officials) {
        one["for_officials"] = true;
    }
    if (field.least) {
        one["least"] = *field.least;
    }
    if (field.most) {
        one["most"] = *field.most;
    }
    if (field.fewest_characters > 0) {
        one["fewest_characters"] = field.fewest_characters;
    }
    if (!field.not_before.empty()) {
        one["not_before"] = field.not_before;
    }
    if (!field.choices.empty()) {
        one["choices"] = Json::array();
        for (const std::string_view choice : field.choices) {
            one["choices"].push_back(choice);
        }
    }
    return one;
}

/// Whether nobody has said anything, or no.
bool says_nothing(const model::FieldValue& value) {
    const bool* yes = std::get_if<bool>(&value);
    return model::is_empty(value) || (yes != nullptr && !*yes);
}

/// A field that only the state says, and that an organisation's account would change; empty: there
/// is none.
std::optional<std::string_view> said_for_the_state(const Call& call, const model::Record& record) {
    const auto& fields = record.type->fields;
    if (call.caller.principal.organisation.empty()
        || std::ranges::none_of(fields, &model::FieldSpec::is_for_officials)) {
        return std::nullopt;
    }
    const auto before = app::own_version(call.house.parts.store, record.id, record.owner);
    const bool is_there = before && before->record.type == record.type;
    if (is_there && before->record.organisation != call.caller.principal.organisation) {
        return std::nullopt;  // not its own: what is hidden in it makes no difference
    }
    for (std::size_t f = 0; f < fields.size(); ++f) {
        const bool stays = is_there ? before->record.fields[f] == record.fields[f]
                                    : says_nothing(record.fields[f]);
        if (fields[f].is_for_officials && !stays) {
            return fields[f].key;
        }
    }
    return std::nullopt;
}

/// Whether the caller may write a record: an organisation's account only what speaks for it, and
/// under identifiers that were drawn for it or that it sees already. Any other name might be taken,
/// and to hear so would tell.
bool may_write(const Call& call, const std::set<std::string>& drawn, const model::Record& record) {
    const access::Principal& who = call.caller.principal;
    const access::Target target{record.owner, record.organisation, {}};
    if (!access::may(who, access::Permission::edit, target)) {
        return false;
    }
    return who.organisation.empty() || drawn.contains(record.id)
           || call.house.index.see(call.caller.reader, record.id).has_value();
}

}  // namespace

Response problems_response(const ingest::ImportReport& report) {
    constexpr int unprocessable = 422;
    Json problems = Json::array();
    for (const ingest::Issue& issue : report.issues()) {
        problems.push_back(
            {{"rule", issue.rule},
             {"row", issue.row},
             {"column", issue.column},
             {"value", issue.value},
             {"message", issue.message}}
        );
    }
    Json body;
    body["error"] = {
        {"code", "invalid_argument"},
        {"message", fmt::format("{} problems; nothing was written", report.errors())},
        {"problems", problems}};
    return json_response(body, unprocessable);
}

std::string json_of(const registry::SearchPage& page) {
    std::string text = fmt::format("{{\"total\":{},\"records\":[", page.total);
    for (std::size_t r = 0; r < page.records.size(); ++r) {
        text += r == 0 ? "\n" : ",\n";
        text += registry::to_json(*page.records[r].record);
    }
    Json facets = Json::object();
    for (const registry::Facet& facet : page.facets) {
        Json& values = facets[facet.field] = Json::array();
        for (const registry::FacetValue& value : facet.values) {
            values.push_back({{"value", value.value}, {"count", value.count}});
        }
    }
    text += "\n],\"facets\":";
    text += facets.dump(-1, ' ', false, Json::error_handler_t::replace);
    return text + "}\n";
}

ingest::PlainSheet sheet_of(const std::vector<FoundRecord>& records) {
    ingest::PlainSheet sheet{"records", {{"id"}, {"type"}, {"owner"}}, {}};
    std::map<std::string_view, std::size_t> places;
    for (const FoundRecord& found : records) {
        const registry::SeenRecord& record = *found.record;
        std::vector<std::string> row{record.id, std::string(record.type->key), record.owner};
        row.resize(sheet.columns.size());
        for (std::size_t f = 0; f < record.fields.size(); ++f) {
            const std::string_view key = registry::seen_field_key(*record.type, f);
            const auto [place, is_new] = places.try_emplace(key, sheet.columns.size());
            if (is_new) {
                sheet.columns.push_back({std::string(key), is_figure(*record.type, key)});
                row.emplace_back();
            }
            row[place->second] = registry::to_text(record.fields[f], "\n");
        }
        sheet.rows.push_back(std::move(row));
    }
    for (std::vector<std::string>& row : sheet.rows) {
        row.resize(sheet.columns.size());
    }
    return sheet;
}

Result<std::string> table_of(const Body& body) {
    const auto list = body.find("records");
    if (list == body.end() || !list->is_array() || list->empty()) {
        return Error{ErrorCode::invalid_argument, "'records' is a list of at least one record", {}};
    }
    std::map<std::string, std::size_t> columns;
    for (const Body& record : *list) {
        if (!record.is_object()) {
            return Error{ErrorCode::invalid_argument, "each of 'records' is an object", {}};
        }
        for (const auto& [key, value] : record.items()) {
            columns.try_emplace(key, columns.size());
        }
    }
    if (columns.size() > most_columns) {
        return Error{ErrorCode::invalid_argument, "no type of records has so many columns", {}};
    }
    std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(columns.size()));
    for (const auto& [key, column] : columns) {
        rows[0][column] = key;
    }
    for (const Body& record : *list) {
        std::vector<std::string> row(columns.size());
        for (const auto& [key, value] : record.items()) {
            ADIC_TRY(row[columns.at(key)], cell_of(key, value));
        }
        rows.push_back(std::move(row));
    }
    return csv_text(rows);
}

Body with_id(Body record, const std::string& id) {
    record["id"] = id;
    return record;
}

app::Authorship authorship_of(const Call& call) {
    return {
        call.caller.principal.state,
        call.caller.account(),
        call.asked("why").value_or("not said"),
        call.now()};
}

app::Viewing viewing_of(const Call& call) {
    return {call.house.parts.audit, call.caller.account(), call.now()};
}

std::optional<Error> write_down(const Call& call, std::span<const app::ShownRecord> records) {
    app::AuditedStore* log = call.house.parts.audit;
    return log == nullptr
               ? std::nullopt
               : log->disclose({call.caller.reader, call.caller.account(), call.now()}, records);
}

namespace {

/// What each row would change. Somebody of an organisation does not see all of what is there: of
/// which fields differ is for officials alone.
Json differences_json(const Call& call, const app::AddRecordsAnswer& answer) {
    Json list = Json::array();
    for (const app::RecordDifference& row : answer.differences) {
        Json fields = Json::array();
        for (const app::FieldDifference& one : row.fields) {
            if (call.caller.reader.is_official) {
                fields.push_back(
                    {{"field", one.field}, {"before", one.before}, {"after", one.after}}
                );
            }
        }
        list.push_back({{"id", row.id}, {"change", app::name_of(row.change)}, {"fields", fields}});
    }
    return list;
}

}  // namespace

Response add_records(const Call& call, app::AddRecordsRequest request) {
    constexpr int created = 201;
    constexpr int forbidden = 403;
    std::set<std::string> drawn;
    request.data = call.house.parts.data;
    request.is_trial = is_yes(call.asked("dry_run"));
    request.keeps_release = request.keeps_release || is_yes(call.asked("keep_release"))
                            || call.house.parts.door.has_four_eyes();
    const std::string prefix = call.caller.principal.state + '.';
    request.new_identifier = [&] {
        const std::string id = call.house.parts.new_secret();
        drawn.insert(prefix + id);
        return id;
    };
    request.organisation = call.caller.principal.organisation;
    std::optional<std::string_view> for_officials;
    request.may_write = [&](const model::Record& record) {
        if (!may_write(call, drawn, record)) {
            return false;
        }
        for_officials = said_for_the_state(call, record);
        return !for_officials;
    };
    if (auto problem = call.house.index.refresh()) {
        return error_response(*problem);
    }
    const auto added = app::add_records(call.house.parts.store, request, authorship_of(call));
    if (for_officials) {
        return error_response(
            forbidden,
            "forbidden",
            fmt::format("'{}' is said by the officials of the state alone", *for_officials)
        );
    }
    if (!added) {
        return error_response(added.error());
    }
    if (!added->report.may_commit()) {
        return problems_response(added->report);
    }
    Json body;
    body["added"] = added->added;
    body["changed"] = added->changed;
    body["unchanged"] = added->unchanged;
    body["ids"] = added->ids;
    body["written"] = !request.is_trial;
    if (request.is_trial) {
        body["differences"] = differences_json(call, *added);
    }
    return json_response(body, request.is_trial || request.follows ? 200 : created);
}

std::string record_types_json() {
    Json types = Json::array();
    for (const model::RecordType& type : model::record_types()) {
        Json one{{"key", type.key}, {"title", type.title}, {"help", type.help}};
        one["fields"] = Json::array();
        for (const model::FieldSpec& field : type.fields) {
            one["fields"].push_back(field_type(field));
        }
        if (!type.written_by.empty()) {
            one["written_by"] = type.written_by;
        }
        types.push_back(std::move(one));
    }
    return Json{{"types", types}}.dump() + '\n';
}

namespace {

Json property_spec_json(const model::PropertySpec& spec) {
    Json one{{"key", spec.key}, {"title", spec.title}, {"kind", model::name_of(spec.kind)}};
    one["required"] = spec.is_required;
    if (!spec.unit.empty()) {
        one["unit"] = spec.unit;
    }
    if (spec.least) {
        one["least"] = *spec.least;
    }
    if (spec.most) {
        one["most"] = *spec.most;
    }
    if (!spec.choices.empty()) {
        one["choices"] = spec.choices;
    }
    one["source"] = spec.source;
    one["confidence"] = std::string(1, model::letter(spec.confidence));
    if (!spec.note.empty()) {
        one["note"] = spec.note;
    }
    return one;
}

}  // namespace

std::string item_classes_json(const model::ItemClasses& classes) {
    Json list = Json::array();
    for (const model::ItemClass& of : classes.all()) {
        Json one{
            {"name", of.name()},
            {"key", of.key},
            {"version", of.version},
            {"latest", classes.find(of.key) == &of},
            {"title", of.title}};
        one["properties"] = Json::array();
        for (const model::PropertySpec& spec : of.properties) {
            one["properties"].push_back(property_spec_json(spec));
        }
        list.push_back(std::move(one));
    }
    Json units = Json::array();
    for (const model::PropertyUnit& unit : model::property_units()) {
        units.push_back({{"name", unit.name}, {"dimension", unit.dimension}});
    }
    return Json{{"classes", list}, {"units", units}}.dump() + '\n';
}

}  // namespace adic::server
