#pragma once

#include "cuts/circuit.hpp"

namespace adic::supply::cuts {

/// Rewrites the circuit into a smaller one with the same top: constants, gates of one child,
/// children named twice, circles of any-gates, gates merged into a parent of the same kind, equal
/// gates, absorption, and events that a gate above already decides.
///
/// Afterwards no gate is constant, none has fewer than two children, and every gate is reached.
/// Source: Niemela (1994), "On simplification of large fault trees", Reliab. Eng. Syst. Saf. 44,
///         135.
/// Cost:   O(n log n) a round, at most eight rounds.
void simplify(Circuit& circuit);

/// Takes out of the circuit the events that stop the top alone, and those without which it cannot
/// stop: top = (singles or rest) or top = (necessary and rest). Returns whether there were any.
/// Cost: events/64 evaluations of the circuit, 64 events at a time; skipped beyond 10^9 steps.
bool hoist_deciding_events(Circuit& circuit);

}  // namespace adic::supply::cuts
