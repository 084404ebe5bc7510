#pragma once

#include "adic/ingest/merge_maps.hpp"
#include "adic/model/supply_map.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// How much a code says of what carries it.
enum class CodeKind {
    coarse,   ///< a class of goods, or an entry of a list of controls: joins nothing
    product,  ///< one subheading or series of a publisher: joins where nothing else has it
    article,  ///< one article or substance: decides before any code of a product
};

/// Codes of schemes that are not known are coarse: they are names of control lists.
/// GTIN and CAS numbers whose check digit is wrong are coarse too: they are no numbers.
CodeKind kind_of_code(std::string_view scheme, std::string_view code);

/// A code by which an item of the fragment could have been joined, and why it was not.
struct AmbiguousItem {
    model::ItemIndex item;  ///< of the fragment
    std::string reason;
};

/// Which item of the map each item of a fragment is.
struct ItemMatches {
    std::vector<std::optional<model::ItemIndex>> known;  ///< by item of the fragment; empty: new
    std::vector<JoinedItem> joined;                      ///< by a code, not by id
    std::vector<AmbiguousItem> ambiguous;
};

/// The rule is at `merge_maps`.
///
/// Cost: O(n log n) in the items and codes of both.
ItemMatches match_items(const model::SupplyMap& into, const model::SupplyMap& fragment);

}  // namespace adic::ingest
