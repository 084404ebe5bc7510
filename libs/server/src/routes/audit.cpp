#include "adic/audit/bridge.hpp"
#include "adic/audit/evidence.hpp"
#include "adic/audit/log.hpp"

#include "api/route.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;
using audit::LogReader;
using audit::SignedHead;

constexpr std::size_t largest_evidence = 64 * 1024 * 1024;

Response file_response(std::string body, const std::string& name) {
    Response response;
    response.headers = {
        {"Content-Type", "text/plain; charset=utf-8"},
        {"Content-Disposition", fmt::format("attachment; filename=\"{}\"", name)}};
    response.body = std::move(body);
    return response;
}

Result<LogReader> open_log(const Call& call) {
    if (call.house.parts.audit == nullptr) {
        return Error{ErrorCode::not_found, "this registry keeps no audit log", {}};
    }
    return LogReader::open(call.house.parts.audit->folder());
}

Result<SignedHead> head_of(const LogReader& log) {
    if (!log.state().head) {
        return Error{
            ErrorCode::conflict,
            "the log has no signed head, so nothing can be proven yet: sign one first",
            {}};
    }
    return *log.state().head;
}

const audit::Policy* policy_of(const Call& call) {
    const AuditDesk* desk = call.house.parts.audit_desk;
    return desk != nullptr && desk->policy ? &*desk->policy : nullptr;
}

Json cosigned_json(const std::vector<audit::Cosigned>& cosigned) {
    Json list = Json::array();
    for (const audit::Cosigned& one : cosigned) {
        list.push_back({{"member", one.member}, {"at", audit::to_rfc3339(one.at)}});
    }
    return list;
}

/// A head as it is signed. How many entries came since is not said: it would tell what others do.
Json head_json(const Call& call, const SignedHead& head) {
    Json signatures = Json::array();
    for (const audit::Signature& signature : head.signatures) {
        const auto at = audit::time_of(signature);
        const bool is_of_log = signature.name == head.head.origin;
        signatures.push_back(
            {{"name", signature.name},
             {"at", is_of_log || !at ? Json(nullptr) : Json(audit::to_rfc3339(*at))}}
        );
    }
    Json one{{"size", head.head.tree.size}, {"note", audit::write_signed_head(head)}};
    one["signatures"] = signatures;
    if (const audit::Policy* policy = policy_of(call)) {
        const audit::HeadVerdict verdict = audit::judge(head, *policy);
        one["holds"] = verdict.holds();
        one["cosigned"] = cosigned_json(verdict.cosigned);
        one["problems"] = verdict.problems;
    }
    return one;
}

/// Opening reads every byte of the log and holds it against itself.
Response get_log(const Call& call) {
    const AuditDesk* desk = call.house.parts.audit_desk;
    if (call.house.parts.audit == nullptr) {
        return json_response({{"kept", false}});
    }
    const auto log = open_log(call);
    if (!log) {
        return error_response(log.error());
    }
    const auto& state = log->state();
    const auto numbers = state.numbers.find(call.caller.principal.state);
    Json body{{"kept", true}, {"origin", state.origin}};
    body["own_entries"] = numbers == state.numbers.end() ? 0 : numbers->second;
    body["can_sign"] = desk != nullptr && desk->signs.has_value();
    body["has_policy"] = policy_of(call) != nullptr;
    body["head"] = state.head ? head_json(call, *state.head) : Json(nullptr);
    return json_response(body);
}

Response post_head(const Call& call) {
    AuditDesk* desk = call.house.parts.audit_desk;
    if (call.house.parts.audit == nullptr || desk == nullptr || !desk->signs) {
        return error_response({ErrorCode::conflict, "this server has no key of an audit log", {}});
    }
    const std::lock_guard lock(desk->using_);
    const auto head = call.house.parts.audit->sign(*desk->signs);
    return head ? json_response(head_json(call, *head)) : error_response(head.error());
}

Result<std::string> evidence_of(const Call& call) {
    ADIC_TRY(const LogReader log, open_log(call));
    ADIC_TRY(const SignedHead head, head_of(log));
    std::string text;
    const auto take = [&](std::string_view part) -> std::optional<Error> {
        if (text.size() + part.size() > largest_evidence) {
            return Error{
                ErrorCode::unavailable,
                "the evidence is too long to be sent: 'adic audit show --out' writes it",
                {}};
        }
        text += part;
        return std::nullopt;
    };
    ADIC_TRY(
        [[maybe_unused]] const std::uint64_t entries,
        audit::write_evidence(log, call.caller.principal.state, head, take)
    );
    return text;
}

Response get_evidence(const Call& call) {
    auto text = evidence_of(call);
    return text ? file_response(*std::move(text), "evidence-" + call.caller.principal.state)
                : error_response(text.error());
}

Result<std::string> bridge_of(const Call& call) {
    constexpr std::uint64_t most = std::uint64_t{1} << 53U;
    ADIC_TRY(const std::uint64_t since, call.whole("since", 0, 0, most));
    ADIC_TRY(const LogReader log, open_log(call));
    ADIC_TRY(const SignedHead head, head_of(log));
    ADIC_TRY(const audit::Bridge bridge, audit::make_bridge(log, since, head));
    return audit::write_bridge(bridge);
}

Response get_bridge(const Call& call) {
    auto text = bridge_of(call);
    return text ? file_response(*std::move(text), "bridge") : error_response(text.error());
}

/// As 'adic audit verify' does, under the policy of this server.
Response post_verification(const Call& call) {
    const audit::Policy* policy = policy_of(call);
    if (policy == nullptr) {
        return error_response(
            {ErrorCode::conflict, "this server has no policy that says whose signatures count", {}}
        );
    }
    const auto verdict = audit::check_evidence_text(call.request.body, *policy);
    if (!verdict) {
        return error_response(verdict.error());
    }
    std::vector<std::string> problems = verdict->problems;
    problems.insert(
        problems.end(),
        verdict->signatures.problems.begin(),
        verdict->signatures.problems.end()
    );
    return json_response(
        {{"holds", verdict->holds()},
         {"owner", verdict->owner},
         {"origin", verdict->head.head.origin},
         {"size", verdict->head.head.tree.size},
         {"entries", verdict->entries},
         {"gapless", verdict->is_gapless},
         {"cosigned", cosigned_json(verdict->signatures.cosigned)},
         {"problems", problems}}
    );
}

constexpr auto read_audit = access::Permission::read_audit;

constexpr std::array since_words{
    RouteWord{"since", "how many entries the witness has co-signed; 0 for none", "integer"}};

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/api/v1/audit/log",
        .summary = "The audit log: its signed head and who co-signed it",
        .help = "The whole log is read and held against itself before this is answered. With a "
                "policy, what it says of the signatures.",
        .needs = read_audit,
        .gives = "AuditLog",
        .answer = get_log},
    Route{
        .method = "POST",
        .path = "/api/v1/audit/head",
        .summary = "Sign a head over all that is in the log",
        .help = "With the key of the log that the server was started with. Co-signatures of the "
                "same head stay.",
        .needs = read_audit,
        .gives = "AuditHead",
        .answer = post_head},
    Route{
        .method = "GET",
        .path = "/api/v1/audit/evidence",
        .summary = "Who was shown the own state's records, with proofs",
        .help = "Each entry up to the signed head with the proof that it is in the log: 'adic "
                "audit verify' checks it without this server.",
        .needs = read_audit,
        .gives = "text/plain",
        .answer = get_evidence},
    Route{
        .method = "GET",
        .path = "/api/v1/audit/bridge",
        .summary = "Proof that the signed head continues an earlier one",
        .help = "What a witness needs to co-sign without the log.",
        .needs = read_audit,
        .query = since_words,
        .gives = "text/plain",
        .answer = get_bridge},
    Route{
        .method = "POST",
        .path = "/api/v1/audit/verification",
        .summary = "Check evidence",
        .help = "Any evidence, of this log or another that the policy names, as text.",
        .needs = read_audit,
        .takes = "text/plain",
        .gives = "AuditVerdict",
        .only_asks = true,
        .largest_body = largest_evidence,
        .answer = post_verification},
};

}  // namespace

std::span<const Route> audit_routes() {
    return routes;
}

}  // namespace adic::server
