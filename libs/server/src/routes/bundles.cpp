#include "adic/app/bundles.hpp"

#include "adic/app/registry.hpp"
#include "adic/audit/sealing.hpp"

#include "api/record_parts.hpp"
#include "api/route.hpp"

#include <array>
#include <limits>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t largest_bundle = 64 * 1024 * 1024;

/// Who speaks for a state: nobody else gives or takes bundles in its name.
std::optional<Error> refusal(const Call& call) {
    const BundleDesk* desk = call.house.parts.bundles;
    if (desk == nullptr || desk->store == nullptr) {
        return Error{ErrorCode::conflict, "this server exchanges no bundles", {}};
    }
    if (!call.caller.reader.is_official) {
        return Error{ErrorCode::invalid_argument, "bundles are for officials of a state", {}};
    }
    return std::nullopt;
}

Json key_json(const std::optional<audit::SigningKey>& key) {
    return key ? Json(audit::to_text(key->verifying())) : Json(nullptr);
}

Json place_json(const registry::BundlePlace& place) {
    return place.number == 0 ? Json(nullptr)
                             : Json{{"number", place.number}, {"at", time_text(place.at)}};
}

Result<Json> exchanges_of(const Call& call) {
    const BundleDesk& desk = *call.house.parts.bundles;
    const std::string& own = call.caller.reader.state;
    std::set<std::string> states;
    for (const registry::TrustedSender& sender : desk.senders) {
        states.insert(sender.state);
    }
    states.erase(own);
    Json list = Json::array();
    for (const std::string& state : states) {
        ADIC_TRY(const auto sent, desk.store->last_sent(own, state));
        ADIC_TRY(const auto received, desk.store->last_imported(state, own));
        list.push_back(
            {{"state", state}, {"sent", place_json(sent)}, {"received", place_json(received)}}
        );
    }
    return list;
}

Response get_bundles(const Call& call) {
    if (refusal(call)) {
        return json_response(
            {{"exchanged", false},
             {"sender_key", nullptr},
             {"recipient_key", nullptr},
             {"exchanges", Json::array()}}
        );
    }
    const BundleDesk& desk = *call.house.parts.bundles;
    auto exchanges = exchanges_of(call);
    if (!exchanges) {
        return error_response(exchanges.error());
    }
    return json_response(
        {{"exchanged", true},
         {"sender_key", key_json(desk.signs)},
         {"recipient_key", key_json(desk.opens)},
         {"exchanges", *std::move(exchanges)}}
    );
}

Result<std::optional<std::uint64_t>> since_of(const nlohmann::json& body) {
    const auto found = body.find("since");
    if (found == body.end() || found->is_null()) {
        return std::optional<std::uint64_t>{};
    }
    constexpr auto most = std::uint64_t{std::numeric_limits<std::int32_t>::max()};
    if (!found->is_number_unsigned() || found->get<std::uint64_t>() == 0
        || found->get<std::uint64_t>() > most) {
        return Error{ErrorCode::invalid_argument, "'since' is the number of a bundle", {}};
    }
    return std::optional{found->get<std::uint64_t>()};
}

Result<std::optional<audit::VerifyingKey>> seal_of(const nlohmann::json& body) {
    ADIC_TRY(const std::string text, text_of(body, "seal_for"));
    if (text.empty()) {
        return std::optional<audit::VerifyingKey>{};
    }
    ADIC_TRY(audit::VerifyingKey key, audit::parse_verifying_key(text));
    if (key.kind != audit::KeyKind::recipient) {
        return Error{ErrorCode::invalid_argument, "'seal_for' is no key of a recipient", {}};
    }
    return std::optional{std::move(key)};
}

Result<app::ExportBundleRequest> request_of(const Call& call, const nlohmann::json& body) {
    const auto today = std::chrono::floor<std::chrono::days>(call.now());
    app::ExportBundleRequest request;
    request.owner = call.caller.principal.state;
    request.blocs = call.caller.reader.blocs;
    ADIC_TRY(const std::string recipient, text_of(body, "for"));
    ADIC_TRY(request.recipient, app::find_reader(call.house.parts.data, recipient, today));
    ADIC_TRY(request.begins_anew, yes_of(body, "anew"));
    ADIC_TRY(request.since, since_of(body));
    if (request.begins_anew && request.since) {
        return Error{ErrorCode::invalid_argument, "either 'anew' or 'since'", {}};
    }
    return request;
}

struct MadeBundle {
    registry::Bundle bundle;
    std::string text;
};

Result<MadeBundle> make_bundle(const Call& call) {
    if (auto problem = refusal(call)) {
        return *std::move(problem);
    }
    BundleDesk& desk = *call.house.parts.bundles;
    if (!desk.signs) {
        return Error{ErrorCode::conflict, "this server has no key to sign bundles with", {}};
    }
    ADIC_TRY(const nlohmann::json body, json_body(call.request));
    ADIC_TRY(const auto request, request_of(call, body));
    ADIC_TRY(const auto sealed_for, seal_of(body));
    ADIC_TRY(
        auto made,
        app::export_bundle(
            call.house.parts.store,
            *desk.store,
            request,
            *desk.signs,
            viewing_of(call)
        )
    );
    if (sealed_for) {
        ADIC_TRY(made.text, audit::seal(made.text, *desk.signs, *sealed_for));
    }
    return MadeBundle{std::move(made.bundle), std::move(made.text)};
}

Response post_bundle(const Call& call) {
    constexpr int created = 201;
    auto made = make_bundle(call);
    if (!made) {
        return error_response(made.error());
    }
    std::string to = made->bundle.to;
    std::ranges::replace(to, ':', '-');
    Response response;
    response.status = created;
    response.headers = {
        {"Content-Type", "application/octet-stream"},
        {"Content-Disposition",
         fmt::format(
             "attachment; filename=\"{}-to-{}-{}.bundle\"",
             made->bundle.from,
             to,
             made->bundle.number
         )}};
    response.body = std::move(made->text);
    return response;
}

Json change_json(const app::ImportedRecord& record) {
    return {
        {"id", record.id},
        {"type", record.type},
        {"change", app::name_of(record.change)},
        {"fields", record.fields},
        {"taken_back", record.taken_back}};
}

Json changes_json(const app::ImportBundleAnswer& answer) {
    Json records = Json::array();
    for (const app::ImportedRecord& record : answer.records) {
        records.push_back(change_json(record));
    }
    return {
        {"from", answer.from},
        {"to", answer.to},
        {"number", answer.number},
        {"at", time_text(answer.at)},
        {"repeated", answer.is_repeated},
        {"begins_anew", answer.begins_anew},
        {"unchanged", answer.unchanged},
        {"records", records},
        {"saved", answer.is_saved}};
}

Response post_received(const Call& call) {
    if (auto problem = refusal(call)) {
        return error_response(*problem);
    }
    BundleDesk& desk = *call.house.parts.bundles;
    const std::string confirm = call.asked("confirm").value_or("no");
    if (confirm != "yes" && confirm != "no") {
        return error_response({ErrorCode::invalid_argument, "'confirm' is yes or no", {}});
    }
    app::ImportBundleRequest request;
    request.text = call.request.body;
    request.importer = call.caller.reader;
    request.senders = desk.senders;
    request.opens = desk.opens ? &*desk.opens : nullptr;
    request.is_confirmed = confirm == "yes";
    const auto answer =
        app::import_bundle(call.house.parts.store, *desk.store, request, viewing_of(call));
    return answer ? json_response(changes_json(*answer)) : error_response(answer.error());
}

Response get_received(const Call& call) {
    Json list = Json::array();
    const BundleDesk* desk = call.house.parts.bundles;
    if (desk != nullptr && desk->store != nullptr) {
        const auto received =
            app::list_received(*desk->store, call.caller.reader, viewing_of(call));
        if (!received) {
            return error_response(received.error());
        }
        for (const registry::ReceivedRecord& one : **received) {
            const registry::SeenVersion& last = one.versions.back();
            list.push_back(
                {{"record", Json::parse(registry::to_json(last.record))},
                 {"from", last.record.owner},
                 {"bundle", one.number},
                 {"at", time_text(last.at)}}
            );
        }
    }
    return json_response({{"records", list}});
}

constexpr std::array confirm_words{
    RouteWord{"confirm", "yes: take it in; else only say what would change"}};

constexpr std::array<std::string_view, 1> exchanges_list{"exchanges"};
constexpr std::array<std::string_view, 1> records_list{"records"};

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/api/v1/bundles",
        .summary = "With whom bundles are exchanged",
        .help = "Public keys of this server, and the last bundle to and from each trusted sender.",
        .needs = access::Permission::read,
        .gives = "Bundles",
        .lists = exchanges_list,
        .answer = get_bundles},
    Route{
        .method = "POST",
        .path = "/api/v1/bundles",
        .summary = "Make the next bundle for a recipient",
        .help = "What the recipient may see of the own state's records and did not get before, "
                "signed, and sealed if 'seal_for' has the recipient's public key.",
        .needs = access::Permission::release,
        .takes = "NewBundle",
        .gives = "application/octet-stream",
        .status = 201,
        .answer = post_bundle},
    Route{
        .method = "POST",
        .path = "/api/v1/bundles/received",
        .summary = "Take in a bundle of another state",
        .help = "Without 'confirm=yes' it is only said what would change. Refused unless it is "
                "whole, signed by a trusted sender, for the caller, and next in its series.",
        .needs = access::Permission::release,
        .query = confirm_words,
        .takes = "application/octet-stream",
        .gives = "BundleChanges",
        .largest_body = largest_bundle,
        .answer = post_received},
    Route{
        .method = "GET",
        .path = "/api/v1/bundles/records",
        .summary = "Records that came in bundles",
        .help = "With the state and the number of the bundle that each came in.",
        .needs = access::Permission::read,
        .gives = "ReceivedRecords",
        .lists = records_list,
        .answer = get_received},
};

}  // namespace

std::span<const Route> bundle_routes() {
    return routes;
}

}  // namespace adic::server
