#pragma once

#include "adic/base/estimate.hpp"
#include "adic/base/result.hpp"
#include "adic/model/site_network.hpp"
#include "adic/supply/failure.hpp"
#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace adic::shock {

/// An item that is wanted from a map.
struct WantedItem {
    model::ItemIndex item;
    Estimate use = Estimate::exactly(1.0);     ///< as part of what is normally used; a surge: 1.5
    Estimate weight = Estimate::exactly(1.0);  ///< what a day's normal use of it is worth
};

/// How much of an item those inside normally use, where stocks are recorded in the item's unit.
struct NormalUse {
    model::ItemIndex item;
    Estimate units_per_day;  ///< > 0
};

struct MapSitesOptions {
    /// A machine that cannot be had stops nothing for as long as the old one runs.
    supply::Equipment equipment = supply::Equipment::left_out;
    std::vector<NormalUse> normal_uses = {};
    /// Days of normal use in store of each item of which no stock is recorded. Empty: none is
    /// counted, and a note says of how many items.
    std::optional<Estimate> assumed_stock_days = {};
};

/// A supply map as a site network, with what its parts stand for.
struct MapSites {
    model::SiteNetwork network;
    std::vector<model::ItemIndex> items;  ///< one for each part
    std::vector<std::string> notes;       ///< what the reader should know: what was not counted
};

/// The items below those wanted as a site network in which all is counted in days of normal use:
/// an item makes 1 a day, its suppliers their shares of it; docs/explanation/shock-survival.md
/// (S13-S15). Stocks are those held inside.
///
/// Errors: invalid_argument if nothing is wanted, or an item twice, or a use is not above 0.
/// Cost:   O(needs + supplies below the items + stocks + recoveries).
Result<MapSites> sites_of_map(
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    std::span<const WantedItem> wanted,
    const MapSitesOptions& options = {}
);

}  // namespace adic::shock
