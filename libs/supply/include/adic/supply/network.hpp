#pragma once

#include "adic/base/estimate.hpp"
#include "adic/supply/bottlenecks.hpp"
#include "adic/supply/map_index.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace adic::supply {

/// Where an item stands, seen from those that a network begins at.
enum class Side { asked, below, above };

struct NetworkItem {
    model::ItemIndex item;
    Side side;
    std::uint32_t tier;  ///< fewest needs between it and an item asked about
};

/// What items are made of, over all tiers, and what is made of them. An item that is both, because
/// needs go round in a circle, stands below.
struct SupplyNetwork {
    std::vector<NetworkItem> items;    ///< by side, by tier, then in the order of the map
    std::vector<std::uint32_t> needs;  ///< between two of the items: positions in map().needs
};

/// Which way a network is followed from where it begins.
enum class Follow { needs, needs_and_users };

/// Every item and need that can be reached from `from`. An item that is named twice counts once.
/// Cost: O(items + needs of the map).
SupplyNetwork
network_of(const MapIndex& index, std::span<const model::ItemIndex> from, Follow follow);

/// Who supplies one item, in a few figures; shares are parts of what the market takes of it.
struct SupplyPicture {
    double known_share = 0.0;                ///< likely, in [0, 1]: whose origin is known
    double inside_share = 0.0;               ///< likely, in [0, 1]: from states inside
    std::optional<double> concentration;     ///< sum of squared shares; empty: no share is known
    std::optional<LargestOutside> largest;   ///< empty: no state outside has a known share
    std::vector<model::StateIndex> origins;  ///< every state named, the largest likely share first
    std::vector<std::uint32_t> supplies;     ///< the facts, as positions in map().supplies
};

/// Source: Hirschman (1964), "The Paternity of an Index", Am. Econ. Rev. 54(5), 761, over states.
/// Cost:   O(supplies of the item, squared in its origins).
SupplyPicture
picture_supply(const MapIndex& index, model::ItemIndex item, const Viewpoint& viewpoint);

}  // namespace adic::supply
