#pragma once

#include "adic/solver/model.hpp"

#include "award/block_search.hpp"
#include "award/instance.hpp"

#include <optional>
#include <vector>

namespace adic::procure {

/// The equations of docs/explanation/award.md as a program, and where things stand in it. Money is
/// in whole units of the currency, not in cents.
struct AwardModel {
    /// What one unit of a requirement is, where it has a price.
    enum class Unit : std::uint8_t { money, piece, load, percentage_point };

    /// A constraint that says a requirement.
    struct Tagged {
        std::size_t constraint;
        Requirement requirement;
        Unit unit;
        std::vector<solver::Term> paid = {};  ///< of a percentage point: what it is a part of
    };

    solver::LinearModel model = {};
    std::vector<std::uint32_t> pieces = {};  ///< the variable of each link
    std::vector<std::uint32_t> spare = {};   ///< the variable of each source
    std::vector<std::uint32_t> taken = {};   ///< of each source: its order, or its package
    std::vector<bool> is_choice = {};        ///< of each variable: yes or no, not pieces
    std::vector<Tagged> tagged = {};
    /// The item of each variable; `shared` where it is of several.
    Blocks blocks = {};
};

struct AwardModelOptions {
    double margin = 0.0;  ///< rules are kept by so much, as a part of their size
};

/// Cost: O(links + rules * sources).
AwardModel model_of(const Instance& instance, const AwardModelOptions& options = {});

/// The numbers of a point of the model, made whole. Requires: a value for each variable.
std::vector<AwardDelivery>
deliveries_of(const Instance& instance, const AwardModel& model, const std::vector<double>& values);

}  // namespace adic::procure
