#pragma once

#include <optional>

namespace adic::supply {

/// (FOB - value of non-originating materials) / FOB, ATIGA article 29 and RCEP article 3.5, the
/// indirect or build-down form. Materials whose origin is not known count as non-originating.
///
/// Unit: 1. Originating from 0.40 (ATIGA article 28). Requires: fob > 0.
double regional_value_content_indirect(double fob, double non_originating_materials);

/// What a good is made up of, in the money of its FOB price.
struct CostBook {
    double regional_materials = 0.0;
    double direct_labour = 0.0;
    double direct_overhead = 0.0;
    double other_cost = 0.0;
    double profit = 0.0;
};

/// All of the cost book over FOB: the direct or build-up form of the same articles. Equals the
/// indirect form when the book and the non-originating materials add up to FOB. Requires: fob > 0.
double regional_value_content_direct(double fob, const CostBook& book);

}  // namespace adic::supply
