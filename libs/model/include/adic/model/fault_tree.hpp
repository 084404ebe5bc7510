#pragma once

#include "adic/base/estimate.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace adic::model {

/// What must fail so that a gate fails. A gate is read as "is stopped": the supply logic's AND of
/// needs is an `any_of` here.
enum class GateKind {
    any_of,    ///< one child or more
    all_of,    ///< every child
    at_least,  ///< `count` children or more
    weighted   ///< children whose weights add up to more than `limit`
};

/// A child of a gate: a gate or an event of the same tree, by position.
struct FaultNode {
    enum class Kind : std::uint8_t { event, gate };

    Kind kind;
    std::uint32_t index;

    friend bool operator==(FaultNode, FaultNode) = default;
};

struct FaultGate {
    std::string name;
    GateKind kind;
    std::uint32_t count = 0;               ///< of `at_least`, in [1, children]
    double limit = 0.0;                    ///< of `weighted`, >= 0
    std::vector<FaultNode> children = {};  ///< may be empty: then only `all_of` is failed
    std::vector<double> weights = {};      ///< of `weighted`, one per child, >= 0
};

/// Something that can happen by itself.
struct FaultEvent {
    std::string name;
    std::optional<Estimate> probability;  ///< in [0, 1]; events are independent of each other
};

/// A structure of events and gates with one top. Monotone: more events never repair anything.
///
/// Gates may form cycles. A gate in a cycle fails only if the events force it to (the least
/// solution of the equations): a circle of gates does not declare itself failed.
struct FaultTree {
    std::string name;
    std::vector<FaultEvent> events;
    std::vector<FaultGate> gates;
    std::uint32_t top = 0;  ///< position in `gates`
};

}  // namespace adic::model
