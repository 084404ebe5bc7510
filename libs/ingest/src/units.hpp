#pragma once

#include "adic/base/estimate.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace adic::ingest {

/// How many `to` one `from` is, such as 1000 kg in a t. Empty if the one does not measure what the
/// other does: a mass is no number of pieces.
inline std::optional<double> conversion(std::string_view from, std::string_view to) {
    struct Unit {
        std::string_view name;
        char dimension;
        double size;
    };

    constexpr std::array units{
        Unit{"g", 'm', 1.0},
        Unit{"kg", 'm', 1e3},
        Unit{"t", 'm', 1e6},
        Unit{"l", 'v', 1.0},
        Unit{"m3", 'v', 1e3},
    };
    if (from == to) {
        return 1.0;
    }
    const auto find = [&](std::string_view name) {
        return std::find_if(units.begin(), units.end(), [&](const Unit& u) {
            return u.name == name;
        });
    };
    const auto* const a = find(from);
    const auto* const b = find(to);
    if (a == units.end() || b == units.end() || a->dimension != b->dimension) {
        return std::nullopt;
    }
    return a->size / b->size;
}

/// Empty if the product is not finite. Requires: factor >= 0.
inline std::optional<Estimate> scaled(const Estimate& estimate, double factor) {
    auto product = Estimate::create(
        estimate.low() * factor,
        estimate.likely() * factor,
        estimate.high() * factor
    );
    return product ? std::optional{*product} : std::nullopt;
}

}  // namespace adic::ingest
