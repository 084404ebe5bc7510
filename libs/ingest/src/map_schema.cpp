#include "map_schema.hpp"

#include "adic/base/text.hpp"

#include <cmath>
#include <string>
#include <utility>

namespace adic::ingest {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view identifier_pattern = "^[A-Za-z0-9._-]{1,64}$";

std::string_view type_of(CellKind kind) {
    switch (kind) {
    case CellKind::identifier:
    case CellKind::reference:
    case CellKind::text:
    case CellKind::word:
    case CellKind::code:
    case CellKind::period:
    case CellKind::release: return "string";
    case CellKind::whole: return "integer";
    case CellKind::number:
    case CellKind::estimate: return "number";
    }
    return "string";
}

Json constraints_of(const Column& column, bool is_likely) {
    Json constraints = Json::object();
    if (column.must == Must::yes && is_likely) {
        constraints["required"] = true;
    }
    if (column.kind == CellKind::identifier || column.kind == CellKind::reference) {
        constraints["pattern"] = identifier_pattern;
    }
    if (!column.words.empty()) {
        constraints["enum"] = split(column.words, '|');
    }
    const bool is_whole = column.kind == CellKind::whole;
    const auto put_bound = [&](const char* name, double bound) {
        if (std::isfinite(bound) && is_whole) {
            constraints[name] = static_cast<std::int64_t>(bound);
        } else if (std::isfinite(bound)) {
            constraints[name] = bound;
        }
    };
    put_bound("minimum", column.range.low);
    put_bound("maximum", column.range.high);
    return constraints;
}

Json field_of(const Column& column, const std::string& name, bool is_likely) {
    Json field;
    field["name"] = name;
    field["type"] = type_of(column.kind);
    field["description"] = column.help;
    if (Json constraints = constraints_of(column, is_likely); !constraints.empty()) {
        field["constraints"] = std::move(constraints);
    }
    return field;
}

/// A field as the schema allows it: every part of it as we write it, other properties free.
Json allowed_field(const Json& field) {
    Json properties;
    for (const auto& [key, value] : field.items()) {
        if (key != "description") {
            properties[key] = Json{{"const", value}};
        }
    }
    return Json{{"type", "object"}, {"required", {"name", "type"}}, {"properties", properties}};
}

/// A resource of this name has a path in the package and fields that the table knows.
Json allowed_resource(const Table& table) {
    Json fields = Json::array();
    for (const Json& field : fields_of(table)) {
        fields.push_back(allowed_field(field));
    }
    const Json has_name{
        {"properties", {{"name", {{"const", table.name}}}}},
        {"required", {"name"}}};
    const Json schema{
        {"type", "object"},
        {"required", {"fields"}},
        {"properties", {{"fields", {{"type", "array"}, {"items", {{"anyOf", fields}}}}}}}};
    return Json{{"if", has_name}, {"then", {{"properties", {{"schema", schema}}}}}};
}

Json resource_schema() {
    Json resource;
    resource["type"] = "object";
    resource["required"] = {"name", "path"};
    resource["properties"] = {
        {"name", {{"type", "string"}, {"minLength", 1}}},
        {"path",
         {{"type", "string"},
          {"description", "relative to this file, inside its folder"},
          {"pattern", R"(^(?![/.])(?!.*\.\./)(?!.*[:\\]).+$)"}}},
        {"encoding", {{"enum", {"utf-8", "UTF-8", "utf8"}}}},
        {"dialect",
         {{"type", "object"},
          {"properties",
           {{"delimiter", {{"const", ","}}},
            {"quoteChar", {{"const", "\""}}},
            {"header", {{"const", true}}}}}}},
        {"schema", {{"type", "object"}}}};
    resource["allOf"] = Json::array();
    for (const Table& table : map_tables()) {
        resource["allOf"].push_back(allowed_resource(table));
    }
    return resource;
}

Json contains_table(std::string_view name) {
    return Json{
        {"contains",
         {{"type", "object"},
          {"required", {"name"}},
          {"properties", {{"name", {{"const", name}}}}}}}};
}

}  // namespace

Json fields_of(const Table& table) {
    Json fields = Json::array();
    for (const Column& column : table.columns) {
        const std::string name(column.name);
        const bool is_estimate = column.kind == CellKind::estimate;
        if (is_estimate) {
            fields.push_back(field_of(column, name + "_low", false));
        }
        fields.push_back(field_of(column, name, true));
        if (is_estimate) {
            fields.push_back(field_of(column, name + "_high", false));
        }
    }
    return fields;
}

std::string map_package_schema() {
    Json schema;
    schema["$schema"] = "http://json-schema.org/draft-07/schema#";
    schema["title"] = "The datapackage.json of a map package";
    schema["description"] =
        "A Frictionless Tabular Data Package whose resources are the tables of a supply map; see "
        "map-package.md.";
    schema["type"] = "object";
    schema["required"] = {"name", "resources"};
    Json resources{{"type", "array"}, {"minItems", 1}, {"items", resource_schema()}};
    resources["allOf"] = Json::array();
    for (const Table& table : map_tables()) {
        if (table.must == Must::yes) {
            resources["allOf"].push_back(contains_table(table.name));
        }
    }
    schema["properties"] = {
        {"name", {{"type", "string"}, {"minLength", 1}}},
        {"title", {{"type", "string"}, {"minLength", 1}}},
        {"profile", {{"const", "tabular-data-package"}}},
        {"resources", resources}};
    return schema.dump(2) + "\n";
}

}  // namespace adic::ingest
