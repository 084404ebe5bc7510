#pragma once

#include "adic/ingest/map_tables.hpp"
#include "adic/model/supply_map.hpp"

#include <functional>
#include <span>
#include <string>

namespace adic::ingest {

/// The cells of a row, in the order of `cell_names`.
using TakeRow = std::function<void(std::span<const std::string> cells)>;

/// Gives each row of a table of the map as it is written in a file.
void for_each_row(const model::SupplyMap& map, const Table& table, const TakeRow& take);

/// A number without exponent where that is possible without loss: "100000", "0.35".
std::string plain_number(double value);

}  // namespace adic::ingest
