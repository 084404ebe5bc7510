#include "adic/app/project_shares.hpp"

#include "adic/app/share_costs.hpp"
#include "adic/model/project_words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace adic::app {
namespace {

using procure::Cents;
using procure::CostGame;
using procure::Participant;
using procure::Project;
using procure::Standing;

constexpr std::string_view standard_rule = "equal price";

/// What the project cannot be priced for lack of; empty: nothing.
std::string what_is_missing(const Project& project, const std::vector<Participant>& members) {
    if (members.size() < 2) {
        return "Fewer than two members are known.";
    }
    if (members.size() > model::most_exact_players) {
        return fmt::format("More than {} members: too many sets.", model::most_exact_players);
    }
    if (!project.terms) {
        return "No prices are known.";
    }
    const double start = project.terms->prices->breaks.front().from;
    for (const Participant& member : members) {
        if (!member.quantity || !member.quantity->is_exact() || member.quantity->low <= 0.0) {
            return fmt::format("How many {} would take is not known exactly.", member.state);
        }
        if (member.quantity->low < start) {
            return fmt::format("The prices do not begin with as few as {} takes.", member.state);
        }
    }
    return {};
}

struct Group {
    std::vector<std::string> states;
    std::vector<double> quantities;
};

Group group_of(const std::vector<Participant>& members) {
    Group group;
    for (const Participant& member : members) {
        group.states.push_back(member.state);
        group.quantities.push_back(member.quantity->low);
    }
    return group;
}

std::optional<ProjectChange>
changed(const Project& project, Group group, std::string state, bool joins, std::string_view rule) {
    ProjectChange change;
    change.state = std::move(state);
    change.joins = joins;
    if (group.states.size() < 2) {
        return std::nullopt;
    }
    const auto game = procure::game_of(group.states, group.quantities, *project.terms);
    if (!game) {
        return std::nullopt;
    }
    const auto pays = shares_by_rule(rule, *game, group.quantities);
    if (!pays) {
        return std::nullopt;
    }
    change.together = game->costs.back();
    change.pays = procure::rounded(*pays);
    change.states = std::move(group.states);
    change.quantities = std::move(group.quantities);
    return change;
}

void add_leavers(const Project& project, ProjectShares& shares) {
    for (std::size_t i = 0; i < shares.states.size(); ++i) {
        Group rest{shares.states, shares.quantities};
        rest.states.erase(rest.states.begin() + static_cast<std::ptrdiff_t>(i));
        rest.quantities.erase(rest.quantities.begin() + static_cast<std::ptrdiff_t>(i));
        if (auto change = changed(project, std::move(rest), shares.states[i], false, shares.rule)) {
            change->alone = shares.alone[i];
            shares.changes.push_back(*std::move(change));
        }
    }
}

/// States whose joining waits for them or for the lead, and who have said how many they take.
void add_joiners(const Project& project, ProjectShares& shares) {
    for (const Participant& one : procure::participants_of(project)) {
        const bool may_join = one.standing == Standing::asks || one.standing == Standing::awaited;
        if (!may_join || !one.quantity || !one.quantity->is_exact() || one.quantity->low <= 0.0
            || one.quantity->low < project.terms->prices->breaks.front().from
            || shares.states.size() == model::most_exact_players) {
            continue;
        }
        Group more{shares.states, shares.quantities};
        more.states.push_back(one.state);
        more.quantities.push_back(one.quantity->low);
        if (auto change = changed(project, std::move(more), one.state, true, shares.rule)) {
            shares.changes.push_back(*std::move(change));
        }
    }
}

}  // namespace

ProjectShares shares_of(const Project& project) {
    ProjectShares shares;
    const std::vector<Participant> members = procure::members_of(project);
    shares.why_not = what_is_missing(project, members);
    if (!shares.why_not.empty()) {
        return shares;
    }
    Group group = group_of(members);
    const auto game = procure::game_of(group.states, group.quantities, *project.terms);
    if (!game) {
        shares.why_not = fmt::format("It cannot be priced: {}.", game.error().message);
        return shares;
    }
    shares.left_out = project.left_out;
    shares.states = std::move(group.states);
    shares.quantities = std::move(group.quantities);
    shares.together = game->costs.back();
    for (std::size_t i = 0; i < shares.states.size(); ++i) {
        shares.alone.push_back(game->alone(i));
    }
    shares.rule = standard_rule;
    for (const std::string_view rule : model::sharing_rules) {
        const bool is_chosen = rule == project.sharing_rule;
        if (const auto pays = shares_by_rule(rule, *game, shares.quantities)) {
            shares.rules.push_back({rule, is_chosen, procure::rounded(*pays)});
            shares.rule = is_chosen ? rule : shares.rule;
        }
    }
    add_leavers(project, shares);
    add_joiners(project, shares);
    return shares;
}

}  // namespace adic::app
