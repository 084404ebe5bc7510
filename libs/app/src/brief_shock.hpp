#pragma once

#include "adic/app/brief.hpp"

#include <set>
#include <string>

namespace adic::app {

/// What the episode does to the targets of the request. `items`: their chains, themselves included.
/// Errors: as `make_brief` for one shock.
Result<BriefShock> shock_of(
    const supply::MapIndex& index,
    const BriefRequest& request,
    const Episode& episode,
    const std::set<model::ItemIndex>& items
);

/// The shock as a section of the page, `view` being the one that it was followed for.
std::string to_html(const model::SupplyMap& map, const BriefView& view, const BriefShock& shock);

}  // namespace adic::app
