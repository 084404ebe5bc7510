#pragma once

#include "adic/base/result.hpp"
#include "adic/model/supply_map.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adic::supply {

/// From whose seat a dependence is looked at: which states count as inside.
///
/// What comes from inside is not foreign and is not cut off by foreign events. One state, a bloc,
/// or any coalition.
struct Viewpoint {
    std::string label;         ///< "IDN", "ASEAN", "IDN+MYS"; "nobody" when none is inside
    std::vector<bool> inside;  ///< by StateIndex
    /// Whose purchases supply shares are read from, best first; the last is all the world.
    std::vector<model::Market> markets;

    bool is_inside(model::StateIndex state) const { return inside[state.value()]; }
};

/// Reads "IDN", "ASEAN", "IDN+MYS+ASEAN" or "nobody" against the states and blocs of the map.
/// Errors: not_found for a name that is neither, with the nearest one that is.
Result<Viewpoint> parse_viewpoint(const model::SupplyMap& map, std::string_view text);

}  // namespace adic::supply
