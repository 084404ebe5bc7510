#include "api/openapi.hpp"

#include "adic/server/application.hpp"

#include "api/route.hpp"
#include "api/sent_file.hpp"

#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

/// Whether a route's word for a body is a media type, not a schema.
bool is_media_type(std::string_view word) {
    return word.find('/') != std::string_view::npos;
}

Json content_of(std::string_view word) {
    if (is_media_type(word)) {
        return {{std::string(word), Json::object()}};
    }
    const std::string reference = "#/components/schemas/" + std::string(word);
    return {{"application/json", {{"schema", {{"$ref", reference}}}}}};
}

Json parameter(std::string_view name, std::string_view in, std::string_view help, Json schema) {
    return {
        {"name", name},
        {"in", in},
        {"required", in == "path"},
        {"description", help},
        {"schema", std::move(schema)}};
}

/// The names in braces of a path.
std::vector<std::string> path_words(std::string_view path) {
    std::vector<std::string> words;
    while (true) {
        const auto open = path.find('{');
        const auto close = path.find('}');
        if (open == std::string_view::npos) {
            return words;
        }
        words.emplace_back(path.substr(open + 1, close - open - 1));
        path.remove_prefix(close + 1);
    }
}

Json parameters_of(const Route& route) {
    Json parameters = Json::array();
    for (const std::string& word : path_words(route.path)) {
        parameters.push_back(parameter(word, "path", "", {{"type", "string"}}));
    }
    for (const RouteWord& word : route.query) {
        Json schema{{"type", word.type}};
        for (const std::string_view choice : word.choices) {
            schema["enum"].push_back(choice);
        }
        if (word.name == "*") {
            Json any = parameter("parameters", "query", word.help, {{"type", "object"}});
            any["style"] = "form";
            any["explode"] = true;
            parameters.push_back(std::move(any));
        } else {
            parameters.push_back(parameter(word.name, "query", word.help, std::move(schema)));
        }
    }
    if (route.method == "POST" && route.needs) {
        parameters.push_back(parameter(
            "Idempotency-Key",
            "header",
            "asked again with the same key, the same answer comes and nothing is done twice",
            {{"type", "string"}, {"maxLength", 128}}
        ));
    }
    return parameters;
}

Json responses_of(const Route& route) {
    Json answer{{"description", route.summary}};
    if (!route.gives.empty()) {
        answer["content"] = content_of(route.gives);
    }
    if (!route.lists.empty()) {
        answer["content"]["text/csv"] = Json::object();
        answer["content"][std::string(workbook_type)] = Json::object();
    }
    Json responses;
    responses[std::to_string(route.status)] = std::move(answer);
    responses["default"] = {{"description", "what went wrong"}, {"content", content_of("Problem")}};
    return responses;
}

/// "GET /api/v1/records/{id}" is "get_records_id".
std::string operation_id(const Route& route) {
    std::string id(route.method);
    std::string_view path = route.path;
    constexpr std::string_view prefix = "/api/v1";
    path.remove_prefix(path.starts_with(prefix) ? prefix.size() : 0);
    id += path;
    std::string clean;
    for (const char c : id) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (is_letter) {
            clean += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        } else if (!clean.empty() && clean.back() != '_') {
            clean += '_';
        }
    }
    while (clean.ends_with('_')) {
        clean.pop_back();
    }
    return clean;
}

Json operation_of(const Route& route) {
    Json operation;
    operation["operationId"] = operation_id(route);
    operation["summary"] = route.summary;
    operation["description"] = route.help;
    operation["parameters"] = parameters_of(route);
    if (!route.takes.empty()) {
        operation["requestBody"] = {{"required", true}, {"content", content_of(route.takes)}};
        if (route.takes == "NewRecords") {
            operation["requestBody"]["content"]["text/csv"] = Json::object();
            operation["requestBody"]["content"]["application/jsonl"] = Json::object();
            operation["requestBody"]["content"][std::string(workbook_type)] = Json::object();
        }
    }
    operation["responses"] = responses_of(route);
    operation["security"] = Json::array();
    if (route.needs) {
        operation["x-adic-permission"] = access::name_of(*route.needs);
        operation["security"] = {{{"session", Json::array()}}, {{"token", Json::array()}}};
    }
    return operation;
}

Json cell_schema(CellKind kind) {
    switch (kind) {
    case CellKind::text:
        return {{"type", {"string", "array", "boolean", "null"}}, {"items", {{"type", "string"}}}};
    case CellKind::sentence: return {{"$ref", "#/components/schemas/Sentence"}};
    case CellKind::number: return {{"type", {"number", "null"}}};
    case CellKind::whole: return {{"type", {"integer", "string", "null"}}};
    case CellKind::estimate:
        return {
            {"type", {"object", "null"}},
            {"properties",
             {{"low", {{"type", "number"}}},
              {"likely", {{"type", "number"}}},
              {"high", {{"type", "number"}}}}}};
    }
    std::abort();
}

/// What an analysis answers with, as the schema "Answer of NAME".
Json answer_schema(const Analysis& analysis) {
    Json properties;
    properties["command"] = {{"type", "string"}};
    for (const AnalysisTable& table : analysis.tables) {
        Json columns = Json::object();
        for (const AnalysisColumn& column : table.columns) {
            columns[column.key] = cell_schema(column.kind);
            columns[column.key]["description"] = column.help;
        }
        properties[table.name] = {
            {"type", "array"},
            {"items", {{"type", "object"}, {"properties", std::move(columns)}}}};
    }
    properties["notes"] = {
        {"type", "array"},
        {"items", {{"$ref", "#/components/schemas/Sentence"}}}};
    return {
        {"type", "object"},
        {"description", analysis.summary},
        {"properties", std::move(properties)}};
}

}  // namespace

std::string openapi_document(const Analyses& analyses) {
    Json document;
    document["openapi"] = "3.1.0";
    document["info"] = {
        {"title", "adic"},
        {"version", ADIC_VERSION},
        {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}},
        {"description",
         "Records that states keep together, and what can be asked of them. Whatever is answered "
         "starts from what the reader may see."}};
    document["paths"] = Json::object();
    for (const Route& route : list_routes()) {
        std::string method(route.method);
        for (char& c : method) {
            c = static_cast<char>(c - 'A' + 'a');
        }
        document["paths"][std::string(route.path)][method] = operation_of(route);
    }
    Json schemas = list_schemas();
    Json answers = Json::array();
    for (const Analysis& analysis : analyses.list) {
        const std::string name = "Answer_" + analysis.name;
        schemas[name] = answer_schema(analysis);
        answers.push_back({{"$ref", "#/components/schemas/" + name}});
    }
    schemas["AnalysisAnswer"] = answers.empty() ? Json::object() : Json{{"anyOf", answers}};
    document["components"]["schemas"] = std::move(schemas);
    document["components"]["securitySchemes"] = {
        {"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "adic_session"}}},
        {"token", {{"type", "http"}, {"scheme", "bearer"}}}};
    return document.dump() + '\n';
}

}  // namespace adic::server
