#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/ingest/publishers/state_names.hpp"
#include "adic/model/supply_map.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// Of a set that gives shares of states and shares of firms, which are read. They describe the same
/// market twice and are never added up.
enum class SupplierLevel { states, firms };

struct PublisherOptions {
    std::optional<int> year;           ///< empty: the latest of the file
    std::vector<std::string> markets;  ///< of trade flows: importers to keep; empty: all
    std::vector<std::string>
        products;  ///< of trade flows: HS codes or their beginnings; empty: all
    /// The shares of states are more often complete.
    SupplierLevel level = SupplierLevel::states;
};

/// A reader of one publisher's files, as they are published.
///
/// It turns them into a fragment of a map: sources, states, items with the publisher's code, and
/// supplies, trade or figures. `merge_maps` joins the items to a user's own by their codes.
/// Rows that cannot be read are left out and reported, all of them.
struct Publisher {
    std::string_view name;  ///< stable: what the command line takes
    std::string_view title;
    std::string_view takes;  ///< which file or folder
    std::string_view licence;
    std::string_view scheme;  ///< of the codes that its items carry
    Result<model::SupplyMap> (*read
    )(const std::filesystem::path& path,
      const StateNames& states,
      const PublisherOptions& options,
      ImportReport& report);
    /// Headings that only this publisher's file has.
    std::span<const std::string_view> recognised_by;
};

/// Every publisher that can be read. A new one is a file in src/publishers and a line in this list.
std::span<const Publisher> publishers();

const Publisher* find_publisher(std::string_view name);

/// The publisher whose headings the file, or a file in the folder, has; none if no or several fit.
const Publisher* recognise_publisher(const std::filesystem::path& path);

}  // namespace adic::ingest
