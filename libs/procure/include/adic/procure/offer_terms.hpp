#pragma once

#include "adic/base/estimate.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/procure/pooled_purchase.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::procure {

/// From this quantity on, one costs between so much and so much.
struct OfferedPrice {
    double from = 1.0;
    Estimate price;
};

/// What buying costs, where prices and terms are estimates: by offered prices, or by a learning
/// curve on one line.
struct OfferTerms {
    std::vector<OfferedPrice> prices = {};  ///< in rising order; empty: by the curve
    BreakRule rule = BreakRule::all_units;
    Estimate first_unit = Estimate::exactly(0.0);  ///< T1 of the curve
    Estimate slope = Estimate::exactly(1.0);
    LearningTheory theory = LearningTheory::crawford;
    Estimate non_recurring =
        Estimate::exactly(0.0);                      ///< of design and tooling, once for each order
    Estimate coordination = Estimate::exactly(0.0);  ///< that buying with others adds, as a share
    Estimate line_setup = Estimate::exactly(0.0);    ///< of each line of production after the first
    /// Concentration of those who could supply it: sum of squared shares, from 0 to 1.
    Estimate supplier_hhi = Estimate::exactly(0.0);
    /// How much of the saving a single supplier would keep for itself, from 0 to 1.
    Estimate drag = Estimate::exactly(0.0);
};

/// The terms at one end: all low, all likely, or all high.
PurchaseTerms terms_at(const OfferTerms& terms, Bound bound);

/// How many pieces a state wants, where a reader may know only a band.
using WantedPieces = Estimate;

/// What a joint purchase saves, from the worst to the best that the terms allow.
struct SavingRange {
    Estimate apart;
    Estimate together;
    Estimate saving;
    Estimate share;  ///< of what all pay apart
};

/// What a joint purchase saves against each buying by itself.
///
///     s = (sum of c(q_i) + n F) - (c(sum of q_i) + F)(1 + k)
///     saving = s (1 - g H)  where s is above 0;  together = apart - saving
///
/// c by prices or learning, F non-recurring, k coordination, g drag, H concentration. Each term
/// goes to both of its ends in every combination, the slope of a curve by 64 steps, since the
/// saving need not be largest at an end of it; prices, and quantities, are low, likely or high all
/// together.
///
/// Source: docs/explanation/savings.md. The drag: pooled buying saves less where supply is
///         concentrated: Dubois, Lefouili and Straub (2021), "Pooled procurement of drugs in low
///         and middle income countries", European Economic Review 132; its form is ours.
/// Errors: invalid_argument as game_of.
/// Requires: at least two quantities, above 0.
/// Cost: O(steps (pieces + states 2^6)).
Result<SavingRange> range_of(const OfferTerms& terms, const std::vector<WantedPieces>& quantities);

/// What it costs to make the same pieces on several lines, or to buy them from several makers, in
/// place of one.
struct SplitCost {
    std::size_t lines = 1;
    Estimate cost;                           ///< of production, with the set-up of lines
    Estimate costs_more;                     ///< than one line
    std::optional<Estimate> of_saving = {};  ///< the part of the saving of production that it eats;
                                             ///< empty: there may be none
};

/// The price of a work-share split, for two lines and more: as equal shares as whole pieces allow,
/// each line learning by itself, or reaching its own price break.
///
/// Errors: as range_of. Cost: O(steps lines pieces).
Result<std::vector<SplitCost>> split_cost(
    const OfferTerms& terms,
    const std::vector<WantedPieces>& quantities,
    std::size_t most_lines
);

/// Reads terms from a table: docs/reference/terms.md. With an error in the report the terms are
/// empty.
/// Errors: not_found, unavailable for a file that cannot be read.
Result<OfferTerms>
read_offer_terms(const std::filesystem::path& file, ingest::ImportReport& report);

OfferTerms
parse_offer_terms(std::string_view text, const std::string& name, ingest::ImportReport& report);

}  // namespace adic::procure
