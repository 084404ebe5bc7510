#pragma once

#include "cuts/passes.hpp"
#include "cuts/solve.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace adic::supply::cuts {

/// The most probable cuts of a family, most probable first.
struct LikelyCuts {
    CutFamily cuts;       ///< none of probability 0
    bool is_all = false;  ///< no cut of a probability above 0 is missing
};

/// The `most` most probable cuts, ties in the order of the diagram. May stop earlier where cuts are
/// long and equally probable.
/// Cost: O(events) for each cut, plus O(nodes).
LikelyCuts
most_probable(const OrderedDiagram& cuts, std::span<const double> events, std::size_t most);

/// Sum of the probabilities of all cuts: how many occur on average.
/// Cost: O(nodes).
double expected_cuts(const OrderedDiagram& cuts, std::span<const double> events);

/// A function between whose bounds a family of cuts occurs.
struct Bracket {
    OrderedDiagram function;
    std::vector<PassValues> rests;  ///< of the events behind those of the cuts; see NearFunction
    PassValues likeliest{};         ///< probability of the most probable cut
    PassValues expected{};          ///< how many cuts occur on average
    std::size_t cuts = 0;           ///< so many, the most probable ones, went into it

    struct Bounds {
        double low;
        double high;
    };

    Bounds bounds(std::span<const PassValues> events, Pass pass) const;

    /// As `derivatives_of`, of the lower bound.
    std::vector<double> derivatives(std::span<const PassValues> events) const;
};

/// The narrowest bracket around a family of cuts that takes no more than `step_budget` steps.
Bracket
bracket(const OrderedDiagram& cuts, std::span<const PassValues> events, std::size_t step_budget);

/// For each event, the likely probability that, once it has failed, some cut that contains it
/// occurs, to a millionth: as `shares_of_events`, from the most probable cuts. Empty if one event
/// takes more than `step_budget` steps.
std::optional<std::vector<double>> shares_of_likely_cuts(
    const OrderedDiagram& cuts,
    std::span<const PassValues> events,
    std::size_t step_budget
);

}  // namespace adic::supply::cuts
