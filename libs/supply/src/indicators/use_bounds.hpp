#pragma once

#include "adic/supply/indicators/item_facts.hpp"

#include "reading_of.hpp"

#include <optional>
#include <string_view>

namespace adic::supply {

inline constexpr std::string_view no_use =
    "production and imports of those inside are not recorded";
inline constexpr std::string_view no_positive_use =
    "apparent use is not positive within its bounds";

/// A part of apparent use; empty where use may not be positive.
struct UseShare {
    std::optional<Estimate> figure;
};

/// Whether production and imports are recorded for some state inside.
bool knows_use(const TradeBalance& trade);

/// Production, imports and exports as factors, where they have an upper bound.
void add_use_factors(ReadingBuilder& reading, const TradeBalance& trade);

/// imports / (imports + home surplus). Exact at both ends: a home surplus and imports move it one
/// way each.
UseShare import_share(const TradeBalance& trade);

/// Net import reliance over the bounds of the balance: exact at both ends, in [0, 1].
UseShare net_import_share(const TradeBalance& trade);

/// The estimate of an amount; empty if it has no upper bound.
std::optional<Estimate> to_estimate(const Amount& amount);

}  // namespace adic::supply
