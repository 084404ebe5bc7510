#pragma once

#include "cuts/circuit.hpp"

#include <cstdint>
#include <vector>

namespace adic::supply::cuts {

/// A part of the structure that shares no event with the rest. To all above it, it is one event.
struct Module {
    /// What an event of `circuit` stands for: an event of the tree, or a module further down.
    struct Leaf {
        bool is_module;
        std::uint32_t index;

        friend bool operator==(Leaf, Leaf) = default;
    };

    Circuit circuit;
    std::vector<Leaf> leaves;  ///< one for each event of `circuit`
};

/// Modules, children first; the last one is the top.
struct Structure {
    enum class Top { can_fail, cannot_fail, has_failed };

    Top top = Top::can_fail;
    std::vector<Module> modules;
};

/// Simplifies the circuit and takes it apart into modules, as far as it goes: what decides a module
/// alone is taken out of it, and parts of a gate that share no events become modules of their own.
///
/// Source: Dutuit and Rauzy (1996), "A linear-time algorithm to find modules of fault trees",
///         IEEE Trans. Reliab. 45, 422; here over strongly connected components.
/// Cost:   linear in the circuit, for each round that finds something to take out.
Structure split_into_modules(Circuit circuit);

}  // namespace adic::supply::cuts
