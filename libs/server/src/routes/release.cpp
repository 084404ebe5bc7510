#include "adic/app/registry.hpp"
#include "adic/registry/release/effect.hpp"

#include "api/record_parts.hpp"
#include "api/route.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array why_words{RouteWord{"why", "for the history"}};

Json grants_json(const model::ReleasePolicy& policy) {
    Json fields = Json::object();
    for (const model::FieldRelease& one : policy.fields) {
        fields[one.field] = model::to_text(one.grants);
    }
    return {
        {"record", model::to_text(policy.record)},
        {"fields", fields},
        {"label", model::traffic_light_of(policy)}};
}

Response get_release(const Call& call) {
    const auto version =
        app::own_version(call.house.parts.store, call.word("id"), call.caller.reader.state);
    if (!version || !call.caller.reader.is_official) {
        return error_response({ErrorCode::not_found, "there is no such record", {}});
    }
    return with_tag(call.request, json_response(grants_json(version->record.policy)));
}

Json answer_json(const app::ReleaseAnswer& answer) {
    Json changes = Json::array();
    for (const registry::DisclosureChange& change : answer.changes) {
        changes.push_back(
            {{"reader", change.reader},
             {"field", change.field},
             {"before", model::name_of(change.before)},
             {"after", model::name_of(change.after)}}
        );
    }
    return {
        {"label", answer.label},
        {"saved", answer.is_saved},
        {"changes", changes},
        {"warnings", answer.warnings}};
}

Result<app::ReleaseRequest> request_of(const Call& call) {
    ADIC_TRY(const Json body, json_body(call.request));
    app::ReleaseRequest request;
    request.id = call.word("id");
    ADIC_TRY(request.field, text_of(body, "field"));
    ADIC_TRY(request.release, text_of(body, "release"));
    ADIC_TRY(request.is_confirmed, yes_of(body, "confirm"));
    request.data = call.house.parts.data;
    return request;
}

Response post_release(const Call& call) {
    const auto request = request_of(call);
    if (!request) {
        return error_response(request.error());
    }
    const auto answer = app::release_record(call.house.parts.store, *request, authorship_of(call));
    return answer ? json_response(answer_json(*answer)) : error_response(answer.error());
}

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/api/v1/records/{id}/release",
        .summary = "To whom an own record is released",
        .help = "The grants of the record and of its fields, as they are written, and the label "
                "that they come to.",
        .needs = access::Permission::read,
        .gives = "Release",
        .answer = get_release},
    Route{
        .method = "POST",
        .path = "/api/v1/records/{id}/release",
        .summary = "Change what others see of an own record",
        .help = "Without 'confirm' it only says who would see what, and warns of what is unusual. "
                "With accounts, widening an audience makes a proposal that somebody else approves.",
        .needs = access::Permission::propose_release,
        .query = why_words,
        .takes = "ReleaseChange",
        .gives = "ReleaseAnswer",
        .answer = post_release},
};

}  // namespace

std::span<const Route> release_routes() {
    return routes;
}

}  // namespace adic::server
