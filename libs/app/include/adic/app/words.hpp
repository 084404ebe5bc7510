#pragma once

#include "adic/model/supply_map.hpp"
#include "adic/supply/viewpoint.hpp"

#include <string>
#include <string_view>

namespace adic::app {

/// A share in percent as texts say it: "69 %", "0.4 %", "under 0.1 %".
std::string percent(double share);

/// A name as it stands within a sentence: "Cobalt in ore" becomes "cobalt in ore", "LED lamp"
/// stays; what it has in brackets at its end is left out.
std::string within_sentence(std::string_view name);

/// Who is inside, by name: "Indonesia", "ASEAN", "IDN+MYS".
std::string name_of(const model::SupplyMap& map, const supply::Viewpoint& viewpoint);

/// "2016 to 2025", "2024".
std::string spoken(const model::Period& period);

}  // namespace adic::app
