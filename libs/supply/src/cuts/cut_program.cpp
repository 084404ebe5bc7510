#include "cuts/cut_program.hpp"

#include "adic/model/threshold.hpp"
#include "adic/supply/graph/strong_components.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace adic::supply::cuts {
namespace {

using model::FaultGate;
using model::FaultNode;
using model::GateKind;
using solver::Constraint;
using solver::Integrality;
using solver::Term;

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

bool is_multiple(double value, double steps_per_unit) {
    const double steps = value * steps_per_unit;
    return std::abs(steps - std::round(steps)) < 1e-7;
}

/// sum of terms >= 0.
Constraint at_least_zero(std::vector<Term> terms) {
    return {0.0, solver::infinity, std::move(terms)};
}

/// Adds up the coefficients of a variable that occurs more than once.
std::vector<Term> merged(std::vector<Term> terms) {
    std::ranges::stable_sort(terms, {}, &Term::variable);
    std::vector<Term> result;
    for (const Term& term : terms) {
        if (!result.empty() && result.back().variable == term.variable) {
            result.back().coefficient += term.coefficient;
        } else {
            result.push_back(term);
        }
    }
    return result;
}

}  // namespace

std::optional<double> least_sum_above(std::span<const double> weights, double limit) {
    for (double per_unit = 1.0; per_unit <= 1e6; per_unit *= 10.0) {
        const auto fits = [&](double weight) { return is_multiple(weight, per_unit); };
        if (std::ranges::all_of(weights, fits)) {
            return (std::floor(limit * per_unit) + 1.0) / per_unit;
        }
    }
    return std::nullopt;
}

CutProgram::CutProgram(const model::FaultTree& tree, std::span<const double> costs)
    : tree_(tree)
    , event_variable_(tree.events.size(), none)
    , gate_variable_(tree.gates.size(), none)
    , circle_of_(tree.gates.size(), none)
    , level_variable_(tree.gates.size(), none) {
    find_gates();
    add_variables(costs);
    number_circles();
    for (const std::uint32_t gate : gates_) {
        add_gate(gate);
    }
    model_.variables[gate_variable_[tree.top]].lower = 1.0;
}

/// Marks what lies under the top by any number.
void CutProgram::find_gates() {
    gates_.push_back(tree_.top);
    gate_variable_[tree_.top] = 0;
    for (std::size_t next = 0; next < gates_.size(); ++next) {
        for (const FaultNode child : tree_.gates[gates_[next]].children) {
            if (child.kind == FaultNode::Kind::event) {
                event_variable_[child.index] = 0;
            } else if (gate_variable_[child.index] == none) {
                gate_variable_[child.index] = 0;
                gates_.push_back(child.index);
            }
        }
    }
    std::ranges::sort(gates_);
}

void CutProgram::add_variables(std::span<const double> costs) {
    double most = 0.0;
    for (std::uint32_t event = 0; event < costs.size(); ++event) {
        if (event_variable_[event] != none && std::isfinite(costs[event])) {
            events_.push_back(event);
            most = std::max(most, costs[event]);
        }
    }
    scale_ = most > 0.0 ? most : 1.0;
    for (std::uint32_t event = 0; event < costs.size(); ++event) {
        if (event_variable_[event] != none) {
            const bool can_happen = std::isfinite(costs[event]);
            event_variable_[event] = static_cast<std::uint32_t>(model_.variables.size());
            model_.variables.push_back(
                {0.0,
                 can_happen ? 1.0 : 0.0,
                 can_happen ? costs[event] / scale_ : 0.0,
                 Integrality::integer}
            );
        }
    }
    for (const std::uint32_t gate : gates_) {
        gate_variable_[gate] = static_cast<std::uint32_t>(model_.variables.size());
        model_.variables.push_back({0.0, 1.0, 0.0, Integrality::integer});
    }
}

/// Gives each gate that can support itself the number of its circle and a level.
void CutProgram::number_circles() {
    std::vector<graph::Arc> arcs;
    for (const std::uint32_t gate : gates_) {
        for (const FaultNode child : tree_.gates[gate].children) {
            if (child.kind == FaultNode::Kind::gate) {
                arcs.push_back({gate, child.index});
            }
        }
    }
    const auto found = graph::strong_components(graph::CsrGraph{tree_.gates.size(), arcs});
    circle_size_.resize(found.size());
    for (std::uint32_t circle = 0; circle < found.size(); ++circle) {
        circle_size_[circle] = found.start[circle + 1] - found.start[circle];
    }
    for (const std::uint32_t gate : gates_) {
        circle_of_[gate] = found.component_of[gate];
        const std::uint32_t size = circle_size_[circle_of_[gate]];
        if (size > 1) {
            level_variable_[gate] = static_cast<std::uint32_t>(model_.variables.size());
            model_.variables.push_back({0.0, static_cast<double>(size), 0.0, Integrality::integer});
        }
    }
}

/// A variable s: the child's failure supports the gate's, from a lower level.
/// (5) s <= f_child,  (6) t_gate >= t_child + 1 - (size + 1) (1 - s).
std::uint32_t CutProgram::add_support(std::uint32_t gate, std::uint32_t child) {
    const auto support = static_cast<std::uint32_t>(model_.variables.size());
    model_.variables.push_back({0.0, gate == child ? 0.0 : 1.0, 0.0, Integrality::integer});
    if (gate == child) {
        return support;
    }
    model_.constraints.push_back(at_least_zero({{gate_variable_[child], 1.0}, {support, -1.0}}));
    const double size = circle_size_[circle_of_[gate]];
    model_.constraints.push_back(
        {-size,
         solver::infinity,
         {{level_variable_[gate], 1.0}, {level_variable_[child], -1.0}, {support, -(size + 1.0)}}}
    );
    return support;
}

std::vector<std::uint32_t> CutProgram::child_variables(std::uint32_t gate) {
    std::vector<std::uint32_t> variables;
    for (const FaultNode child : tree_.gates[gate].children) {
        if (child.kind == FaultNode::Kind::event) {
            variables.push_back(event_variable_[child.index]);
        } else if (circle_of_[child.index] == circle_of_[gate]) {
            variables.push_back(add_support(gate, child.index));
        } else {
            variables.push_back(gate_variable_[child.index]);
        }
    }
    return variables;
}

void CutProgram::add_gate(std::uint32_t g) {
    const FaultGate& gate = tree_.gates[g];
    const std::vector<std::uint32_t> children = child_variables(g);
    std::vector<Term> sum;
    for (const std::uint32_t child : children) {
        sum.push_back({child, 1.0});
    }
    switch (gate.kind) {
    case GateKind::any_of:  // (1)
        sum.push_back({gate_variable_[g], -1.0});
        model_.constraints.push_back(at_least_zero(merged(std::move(sum))));
        break;
    case GateKind::all_of:  // (2)
        for (const std::uint32_t child : children) {
            model_.constraints.push_back(at_least_zero({{child, 1.0}, {gate_variable_[g], -1.0}}));
        }
        break;
    case GateKind::at_least:  // (3)
        sum.push_back({gate_variable_[g], -static_cast<double>(gate.count)});
        model_.constraints.push_back(at_least_zero(merged(std::move(sum))));
        break;
    case GateKind::weighted: add_weighted(g, children); break;
    }
}

/// (4) Strictly above the limit where the weights tell by how much; else from the limit on, and the
/// check of the answer does the rest.
void CutProgram::add_weighted(std::uint32_t g, const std::vector<std::uint32_t>& children) {
    const FaultGate& gate = tree_.gates[g];
    const double total = std::accumulate(gate.weights.begin(), gate.weights.end(), 0.0);
    const double limit = gate.limit + model::share_tolerance * total;
    const double least = least_sum_above(gate.weights, limit).value_or(limit);
    std::vector<Term> sum;
    for (std::size_t c = 0; c < children.size(); ++c) {
        if (gate.weights[c] > 0.0) {
            sum.push_back({children[c], least > 0.0 ? gate.weights[c] / least : 1.0});
        }
    }
    sum = merged(std::move(sum));
    for (Term& term : sum) {
        term.coefficient = std::min(term.coefficient, 1.0);  // more than the limit is enough
    }
    sum.push_back({gate_variable_[g], -1.0});
    model_.constraints.push_back(at_least_zero(std::move(sum)));
}

std::vector<std::uint32_t> CutProgram::events_in(const std::vector<double>& values) const {
    std::vector<std::uint32_t> happen;
    for (const std::uint32_t event : events_) {
        if (values[event_variable_[event]] > 0.5) {
            happen.push_back(event);
        }
    }
    return happen;
}

void CutProgram::demand_one_of(std::span<const std::uint32_t> path_set) {
    Constraint constraint{1.0, solver::infinity, {}};
    for (const std::uint32_t event : path_set) {
        constraint.terms.push_back({event_variable_[event], 1.0});
    }
    model_.constraints.push_back(std::move(constraint));
}

}  // namespace adic::supply::cuts
