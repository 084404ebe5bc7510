#include "adic/app/aggregates.hpp"

#include "api/record_parts.hpp"
#include "api/release_parts.hpp"
#include "api/route.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;
using app::AggregateStanding;
using std::chrono::sys_days;

constexpr std::array why_words{RouteWord{"why", "for the history"}};

std::string day_text(sys_days day) {
    const std::chrono::year_month_day date{day};
    return model::to_text(model::Period{date, date});
}

std::string_view name_of(app::OwnConsent consent) {
    switch (consent) {
    case app::OwnConsent::none: return "none";
    case app::OwnConsent::waiting: return "waiting";
    case app::OwnConsent::given: break;
    }
    return "given";
}

Json consents_json(const std::vector<registry::Consent>& consents) {
    Json list = Json::array();
    for (const registry::Consent& consent : consents) {
        list.push_back(
            {{"state", consent.state},
             {"from", day_text(consent.from)},
             {"until", day_text(consent.until)}}
        );
    }
    return list;
}

Json result_json(const std::optional<registry::SeenResult>& result) {
    if (!result) {
        return nullptr;
    }
    const std::optional<double>& total = result->total.total;
    return {
        {"id", result->id},
        {"outcome", total ? "published" : "withheld"},
        {"total", total ? Json(*total) : Json(nullptr)},
        {"states", result->states},
        {"published", day_text(result->published)}};
}

Json standing_json(const AggregateStanding& standing) {
    const model::Aggregate& question = standing.question;
    Json own = nullptr;
    if (standing.own) {
        own = {
            {"quantity", standing.own->quantity},
            {"records", standing.own->records},
            {"undated", standing.own->undated}};
    }
    return {
        {"id", question.id},
        {"owner", question.owner},
        {"name", question.name},
        {"measure", question.measure},
        {"item", question.item},
        {"first_year", question.first_year},
        {"last_year", question.last_year},
        {"smallest_group", question.smallest_group},
        {"protection", question.protection},
        {"rounding", question.rounding},
        {"audience", question.audience},
        {"definition", standing.mark},
        {"consents", consents_json(standing.consents)},
        {"enough", standing.has_enough()},
        {"result", result_json(standing.result)},
        {"own", own},
        {"own_consent", name_of(standing.own_consent)},
        {"obstacle", standing.obstacle}};
}

Response get_aggregates(const Call& call) {
    const auto standings = app::list_aggregates(
        call.house.parts.store,
        call.caller.reader,
        call.house.parts.data,
        viewing_of(call)
    );
    if (!standings) {
        return error_response(standings.error());
    }
    Json list = Json::array();
    for (const AggregateStanding& standing : *standings) {
        list.push_back(standing_json(standing));
    }
    return with_tag(call.request, json_response({{"aggregates", list}}));
}

Response get_aggregate(const Call& call) {
    const auto standing = app::open_aggregate(
        call.house.parts.store,
        call.caller.reader,
        call.house.parts.data,
        call.word("id"),
        viewing_of(call)
    );
    return standing ? with_tag(call.request, json_response(standing_json(*standing)))
                    : error_response(standing.error());
}

/// A member of the body that is a day; empty if it is not there.
Result<std::optional<sys_days>> day_of(const nlohmann::json& body, std::string_view key) {
    ADIC_TRY(const std::string text, text_of(body, key));
    if (text.empty()) {
        return std::optional<sys_days>{};
    }
    const auto period = model::parse_period(text);
    if (!period || period->first != period->last) {
        return Error{
            ErrorCode::invalid_argument,
            "'" + std::string(key) + "' is a day as in 2026-01-31",
            {}};
    }
    return std::optional{sys_days{period->first}};
}

Result<app::ConsentRequest> consent_of(const Call& call) {
    ADIC_TRY(const nlohmann::json body, json_body(call.request));
    app::ConsentRequest request;
    request.id = call.word("id");
    request.data = call.house.parts.data;
    ADIC_TRY(request.mark, text_of(body, "definition"));
    ADIC_TRY(request.from, day_of(body, "from"));
    ADIC_TRY(request.until, day_of(body, "until"));
    ADIC_TRY(request.is_confirmed, yes_of(body, "confirm"));
    if (request.is_confirmed && request.mark.empty()) {
        return Error{
            ErrorCode::invalid_argument,
            "'definition' names what was looked at: that of GET /api/v1/aggregates/{id}",
            {}};
    }
    request.is_released = !call.house.parts.door.has_four_eyes();
    return request;
}

Json answer_json(const app::ConsentAnswer& answer) {
    return {
        {"aggregate", standing_json(answer.standing)},
        {"consent", answer.consent},
        {"shown_to", answer.release},
        {"effects", app::effects_of_consent(answer.standing)},
        {"saved", answer.is_saved}};
}

/// Why the caller may not consent; empty: it may, at once or with somebody else's approval.
std::optional<Response> refusal_of_consent(const Call& call, const app::ConsentRequest& request) {
    app::ConsentRequest trial = request;
    trial.is_confirmed = false;
    auto& store = call.house.parts.store;
    const auto answer = app::consent_to_aggregate(store, trial, authorship_of(call));
    if (!answer) {
        return error_response(answer.error());
    }
    auto audience = app::audience_of_consent(request.data, answer->standing.question);
    if (!audience) {
        return error_response(audience.error());
    }
    return refusal_of(release_step_of(call, {}, {*std::move(audience), {}}, true));
}

Response post_consent(const Call& call) {
    constexpr int accepted = 202;
    const auto request = consent_of(call);
    if (!request) {
        return error_response(request.error());
    }
    if (request->is_confirmed) {
        if (auto refusal = refusal_of_consent(call, *request)) {
            return *std::move(refusal);
        }
    }
    auto& store = call.house.parts.store;
    const auto answer = app::consent_to_aggregate(store, *request, authorship_of(call));
    if (!answer) {
        return error_response(answer.error());
    }
    Json body = answer_json(*answer);
    if (!answer->is_saved || request->is_released) {
        return json_response(body);
    }
    // Its own state has it now, and nobody else: what others see of it, two people decide.
    app::ReleaseRequest release;
    release.id = answer->consent;
    release.release = answer->release;
    release.data = request->data;
    release.is_confirmed = true;
    auto change = change_release(call, std::move(release), {});
    if (change.refusal) {
        return *std::move(change.refusal);
    }
    body["proposal"] = change.proposal ? Json(*change.proposal) : Json(nullptr);
    return json_response(body, change.proposal ? accepted : 200);
}

Response delete_consent(const Call& call) {
    constexpr int no_content = 204;
    auto& store = call.house.parts.store;
    if (auto problem = app::withdraw_consent(store, call.word("id"), authorship_of(call))) {
        return error_response(*problem);
    }
    return Response{no_content, {}, {}, {}};
}

Response post_publish(const Call& call) {
    constexpr int forbidden = 403;
    const auto body = json_body(call.request);
    if (!body) {
        return error_response(body.error());
    }
    const auto is_confirmed = yes_of(*body, "confirm");
    if (!is_confirmed) {
        return error_response(is_confirmed.error());
    }
    app::PublishRequest request;
    request.id = call.word("id");
    request.data = call.house.parts.data;
    request.is_confirmed = *is_confirmed;
    request.may_publish = [&](const std::vector<model::Grant>& audience) {
        const access::Target target{
            call.caller.principal.state,
            {},
            registry::widest_of({audience, {}}).value_or(model::Audience::Kind::everyone)};
        return access::may(call.caller.principal, access::Permission::release, target);
    };
    const auto answer =
        app::publish_aggregate(call.house.parts.store, request, authorship_of(call));
    if (!answer) {
        return error_response(answer.error());
    }
    if (answer->is_refused) {
        return error_response(forbidden, "forbidden", "this account may not release so widely");
    }
    return json_response(
        {{"aggregate", standing_json(answer->standing)}, {"published", answer->is_published}}
    );
}

constexpr std::array<std::string_view, 1> aggregates_list{"aggregates"};

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/api/v1/aggregates",
        .summary = "Questions about what states hide, and their totals",
        .help = "Each with the consents and the result that the reader sees. Officials are told "
                "what their own state would have counted today. Nothing is added up over states "
                "by asking.",
        .needs = access::Permission::read,
        .gives = "Aggregates",
        .lists = aggregates_list,
        .answer = get_aggregates},
    Route{
        .method = "GET",
        .path = "/api/v1/aggregates/{id}",
        .summary = "One of them",
        .help =
            "A definition is there if the reader sees all of it. They are written as records of "
            "type aggregate.",
        .needs = access::Permission::read,
        .gives = "Aggregate",
        .answer = get_aggregate},
    Route{
        .method = "POST",
        .path = "/api/v1/aggregates/{id}/consent",
        .summary = "Agree to be counted",
        .help = "For the caller's own state. Without 'confirm' it only says what it gives away. "
                "'definition' names what was looked at. With accounts, somebody else of the state "
                "approves it as a wider release; until then it does not count.",
        .needs = access::Permission::propose_release,
        .query = why_words,
        .takes = "ConsentQuestion",
        .gives = "ConsentAnswer",
        .answer = post_consent},
    Route{
        .method = "DELETE",
        .path = "/api/v1/aggregates/{id}/consent",
        .summary = "Take the own state's consent back",
        .help = "A result that was published with it stays.",
        .needs = access::Permission::propose_release,
        .query = why_words,
        .gives = "",
        .status = 204,
        .answer = delete_consent},
    Route{
        .method = "POST",
        .path = "/api/v1/aggregates/{id}/publish",
        .summary = "Compute the total of an own aggregate, and publish it",
        .help = "Once, over the states that consent today, as a record that is released to the "
                "audience of the definition; it is neither changed nor taken back. It may say "
                "'withheld', and never why. With fewer consents than the smallest group it is "
                "refused, whatever the states have. Without 'confirm' it only says who would be "
                "counted.",
        .needs = access::Permission::release,
        .query = why_words,
        .takes = "Confirmation",
        .gives = "PublishAnswer",
        .answer = post_publish},
};

}  // namespace

std::span<const Route> aggregate_routes() {
    return routes;
}

}  // namespace adic::server
