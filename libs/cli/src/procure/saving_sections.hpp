#pragma once

#include "adic/ingest/import_report.hpp"
#include "adic/procure/offer_terms.hpp"

#include "frame/command.hpp"
#include "render/table.hpp"

#include <array>
#include <string>
#include <vector>

namespace adic::cli {

inline constexpr Option terms_option{
    .name = "--terms",
    .value = "FILE",
    .help =
        "what buying costs, each figure low, likely and high, as a table "
        "(docs/reference/terms.md); the answer has the range of the saving and the price of a "
        "split of the work",
    .completes = Completes::file};

inline constexpr std::array saving_columns{
    Column{"apart", "apart", "what all would pay by themselves", Show::number, 2, In::all, true},
    Column{"together", "together", "what they would pay as one", Show::number, 2, In::all, true},
    Column{"saved", "saved", "the difference", Show::number, 2, In::all, true},
    Column{"saved_share", "saved", "of what they would pay apart", Show::share, 1, In::all, true},
};

inline constexpr std::array split_columns{
    Column{"lines", "lines", "of production, or makers, with equal shares", Show::count},
    Column{"cost", "production", "on so many lines", Show::number, 2, In::all, true},
    Column{"costs_more", "costs more", "than on one line", Show::number, 2, In::all, true},
    Column{
        "of_saving",
        "of the saving",
        "the part of what one line saves in production; not known: it may save nothing",
        Show::share,
        0,
        In::all,
        true},
};

inline constexpr Shape saving_shape{"saving", saving_columns};
inline constexpr Shape split_shape{"splits", split_columns};

Section saving_section(const procure::SavingRange& saving);

/// With what people should know of it: that modules need not be split.
Section splits_section(const std::vector<procure::SplitCost>& splits);

/// What to say of the supply: that a single maker can walk away; empty: nothing.
std::vector<std::string> supply_notes(const procure::OfferTerms& terms);

}  // namespace adic::cli
