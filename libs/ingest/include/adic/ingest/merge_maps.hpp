#pragma once

#include "adic/ingest/import_report.hpp"
#include "adic/model/supply_map.hpp"

#include <cstdint>

namespace adic::ingest {

struct MergeOptions {
    /// Whether a fact of the fragment takes the place of one with the same key; else the old stays.
    bool replace = false;
};

struct MergeCounts {
    std::uint64_t added = 0;
    std::uint64_t same = 0;      ///< were there already, equal in every field
    std::uint64_t kept = 0;      ///< conflicts in which the old fact stayed
    std::uint64_t replaced = 0;  ///< conflicts in which the new fact came in
    std::uint64_t left_out = 0;  ///< facts that hang on something that could not be merged
};

/// Adds a fragment, such as what a publisher's reader made, to a map.
///
/// Sources, states, blocs and organisations are told by id, and kept as the map has them. An item
/// is told by id; one whose id is new but whose (scheme, code) is that of exactly one item of the
/// map is that item. Its amounts are converted to the map's unit (t, kg and g; m3 and l); amounts
/// in a unit that measures something else are left out, shares and amounts of money are not. Facts
/// are told by what docs/reference/map-package.md says is unique in their table.
///
/// Each conflict is reported (rules MG-...), nothing is overwritten silently. What would break a
/// rule of the map package (shares that add up to more than 1) is left out and reported, so a valid
/// map stays valid.
///
/// Requires: both maps are valid as docs/reference/map-package.md states it.
/// Cost:     O(n log n) in the rows of both.
MergeCounts merge_maps(
    model::SupplyMap& into,
    const model::SupplyMap& fragment,
    ImportReport& report,
    const MergeOptions& options = {}
);

}  // namespace adic::ingest
