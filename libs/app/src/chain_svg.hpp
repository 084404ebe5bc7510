#pragma once

#include "adic/app/brief.hpp"

#include <string>

namespace adic::app {

/// The chain as inline SVG: a column for each tier, a box for each item, a line for each need.
/// Concentration is told by colour, by pattern and by figures, so that it survives a grey printer
/// and any kind of colour vision; what is not known is hatched.
std::string to_svg(const model::SupplyMap& map, const BriefView& view, const Chain& chain);

}  // namespace adic::app
