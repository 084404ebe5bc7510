#pragma once

#include "adic/base/estimate.hpp"
#include "adic/model/ids.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace adic::model {

/// The buyers a figure speaks of: all the world, one state, or one bloc.
using Market = std::variant<std::monostate, StateIndex, BlocIndex>;

/// That an item comes from somewhere, and how much of it.
///
/// Shares are parts of all that the market takes of the item; the shares of an item on a market
/// add up to at most 1, and what is missing to 1 is unknown, not absent.
struct Supply {
    ItemIndex item;
    std::optional<StateIndex> origin;               ///< empty: unspecified
    std::optional<OrganisationIndex> organisation;  ///< empty: unspecified
    Market market;
    std::optional<Estimate> share;     ///< in [0, 1]
    std::optional<Estimate> capacity;  ///< per year, in `capacity_unit`
    std::string capacity_unit;
    /// The trade variable t of the European Commission's method: 0.8 inside a union or under an
    /// agreement, 1 without restriction, above 1 with an export tax, quota or ban.
    std::optional<double> trade_restriction;
    ProvenanceIndex provenance;
};

/// What lies in store.
struct Stock {
    ItemIndex item;
    std::variant<StateIndex, BlocIndex> holder;
    std::optional<OrganisationIndex> organisation;
    Estimate quantity;
    std::string unit;  ///< the item's unit, or "days" of normal use
    ProvenanceIndex provenance;
};

/// What can fail, recover, or be described by a figure.
using Subject = std::variant<ItemIndex, StateIndex, OrganisationIndex, BlocIndex>;

/// How long the subject takes to be back after it failed.
struct Recovery {
    Subject subject;
    Estimate days;
    ProvenanceIndex provenance;
};

/// How likely it is, per year, that the subject stops supplying.
struct Hazard {
    Subject subject;
    Estimate probability;  ///< in [0, 1]
    ProvenanceIndex provenance;
};

enum class Flow { production, imports, exports, stock_release };

std::string_view name_of(Flow flow);
std::optional<Flow> parse_flow(std::string_view text);

/// What a state made, bought, sold or took out of stock of an item in a period.
struct Trade {
    ItemIndex item;
    StateIndex state;
    Flow flow;
    std::optional<StateIndex> partner;  ///< empty: all the world together
    Estimate amount;
    std::string unit;  ///< the item's unit, or a currency code
    ProvenanceIndex provenance;
};

/// Any other figure about a subject that an indicator takes: "wgi_political_stability" of a state,
/// "eol_recycling_rate" of an item. docs/reference/figures.md lists the measures.
struct Figure {
    Subject subject;
    std::string measure;
    Estimate value;
    std::string unit;
    ProvenanceIndex provenance;
};

}  // namespace adic::model
