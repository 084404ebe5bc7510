#pragma once

#include "adic/base/random.hpp"
#include "adic/model/supply_map.hpp"
#include "adic/shock/dynamics/item_dynamics.hpp"
#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace adic::shock::test {

/// A group of needs: inputs by position of their items.
struct Needs {
    std::vector<std::uint32_t> inputs;
    std::uint32_t take = 1;
    model::Role role = model::Role::consumed;
    model::Essential essential = model::Essential::yes;
    double value_share = 0.1;
};

/// A map that is put together line by line; items are i0, i1, ..., states s0, s1, ...
class MapMaker {
  public:
    MapMaker(std::uint32_t items, std::uint32_t states);

    void add_needs(std::uint32_t item, const Needs& needs);
    void add_supply(std::uint32_t item, std::uint32_t state, std::optional<Estimate> share);
    void add_stock(std::uint32_t item, std::uint32_t state, double days);

    const model::SupplyMap& map() const { return map_; }

  private:
    model::SupplyMap map_;
};

struct RandomMapOptions {
    bool choices = true;       ///< groups of which not all alternatives are taken
    bool circles = true;       ///< needs in both directions
    bool vague_shares = true;  ///< intervals, and suppliers without a share
};

/// Up to eleven items and five states; the first state is the buyer's.
MapMaker random_map(std::uint64_t seed, const RandomMapOptions& options);

/// The first state inside.
supply::Viewpoint first_state(const model::SupplyMap& map);

/// Every item, in the order of the map.
std::vector<model::ItemIndex> all_items(const model::SupplyMap& map);

/// Random paces, from nothing to a few weeks of everything, with surge or without.
ItemDynamicsOptions random_paces(const model::SupplyMap& map, std::uint64_t seed, bool surge);

/// Some items lose some supply for some weeks; never above the usual unless `late`.
ItemCourse random_course(const ItemNetwork& network, std::uint64_t seed, std::uint32_t weeks);

}  // namespace adic::shock::test
