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

/// The origins of many items, each added up by state once and then only read.
class OriginTable {
  public:
    /// Appends the origins of one item, of these of its supplies, which are all of one market.
    /// Cost: O(r log r).
    void add(const model::SupplyMap& map, std::span<const std::uint32_t> rows);

    /// The origins that were added at this position.
    Origins of(std::uint32_t position) const {
        const Entry& entry = entries_[position];
        return {
            std::span{shares_}.subspan(entry.first_share, entry.shares),
            std::span{restrictions_}.subspan(entry.first_share, entry.shares),
            entry.unknown,
            entry.recorded,
            entry.of_world,
            std::span{facts_}.subspan(entry.first_fact, entry.facts),
            entry.covered};
    }

  private:
    struct Entry {
        std::uint32_t first_share = 0;
        std::uint32_t shares = 0;
        std::uint32_t first_fact = 0;
        std::uint32_t facts = 0;
        ShareRange unknown{0.0, 1.0, 1.0};
        double covered = 0.0;
        bool recorded = false;
        bool of_world = true;
    };

    std::vector<Entry> entries_;
    std::vector<StateSupply> shares_;
    std::vector<ShareRange> restrictions_;  ///< apart from the shares: one indicator takes it
    std::vector<model::ProvenanceIndex> facts_;
    std::vector<ShareRange> scratch_;
};

}  // namespace adic::supply
