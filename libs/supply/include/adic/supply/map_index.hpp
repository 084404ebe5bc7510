#pragma once

#include "adic/model/supply_map.hpp"
#include "adic/supply/viewpoint.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace adic::supply {

/// Positions of the rows of a table, sorted by what they are about and then by position: a
/// compressed sparse row index.
class RowIndex {
  public:
    RowIndex() = default;

    /// Requires: every key below `keys`. Cost: O(keys + rows).
    RowIndex(std::size_t keys, std::span<const std::uint32_t> key_of_row);

    std::span<const std::uint32_t> rows_of(std::uint32_t key) const {
        return std::span{rows_}.subspan(start_[key], start_[key + 1] - start_[key]);
    }

  private:
    std::vector<std::uint32_t> start_{0};
    std::vector<std::uint32_t> rows_;
};

/// What belongs to what in a map, found in constant time. The map must outlive it.
/// Cost: O(items + rows), 4 bytes for each row of each table.
class MapIndex {
  public:
    explicit MapIndex(const model::SupplyMap& map);

    const model::SupplyMap& map() const { return *map_; }

    /// Positions in map().groups / needs / supplies / trades / figures.
    std::span<const std::uint32_t> groups_of(model::ItemIndex item) const;
    std::span<const std::uint32_t> needs_of(model::GroupIndex group) const;
    std::span<const std::uint32_t> uses_of(model::ItemIndex input) const;  ///< needs that take it
    std::span<const std::uint32_t> supplies_of(model::ItemIndex item) const;
    std::span<const std::uint32_t> trades_of(model::ItemIndex item) const;
    std::span<const std::uint32_t> figures_of(model::ItemIndex item) const;
    std::span<const std::uint32_t> figures_of(model::StateIndex state) const;

    /// The supplies of the item on the first of the viewpoint's markets that has any.
    std::vector<std::uint32_t> supplies_seen(model::ItemIndex item, const Viewpoint& viewpoint)
        const;

    /// The newest figure of this measure about the subject (by the last day of its period; the
    /// later row among equals); null if there is none.
    const model::Figure* figure(model::ItemIndex item, std::string_view measure) const;
    const model::Figure* figure(model::StateIndex state, std::string_view measure) const;

  private:
    const model::SupplyMap* map_;
    RowIndex groups_;
    RowIndex needs_;
    RowIndex uses_;
    RowIndex supplies_;
    RowIndex trades_;
    RowIndex item_figures_;
    RowIndex state_figures_;
};

}  // namespace adic::supply
