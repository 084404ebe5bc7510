#pragma once

#include "adic/base/random.hpp"
#include "adic/model/site_network.hpp"
#include "adic/shock/survival/survival.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace adic::shock {

struct RandomShape {
    std::uint32_t parts = 12;
    std::uint32_t layers = 4;
    bool alternatives = true;
    bool intervals = false;
};

/// Parts in layers that take parts of earlier ones; the last layer is demanded, and so is one part
/// before it. Sites can make a little more than what is needed.
model::SiteNetwork random_network(const RandomShape& shape, std::uint64_t seed);

/// The example of docs/explanation/shock-survival.md, in weeks: a product of one E and two M, where
/// M is made of R.
model::SiteNetwork worked_example();

/// Shuts the site of that id for so long.
Disruption shut(const model::SiteNetwork& network, const std::string& site, double recovery_days);

/// Independent of the engine: the program of sites and shipments over the whole time t, not in
/// rates, with one variable for each site and each pair of sites. Solved from nothing by CBC.
/// The longest time without loss, at most `longest_days`.
double time_to_survive_by_sites(
    const model::SiteNetwork& network,
    const Disruption& disruption,
    double longest_days
);

double
least_loss_by_sites(const model::SiteNetwork& network, const Disruption& disruption, double days);

/// Independent of any linear program, for networks without alternatives and circles: halves the
/// interval in which the time to survive lies, and works back from demand to what must be made.
double time_to_survive_by_halving(
    const model::SiteNetwork& network,
    const Disruption& disruption,
    double longest_days
);

}  // namespace adic::shock
