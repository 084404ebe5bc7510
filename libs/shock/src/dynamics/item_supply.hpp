#pragma once

#include "adic/shock/dynamics/item_network.hpp"

#include <limits>
#include <span>

namespace adic::shock {

/// What arrives of one supply in one week, as part of what it usually gives.
struct Arrival {
    double share;  ///< of the item's supply, as the completion takes it
    double on_time;
    double late;
    bool has_origin;
};

/// What is left of an item's supply in a week (D2, D3).
///
/// `unrecorded` is what arrives of the part that no row of the map records.
double
supply_in_week(std::span<const Arrival> arrivals, double unrecorded, supply::Completion completion);

/// The share that a completion takes of a recorded one.
double completed_share(const SeenSupply& supply, supply::Completion completion);

/// (D3): as the options read a supply that is only partly there.
double as_read(double part, double enough, SupplyReading reading);

}  // namespace adic::shock
