#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/monthly_flows.hpp"

#include <filesystem>

namespace adic::ingest {

/// Reads exports by month, partner and HS6 code: CSV, plain, gzip or zstd, with the columns month
/// (2023-08 or 202308), reporter, partner, hs6, net_weight_kg and value_usd, or under the names
/// that UN Comtrade gives them: period, reporterISO, partnerISO, cmdCode, netWgt, primaryValue.
/// With a column flowCode only exports (X) are taken. The partner W00, all the world, is left out.
///
/// Rows that cannot be read are left out and reported, all of them, and so is the second row of a
/// month, reporter, partner and code: adding it up could count a shipment twice.
///
/// Unit:   kilograms, and the currency of the file.
/// Errors: the file cannot be opened, or lacks a column.
/// Cost:   O(rows log rows).
Result<model::MonthlyFlows>
read_monthly_flows(const std::filesystem::path& path, ImportReport& report);

}  // namespace adic::ingest
