#include "adic/supply/viewpoint.hpp"

#include "fuzz.hpp"

#include <cstdint>

namespace {

adic::model::SupplyMap small_map() {
    adic::model::SupplyMap map;
    const auto idn = *map.states.add({"IDN", "Indonesia"});
    const auto mys = *map.states.add({"MYS", "Malaysia"});
    map.states.add({"CHN", "China"});
    map.blocs.add({"ASEAN", "ASEAN", {idn, mys}});
    return map;
}

}  // namespace

/// A viewpoint that was read has a side for every state, and ends with all the world's market.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const adic::model::SupplyMap map = small_map();
    const auto viewpoint = adic::supply::parse_viewpoint(map, adic::fuzz::text_of(data, size));
    if (viewpoint) {
        adic::fuzz::require(viewpoint->inside.size() == map.states.size());
        adic::fuzz::require(!viewpoint->markets.empty());
        adic::fuzz::require(viewpoint->markets.back() == adic::model::Market{});
    }
    return 0;
}
