#pragma once

#include "adic/ingest/import_report.hpp"
#include "adic/model/supply_map.hpp"

#include <cstdint>
#include <string>
#include <vector>

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

/// An item of the fragment whose id is new, and that was taken for one of the map by a code.
struct JoinedItem {
    std::string item;  ///< its id in the fragment
    std::string as;    ///< its id in the map
    std::string scheme;
    std::string code;
};

struct MergeOutcome {
    MergeCounts counts;
    std::vector<JoinedItem> joined;  ///< in the order of the fragment's items
};

/// Adds a fragment, such as what a publisher's reader made, to a map.
///
/// Sources, states, blocs and organisations are told by id, and kept as the map has them. An item
/// is told by id; one whose id is new is told by a code that identifies: an article's (NSN, GTIN,
/// CAS), or else a product's (HS of six digits, a commodity of UNSPSC, a series of a publisher).
/// The code must be that of one item in each map, and nothing may speak against it: no other
/// article number, no second item that would be the same one. HS chapters and headings, FSC,
/// classes of UNSPSC, CPV and entries of control lists join nothing, since unlike things share
/// them. What was joined is in the outcome; what was in doubt stays an item of its own and is
/// reported (MG-006). docs/reference/map-package.md says it for users.
///
/// Amounts of a known item are converted to the map's unit (t, kg and g; m3 and l); amounts
/// in a unit that measures something else are left out, shares and amounts of money are not. Facts
/// are told by what docs/reference/map-package.md says is unique in their table.
///
/// Each conflict is reported (rules MG-...), nothing is overwritten silently. What would break a
/// rule of the map package (shares that add up to more than 1) is left out and reported, so a valid
/// map stays valid.
///
/// Requires: both maps are valid as docs/reference/map-package.md states it.
/// Cost:     O(n log n) in the rows of both.
MergeOutcome merge_maps(
    model::SupplyMap& into,
    const model::SupplyMap& fragment,
    ImportReport& report,
    const MergeOptions& options = {}
);

}  // namespace adic::ingest
