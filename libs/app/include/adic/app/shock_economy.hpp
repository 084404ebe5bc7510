#pragma once

#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/input_output_table.hpp"
#include "adic/shock/dynamics/ario.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace adic::app {

/// Industries that lose a part of their capital: one ("R1 S2"), or all of a region ("R1") or of a
/// sector ("S2").
struct NamedCapitalLoss {
    std::string industries;
    double lost = 1.0;  ///< in [0, 1]
};

struct ShockEconomyRequest {
    std::filesystem::path table;  ///< as `ingest::read_input_output_table` takes it
    std::vector<NamedCapitalLoss> losses;
    std::uint32_t day = 0;          ///< of the losses
    std::uint32_t repair_from = 0;  ///< at least `day`
    std::uint32_t repair_days = 0;
    shock::ArioOptions options = {};
};

/// What a year, or however long the run was, costs one industry.
struct IndustryLoss {
    std::size_t industry;
    double days_lost;  ///< output not made, in days of its usual output
    double lowest;     ///< part of its usual output on its worst day
    std::uint32_t lowest_day;
};

struct ShockEconomyAnswer {
    model::InputOutputTable table;
    ingest::ImportReport report;  ///< with an error there is no run
    shock::ArioRun run;
    double unmet_days = 0.0;               ///< final demand not met, in days of all of it
    std::vector<IndustryLoss> industries;  ///< the largest loss in money first
};

/// How an economy goes on, day by day, after some of its industries lost capital.
///
/// Errors: not_found for a matrix or an industry that is not there.
Result<ShockEconomyAnswer>
shock_economy(const ShockEconomyRequest& request, const Progress& progress = {});

}  // namespace adic::app
