#pragma once

#include "adic/app/shock_firms.hpp"
#include "adic/app/sweep_firms.hpp"

#include "frame/report_issues.hpp"
#include "render/table.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace adic::cli {

inline constexpr std::array risk_columns{
    Column{"firm", "closed", "of a sweep the firm that is closed; of a run what --close says"},
    Column{"sector", "sector", "of a sweep: its sector's number", Show::word},
    Column{
        "risk",
        "risk",
        "part of all sales that is lost, while a sector's firms replace each other (C7)",
        Show::share},
    Column{"risk_alone", "if none is replaced", "the same, while nobody is replaced", Show::share},
    Column{"downstream", "downstream", "the part lost for want of inputs", Show::share},
    Column{"upstream", "upstream", "the part lost for want of customers", Show::share},
    Column{
        "risk_broken_off",
        "at 0.01",
        "the risk when the cascade is broken off at the customary tolerance of 0.01",
        Show::share},
    Column{"steps", "steps", "of the cascade until it is at rest", Show::count},
};

inline constexpr std::array firm_columns{
    Column{"firm", "firm", "as the network names it"},
    Column{"sector", "sector", "its sector's number", Show::word},
    Column{
        "level",
        "still makes",
        "part of its output, while a sector's firms replace each other",
        Show::share},
    Column{"level_alone", "if none is replaced", "the same, while nobody is replaced", Show::share},
    Column{"because", "because", "what holds it there: the shock itself, inputs or customers"},
};

inline constexpr Shape risk_shape{"risks", risk_columns};
inline constexpr Shape firm_shape{"firms", firm_columns};

/// "5 firms, 4 links, 4 sectors."
std::string size_of(const model::FirmNetwork& network);

/// Every firm of a sweep, the worst first; `top`: how many rows; 0: all.
Section sweep_section(const app::SweepFirmsAnswer& answer, std::uint64_t top);

/// One shock as a row.
Section shock_section(const app::ShockFirmsAnswer& answer, const std::string& closed);

/// The firms that fall in one shock, the lowest first.
Section fallen_section(const app::ShockFirmsAnswer& answer, std::uint64_t top);

/// What the customary tolerance hides, and cascades that did not come to rest.
std::vector<Sentence> risk_remarks(const std::vector<app::RiskBracket>& risks);

}  // namespace adic::cli
