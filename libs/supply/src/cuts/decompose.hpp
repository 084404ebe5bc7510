#pragma once

#include "cuts/diagram.hpp"
#include "cuts/passes.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
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

/// How near to the function a decomposition has to come.
struct Nearness {
    /// Of each event. What is left out is weighed at `high`, in which every event is most probable.
    std::span<const PassValues> events;
    double gap;  ///< of the probability of the whole, in that pass
};

/// A function that fails at most as often as the cuts do; it leaves out, deep in its branches, cuts
/// that hardly ever occur there. Behind the events of the cuts its levels name one event more for
/// each place where cuts were left out: `rests` tells how many of them occur on average. With these
/// at probability 0 the diagram gives a lower bound, with these as they are an upper one: see
/// equation (5) of docs/explanation/cuts.md.
struct NearFunction {
    Diagram diagram;
    std::vector<PassValues> rests;
};

/// As decompose, but only as exactly as is asked for, which takes a small part of the steps.
/// Source: Harris (1960), Proc. Camb. Phil. Soc. 56, 13: failures of two families of cuts do not
///         hinder each other, so P(A or B) <= P(A) + (1 - P(A)) P(B).
std::optional<NearFunction>
decompose_nearly(const CutFamily& cuts, const Nearness& nearness, std::size_t step_budget);

}  // namespace adic::supply::cuts
