#pragma once

#include "adic/app/asked_tree.hpp"
#include "adic/supply/cuts/analysis.hpp"

#include "answers/source_section.hpp"
#include "render/table.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace adic::cli {

inline constexpr std::array cut_columns{
    Column{"order", "order", "how many failures the cut takes", Show::count},
    Column{"cut", "cut", "what fails, as 'adic why --without' reads it"},
    Column{"names", "names", "the full names"},
    Column{
        "probability",
        "probability",
        "probability that all of it fails within a year",
        Show::share},
};

inline constexpr std::array count_columns{
    Column{
        "order",
        "order",
        "how many failures a cut takes; not known: cuts of all orders",
        Show::count,
        0,
        In::data},
    Column{"order_text", "order", "", Show::word, 0, In::table},
    Column{"cuts", "minimal cut sets", "how many there are, exactly", Show::count},
};

inline constexpr std::array probability_columns{
    Column{"item", "item", "identifier of the item or the top gate", Show::word},
    Column{
        "stop_probability",
        "probability",
        "probability that it stops within a year",
        Show::share,
        0,
        In::all,
        true},
    Column{"method", "how", "exact, bounded, simulated, or unknown", Show::word},
    Column{"at_least", "at least", "whatever the probabilities are that nobody knows", Show::share},
    Column{"at_most", "at most", "whatever the probabilities are that nobody knows", Show::share},
    Column{"trials", "trials", "of a simulation", Show::count, 0, In::data},
};

inline constexpr std::array importance_columns{
    Column{"event", "event", "what fails, as 'adic why --without' reads it", Show::word},
    Column{"name", "name", "its full name"},
    Column{
        "probability",
        "probability",
        "probability that it fails within a year",
        Show::share,
        0,
        In::all,
        true},
    Column{"cuts", "in cuts", "minimal cut sets that contain it", Show::count},
    Column{
        "birnbaum",
        "Birnbaum",
        "how much the probability of a stop moves with it: P(stop|it fails) - P(stop|it does not)",
        Show::number,
        3},
    Column{
        "criticality",
        "criticality",
        "Birnbaum times its probability over that of a stop",
        Show::number,
        3,
        In::data},
    Column{
        "diagnostic",
        "diagnostic",
        "probability that it has failed, given a stop",
        Show::number,
        3,
        In::data},
    Column{
        "fussell_vesely",
        "Fussell Vesely",
        "part of the stops in which a cut with it takes part",
        Show::number,
        3},
    Column{
        "risk_achievement_worth",
        "RAW",
        "how many times likelier a stop is if it fails for sure",
        Show::number,
        2},
    Column{
        "risk_reduction_worth",
        "RRW",
        "how many times less likely a stop is if it never fails",
        Show::number,
        2},
};

inline constexpr std::array cut_shapes{
    Shape{"cuts", cut_columns},
    Shape{"counts", count_columns},
    Shape{"probability", probability_columns},
    Shape{"importance", importance_columns},
    Shape{"sources", source_columns},
};

/// The answer to 'adic cuts', and how much of it is shown.
struct CutsAnswer {
    const app::AskedTree& asked;
    const supply::CutAnalysis& analysis;
    std::size_t top;  ///< rows to show of each table; 0: all
};

Section cuts_section(const CutsAnswer& answer, const std::string& heading);
Section counts_section(const CutsAnswer& answer);
Section probability_section(const CutsAnswer& answer);
Section importance_section(const CutsAnswer& answer);
/// On what the probabilities of the failures rest; in data alone. Requires: there is a source.
Section hazard_sources_section(const CutsAnswer& answer);

/// One cut as a row of the table of cuts.
Row cut_row(
    const app::AskedTree& asked,
    const std::vector<std::uint32_t>& events,
    std::optional<double> probability
);

}  // namespace adic::cli
