#include "api/analysis_parts.hpp"
#include "api/route.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array analysis_words{
    RouteWord{
        "format",
        "of the answer; html is a page with charts that prints, xlsx a workbook with a sheet for "
        "each table",
        "string",
        answer_formats},
    RouteWord{"*", "the parameters of the analysis"},
};

Json parameter_json(const AnalysisParameter& parameter) {
    Json one;
    one["name"] = parameter.name;
    one["help"] = parameter.help;
    one["standard"] = parameter.standard.empty() ? Json(nullptr) : Json(parameter.standard);
    one["choices"] = parameter.choices;
    one["required"] = parameter.is_required;
    one["repeated"] = parameter.is_repeated;
    one["flag"] = parameter.is_flag;
    one["takes_content"] = parameter.takes_content;
    return one;
}

Response get_analyses(const Call& call) {
    Json list = Json::array();
    for (const Analysis& analysis : call.house.parts.analyses.list) {
        Json one;
        one["name"] = analysis.name;
        one["summary"] = analysis.summary;
        one["description"] = analysis.description;
        one["takes_long"] = analysis.takes_long;
        one["can_go_on"] = analysis.can_go_on;
        one["parameters"] = Json::array();
        for (const AnalysisParameter& parameter : analysis.parameters) {
            one["parameters"].push_back(parameter_json(parameter));
        }
        list.push_back(std::move(one));
    }
    return with_tag(call.request, json_response({{"analyses", list}}));
}

/// Those that take long are not waited for: they would hold up everybody else.
Response get_analysis(const Call& call) {
    const Analysis* analysis = find_analysis(call.house.parts.analyses, call.word("name"));
    if (analysis == nullptr) {
        return error_response({ErrorCode::not_found, "there is no such analysis", {}});
    }
    if (analysis->takes_long) {
        return error_response(
            {ErrorCode::invalid_argument, "this takes long: POST it to /api/v1/jobs", {}}
        );
    }
    std::vector<GivenParameter> given;
    for (const auto& [name, value] : call.query) {
        if (name != "format") {
            given.push_back({name, value, false});
        }
    }
    const std::string format = call.asked("format").value_or("json");
    auto question = question_of(call, *analysis, std::move(given), format);
    if (!question) {
        return error_response(question.error());
    }
    auto answer = call.house.parts.analyses.ask(*question);
    if (!answer) {
        return error_response(answer.error());
    }
    return with_tag(call.request, analysis_response(answer->text, format));
}

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/api/v1/analyses",
        .summary = "What can be asked",
        .help = "The analyses, what they take and what they answer with.",
        .needs = {},
        .gives = "Analyses",
        .answer = get_analyses},
    Route{
        .method = "GET",
        .path = "/api/v1/analyses/{name}",
        .summary = "Ask one of them",
        .help = "Answered from what the reader sees of the map, and nothing else. Those that take "
                "long, or that take a file, are asked as jobs.",
        .needs = access::Permission::read,
        .query = analysis_words,
        .gives = "AnalysisAnswer",
        .answer = get_analysis},
};

}  // namespace

std::span<const Route> analysis_routes() {
    return routes;
}

}  // namespace adic::server
