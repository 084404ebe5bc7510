#include "api/call.hpp"

#include "adic/base/json_text.hpp"
#include "adic/base/text.hpp"

#include <array>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <sodium.h>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;
using Body = nlohmann::json;

constexpr const char* json_type = "application/json";

/// The deepest that a body may be nested: nothing of ours needs more.
constexpr int deepest = 16;

}  // namespace

const std::string& Call::word(std::string_view name) const {
    return path.find(name)->second;
}

std::optional<std::string> Call::asked(std::string_view name) const {
    std::optional<std::string> value;
    for (const auto& [key, given] : query) {
        if (key == name) {
            value = given;
        }
    }
    return value;
}

Result<std::uint64_t> Call::whole(
    std::string_view name,
    std::uint64_t standard,
    std::uint64_t from,
    std::uint64_t up_to
) const {
    const auto given = asked(name);
    if (!given) {
        return standard;
    }
    const auto value = parse_whole(*given);
    if (!value || *value < from || *value > up_to) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("'{}' is a whole number from {} to {}", name, from, up_to),
            {}};
    }
    return *value;
}

Response json_text(std::string body, int status) {
    Response response;
    response.status = status;
    response.headers = {{"Content-Type", json_type}};
    response.body = std::move(body);
    return response;
}

Response json_response(const Json& body, int status) {
    return json_text(body.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n', status);
}

Response error_response(int status, std::string_view code, std::string_view message) {
    return json_response(Json{{"error", {{"code", code}, {"message", message}}}}, status);
}

Response error_response(const Error& error) {
    const ErrorTraits known = traits(error.code);
    return error_response(known.http_status, known.name, error.message);
}

std::string entity_tag(std::string_view bytes) {
    constexpr std::size_t length = 16;
    std::array<unsigned char, length> hash{};
    crypto_generichash(
        hash.data(),
        hash.size(),
        reinterpret_cast<const unsigned char*>(bytes.data()),
        bytes.size(),
        nullptr,
        0
    );
    return fmt::format("\"{:02x}\"", fmt::join(hash, ""));
}

Response with_tag(const Request& request, Response response) {
    constexpr int not_modified = 304;
    const std::string tag = entity_tag(response.body);
    response.headers.emplace_back("ETag", tag);
    for (const std::string_view known : split(request.header("if-none-match"), ',')) {
        const std::string_view word = trimmed(known);
        if (word == tag || word == "*" || (word.starts_with("W/") && word.substr(2) == tag)) {
            response.status = not_modified;
            response.body.clear();
            break;
        }
    }
    return response;
}

Result<Body> json_body(const Request& request) {
    if (!request.header("content-type").starts_with(json_type)) {
        return Error{ErrorCode::invalid_argument, "the body is of the type application/json", {}};
    }
    if (is_nested_deeper(request.body, deepest)) {
        return Error{ErrorCode::invalid_argument, "the body is nested too deeply", {}};
    }
    try {
        Body body = Body::parse(request.body);
        if (body.is_object()) {
            return body;
        }
        return Error{ErrorCode::invalid_argument, "the body is an object of JSON", {}};
    } catch (const Body::parse_error& wrong) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("the body is no JSON: it is wrong at byte {}", wrong.byte),
            {}};
    } catch (const Body::exception&) {
        return Error{ErrorCode::invalid_argument, "the body has a number that is too large", {}};
    }
}

Result<std::string> text_of(const Body& object, std::string_view key) {
    const auto found = object.find(std::string(key));
    if (found == object.end() || found->is_null()) {
        return std::string{};
    }
    if (!found->is_string()) {
        return Error{ErrorCode::invalid_argument, fmt::format("'{}' is a text", key), {}};
    }
    return found->get<std::string>();
}

Result<bool> yes_of(const Body& object, std::string_view key) {
    const auto found = object.find(std::string(key));
    if (found == object.end() || found->is_null()) {
        return false;
    }
    if (!found->is_boolean()) {
        return Error{ErrorCode::invalid_argument, fmt::format("'{}' is true or false", key), {}};
    }
    return found->get<bool>();
}

std::string time_text(std::chrono::sys_seconds time) {
    return fmt::format(
        "{:%Y-%m-%dT%H:%M:%SZ}",
        fmt::gmtime(std::chrono::system_clock::to_time_t(time))
    );
}

}  // namespace adic::server
