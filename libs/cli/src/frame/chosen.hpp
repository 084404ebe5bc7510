#pragma once

#include "adic/app/opened_map.hpp"
#include "adic/procure/price.hpp"
#include "adic/supply/failure.hpp"

#include "frame/command.hpp"
#include "frame/invocation.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::cli {

/// Where the map is that the words, or else the environment, or else the sample, name.
/// Errors: not_found if there is no sample either, saying where it was looked for.
Result<std::filesystem::path> chosen_path(const Invocation& words, const Session& session);

/// The folder of the data that comes with the program.
Result<std::filesystem::path> data_folder(const Session& session);

/// The map itself, read.
Result<std::shared_ptr<const app::OpenedMap>>
open_chosen_map(const Invocation& words, const Session& session);

/// The viewpoints that `--inside`, or else the environment, or else the standard, name.
Result<std::vector<supply::Viewpoint>>
chosen_viewpoints(const Invocation& words, const Session& session, const model::SupplyMap& map);

/// The same for a command that answers for one viewpoint: the first, if none was typed.
Result<supply::Viewpoint>
chosen_viewpoint(const Invocation& words, const Session& session, const model::SupplyMap& map);

/// --enough, --shares, --no-equipment as options of the failure logic.
Result<supply::FailureOptions> chosen_failure_options(const Invocation& words);

/// The words of an option that takes a list: parted by commas, blanks around them taken off, empty
/// ones left out.
std::vector<std::string> chosen_list(const Invocation& words, std::string_view option);

/// --price-breaks, as `procure::parse_price_breaks` reads it.
Result<procure::PriceList> chosen_price_list(const Invocation& words);

/// --year; empty if it was not given. Errors: invalid_argument if it is no year.
Result<std::optional<std::uint16_t>> chosen_year(const Invocation& words);

/// The sources of the facts, each once.
Words sources_of(const model::SupplyMap& map, const std::vector<model::ProvenanceIndex>& facts);

/// The weakest letter of the facts; a dash for none.
std::string
confidence_of(const model::SupplyMap& map, const std::vector<model::ProvenanceIndex>& facts);

/// "seen with ASEAN inside", "seen with nobody inside".
std::string seen_from(const supply::Viewpoint& viewpoint);

/// "seen with ASEAN or IDN inside".
std::string seen_from(std::span<const supply::Viewpoint> viewpoints);

/// The items' identifiers.
Words ids_of(const model::SupplyMap& map, const std::vector<model::ItemIndex>& items);

}  // namespace adic::cli
