#include "adic/app/project_rooms.hpp"
#include "adic/app/project_shares.hpp"

#include "api/buying_parts.hpp"
#include "api/record_parts.hpp"
#include "api/route.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace adic::server {
namespace {

using Json = nlohmann::ordered_json;

Json acts_json(const procure::Project& project) {
    Json list = Json::array();
    for (const procure::Act& act : procure::acts_of(project)) {
        Json one{{"act", procure::name_of(act.kind)}, {"state", act.state}};
        one["record"] = act.record;
        one["name"] = act.name;
        put(one, "about", act.about);
        list.push_back(std::move(one));
    }
    return list;
}

Json head_json(const procure::Project& project) {
    const auto members = procure::members_of(project);
    Json one;
    one["id"] = project.id;
    one["name"] = project.name;
    one["item"] = project.item;
    one["lead"] = project.lead;
    put(one, "stage", project.stage);
    one["members"] = Json::array();
    for (const procure::Participant& member : members) {
        one["members"].push_back(member.state);
    }
    put(one, "quantity", procure::quantity_of(members));
    if (project.changed) {
        one["changed"] = time_text(*project.changed);
    }
    one["acts"] = acts_json(project);
    return one;
}

Json participants_json(const procure::Project& project) {
    Json list = Json::array();
    for (const procure::Participant& participant : procure::participants_of(project)) {
        Json one;
        one["state"] = participant.state;
        one["standing"] = procure::name_of(participant.standing);
        put(one, "quantity", participant.quantity);
        put(one, "variant", participant.variant);
        put(one, "need_by", participant.need_by);
        put(one, "record", participant.id);
        list.push_back(std::move(one));
    }
    return list;
}

Json paper_json(
    const procure::Project& project,
    const procure::Paper& paper,
    std::chrono::sys_days today
) {
    Json one;
    one["id"] = paper.id;
    one["name"] = paper.name;
    one["kind"] = procure::name_of(paper.kind);
    one["state"] = procure::name_of(procure::state_of(paper, today));
    one["parties"] = paper.parties;
    one["signatures"] = Json::array();
    for (const procure::Signature& signature : paper.signatures) {
        Json signed_by{{"state", signature.state}};
        put(signed_by, "day", std::optional{signature.day});
        put(signed_by, "office", signature.office);
        one["signatures"].push_back(std::move(signed_by));
    }
    one["missing"] = procure::missing_signatures(paper);
    put(one, "under", paper.under);
    put(one, "quantity", paper.quantity);
    put(one, "value", paper.value);
    if (paper.kind == procure::PaperKind::frame_agreement) {
        put(one, "left", procure::left_under(project, paper, today));
    }
    put(one, "until", paper.until);
    put(one, "delivered", paper.delivered);
    return one;
}

Json papers_json(const procure::Project& project, std::chrono::sys_days today) {
    std::vector<const procure::Paper*> papers;
    for (const procure::Paper& paper : project.papers) {
        papers.push_back(&paper);
    }
    std::ranges::stable_sort(papers, {}, &procure::Paper::kind);
    Json list = Json::array();
    for (const procure::Paper* paper : papers) {
        list.push_back(paper_json(project, *paper, today));
    }
    return list;
}

Json specification_json(const procure::Project& project) {
    const auto members = procure::members_of(project);
    Json list = Json::array();
    for (const procure::SpecificationLine& line : project.specification) {
        Json one;
        one["id"] = line.id;
        one["name"] = line.name;
        one["weight"] = line.is_must ? "must" : "should";
        put(one, "value", line.value);
        put(one, "standard", line.standard);
        one["gap"] = procure::name_of(procure::gap_of(line, members));
        one["positions"] = Json::array();
        for (const procure::Position& position : line.positions) {
            Json said{{"state", position.state}, {"answer", procure::name_of(position.answer)}};
            put(said, "value", position.value);
            put(said, "reason", position.reason);
            one["positions"].push_back(std::move(said));
        }
        list.push_back(std::move(one));
    }
    return list;
}

Json rules_json(const std::vector<procure::StateRule>& rules) {
    Json list = Json::array();
    for (const procure::StateRule& rule : rules) {
        Json one{{"state", rule.state}, {"name", rule.name}};
        put(one, "stage", rule.stage);
        put(one, "text", rule.text);
        put(one, "link", rule.link);
        put(one, "source", rule.source);
        put(one, "confidence", rule.confidence);
        list.push_back(std::move(one));
    }
    return list;
}

double money(procure::Cents cents) {
    return static_cast<double>(cents) / 100.0;
}

Json payments_json(
    const std::vector<std::string>& states,
    const std::vector<procure::Cents>& pays
) {
    Json list = Json::array();
    for (std::size_t i = 0; i < states.size(); ++i) {
        list.push_back({{"state", states[i]}, {"pays", money(pays[i])}});
    }
    return list;
}

Json shares_json(const app::ProjectShares& shares) {
    if (!shares.why_not.empty()) {
        return {{"why_not", shares.why_not}};
    }
    Json one;
    one["together"] = money(shares.together);
    one["rule"] = shares.rule;
    one["left_out"] = shares.left_out;
    one["alone"] = payments_json(shares.states, shares.alone);
    one["rules"] = Json::array();
    for (const app::MembersPay& rule : shares.rules) {
        Json by{{"rule", rule.rule}, {"chosen", rule.is_chosen}};
        by["payments"] = payments_json(shares.states, rule.pays);
        one["rules"].push_back(std::move(by));
    }
    one["changes"] = Json::array();
    for (const app::ProjectChange& change : shares.changes) {
        Json then{{"state", change.state}, {"joins", change.joins}};
        then["together"] = money(change.together);
        if (change.alone) {
            then["alone"] = money(*change.alone);
        }
        then["payments"] = payments_json(change.states, change.pays);
        one["changes"].push_back(std::move(then));
    }
    return one;
}

Response get_projects(const Call& call) {
    const auto projects =
        app::list_projects(call.house.parts.store, call.caller.reader, viewing_of(call));
    if (!projects) {
        return error_response(projects.error());
    }
    Json list = Json::array();
    for (const procure::Project& project : *projects) {
        list.push_back(head_json(project));
    }
    return with_tag(call.request, json_response({{"projects", list}}));
}

Response get_project(const Call& call) {
    const auto room = app::open_project(
        call.house.parts.store,
        call.caller.reader,
        call.word("id"),
        viewing_of(call)
    );
    if (!room) {
        return error_response(room.error());
    }
    const auto today = std::chrono::floor<std::chrono::days>(call.now());
    Json answer = head_json(room->project);
    answer["participants"] = participants_json(room->project);
    answer["papers"] = papers_json(room->project, today);
    answer["specification"] = specification_json(room->project);
    answer["shares"] = shares_json(app::shares_of(room->project));
    answer["next_steps"] = sentences_json(procure::next_steps(room->project, today));
    answer["rules"] = rules_json(room->rules);
    return with_tag(call.request, json_response(answer));
}

Response get_project_ocds(const Call& call) {
    const auto package = app::export_project(
        call.house.parts.store,
        call.caller.reader,
        call.caller.reader_name,
        call.word("id"),
        call.now(),
        viewing_of(call)
    );
    return package ? with_tag(call.request, json_text(*package)) : error_response(package.error());
}

constexpr std::array<std::string_view, 1> projects_list{"projects"};

constexpr std::array routes{
    Route{
        .method = "GET",
        .path = "/api/v1/projects",
        .summary = "list the projects by which states buy together",
        .help = "Those that the reader sees, with the members that it sees of each, when something "
                "of it last changed for the reader, and what it waits for of whom.",
        .needs = access::Permission::read,
        .gives = "Projects",
        .lists = projects_list,
        .answer = get_projects},
    Route{
        .method = "GET",
        .path = "/api/v1/projects/{id}",
        .summary = "open the room of one project",
        .help = "Who takes part, papers and signatures, the common specification, who pays what by "
                "each rule and what changes if one leaves or joins, what comes next "
                "and the members' rules, as far as the reader sees them. They are written as "
                "records of the types project, participation, agreement, signature, requirement "
                "and position.",
        .needs = access::Permission::read,
        .gives = "ProjectRoom",
        .answer = get_project},
    Route{
        .method = "GET",
        .path = "/api/v1/projects/{id}/ocds",
        .summary = "the room of one project as OCDS",
        .help = "What the reader sees of it, as a release package of OCDS 1.1.5 with the "
                "extension of docs/reference/ocds.md, for a national system. What a state says in "
                "such a file comes in by POST /api/v1/records?type=project.",
        .needs = access::Permission::read,
        .gives = "application/json",
        .answer = get_project_ocds},
};

}  // namespace

std::span<const Route> project_routes() {
    return routes;
}

}  // namespace adic::server
