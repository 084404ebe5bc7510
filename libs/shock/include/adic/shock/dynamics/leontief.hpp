#pragma once

#include "adic/base/result.hpp"
#include "adic/model/input_output_table.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace adic::shock {

/// The open Leontief model of a table, x = A x + y: where an economy comes to rest, and what a unit
/// of final demand contains.
///
/// Source: Leontief (1936), "Quantitative input and output relations in the economic systems of the
///         United States", Rev. Econ. Stat. 18(3), 105; docs/explanation/shock-ario.md (A15)-(A17).
/// Cost:   create O(n^3 / 3) multiplications for n industries, each answer O(n^2); 8 n^2 bytes.
class Leontief {
  public:
    /// Errors: invalid_argument if the table is not productive: a group of its industries uses up
    ///         as much as it makes (the condition of Hawkins and Simon, 1949, Econometrica 17).
    static Result<Leontief> create(const model::InputOutputTable& table);

    Leontief(Leontief&&) noexcept;
    Leontief& operator=(Leontief&&) noexcept;
    ~Leontief();

    /// (A15): output of every industry when final demand is met, in the demand's unit.
    /// Requires: a value for each industry.
    std::vector<double> output_for(std::span<const double> final_demand) const;

    /// (A16): what a unit of final demand for each industry contains of what goes into a unit of
    /// output of each: all ones gives the backward multipliers.
    /// Requires: a value for each industry.
    std::vector<double> content(std::span<const double> per_output) const;

  private:
    class Factors;
    explicit Leontief(std::unique_ptr<const Factors> factors);
    std::unique_ptr<const Factors> factors_;
};

/// (A17): in which region the value of each industry's product was added.
///
/// Unit:     1; row = region, column = industry, row after row. A column adds up to 1 if all that
///           its industry needs is made by industries with output.
/// Requires: `leontief` is the table's.
std::vector<double>
value_added_origin(const model::InputOutputTable& table, const Leontief& leontief);

}  // namespace adic::shock
