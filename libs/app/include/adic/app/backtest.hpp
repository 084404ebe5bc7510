#pragma once

#include "adic/base/estimate.hpp"
#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace adic::app {

struct BacktestRequest {
    std::filesystem::path flows;  ///< exports by month, partner and HS6 code, of the user's own
    std::string scenario;         ///< an episode or a file
    std::filesystem::path data;   ///< that comes with the program
};

/// A code in a month from the scenario's announcement on: what was said, and what came.
struct ForecastMonth {
    std::string code;
    std::chrono::year_month month;
    Estimate forecast;  ///< kg
    double naive;       ///< kg: that the months before go on
    double actual;      ///< kg
};

/// A partner over all months of a code in which the control was in force.
struct ForecastPartner {
    std::string code;
    std::string partner;
    Estimate forecast;  ///< kg
    double actual;      ///< kg
};

/// How far off the forecast of a code was, in the months in which the control was in force.
struct ForecastError {
    std::string code;
    std::uint32_t months = 0;
    std::uint32_t within = 0;  ///< months in which the flow was within the forecast's range
    double model = 0.0;        ///< mean absolute error, as a part of the usual month
    double naive = 0.0;        ///< the same of the forecast that nothing changes
};

struct BacktestAnswer {
    ingest::ImportReport report;
    std::vector<ForecastMonth> months;      ///< by code, then month
    std::vector<ForecastPartner> partners;  ///< by code, then the largest forecast first
    std::vector<ForecastError> errors;      ///< by code
};

/// What the model says of a scenario's export controls from the flows of the twelve months before
/// they were announced, and what the flows then did.
///
/// What nobody could know before is left open: the part of licences that is approved, and of the
/// backlog that is delivered, may be anything. The part of a code that is controlled goods is that
/// of data/reference/controlled_parts.csv.
///
/// Unit:   kilograms.
/// Source: docs/explanation/backtest.md (B1)-(B4).
/// Errors: those of reading; invalid_argument if the flows hold none of the controlled codes, or
///         no year before the announcement.
Result<BacktestAnswer> backtest(const BacktestRequest& request);

}  // namespace adic::app
