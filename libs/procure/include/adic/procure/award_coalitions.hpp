#pragma once

#include "adic/procure/award.hpp"
#include "adic/procure/game.hpp"
#include "adic/procure/sharing.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace adic::procure {

/// What some of the states pay if they buy by themselves.
struct CoalitionPlan {
    enum class Kind : std::uint8_t {
        planned,
        impossible,  ///< no plan keeps all demands
        not_found    ///< none was found; there may be one
    };

    Kind kind = Kind::not_found;
    Cents cost = 0;   ///< of the plan, if there is one
    Cents bound = 0;  ///< no plan costs less
    std::vector<AwardDelivery> deliveries = {};

    friend bool operator==(const CoalitionPlan&, const CoalitionPlan&) = default;
};

/// The states that need something, in the order of the problem.
std::vector<std::size_t> buying_states(const AwardProblem& problem);

/// The purchase of some of the buying states by themselves: their demands, the same suppliers with
/// all of their capacities, and all rules but those on suppliers of an item that none of them
/// needs. Lead times count from the same year. Cost: O(demands + rules).
AwardProblem problem_of_members(const AwardProblem& problem, Coalition members);

/// A plan as bytes, and back; empty: the bytes are none. Cost: O(bytes).
std::string write_coalition_plan(const CoalitionPlan& plan);
std::optional<CoalitionPlan> parse_coalition_plan(std::string_view bytes);

struct CoalitionRun {
    double relative_gap = 1e-9;  ///< to its bound, with which a plan is enough
    std::size_t threads = 0;     ///< 0: as many as the machine has; the plans are the same
    std::stop_token stop = {};
    /// A plan of an earlier run; empty: compute it.
    std::function<std::optional<CoalitionPlan>(Coalition)> find = {};
    /// Takes up plans as they are finished; of one thread at a time. Errors: ends the run.
    std::function<std::optional<Error>(Coalition, const CoalitionPlan&)> keep = {};
};

/// The cheapest plan that is found for every set of the buying states, by coalition; of nobody: a
/// plan of nothing.
///
/// Sets of one state come first, then pairs, and so on. A set begins with the best plan that two
/// smaller ones make together. Where neither packages nor rules on what is paid tie all together it
/// is planned block by block, each at prices of what they share, by a search with a proven bound;
/// otherwise, or where that is not close enough, as `award` plans in parts, or as a whole if it is
/// small. At the end plans are handed down, from each set to those with one state less, and up
/// again. Each plan is checked as that of `award`. A stop waits for a program that CBC solves.
///
/// Source: Geoffrion (1974), "Lagrangean relaxation for integer programming", Mathematical
///         Programming Study 2; Falk and Soland (1969), "An algorithm for separable nonconvex
///         programming problems", Management Science 15(9).
/// Errors: invalid_argument for fewer than two or more than `most_exact_players` buying states;
///         interrupted; those of `award` and of `keep`.
/// Cost:   2^n searches, or programs.
Result<std::vector<CoalitionPlan>>
plan_coalitions(const AwardProblem& problem, const CoalitionRun& run);

/// A game of the plans, and between what its shares lie.
struct AwardGame {
    CostGame game;
    std::vector<Cents> at_least;  ///< by coalition: no plan costs less
    /// By coalition: where it has no plan of its own, the larger set whose cost stands for it.
    std::vector<Coalition> stands_for;
    Shares shapley;
    /// Of each state: between what its Shapley value lies if every plan could still be as cheap as
    /// its bound, or is the cheapest already.
    std::vector<double> shapley_least;
    std::vector<double> shapley_most;
};

/// A set without a plan of its own costs what the cheapest larger set with one costs: it would have
/// to buy with those, or for them. Requires: a plan for all together. Cost: O(n 2^n).
AwardGame game_of(const AwardProblem& problem, const std::vector<CoalitionPlan>& plans);

}  // namespace adic::procure
