#pragma once

#include "adic/base/result.hpp"
#include "adic/supply/map_index.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace adic::app {

struct ListItemsRequest {
    std::vector<std::string> words;  ///< each a part of the name or identifier, any case
    std::optional<model::ItemKind> kind = {};
    std::optional<std::uint32_t> tier = {};
};

struct ListedItem {
    model::ItemIndex item;
    std::optional<std::uint32_t> tier;  ///< fewest needs between it and a system; empty: below none
    std::uint32_t inputs;               ///< different items that it takes directly
    std::uint32_t users;                ///< different items that take it directly
    double known_share;                 ///< likely share of its supply whose origin is known
};

struct ListItemsAnswer {
    std::vector<ListedItem> items;  ///< by tier, then by identifier
    std::uint32_t items_of_map;
    std::uint32_t items_with_origin;  ///< of the map's items, those with any origin share
};

/// Likely share of what all the world takes of the item whose origin is known, in [0, 1].
double known_share_of(const supply::MapIndex& index, model::ItemIndex item);

/// The items of the map that match. Cost: O(items + needs + supplies).
ListItemsAnswer list_items(const supply::MapIndex& index, const ListItemsRequest& request);

}  // namespace adic::app
