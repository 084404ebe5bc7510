#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/firm_network.hpp"
#include "adic/shock/cascade/cascade.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace adic::app {

/// A firm of the network that loses a part of its capacity, by its name.
struct NamedLoss {
    std::string firm;
    double lost = 1.0;  ///< in [0, 1]
};

struct ShockFirmsRequest {
    std::filesystem::path network;  ///< as `ingest::read_firm_network` takes it
    std::vector<NamedLoss> losses;  ///< all at once
    double tolerance = 1e-9;        ///< where the cascade counts as at rest
};

/// The same shock under the assumptions that its result hangs on. The truth lies between
/// `replaced` and `alone`.
struct RiskBracket {
    std::uint32_t firm = 0;          ///< of a sweep: which was closed
    shock::SystemicRisk replaced;    ///< a sector's firms replace each other
    shock::SystemicRisk alone;       ///< nobody is replaced
    shock::SystemicRisk broken_off;  ///< as `replaced`, at `customary_tolerance`
};

inline constexpr double customary_tolerance = 0.01;

struct ShockFirmsAnswer {
    model::FirmNetwork network;
    ingest::ImportReport report;             ///< with an error there is no risk
    std::vector<shock::CapacityLoss> shock;  ///< the losses of the request, by position
    RiskBracket risk;
    shock::FirmLevels replaced_levels;  ///< by firm
    shock::FirmLevels alone_levels;     ///< by firm
};

/// What the loss of capacity of some firms does to all.
///
/// Errors: not_found for a table or a firm that is not there.
Result<ShockFirmsAnswer> shock_firms(const ShockFirmsRequest& request);

}  // namespace adic::app
