#pragma once

#include "adic/base/result.hpp"
#include "adic/model/fault_tree.hpp"
#include "adic/model/provenance.hpp"
#include "adic/supply/failure.hpp"
#include "adic/supply/map_index.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::app {

/// How much of the chain behind a tree is known.
struct ChainCoverage {
    std::uint32_t items;
    std::uint32_t items_with_shares;
};

/// A fault tree to ask about, with words for its events.
struct AskedTree {
    std::string id;    ///< identifier of the item, or name of the tree
    std::string name;  ///< as texts say it
    model::FaultTree tree;
    std::vector<std::string> words;         ///< one for each event: what `parse_failures` reads
    std::vector<std::string> names;         ///< one for each event: the full name
    std::optional<ChainCoverage> coverage;  ///< of an item of a map
    std::vector<model::Source> sources;     ///< of a map: on what the events' probabilities rest
};

/// The failure logic of an item of a map.
/// Errors: not_found for an item that the map does not have.
Result<AskedTree> tree_of_item(
    const supply::MapIndex& index,
    const supply::Viewpoint& viewpoint,
    std::string_view item,
    const supply::FailureOptions& options
);

/// A published tree in the Open-PSA format.
/// Errors: not_found if nothing is there; invalid_argument with the first problem of the file.
Result<AskedTree> tree_of_file(const std::filesystem::path& path);

}  // namespace adic::app
