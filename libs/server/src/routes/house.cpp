#include "api/route.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

Response get_health(const Call&) {
    return json_response({{"status", "ok"}});
}

/// Ready is who can read the store.
Response get_readiness(const Call& call) {
    if (call.house.index.refresh()) {
        return error_response({ErrorCode::unavailable, "the store cannot be read", {}});
    }
    return json_response({{"status", "ready"}});
}

Response get_metrics(const Call& call) {
    Response response;
    response.headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}};
    response.body = call.house.tally.text(call.house.jobs.running(), call.house.jobs.waiting());
    return response;
}

Response get_document(const Call& call) {
    return with_tag(call.request, json_text(call.house.openapi));
}

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/api/v1/openapi.json",
        .summary = "This document",
        .help = "OpenAPI 3.1.",
        .needs = {},
        .gives = "application/json",
        .answer = get_document},
    Route{
        .method = "GET",
        .path = "/healthz",
        .summary = "Whether the server answers",
        .help = "Asks nothing of the store.",
        .needs = {},
        .gives = "Status",
        .answer = get_health},
    Route{
        .method = "GET",
        .path = "/readyz",
        .summary = "Whether the server can work",
        .help = "503 while the store cannot be read.",
        .needs = {},
        .gives = "Status",
        .answer = get_readiness},
    Route{
        .method = "GET",
        .path = "/metrics",
        .summary = "How the server fares",
        .help = "In the text format of Prometheus: requests by route and status, jobs. It counts "
                "no records.",
        .needs = access::Permission::manage_server,
        .gives = "text/plain",
        .answer = get_metrics},
};

}  // namespace

std::span<const Route> house_routes() {
    return routes;
}

}  // namespace adic::server
