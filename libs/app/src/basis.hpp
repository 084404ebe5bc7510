#pragma once

#include "adic/model/provenance.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace adic::app {

/// The weakest facts of each kind that a finding rests on. Empty: it rests on none of the kind.
struct Basis {
    std::optional<model::Confidence> needs;       ///< what needs what
    std::optional<model::Confidence> shares;      ///< who supplies how much
    std::optional<model::Confidence> odds;        ///< how likely a state fails
    std::optional<model::Confidence> shock = {};  ///< how hard and how long an event hits
};

/// `weakest` becomes `fact` where that is weaker.
void weaken(std::optional<model::Confidence>& weakest, model::Confidence fact);

/// The weakest of all; empty: the finding rests on no fact.
std::optional<model::Confidence> weakest_of(const Basis& basis);

/// "What needs what rests on judgement (confidence D), who supplies how much on published estimates
/// (C).": the weakest first. Empty if there are no facts.
std::string to_sentence(const Basis& basis);

}  // namespace adic::app
