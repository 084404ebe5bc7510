#pragma once

#include "adic/app/opened_map.hpp"
#include "adic/procure/award.hpp"
#include "adic/supply/viewpoint.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace adic::app {

/// How far measures of third states reach a supplier of a purchase, by what it is about to deliver:
/// the part of the value of an item, through all tiers, that does not arise inside. The item's own
/// part arises where the supplier makes it, its inputs where the look-through has them from. What
/// nobody recorded counts as outside: a cap that trusts it would be none.
struct SupplierExposure {
    std::size_t supplier = 0;  ///< of the problem
    std::string item;          ///< of those that it offers, the one that is exposed most
    double part = 0.0;         ///< of its value, in [0, 1]
    double unknown = 0.0;      ///< of its value, included in `part`: nobody recorded from where
};

/// Gives the suppliers of a problem that have no exposure of their own that of the map, where the
/// supplier is one of its organisations, by identifier or name, and an item that it offers is one
/// of its items, by identifier. Others stay as they are. Sorted as the suppliers are.
///
/// A supplier makes an item in the states where the map has it supply that item, else where it
/// supplies anything, else where it is registered; where one of them is outside, so is the item's
/// own part.
///
/// Cost: that of supply::look_through for one viewpoint.
std::vector<SupplierExposure> take_exposures(
    const OpenedMap& opened,
    const supply::Viewpoint& viewpoint,
    procure::AwardProblem& problem
);

}  // namespace adic::app
