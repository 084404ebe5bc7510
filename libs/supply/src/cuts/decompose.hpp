#pragma once

#include "cuts/diagram.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace adic::supply::cuts {

/// A set of minimal cuts, each a list of event numbers in ascending order.
using CutFamily = std::vector<std::vector<std::uint32_t>>;

/// The function "some cut has failed" as a diagram that also takes apart what is independent: a
/// node at `independent_level` is failed if its low or its high part is, and the two share no
/// event. On families of some hundred small cuts it is far smaller than a BDD, because each branch
/// picks its own next event. The levels of the other nodes are event numbers.
///
/// Source: Bayardo and Pehoushek (2000), "Counting models using connected components", AAAI;
///         Darwiche (2001), "Decomposable negation normal form", J. ACM 48, 608.
/// Cost:   bounded by `step_budget`, in members of cuts looked at; beyond it there is no answer.
std::optional<Diagram> decompose(const CutFamily& cuts, std::size_t step_budget);

}  // namespace adic::supply::cuts
