#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/cost_game.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// Reads what each coalition would pay, or save, from one table: plain, gzip or zstd;
/// docs/reference/games.md describes it. Players come in the order in which they are first named.
///
/// Every problem is reported, among them each coalition that has no row; with one the game is
/// empty.
///
/// Errors: not_found or unavailable if the file cannot be opened.
/// Cost:   O(rows * players).
Result<model::CostGame> read_game(const std::filesystem::path& file, ImportReport& report);

/// The same from a text; `name` stands for the file in the report.
model::CostGame parse_game(std::string name, std::string_view text, ImportReport& report);

/// How much a state wants of what is bought together.
struct StateQuantity {
    std::string state;
    double quantity = 0.0;  ///< pieces, above 0
};

/// Reads the quantities of states from one table, each state once, in the order of the rows. As
/// `read_game`; there are at most 100 states.
Result<std::vector<StateQuantity>>
read_quantities(const std::filesystem::path& file, ImportReport& report);

std::vector<StateQuantity>
parse_quantities(std::string name, std::string_view text, ImportReport& report);

}  // namespace adic::ingest
