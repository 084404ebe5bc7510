#include "api/analysis_parts.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

/// Names of what comes with the program, or of files within a folder: nothing that could lead
/// elsewhere.
bool is_name(std::string_view text) {
    constexpr std::size_t longest = 200;
    return !text.empty() && text.size() <= longest && text.front() != '.'
           && text.find_first_of(std::string_view{"/\\\0", 3}) == std::string_view::npos;
}

std::optional<Error> problem_with(const Analysis& analysis, const GivenParameter& given) {
    const auto known = std::ranges::find(analysis.parameters, given.name, &AnalysisParameter::name);
    const auto wrong = [](std::string message) {
        return Error{ErrorCode::invalid_argument, std::move(message), {}};
    };
    if (known == analysis.parameters.end()) {
        return wrong("the analysis takes no such parameter; GET /api/v1/analyses lists them");
    }
    if (given.is_content && !known->takes_content) {
        return wrong(fmt::format("'{}' takes a value, not a file's content", known->name));
    }
    if (known->takes_content && !given.is_content && !is_name(given.value)) {
        return wrong(fmt::format(
            "'{}' takes {{\"content\": ...}}, {{\"files\": ...}}, or the name of something that "
            "comes with the program",
            known->name
        ));
    }
    for (const auto& [name, content] : given.files) {
        if (!is_name(name)) {
            return wrong("a file's name has no slash and does not begin with a dot");
        }
    }
    return std::nullopt;
}

}  // namespace

Result<AnalysisQuestion> question_of(
    const Call& call,
    const Analysis& analysis,
    std::vector<GivenParameter> given,
    const std::string& format
) {
    if (std::ranges::find(answer_formats, format) == answer_formats.end()) {
        return Error{ErrorCode::invalid_argument, "'format' is json, csv, xlsx or html", {}};
    }
    for (const GivenParameter& one : given) {
        if (auto problem = problem_with(analysis, one)) {
            return *std::move(problem);
        }
    }
    return AnalysisQuestion{
        analysis.name,
        std::move(given),
        call.caller.reader_name,
        format,
        {},
        {},
        {}};
}

std::optional<std::string> plain_value(const nlohmann::json& value) {
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? "yes" : "";
    }
    return value.is_number() ? std::optional{value.dump()} : std::nullopt;
}

Response analysis_response(std::string body, const std::string& format) {
    if (format == "json") {
        return json_text(std::move(body));
    }
    Response response;
    response.body = std::move(body);
    if (format == "csv") {
        response.headers = {{"Content-Type", "text/csv; charset=utf-8"}};
        return response;
    }
    if (format == "xlsx") {
        response.headers = {
            {"Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
            {"Content-Disposition", "attachment; filename=\"adic.xlsx\""}};
        return response;
    }
    response.headers = {
        {"Content-Type", "text/html; charset=utf-8"},
        {"Content-Security-Policy",
         "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; "
         "base-uri 'none'; form-action 'none'"}};
    return response;
}

}  // namespace adic::server
