#pragma once

#include "adic/app/blocks/computing.hpp"
#include "adic/app/shock_firms.hpp"
#include "adic/base/blocks.hpp"
#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/firm_network.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

namespace adic::app {

struct SweepFirmsRequest {
    std::filesystem::path network;  ///< as `ingest::read_firm_network` takes it
    double tolerance = 1e-9;        ///< where the cascade counts as at rest
};

struct SweepFirmsAnswer {
    model::FirmNetwork network;
    ingest::ImportReport report;     ///< with an error there is no risk
    std::vector<RiskBracket> risks;  ///< of all firms, the worst first
};

/// What the closure of each firm, alone, does to all: the economic systemic risk index, under each
/// of the assumptions that it hangs on.
///
/// Errors: not_found for a table that is not there; those of `compute`.
/// Cost:   three cascades for each firm.
Result<SweepFirmsAnswer>
sweep_firms(const SweepFirmsRequest& request, const Computing& computing = {});

inline constexpr std::string_view firm_sweep_kind = "firm-sweep";

/// The work of a job of that kind.
Result<BlockWork> open_firm_sweep(const Job& job);

}  // namespace adic::app
