#pragma once

#include "adic/model/supply_map.hpp"
#include "adic/supply/viewpoint.hpp"

#include <string>
#include <string_view>

namespace adic::supply {

/// Reads a supply map from a drawing, one statement a line; states and items come into being when
/// they are first named. What is left of " #" counts.
///
///     boat <- hull, diesel | outboard, 2: radar | sonar | camera   groups; alternatives; take
///     boat <~ paint                                                a group that is not essential
///     boat <= slipway                                              production equipment
///     diesel from DEU 0.6, USA 0.1..0.2..0.3, IDN ?                shares; low..likely..high;
///     unknown diesel from DEU/mtu 0.4                                      an organisation hazard
///     CHN 0.1..0.2..0.3                                     per year bloc ASEAN IDN MYS enough
///     diesel 0.5                                            before the item is used
///
/// A line that is none of these throws, and so fails the test that draws it.
model::SupplyMap draw_map(std::string_view picture);

model::ItemIndex item(const model::SupplyMap& map, std::string_view id);
model::StateIndex state(const model::SupplyMap& map, std::string_view id);

/// As `parse_viewpoint`, for a text that is known to be right.
Viewpoint seen_from(const model::SupplyMap& map, std::string_view text);

}  // namespace adic::supply
