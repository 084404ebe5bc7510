#pragma once

#include "adic/supply/indicators/indicator.hpp"

namespace adic::supply {

extern const Indicator concentration_indicator;
extern const Indicator normalised_concentration_indicator;
extern const Indicator effective_suppliers_indicator;
extern const Indicator largest_shares_indicator;
extern const Indicator largest_supplier_indicator;

}  // namespace adic::supply
