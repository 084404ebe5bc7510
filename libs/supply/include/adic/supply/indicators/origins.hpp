#pragma once

#include "adic/supply/indicators/shares.hpp"
#include "adic/supply/map_index.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace adic::supply {

/// What one state supplies of an item, all its organisations together.
struct StateSupply {
    model::StateIndex state;
    ShareRange share;
};

/// Where an item on one market comes from; looks into the table that made it.
struct Origins {
    std::span<const StateSupply> known;        ///< by state, each once
    std::span<const ShareRange> restrictions;  ///< the trade variable t of each of them
    ShareRange unknown{0.0, 1.0, 1.0};         ///< of which no origin is recorded
    bool recorded = false;                     ///< some row has a share
    bool of_world = true;                      ///< the market is all the world
    std::span<const model::ProvenanceIndex> facts;
    double covered = 0.0;  ///< likely share whose origin is known, at most 1
};

/// The origins of every item, added up by state once and then only read.
class OriginTable {
  public:
    /// Which market's supplies of an item are taken: the viewpoint's own, or the world's where it
    /// has none; or always the world's.
    enum class Market { seen, world };

    /// Cost: O(r log r) for the r supplies of each item.
    OriginTable(const MapIndex& index, const Viewpoint& viewpoint, Market market);

    Origins of(model::ItemIndex item) const {
        const Entry& entry = entries_[item.value()];
        const Entry& next = entries_[item.value() + 1];
        return {
            std::span{shares_}.subspan(entry.first_share, next.first_share - entry.first_share),
            std::span{restrictions_}
                .subspan(entry.first_share, next.first_share - entry.first_share),
            entry.unknown,
            entry.recorded,
            entry.of_world,
            std::span{facts_}.subspan(entry.first_fact, next.first_fact - entry.first_fact),
            entry.covered};
    }

  private:
    struct Entry {
        std::uint32_t first_share;
        std::uint32_t first_fact;
        ShareRange unknown;
        bool recorded;
        bool of_world;
        double covered;
    };

    void add(const model::SupplyMap& map, std::span<const std::uint32_t> rows);

    std::vector<Entry> entries_;  ///< one for each item, and an end
    std::vector<StateSupply> shares_;
    std::vector<ShareRange> restrictions_;  ///< apart from the shares: one indicator takes it
    std::vector<model::ProvenanceIndex> facts_;
    std::vector<ShareRange> scratch_;
};

}  // namespace adic::supply
