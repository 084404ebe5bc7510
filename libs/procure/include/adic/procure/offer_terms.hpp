#pragma once

#include "adic/base/estimate.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/procure/exchange.hpp"
#include "adic/procure/pooled_purchase.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
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
    Estimate made_before = Estimate::exactly(0.0);    ///< whole pieces, on the line that goes on
    Estimate learning_lost = Estimate::exactly(0.0);  ///< of what was learnt, in a break, 0 to 1
    Estimate non_recurring =
        Estimate::exactly(0.0);                      ///< of design and tooling, once for each order
    Estimate coordination = Estimate::exactly(0.0);  ///< that buying with others adds, as a share
    Estimate line_setup = Estimate::exactly(0.0);    ///< of each line of production after the first
    /// Concentration of those who could supply it: sum of squared shares, from 0 to 1.
    Estimate supplier_hhi = Estimate::exactly(0.0);
    /// How much of the saving a single supplier would keep for itself, from 0 to 1.
    Estimate drag = Estimate::exactly(0.0);
    std::string currency = {};             ///< of all amounts; empty: the table names none
    std::vector<Exchange> exchanges = {};  ///< by which others became it, each once
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
/// goes to both of its ends in every combination, the slope of a curve by 64 steps, and the piece
/// at which it begins by 16, since the saving need not be largest at an end of them; prices, and
/// quantities, are low, likely or high all together.
///
/// Source: docs/explanation/savings.md. The drag: pooled buying saves less where supply is
///         concentrated: Dubois, Lefouili and Straub (2021), "Pooled procurement of drugs in low
///         and middle income countries", European Economic Review 132; its form is ours.
/// Errors: invalid_argument as game_of.
/// Requires: at least two quantities, above 0.
/// Cost: O(steps (pieces + states 2^6)), pieces with those made before.
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
/// each line learning by itself, or reaching its own price break. Pieces made before are of the
/// first line: the others begin with their first.
///
/// Errors: as range_of. Cost: O(steps lines pieces).
Result<std::vector<SplitCost>> split_cost(
    const OfferTerms& terms,
    const std::vector<WantedPieces>& quantities,
    std::size_t most_lines
);

/// A lot of a line: an order by itself, or a state's part of what all order together.
struct LotOnLine {
    std::optional<std::size_t> state = {};  ///< position of its quantity; empty: all together
    bool is_together = false;  ///< its part of the order of all, made in the order of the states
    std::uint64_t first = 1;   ///< pieces of the curve, by what is likely
    std::uint64_t last = 1;
    std::optional<double> midpoint = {};     ///< empty: by Wright, and where nothing is learnt
    std::optional<double> asher = {};        ///< likewise: the midpoint by an integral
    Estimate cost = Estimate::exactly(0.0);  ///< without non-recurring cost
    Estimate piece_cost = Estimate::exactly(0.0);  ///< the same for one piece, on average
};

/// The lots of a learning curve, for the likely quantities: what each orders by itself, each one's
/// part of the joint order, and the joint order. None by a price list.
///
/// Errors: as range_of. Cost: O(steps (pieces + states)).
Result<std::vector<LotOnLine>>
lots_on_line(const OfferTerms& terms, const std::vector<WantedPieces>& quantities);

/// The terms of an offer that is known, on a learning curve. Requires: a curve.
OfferTerms offer_of(const PurchaseTerms& terms);

/// Into which currency amounts become exchanged.
struct OfferExchange {
    std::string currency = {};  ///< empty: that of the first amount
    std::chrono::sys_days day = {};
    ExchangeRates rates = {};
};

/// Reads terms from a table: docs/reference/terms.md. Amounts in other currencies become that of
/// the answer, at the rates of the day; one without a rate is an error in the report, at its row.
/// With an error in the report the terms are empty.
/// Errors: not_found, unavailable for a file that cannot be read.
Result<OfferTerms> read_offer_terms(
    const std::filesystem::path& file,
    ingest::ImportReport& report,
    const OfferExchange& exchange = {}
);

OfferTerms parse_offer_terms(
    std::string_view text,
    const std::string& name,
    ingest::ImportReport& report,
    const OfferExchange& exchange = {}
);

}  // namespace adic::procure
