#pragma once

#include "adic/app/shock_firms.hpp"

namespace adic::app {

/// The three sets of assumptions on which a cascade hangs, ready for use.
struct FirmAssumptions {
    FirmAssumptions(const model::FirmNetwork& network, double tolerance)
        : replaced(network, shock::CascadeOptions{.tolerance = tolerance})
        , alone(
              network,
              shock::CascadeOptions{
                  .tolerance = tolerance,
                  .replaceable = shock::nobody_replaceable(network)}
          )
        , broken_off(network, shock::CascadeOptions{.tolerance = customary_tolerance}) {}

    shock::Cascade replaced;
    shock::Cascade alone;
    shock::Cascade broken_off;
};

}  // namespace adic::app
