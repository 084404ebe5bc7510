#pragma once

#include "adic/app/shock_firms.hpp"
#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/firm_network.hpp"
#include "adic/shock/dynamics/firm_dynamics.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace adic::app {

/// A shock to the firms of a network, followed day by day.
struct ShockFirmDaysRequest {
    std::filesystem::path network;            ///< as `ingest::read_firm_network` takes it
    std::filesystem::path final_demand = {};  ///< empty: the table beside the network
    std::filesystem::path losses_file = {};   ///< of `losses`, more of them; empty: none
    std::vector<NamedLoss> losses = {};       ///< all before the first day
    /// Over which every firm gets its capacity back evenly; 0: after the first day; nothing: never.
    std::optional<std::uint32_t> repair_days = std::nullopt;
    std::uint32_t days = 365;
    /// Days of its use that a firm wants in stock of each input: one value, or one for each sector
    /// of the input. Above 0.
    std::vector<double> stock_days = {9.0};
    double restock_days = 6.0;  ///< over which a gap in the stock is filled, at least 1
};

/// What the run costs a firm, or a sector.
struct OutputLoss {
    std::uint32_t position;  ///< of the firm, or the sector
    double usual;            ///< output a day
    double days_lost;        ///< output not made, in days of the usual one; below 0: it made more
    double lowest;           ///< part of the usual output on the worst day
    std::uint32_t lowest_day;
};

struct ShockFirmDaysAnswer {
    model::FirmNetwork network;
    ingest::ImportReport report;           ///< with an error there is no run
    std::vector<shock::FirmLoss> shock;    ///< the losses of the request, by position
    shock::FirmRun run;                    ///< with the output of each firm on each day
    std::vector<OutputLoss> firms;         ///< the largest loss in money first
    std::vector<OutputLoss> sectors;       ///< those with output, in their order
    std::vector<double> output_by_sector;  ///< day after day, by sector

    double unmet_part(std::size_t day) const;  ///< of final demand
};

/// How a network of firms goes on, day by day, after some of them lost capacity.
///
/// Errors: not_found for a table or a firm that is not there; invalid_argument for a parameter out
///         of its range, or a final demand that was not given.
/// Cost:   that of `shock::FirmDynamics`; 8 bytes for each firm and day.
Result<ShockFirmDaysAnswer>
shock_firm_days(const ShockFirmDaysRequest& request, const Progress& progress = {});

}  // namespace adic::app
