#pragma once

#include "adic/model/fault_tree.hpp"
#include "adic/solver/model.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace adic::supply::cuts {

/// "The top fails, at least cost" as a mixed-integer program over what lies under the top.
///
/// Source: methods of network interdiction by AND/OR failure; equations (1) to (6) of
///         docs/explanation/cheapest-cut.md.
class CutProgram {
  public:
    /// Costs are divided by their largest, so that the solver's tolerances fit.
    CutProgram(const model::FaultTree& tree, std::span<const double> costs);

    const solver::LinearModel& model() const { return model_; }

    /// What a cost of 1 in the program is.
    double scale() const { return scale_; }

    /// Events that lie under the top and can happen, rising.
    const std::vector<std::uint32_t>& events() const { return events_; }

    /// Events that a point of the program says happen, rising.
    std::vector<std::uint32_t> events_in(const std::vector<double>& values) const;

    /// Demands one event at least of a set that every cut meets.
    void demand_one_of(std::span<const std::uint32_t> path_set);

  private:
    void find_gates();
    void add_variables(std::span<const double> costs);
    void number_circles();
    void add_gate(std::uint32_t gate);
    std::uint32_t add_support(std::uint32_t gate, std::uint32_t child);
    std::vector<std::uint32_t> child_variables(std::uint32_t gate);
    void add_weighted(std::uint32_t gate, const std::vector<std::uint32_t>& children);

    const model::FaultTree& tree_;
    solver::LinearModel model_;
    double scale_ = 1.0;
    std::vector<std::uint32_t> events_;
    std::vector<std::uint32_t> gates_;           ///< under the top
    std::vector<std::uint32_t> event_variable_;  ///< by event; `none` if it does not matter
    std::vector<std::uint32_t> gate_variable_;
    std::vector<std::uint32_t> circle_of_;       ///< by gate
    std::vector<std::uint32_t> circle_size_;     ///< by circle
    std::vector<std::uint32_t> level_variable_;  ///< by gate in a circle
};

/// The least sum of some of the weights that is above the limit, if all of them are whole multiples
/// of one decimal step down to a millionth (published shares are); else empty.
std::optional<double> least_sum_above(std::span<const double> weights, double limit);

}  // namespace adic::supply::cuts
