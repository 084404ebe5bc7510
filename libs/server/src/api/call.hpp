#pragma once

#include "adic/registry/search/record_index.hpp"
#include "adic/server/application.hpp"

#include "api/tally.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace adic::server {

/// What the routes answer from.
struct House {
    Parts parts;
    registry::RecordIndex index;
    JobBoard jobs;
    Tally tally;
    std::string openapi;  ///< the document, made once
};

/// A request on its way: who asks, and its words taken apart.
struct Call {
    House& house;
    const Request& request;
    const Caller& caller;
    std::map<std::string, std::string, std::less<>> path;  ///< {id} and its value
    std::vector<std::pair<std::string, std::string>> query;

    /// The word of the path of that name.
    const std::string& word(std::string_view name) const;

    /// The last value in the query; empty: it is not there.
    std::optional<std::string> asked(std::string_view name) const;

    /// A whole number of the query, or `standard`. Errors: invalid_argument.
    Result<std::uint64_t> whole(
        std::string_view name,
        std::uint64_t standard,
        std::uint64_t from,
        std::uint64_t up_to
    ) const;

    std::chrono::sys_seconds now() const { return house.parts.now(); }
};

Response json_response(const nlohmann::ordered_json& body, int status = 200);

/// Of bytes that are JSON already.
Response json_text(std::string body, int status = 200);

/// {"error": {"code", "message"}} and the status of the code.
Response error_response(const Error& error);

/// The same with a status of HTTP that our codes have no name for: 401, 403, 412.
Response error_response(int status, std::string_view code, std::string_view message);

/// A tag of the bytes, so that who has them already is told so with 304.
std::string entity_tag(std::string_view bytes);

/// The answer, or 304 if the request has these bytes already.
Response with_tag(const Request& request, Response response);

/// The body as an object of JSON, its members found by name as fast however many there are.
/// Errors: invalid_argument with the place that is wrong.
Result<nlohmann::json> json_body(const Request& request);

/// A member of an object that is a text; empty if it is not there.
/// Errors: invalid_argument if it is something else.
Result<std::string> text_of(const nlohmann::json& object, std::string_view key);

/// The same of true and false. Errors: as `text_of`.
Result<bool> yes_of(const nlohmann::json& object, std::string_view key);

/// "2026-01-31T08:00:00Z"
std::string time_text(std::chrono::sys_seconds time);

}  // namespace adic::server
