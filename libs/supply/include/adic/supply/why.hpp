#pragma once

#include "adic/supply/failure.hpp"

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

namespace adic::supply {

/// The item is short because these suppliers fail.
struct ShortOfSupply {
    std::vector<std::uint32_t>
        supplies;   ///< positions in map().supplies, largest likely share first
    double lost;    ///< share of the supply that is gone, under the completion asked for
    double enough;  ///< share that has to survive
};

/// The item cannot be made because a group of its needs is not met.
struct NeedNotMet {
    model::GroupIndex group;
    std::vector<std::uint32_t> needs;  ///< the alternatives that cannot be had, in map().needs
};

/// The item is not to be had by assumption: it is one of the failures asked about.
struct Assumed {};

/// One link of the argument. Links follow their parent directly, one level deeper.
struct WhyLink {
    std::uint32_t depth;  ///< 0: the item asked about
    model::ItemIndex item;
    std::variant<NeedNotMet, ShortOfSupply, Assumed> because;
    bool told_above =
        false;  ///< the item's own chain stands earlier in the list and is not repeated
};

/// Why the item cannot be had when the subjects fail: the shortest chain of needs from the item
/// down to the suppliers. Empty if they do not stop it. Cost: that of `failure_model`.
std::vector<WhyLink> why(
    const MapIndex& index,
    const Viewpoint& viewpoint,
    model::ItemIndex item,
    std::span<const FailureSubject> failed,
    const FailureOptions& options
);

}  // namespace adic::supply
