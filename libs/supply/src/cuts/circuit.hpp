#pragma once

#include "adic/base/result.hpp"
#include "adic/model/fault_tree.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace adic::supply::cuts {

/// Names an event (below `Circuit::events`), a gate (above), or a constant.
using Ref = std::uint32_t;

constexpr Ref always = 0xFFFFFFFF;
constexpr Ref never = 0xFFFFFFFE;

enum class Op : std::uint8_t { any, all };

struct Gate {
    Op op;
    std::vector<Ref> children;

    friend bool operator==(const Gate&, const Gate&) = default;
};

/// A fault tree in two kinds of gates: votes and weights are written out as decisions. May be
/// cyclic; its meaning is the least solution.
struct Circuit {
    std::uint32_t events = 0;
    std::vector<Gate> gates;
    Ref top = never;

    bool is_event(Ref ref) const { return ref < events; }

    bool is_gate(Ref ref) const { return ref >= events && ref < never; }

    Gate& gate(Ref ref) { return gates[ref - events]; }

    const Gate& gate(Ref ref) const { return gates[ref - events]; }

    Ref add(Gate gate) {
        gates.push_back(std::move(gate));
        return events + static_cast<Ref>(gates.size() - 1);
    }

    /// Events and gates: one more than the highest name.
    std::size_t names() const { return events + gates.size(); }
};

/// What keeps the tree from being one, in plain words; empty if it is well formed: its top and all
/// children exist, counts lie in [1, children], weights are one per child, finite and not negative,
/// probabilities lie in [0, 1].
std::string complaint_about(const model::FaultTree& tree);

/// Checks the tree and writes it as a circuit.
/// Errors: as analyse_cuts.
Result<Circuit> to_circuit(const model::FaultTree& tree);

/// The gates that the top reaches, grouped into strongly connected components, children first.
/// A component of one gate that does not name itself is not cyclic.
struct Components {
    std::vector<std::vector<Ref>> members;
    std::vector<bool> cyclic;
    std::vector<std::uint32_t> of_gate;  ///< by position of the gate; `none` if not reached

    static constexpr std::uint32_t none = 0xFFFFFFFF;
};

/// Source: Tarjan (1972), SIAM J. Comput. 1, 146, without recursion. Cost: linear.
Components components_of(const Circuit& circuit);

/// The least solution with every event at `events_failed`: which gates are failed. Cost: linear.
std::vector<bool> least_solution(const Circuit& circuit, bool events_failed);

}  // namespace adic::supply::cuts
