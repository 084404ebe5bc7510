#pragma once

#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"
#include "adic/model/release.hpp"
#include "adic/model/supply_map.hpp"
#include "adic/supply/map_index.hpp"
#include "adic/supply/viewpoint.hpp"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::app {

/// A map that was read without an error, and its index. Stays where it was made: the index points
/// into the map.
class OpenedMap {
  public:
    explicit OpenedMap(model::SupplyMap map) : map_(std::move(map)), index_(map_) {}

    OpenedMap(const OpenedMap&) = delete;
    OpenedMap& operator=(const OpenedMap&) = delete;
    OpenedMap(OpenedMap&&) = delete;
    OpenedMap& operator=(OpenedMap&&) = delete;
    ~OpenedMap() = default;

    const model::SupplyMap& map() const { return map_; }

    const supply::MapIndex& index() const { return index_; }

  private:
    model::SupplyMap map_;
    supply::MapIndex index_;
};

/// Reads the map package or workbook at `path`.
/// Errors: not_found if nothing is there; invalid_argument if the map has errors, with the first of
/// them and the command that lists all.
Result<model::SupplyMap>
read_clean_map(const std::filesystem::path& path, const Progress& progress = {});

/// The same, with an index.
Result<std::unique_ptr<const OpenedMap>>
open_map(const std::filesystem::path& path, const Progress& progress = {});

/// The map as a reader sees it, and nothing of the rest: what `open_map` would make of a map that
/// was never told what is hidden.
std::unique_ptr<const OpenedMap>
open_released(const model::SupplyMap& map, const model::Reader& reader);

/// A reader of a map by name: an official of a state ("MYS"), one who acts for an organisation
/// ("org:yard"), or "everyone".
/// Errors: not_found for a state that the map does not know; whether it knows an organisation is
///         not said.
Result<model::Reader> find_reader(const model::SupplyMap& map, std::string_view text);

/// The item with this identifier or, in any case of letters, this name.
/// Errors: not_found, with the nearest identifier or name.
Result<model::ItemIndex> find_item(const model::SupplyMap& map, std::string_view text);

/// The items of these identifiers or names, in that order. None given: what the map is about, which
/// is its systems, or all items that nothing needs where it has no system.
Result<std::vector<model::ItemIndex>>
find_targets(const supply::MapIndex& index, std::span<const std::string> texts);

/// Several viewpoints separated by commas. An empty text takes those of `standard_viewpoints` that
/// the map can show, or nobody inside if it can show none.
Result<std::vector<supply::Viewpoint>>
find_viewpoints(const model::SupplyMap& map, std::string_view text);

/// The region as one, and its largest member for itself: every dependence is shown twice.
inline constexpr std::string_view standard_viewpoints = "ASEAN,IDN";

}  // namespace adic::app
