#include "adic/procure/project.hpp"

#include "adic/base/say.hpp"
#include "adic/model/project_words.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::procure {
namespace {

/// Which of the stages it is; empty for none of them.
std::optional<std::size_t> place_of(std::string_view stage) {
    const auto found = std::ranges::find(model::project_stages, stage);
    return found == model::project_stages.end()
               ? std::nullopt
               : std::optional{static_cast<std::size_t>(found - model::project_stages.begin())};
}

bool is_among(const std::vector<std::string>& states, const std::string& state) {
    return std::ranges::find(states, state) != states.end();
}

Standing standing_of(const ProjectPart& part, bool is_approved) {
    switch (part.wish) {
    case Wish::interested: return Standing::interested;
    case Wish::leaves: return Standing::left;
    case Wish::joins: break;
    }
    return is_approved ? Standing::member : Standing::asks;
}

void add_joining(const std::vector<Participant>& participants, std::vector<Sentence>& steps) {
    for (const Participant& one : participants) {
        if (one.standing == Standing::asks) {
            steps.push_back(say("asks-to-join", {{"state", one.state}}));
        } else if (one.standing == Standing::awaited) {
            steps.push_back(say("has-not-joined", {{"state", one.state}}));
        }
    }
    for (const Participant& one : participants) {
        if (one.standing == Standing::member && !one.quantity) {
            steps.push_back(say("quantity-unknown", {{"state", one.state}}));
        }
    }
}

void add_signing(const Project& project, std::vector<Sentence>& steps) {
    for (const Paper& paper : project.papers) {
        const std::string kind{name_of(paper.kind)};
        if (paper.parties.empty()) {
            steps.push_back(say("no-parties", {{"kind", kind}, {"paper", paper.name}}));
            continue;
        }
        if (const auto missing = missing_signatures(paper); !missing.empty()) {
            steps.push_back(
                say("waits-for-signature",
                    {{"kind", kind}, {"paper", paper.name}, {"states", missing}})
            );
        }
    }
}

/// Members that have not answered a line.
std::vector<std::string>
silent_about(const SpecificationLine& line, const std::vector<Participant>& members) {
    std::vector<std::string> silent;
    for (const Participant& member : members) {
        if (std::ranges::find(line.positions, member.state, &Position::state)
            == line.positions.end()) {
            silent.push_back(member.state);
        }
    }
    return silent;
}

void add_answering(
    const Project& project,
    const std::vector<Participant>& members,
    std::vector<Sentence>& steps
) {
    for (const SpecificationLine& line : project.specification) {
        if (const auto silent = silent_about(line, members); !silent.empty()) {
            steps.push_back(say("no-answer", {{"requirement", line.name}, {"states", silent}}));
        }
        if (line.is_must && gap_of(line, members) == Gap::refused) {
            steps.push_back(say("must-refused", {{"requirement", line.name}}));
        }
    }
}

/// The first kind of paper, in their order, of which none is signed by all.
std::optional<PaperKind> next_paper(const Project& project) {
    constexpr std::array order{
        PaperKind::letter_of_intent,
        PaperKind::technical_arrangement,
        PaperKind::frame_agreement,
        PaperKind::call_off};
    for (const PaperKind kind : order) {
        const bool is_signed = std::ranges::any_of(project.papers, [&](const Paper& paper) {
            return paper.kind == kind && !paper.parties.empty()
                   && missing_signatures(paper).empty();
        });
        if (!is_signed) {
            return kind;
        }
    }
    return std::nullopt;
}

}  // namespace

std::string_view name_of(Standing standing) {
    constexpr std::array<std::string_view, 5> names{
        "interested",
        "asks to join",
        "member",
        "left",
        "approved, not joined"};
    return names[static_cast<std::size_t>(standing)];
}

std::string_view name_of(PaperKind kind) {
    return model::agreement_kinds[static_cast<std::size_t>(kind)];
}

std::string_view name_of(PaperState state) {
    constexpr std::array<std::string_view, 4> names{"waits", "in force", "expired", "delivered"};
    return names[static_cast<std::size_t>(state)];
}

std::string_view name_of(Acceptance answer) {
    return model::position_answers[static_cast<std::size_t>(answer)];
}

std::string_view name_of(ActKind kind) {
    constexpr std::array<std::string_view, 4> names{"approve", "join", "sign", "answer"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(Gap gap) {
    constexpr std::array<std::string_view, 4> names{"none", "silent", "variant", "refused"};
    return names[static_cast<std::size_t>(gap)];
}

std::vector<Participant> participants_of(const Project& project) {
    std::map<std::string, Participant> by_state;
    for (const std::string& state : project.approved) {
        by_state[state] = {.state = state, .standing = Standing::awaited};
    }
    for (const ProjectPart& part : project.parts) {
        by_state[part.state] = {
            .state = part.state,
            .standing = standing_of(part, is_among(project.approved, part.state)),
            .quantity = part.quantity,
            .variant = part.variant,
            .need_by = part.need_by,
            .id = part.id};
    }
    std::vector<Participant> participants;
    participants.reserve(by_state.size());
    for (auto& [state, participant] : by_state) {
        participants.push_back(std::move(participant));
    }
    return participants;
}

std::vector<Participant> members_of(const Project& project) {
    std::vector<Participant> members = participants_of(project);
    std::erase_if(members, [](const Participant& one) { return one.standing != Standing::member; });
    return members;
}

std::vector<StateRule> rules_for(const Project& project, const std::vector<StateRule>& rules) {
    const std::vector<Participant> members = members_of(project);
    const auto reached = place_of(project.stage);
    std::vector<StateRule> found;
    std::ranges::copy_if(rules, std::back_inserter(found), [&](const StateRule& rule) {
        const bool is_members =
            std::ranges::find(members, rule.state, &Participant::state) != members.end();
        const auto due = place_of(rule.stage);
        return is_members && (!reached || !due || *due >= *reached);
    });
    std::ranges::stable_sort(found, {}, [](const StateRule& rule) {
        return place_of(rule.stage).value_or(0);
    });
    return found;
}

std::optional<Range> quantity_of(const std::vector<Participant>& participants) {
    Range sum;
    for (const Participant& one : participants) {
        if (!one.quantity) {
            return std::nullopt;
        }
        sum.low += one.quantity->low;
        sum.high += one.quantity->high;
    }
    return participants.empty() ? std::nullopt : std::optional{sum};
}

std::vector<std::string> missing_signatures(const Paper& paper) {
    std::vector<std::string> missing;
    for (const std::string& party : paper.parties) {
        if (std::ranges::find(paper.signatures, party, &Signature::state)
            == paper.signatures.end()) {
            missing.push_back(party);
        }
    }
    return missing;
}

PaperState state_of(const Paper& paper, std::chrono::sys_days today) {
    if (paper.parties.empty() || !missing_signatures(paper).empty()) {
        return PaperState::waits;
    }
    if (paper.delivered && *paper.delivered <= today) {
        return PaperState::delivered;
    }
    return paper.until && *paper.until < today ? PaperState::expired : PaperState::in_force;
}

std::optional<Range>
left_under(const Project& project, const Paper& frame, std::chrono::sys_days today) {
    std::optional<Range> left = frame.quantity;
    for (const Paper& paper : project.papers) {
        const bool counts = paper.kind == PaperKind::call_off && paper.under == frame.id
                            && state_of(paper, today) != PaperState::waits;
        if (!left || (counts && !paper.quantity)) {
            return std::nullopt;
        }
        if (counts) {
            left = Range{left->low - paper.quantity->high, left->high - paper.quantity->low};
        }
    }
    return left;
}

Gap gap_of(const SpecificationLine& line, const std::vector<Participant>& members) {
    Gap widest = Gap::none;
    for (const Participant& member : members) {
        const auto found = std::ranges::find(line.positions, member.state, &Position::state);
        Gap gap = Gap::silent;
        if (found != line.positions.end()) {
            gap = found->answer == Acceptance::accepts   ? Gap::none
                  : found->answer == Acceptance::variant ? Gap::variant
                                                         : Gap::refused;
        }
        widest = std::max(widest, gap);
    }
    return widest;
}

std::vector<Sentence> next_steps(const Project& project, std::chrono::sys_days today) {
    std::vector<Sentence> steps;
    const std::vector<Participant> participants = participants_of(project);
    const std::vector<Participant> members = members_of(project);
    add_joining(participants, steps);
    if (members.size() < 2) {
        steps.push_back(say("too-few-members"));
    }
    add_signing(project, steps);
    add_answering(project, members, steps);
    for (const Paper& paper : project.papers) {
        if (paper.kind != PaperKind::frame_agreement) {
            continue;
        }
        if (const auto left = left_under(project, paper, today); left && left->high < 0.0) {
            steps.push_back(say("called-off-too-much", {{"paper", paper.name}}));
        }
    }
    if (const auto kind = next_paper(project); kind && steps.empty()) {
        steps.push_back(say("next-paper", {{"kind", name_of(*kind)}}));
    }
    return steps;
}

std::vector<Act> acts_of(const Project& project) {
    std::vector<Act> acts;
    for (const Participant& one : participants_of(project)) {
        if (one.standing == Standing::asks) {
            acts.push_back({ActKind::approve, project.lead, project.id, project.name, one.state});
        } else if (one.standing == Standing::awaited) {
            acts.push_back({ActKind::join, one.state, project.id, project.name});
        }
    }
    for (const Paper& paper : project.papers) {
        for (const std::string& state : missing_signatures(paper)) {
            acts.push_back({ActKind::sign, state, paper.id, paper.name});
        }
    }
    const std::vector<Participant> members = members_of(project);
    for (const SpecificationLine& line : project.specification) {
        for (const std::string& state : silent_about(line, members)) {
            acts.push_back({ActKind::answer, state, line.id, line.name});
        }
    }
    return acts;
}

}  // namespace adic::procure
