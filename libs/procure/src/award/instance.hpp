#pragma once

#include "adic/procure/award.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace adic::procure {

/// What of a problem can be in a conflict, and can be left out.
struct Requirement {
    enum class Kind : std::uint8_t {
        demand,
        rule,
        offer_capacity,
        least_order,
        lead_time,
        supplier_capacity
    };

    Kind kind = Kind::demand;
    std::size_t index = 0;  ///< of the demand, rule, offer or supplier

    friend auto operator<=>(const Requirement&, const Requirement&) = default;
};

using Requirements = std::set<Requirement>;

std::vector<Requirement> list_requirements(const AwardProblem& problem);

Sentence words_of(const AwardProblem& problem, const Requirement& requirement);

/// An order in one of its price brackets, or a row of a package. It costs `fixed` if it is taken,
/// and `price` for each piece.
struct Source {
    std::size_t item = 0;
    std::size_t supplier = 0;
    std::int32_t year = 0;
    std::size_t order = 0;                    ///< sources of one order exclude each other
    std::optional<std::size_t> offer = {};    ///< empty: of a package
    std::optional<std::size_t> package = {};  ///< empty: of an offer
    std::int64_t least = 0;                   ///< pieces, if it is taken
    std::int64_t most = 0;
    std::int64_t lot = 1;
    Cents order_cost = 0;  ///< of the order; not paid for pieces
    Cents fixed = 0;       ///< paid for pieces, whatever their number
    Cents price = 0;       ///< of one piece; 0 of a package: `fixed` is all
    double charge = 0.0;   ///< of one piece, to the state that gets it
    bool ends_at_capacity = false;
    bool begins_at_least_order = false;
};

/// States that need an item in a year and are alike in all that the problem says of them.
struct Buyer {
    std::size_t item = 0;
    std::int32_t needed = 0;
    std::vector<std::size_t> demands;  ///< of the problem
    std::int64_t pieces = 0;           ///< of all of them
    std::int64_t least = 0;            ///< that have to come: of demands that are not left out
};

/// Pieces of a source may go to a buyer.
struct Link {
    std::size_t source = 0;
    std::size_t buyer = 0;
    Cents storage = 0;  ///< of one piece
};

/// A problem as sources, buyers and links, with some requirements left out.
struct Instance {
    const AwardProblem* problem = nullptr;
    Requirements dropped = {};
    std::vector<Source> sources = {};  ///< by item, year, supplier, bracket; then packages
    std::vector<Buyer> buyers = {};    ///< by item and year
    std::vector<Link> links = {};      ///< by source
    std::size_t orders = 0;

    bool keeps(Requirement::Kind kind, std::size_t index) const {
        return !dropped.contains({kind, index});
    }
};

/// Cost: O(offers * years * (brackets + buyers of the item)).
Instance instance_of(const AwardProblem& problem, Requirements dropped = {});

/// What the links carry, and what is spare, as deliveries to states. Sorted; rows of equal kind are
/// one. Requires: one number for each link and for each source.
std::vector<AwardDelivery> deliveries_of(
    const Instance& instance,
    const std::vector<std::int64_t>& by_link,
    const std::vector<std::int64_t>& spare
);

}  // namespace adic::procure
