#pragma once

#include "adic/procure/award_coalitions.hpp"

#include <stop_token>
#include <vector>

namespace adic::procure {

using Deliveries = std::vector<AwardDelivery>;

/// The deliveries of two plans, equal ones as one.
Deliveries merged(const Deliveries& one, const Deliveries& other);

/// The deliveries without those to a state. Pieces of packages become spare, and with
/// `keeps_pieces` all of them, as far as that leaves anything for others.
Deliveries without_state(const Deliveries& plan, std::size_t state, bool keeps_pieces);

/// The cheapest of the plan and the candidates that keep all demands.
CoalitionPlan
best_of(const AwardProblem& problem, CoalitionPlan plan, const std::vector<Deliveries>& candidates);

struct MembersOptions {
    double relative_gap = 1e-9;  ///< to its bound, with which a plan is enough
    std::stop_token stop = {};
};

/// A plan of the problem that is no dearer than what is known already, with its bound.
/// Errors: as `award`; interrupted.
Result<CoalitionPlan>
plan_members(const AwardProblem& problem, CoalitionPlan known, const MembersOptions& options);

}  // namespace adic::procure
