#include "adic/app/registry.hpp"
#include "adic/base/sha256.hpp"
#include "adic/base/text.hpp"
#include "adic/registry/release/effect.hpp"

#include "api/record_parts.hpp"
#include "api/release_parts.hpp"
#include "api/route.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array why_words{RouteWord{"why", "for the history"}};

/// The grants of a record, and who is on the owner's side.
Json grants_json(const model::Record& record) {
    Json fields = Json::object();
    for (const model::FieldRelease& one : record.policy.fields) {
        fields[one.field] = model::to_text(one.grants);
    }
    return {
        {"record", model::to_text(record.policy.record)},
        {"fields", fields},
        {registry::owners_side, registry::owners_side_text(record)},
        {"label", registry::traffic_light_of(record)}};
}

Response get_release(const Call& call) {
    const Error nothing{ErrorCode::not_found, "there is no such record", {}};
    // A firm is of a state too: it hears no sooner and no later that a record is not its own.
    if (!call.caller.reader.is_official) {
        return error_response(nothing);
    }
    const auto version =
        app::own_version(call.house.parts.store, call.word("id"), call.caller.reader.state);
    if (!version) {
        return error_response(nothing);
    }
    return with_tag(call.request, json_response(grants_json(version->record)));
}

/// The release of a version, and which version it is: what was looked at is released, not what was
/// written since.
std::string release_text(const model::RecordVersion& version) {
    Json text = grants_json(version.record);
    text["version"] = version.number;
    return text.dump();
}

/// Names a change and what it starts from.
std::string
basis_of(const std::string& before, const std::string& field, const std::string& release) {
    return to_hex(sha256(Json{before, field, release}.dump()));
}

std::string basis_of(const app::ReleaseAnswer& answer, const app::ReleaseRequest& request) {
    return basis_of(release_text(answer.before), request.field, request.release);
}

Json answer_json(const app::ReleaseAnswer& answer, const std::string& basis) {
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
        {"basis", basis},
        {"saved", answer.is_saved},
        {"widens", answer.widens},
        {"changes", changes},
        {"warnings", answer.warnings}};
}

struct Asked {
    app::ReleaseRequest request;
    std::string basis;  ///< empty: whatever the release is now
};

Result<Asked> request_of(const Call& call) {
    ADIC_TRY(const nlohmann::json body, json_body(call.request));
    Asked asked;
    app::ReleaseRequest& request = asked.request;
    request.id = call.word("id");
    ADIC_TRY(request.field, text_of(body, "field"));
    ADIC_TRY(request.release, text_of(body, "release"));
    ADIC_TRY(request.is_confirmed, yes_of(body, "confirm"));
    ADIC_TRY(asked.basis, text_of(body, "basis"));
    request.data = call.house.parts.data;
    return asked;
}

/// What it takes to save the change, by the roles of who asks.
access::ReleaseStep step_of(const Call& call, const app::ReleaseAnswer& answer) {
    return release_step_of(call, answer.after.organisation, answer.after.policy, answer.widens);
}

/// What the cap of whoever approves it has to cover: of the owner's side an organisation, whoever
/// sees the record beside it.
model::Audience::Kind
widest_of(const app::ReleaseRequest& request, const app::ReleaseAnswer& answer) {
    constexpr auto least = model::Audience::Kind::organisation;
    return request.field == registry::owners_side
               ? least
               : registry::widest_of(answer.after.policy).value_or(least);
}

/// Another pair of eyes has to see it: the change waits as a proposal.
Result<std::uint64_t>
propose(const Call& call, const app::ReleaseRequest& request, const app::ReleaseAnswer& answer) {
    access::NewProposal proposal;
    proposal.record = request.id;
    proposal.owner = call.caller.principal.state;
    proposal.field = request.field;
    proposal.before = release_text(answer.before);
    proposal.after = request.release;
    proposal.widest = widest_of(request, answer);
    proposal.why = call.asked("why").value_or("not said");
    ADIC_TRY(
        const access::Proposal made,
        call.house.parts.accounts->proposals.add(proposal, call.caller.principal, call.now())
    );
    return made.number;
}

Response post_release(const Call& call) {
    constexpr int accepted = 202;
    constexpr int ok = 200;
    auto asked = request_of(call);
    if (!asked) {
        return error_response(asked.error());
    }
    const auto& [request, basis] = *asked;
    const auto change = change_release(call, request, basis);
    if (change.refusal) {
        return *change.refusal;
    }
    Json body = answer_json(*change.answer, basis_of(*change.answer, request));
    if (change.proposal) {
        body["proposal"] = *change.proposal;
    }
    return json_response(body, change.proposal ? accepted : ok);
}

Json proposal_json(const access::Proposal& proposal) {
    Json one;
    one["number"] = proposal.number;
    one["record"] = proposal.record;
    one["field"] = proposal.field;
    one["before"] = Json::parse(proposal.before, nullptr, false);
    one["after"] = proposal.after;
    one["why"] = proposal.why;
    one["by"] = proposal.by;
    one["at"] = time_text(proposal.at);
    one["expires"] = time_text(proposal.expires);
    one["state"] = access::name_of(proposal.state);
    one["decided_by"] = proposal.decided_by.empty() ? Json(nullptr) : Json(proposal.decided_by);
    return one;
}

Response no_proposal() {
    return error_response({ErrorCode::not_found, "there is no such proposal", {}});
}

Response get_proposals(const Call& call) {
    Json list = Json::array();
    if (call.house.parts.accounts != nullptr) {
        const auto found = call.house.parts.accounts->proposals.list(
            call.caller.principal.state,
            call.asked("open").value_or("") == "yes",
            call.now()
        );
        if (!found) {
            return error_response(found.error());
        }
        for (const access::Proposal& proposal : *found) {
            list.push_back(proposal_json(proposal));
        }
    }
    return json_response({{"proposals", list}});
}

/// One of the caller's own state; empty: there is none.
std::optional<access::Proposal> own_proposal(const Call& call) {
    constexpr std::uint64_t most = std::uint64_t{1} << 53U;
    const auto number = parse_whole(call.word("number"));
    if (call.house.parts.accounts == nullptr || !number || *number > most) {
        return std::nullopt;
    }
    auto found = call.house.parts.accounts->proposals.find(*number);
    const bool is_own = found && *found && (*found)->owner == call.caller.principal.state;
    return is_own ? *std::move(found) : std::nullopt;
}

/// Puts into force what two have seen. The record is written as it was when the second looked, or
/// not at all.
Response apply(const Call& call, const access::Proposal& proposal) {
    app::ReleaseRequest request;
    request.id = proposal.record;
    request.field = proposal.field;
    request.release = proposal.after;
    request.data = call.house.parts.data;
    request.is_confirmed = true;
    request.may_save = [&](const app::ReleaseAnswer& answer) {
        return release_text(answer.before) == proposal.before;
    };
    app::Authorship author = authorship_of(call);
    author.by = proposal.by;
    author.why = proposal.why + " (approved by " + call.caller.account() + ")";
    const auto answer = app::release_record(call.house.parts.store, request, author);
    if (!answer) {
        return error_response(answer.error());
    }
    if (!answer->is_saved) {
        return error_response(
            {ErrorCode::conflict, "the record or its release has been changed since", {}}
        );
    }
    auto& proposals = call.house.parts.accounts->proposals;
    if (auto problem = proposals.mark_applied(proposal.number)) {
        return error_response(*problem);
    }
    Json body = answer_json(*answer, basis_of(*answer, request));
    body["proposal"] = proposal.number;
    return json_response(body);
}

/// Whether the approver has looked at what would be released, by the basis of the answer that was
/// looked at. Empty: it is what is there.
std::optional<Response> not_looked_at(
    const Call& call,
    const model::RecordVersion& version,
    const access::Proposal& proposal
) {
    constexpr int required = 428;
    constexpr int failed = 412;
    const auto body = json_body(call.request);
    const auto basis = body ? text_of(*body, "basis") : Result<std::string>{std::string{}};
    if (!basis) {
        return error_response(basis.error());
    }
    if (basis->empty()) {
        return error_response(
            required,
            "precondition_required",
            "send the 'basis' of the answer that says what the proposal would change"
        );
    }
    if (*basis != basis_of(release_text(version), proposal.field, proposal.after)) {
        return error_response(
            failed,
            "changed",
            "the record or its release is not what was looked at: look again"
        );
    }
    return std::nullopt;
}

Response approve_proposal(const Call& call) {
    const auto proposal = own_proposal(call);
    if (!proposal) {
        return no_proposal();
    }
    if (proposal->state == access::Proposal::State::approved) {
        return apply(call, *proposal);  // the server was stopped in between
    }
    const auto version =
        app::own_version(call.house.parts.store, proposal->record, proposal->owner);
    if (!version) {
        return error_response(version.error());
    }
    if (auto refusal = not_looked_at(call, *version, *proposal)) {
        return *std::move(refusal);
    }
    const auto approved =
        call.house.parts.accounts->proposals
            .approve(proposal->number, release_text(*version), call.caller.principal, call.now());
    return approved ? apply(call, *approved) : error_response(approved.error());
}

Response refuse_proposal(const Call& call) {
    const auto proposal = own_proposal(call);
    if (!proposal) {
        return no_proposal();
    }
    const auto refused = call.house.parts.accounts->proposals
                             .refuse(proposal->number, call.caller.principal, call.now());
    return refused ? json_response(proposal_json(*refused)) : error_response(refused.error());
}

constexpr std::array open_words{RouteWord{"open", "yes: only those that wait"}};

constexpr std::array<std::string_view, 1> proposals_list{"proposals"};

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/api/v1/records/{id}/release",
        .summary = "To whom an own record is released",
        .help = "The grants of the record and of its fields, as they are written, the organisation "
                "that is on the owner's side and sees all of it, and the label that they come to.",
        .needs = access::Permission::read,
        .gives = "Release",
        .answer = get_release},
    Route{
        .method = "POST",
        .path = "/api/v1/records/{id}/release",
        .summary = "Change what others see of an own record",
        .help =
            "Without 'confirm' it only says who would see what, and warns of what is unusual. "
            "The 'field' owners_side takes org:NAME, an organisation that sees all of the record "
            "and speaks for itself in it. "
            "With accounts, widening an audience makes a proposal that somebody else approves. "
            "With the 'basis' of the answer that was looked at, it is that or nothing: the same "
            "change of the same version of the record.",
        .needs = access::Permission::propose_release,
        .query = why_words,
        .takes = "ReleaseChange",
        .gives = "ReleaseAnswer",
        .answer = post_release},
    Route{
        .method = "GET",
        .path = "/api/v1/proposals",
        .summary = "Wider audiences that were proposed",
        .help = "For records of the own state, the newest first.",
        .needs = access::Permission::propose_release,
        .query = open_words,
        .gives = "Proposals",
        .lists = proposals_list,
        .answer = get_proposals},
    Route{
        .method = "POST",
        .path = "/api/v1/proposals/{number}/approve",
        .summary = "Approve a proposal of somebody else, and put it into force",
        .help =
            "By another account of the same state, with the 'basis' of the answer that it looked "
            "at: POST /api/v1/records/{id}/release with the field and the release of the "
            "proposal, without 'confirm'. If the record or its release has been changed since "
            "it was proposed, nothing happens.",
        .needs = access::Permission::approve_release,
        .takes = "Approval",
        .gives = "ReleaseAnswer",
        .answer = approve_proposal},
    Route{
        .method = "POST",
        .path = "/api/v1/proposals/{number}/refuse",
        .summary = "Refuse a proposal, or take back one's own",
        .help = "It cannot be approved any more.",
        .needs = access::Permission::propose_release,
        .gives = "Proposal",
        .answer = refuse_proposal},
};

}  // namespace

access::ReleaseStep release_step_of(
    const Call& call,
    const std::string& organisation,
    const model::ReleasePolicy& after,
    bool widens
) {
    if (!call.house.parts.door.has_four_eyes()) {
        return call.caller.may(access::Permission::release) ? access::ReleaseStep::at_once
                                                            : access::ReleaseStep::refused;
    }
    const access::Target target{
        call.caller.principal.state,
        organisation,
        registry::widest_of(after).value_or(model::Audience::Kind::organisation)};
    return access::release_step(call.caller.principal, target, widens);
}

std::optional<Response> refusal_of(access::ReleaseStep step) {
    constexpr int forbidden = 403;
    switch (step) {
    case access::ReleaseStep::at_once:
    case access::ReleaseStep::needs_approval: break;
    case access::ReleaseStep::second_factor_needed:
        return error_response(forbidden, "second_factor_needed", "a second factor is needed");
    case access::ReleaseStep::refused:
        return error_response(
            forbidden,
            "forbidden",
            "this account may not release so, or not so widely"
        );
    }
    return std::nullopt;
}

ReleaseChange
change_release(const Call& call, app::ReleaseRequest request, const std::string& basis) {
    constexpr int failed = 412;
    const auto is_stale = [&](const app::ReleaseAnswer& answer) {
        return !basis.empty() && basis != basis_of(answer, request);
    };
    request.may_save = [&](const app::ReleaseAnswer& answer) {
        return !is_stale(answer) && step_of(call, answer) == access::ReleaseStep::at_once;
    };
    const auto answer = app::release_record(call.house.parts.store, request, authorship_of(call));
    if (!answer) {
        return {error_response(answer.error()), {}, {}};
    }
    if (!request.is_confirmed || answer->is_saved) {
        return {{}, *answer, {}};
    }
    if (is_stale(*answer)) {
        return {
            error_response(
                failed,
                "changed",
                "the record, its release or what is asked for is not what was looked at: look again"
            ),
            {},
            {}};
    }
    if (auto refusal = refusal_of(step_of(call, *answer))) {
        return {std::move(refusal), {}, {}};
    }
    const auto proposal = propose(call, request, *answer);
    return proposal ? ReleaseChange{{}, *answer, *proposal}
                    : ReleaseChange{error_response(proposal.error()), {}, {}};
}

std::span<const Route> release_routes() {
    return routes;
}

}  // namespace adic::server
