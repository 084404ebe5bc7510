#pragma once

#include "adic/shock/dynamics/item_dynamics.hpp"

#include "dynamics/item_kernel.hpp"
#include "dynamics/item_structure.hpp"

#include <cstdint>

namespace adic::shock {

/// Reads the run of the first lane off the kernel, week by week.
class ItemRecorder {
  public:
    ItemRecorder(const ItemStructure& structure, const ItemKernel& kernel, ItemRun& run)
        : structure_(structure)
        , kernel_(kernel)
        , run_(run) {
        const std::size_t nodes = structure.size();
        run_.outcomes.resize(nodes);
        run_.output.resize(nodes * run_.weeks);
        run_.bindings.resize(nodes * run_.weeks);
    }

    void record(std::uint32_t week);

  private:
    void add_to_outcome(std::uint32_t node, std::uint32_t week, double output);

    /// The alternative that gives least, of those that the line depends on.
    std::uint32_t missed_most(const ItemLine& line) const;

    Binding equipment_binding(std::uint32_t node) const;

    Binding binding(std::uint32_t node) const;

    const ItemStructure& structure_;
    const ItemKernel& kernel_;
    ItemRun& run_;
};

}  // namespace adic::shock
