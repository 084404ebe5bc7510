#pragma once

#include "adic/base/say.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/procure/offer_terms.hpp"

#include "frame/command.hpp"
#include "frame/invocation.hpp"
#include "render/table.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>
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

inline constexpr Option terms_currency_option{
    .name = "--currency",
    .value = "CODE",
    .help =
        "of the answer, where the table of --terms names currencies; without it, the first of "
        "them"};

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

inline constexpr std::array lot_columns{
    Column{"lot", "lot", "who orders it; all: together", Show::word},
    Column{"bought", "bought", "alone, or together in the order of the states", Show::word},
    Column{"first_piece", "from", "the first piece of the curve, by what is likely", Show::count},
    Column{"last_piece", "to", "the last", Show::count},
    Column{
        "midpoint",
        "midpoint",
        "the piece that costs what one of the lot does on average; not known: by Wright's theory, "
        "or nothing is learnt",
        Show::number,
        4},
    Column{"midpoint_asher", "", "the same by Asher's integral", Show::number, 4, In::data},
    Column{"piece_cost", "one costs", "on average, in production", Show::number, 2, In::all, true},
    Column{"lot_cost", "", "the lot, in production", Show::number, 2, In::data, true},
};

inline constexpr Shape lot_shape{"lots", lot_columns};
inline constexpr Shape saving_shape{"saving", saving_columns};
inline constexpr Shape split_shape{"splits", split_columns};

Section saving_section(const procure::SavingRange& saving);

/// With what people should know of it: that modules need not be split.
Section splits_section(const std::vector<procure::SplitCost>& splits);

/// Requires: the states of the lots, by position.
Section
lots_section(const std::vector<procure::LotOnLine>& lots, const std::vector<std::string>& states);

/// The terms of --terms, in the currency of --currency by --rates and --on. What is wrong with them
/// or the rates is in the report.
Result<procure::OfferTerms>
chosen_offer_terms(const Invocation& words, const Session& session, ingest::ImportReport& report);

/// Errors: invalid_argument for options that say how terms are exchanged, without terms.
Result<std::monostate> check_exchange_words(const Invocation& words);

/// The rates that were taken, of which days: "1 EUR = 1.08 USD of 2026-01-02"; pages get the day in
/// brackets.
Said exchange_said(std::string_view place, std::span<const procure::Exchange> exchanges);

/// In which currency amounts are, and by which rates of which days and from where; empty: the terms
/// name none.
std::vector<Sentence> exchange_notes(const procure::OfferTerms& terms, const std::string& source);

/// What to say of the supply: that a single maker can walk away; empty: nothing.
std::vector<Sentence> supply_notes(const procure::OfferTerms& terms);

}  // namespace adic::cli
