#pragma once

#include "adic/supply/cuts/analysis.hpp"

#include "cuts/modules.hpp"
#include "cuts/solve.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace adic::supply::cuts {

/// Lists cuts from the families of modules, in which a module stands for each of its own cuts.
class CutLister {
  public:
    /// Requires: `tree`, `modules` and `solutions` outlive the lister.
    CutLister(
        const model::FaultTree& tree,
        const std::vector<Module>& modules,
        const std::vector<Solution>& solutions,
        std::uint32_t most_events
    );

    /// The `most` most probable cuts of exactly `order` events, by probability, then by names.
    /// Among equally probable ones at the end of a list that is cut off, it is not said which are
    /// kept.
    ///
    /// Cost: O(length of a cut) for each cut that is more probable than the last one kept.
    std::vector<MinimalCut> list(std::uint32_t order, std::size_t most);

  private:
    /// What is still to be chosen after a module: a node further up, and so on.
    struct Rest {
        const Rest* next;
        std::size_t module;
        NodeRef node;
        std::vector<double> best;  ///< by number of events: the most probable choice; `impossible`
    };

    static constexpr double impossible = -1.0;

    std::vector<double> joined(std::span<const double> a, std::span<const double> b) const;
    std::span<const double> best_of(std::size_t module, NodeRef node) const;
    double value_of(std::uint32_t event) const;
    void fill_best(std::size_t module);
    bool is_worth_it(std::size_t module, NodeRef node, const Rest& rest) const;
    void visit(std::size_t module, NodeRef node, const Rest& rest);
    void take(const Module::Leaf& leaf, std::size_t module, NodeRef high, const Rest& rest);
    void keep();
    bool is_before(const MinimalCut& a, const MinimalCut& b) const;
    void trim();

    const model::FaultTree& tree_;
    const std::vector<Module>& modules_;
    const std::vector<Solution>& solutions_;
    std::size_t width_;                      ///< orders 0 to the highest
    std::vector<std::vector<double>> best_;  ///< for each module, `width_` entries for each node
    std::vector<std::uint32_t> name_rank_;

    std::vector<std::uint32_t> chosen_;
    double probability_ = 1.0;
    std::uint32_t left_ = 0;
    std::size_t most_ = 0;
    double threshold_ = impossible;
    std::vector<MinimalCut> kept_;
};

}  // namespace adic::supply::cuts
