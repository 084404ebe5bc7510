#pragma once

#include "adic/base/result.hpp"
#include "adic/procure/money.hpp"
#include "adic/procure/project.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::app {

/// What members pay by one rule, in their order.
struct MembersPay {
    std::string_view rule;
    bool is_chosen = false;  ///< the project says that it goes by this one
    std::vector<procure::Cents> pays;
};

/// The same purchase after one more state has joined, or one has left.
struct ProjectChange {
    std::string state;
    bool joins = false;  ///< or leaves
    procure::Cents together = 0;
    std::vector<std::string> states;           ///< that would buy
    std::vector<double> quantities;            ///< of each
    std::vector<procure::Cents> pays;          ///< of each, by the rule of the project
    std::optional<procure::Cents> alone = {};  ///< what the state that leaves would pay by itself
};

/// Who pays what of a project: from the quantities and prices that the reader sees, and no others.
struct ProjectShares {
    std::string why_not = {};  ///< what is not known, for people; then all else is empty
    std::vector<std::string> left_out = {};  ///< of the price: what is not known
    std::vector<std::string> states;         ///< the members
    std::vector<double> quantities;
    std::vector<procure::Cents> alone;  ///< what each would pay by itself
    procure::Cents together = 0;
    std::string_view rule;  ///< by which changes are shared: the project's, or equal price
    std::vector<MembersPay> rules;
    std::vector<ProjectChange> changes;  ///< members that leave, then states that ask to join
};

/// Shares the price of a project among its members by every rule, and prices it anew for each
/// member that would leave and each state that would join.
///
/// Unit: cents of the currency of the project's prices.
/// Cost: that of each rule for the members, and of one rule for each change.
ProjectShares shares_of(const procure::Project& project);

}  // namespace adic::app
