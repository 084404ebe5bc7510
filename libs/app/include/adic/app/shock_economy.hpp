#pragma once

#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/ingest/input_output_reader.hpp"
#include "adic/model/input_output_table.hpp"
#include "adic/shock/dynamics/ario.hpp"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace adic::app {

/// Industries that lose a part of their capital: one ("R1 S2"), or all of a region ("R1") or of a
/// sector ("S2").
struct NamedCapitalLoss {
    std::string industries;
    double lost = 1.0;  ///< in [0, 1]
};

/// Industries, named as above, whose final demand is `factor` times the usual for some days.
struct NamedDemandChange {
    std::string industries;
    double factor;                                                    ///< at least 0
    std::uint32_t from = 0;                                           ///< day
    std::uint32_t until = std::numeric_limits<std::uint32_t>::max();  ///< the day after the last
};

/// The part of what is rebuilt that a sector supplies.
struct NamedRebuilding {
    std::string sector;
    double part;  ///< in (0, 1]
};

/// What happens to an economy. Every default is the usual one of the field.
struct ShockEconomyRequest {
    std::filesystem::path table;  ///< as `ingest::read_input_output_table` takes it
    std::vector<NamedCapitalLoss> losses = {};
    std::uint32_t day = 0;          ///< of the losses
    std::uint32_t repair_from = 0;  ///< day on which repair begins; at least `day`
    std::uint32_t repair_days = 0;  ///< that it takes; 0: at once
    /// Who rebuilds; the parts add up to 1. Empty: capital comes back evenly over `repair_days`,
    /// made by nobody in particular.
    std::vector<NamedRebuilding> rebuilding = {};
    std::vector<NamedDemandChange> demand = {};
    /// Lists hold one value, or one for each sector of the table.
    shock::ArioOptions options = {};
    std::size_t threads = 0;  ///< 0: as many as the machine has
};

/// What a year, or however long the run was, costs one industry.
struct IndustryLoss {
    std::size_t industry;
    double days_lost;  ///< output not made, in days of its usual output
    double lowest;     ///< part of its usual output on its worst day
    std::uint32_t lowest_day;
    std::optional<double> highest_price = {};  ///< 1 as usual; only with prices of scarcity
};

struct ShockEconomyAnswer {
    model::InputOutputTable table;
    ingest::TableLayout layout = ingest::TableLayout::matrices;
    ingest::ImportReport report;  ///< with an error there is no run
    shock::ArioRun run;
    double unmet_days = 0.0;               ///< final demand not met, in days of all of it
    std::vector<IndustryLoss> industries;  ///< the largest loss in money first
};

/// How an economy goes on, day by day, after some of its industries lost capital or demand changed.
///
/// Errors: not_found for a table, an industry or a sector that is not there; invalid_argument for a
///         figure out of its range, a list that is neither one value nor one for each sector, or
///         parts of rebuilding that do not add up to 1.
/// Cost:   that of `shock::Ario`; 8 bytes for each industry and day, twice with prices.
Result<ShockEconomyAnswer>
shock_economy(const ShockEconomyRequest& request, const Progress& progress = {});

}  // namespace adic::app
