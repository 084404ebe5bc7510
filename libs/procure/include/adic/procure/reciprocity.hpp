#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/procure/money.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace adic::procure {

/// What a state wants to buy in a period, can sell, and brings along. Values in one currency.
struct TradingState {
    std::string id;
    double demand = 0.0;
    double capacity = 0.0;         ///< that it can sell to the others
    double outside_premium = 0.0;  ///< above the best price, for what is bought elsewhere
    double carry = 0.0;            ///< bought less sold in earlier periods, where it counts still
    std::optional<double> band = {};  ///< its own; empty: that of the plan
};

/// What buying of one from another costs above the best price, and how much of it may be bought.
struct TradingPair {
    std::string buyer;
    std::string seller;
    double premium = 0.0;
    std::optional<double> most = {};
};

struct ReciprocityPlan {
    std::vector<TradingState> states;  ///< each once
    std::vector<TradingPair> pairs;    ///< each once; who is not there, does not trade
};

struct ReciprocityRules {
    std::optional<double> band = {};  ///< value by which bought and sold may differ, with carry
    std::optional<double> ratio_band = {};  ///< r: sold is within [1 - r, 1 + r] of bought
    double premium_cap = 0.10;  ///< dearer pairs do not trade: no overpaying for balance
};

struct PlannedPurchase {
    std::string buyer;
    std::string seller;
    double value = 0.0;
    double premium = 0.0;
};

struct PlannedState {
    std::string id;
    double bought = 0.0;   ///< from the others
    double outside = 0.0;  ///< from elsewhere
    double sold = 0.0;
    double carry = 0.0;                ///< after the period
    std::optional<double> ratio = {};  ///< sold / bought; empty: nothing bought
    std::optional<double> band = {};   ///< that held for it
    double band_price = 0.0;           ///< what one unit more of the band would save
};

struct PlannedTrade {
    double cost = 0.0;   ///< all premiums
    double bound = 0.0;  ///< no plan is cheaper
    double cost_without_band = 0.0;
    std::vector<PlannedPurchase> purchases;  ///< in the order of the pairs, what is above zero
    std::vector<PlannedState> states;        ///< in their order
    std::vector<TradingPair> too_dear;       ///< pairs above the cap
};

/// No plan keeps all bands: by how much those of these states have to be wider, together the least.
struct BandsTooTight {
    struct Excess {
        std::string state;
        double value;
    };

    std::vector<Excess> excess;
};

using ReciprocityOutcome = std::variant<PlannedTrade, BandsTooTight>;

/// The cheapest way to buy what all need, so that each sells the others about as much as it buys.
///
/// Unit:     values in the plan's currency; premiums as parts of value.
/// Source:   linear program R1 to R4 of docs/explanation/reciprocity.md; a minimum-cost circulation
///           where the band is 0.
/// Errors:   invalid_argument for a state that a pair names and the plan has not.
/// Cost:     two or three linear programs with pairs + states variables.
Result<ReciprocityOutcome>
plan_reciprocity(const ReciprocityPlan& plan, const ReciprocityRules& rules);

/// Reads `states.csv` and `pairs.csv` of a folder (docs/reference/reciprocity.md). With an error in
/// the report the plan is empty.
/// Errors: not_found, unavailable for a file that cannot be read.
Result<ReciprocityPlan>
read_reciprocity_plan(const std::filesystem::path& folder, ingest::ImportReport& report);

enum class EntryKind : std::uint8_t { purchase, correction };

/// A line of the ledger of reciprocal purchases.
struct LedgerEntry {
    std::uint64_t number = 0;
    std::int32_t year = 0;
    std::string buyer;
    std::string seller;
    Cents amount = 0;  ///< of a correction: below zero where too much had been written
    EntryKind kind = EntryKind::purchase;
    std::optional<std::uint64_t> corrects = {};
    std::string evidence = {};
    std::string seal = {};  ///< as written; empty: none
};

/// Reads a ledger; its lines are numbered from 1 without gaps, years do not go back, a correction
/// names an earlier line between the same two and leaves it at zero or above, and seals, where
/// there are any, are those of `seal_of`. With an error in the report there are no entries.
Result<std::vector<LedgerEntry>>
read_reciprocity_ledger(const std::filesystem::path& file, ingest::ImportReport& report);

std::vector<LedgerEntry> parse_reciprocity_ledger(
    std::string_view text,
    const std::string& name,
    ingest::ImportReport& report
);

/// SHA-256, in hexadecimal, of the seal before and of what a line says: a line that is changed,
/// taken out or put between breaks every seal from there on.
std::string seal_of(const LedgerEntry& entry, std::string_view seal_before);

/// The ledger with a seal on every line, as a table to keep.
std::string sealed_ledger(const std::vector<LedgerEntry>& entries);

/// A state in a year.
struct StateYear {
    std::int32_t year = 0;
    std::string state;
    Cents bought = 0;
    Cents sold = 0;
    Cents lapsed = 0;  ///< of the balance carried: older than it may be; its sign is kept
    Cents carry = 0;   ///< bought less sold, of this year and before, that still counts
};

/// Every state that is in the ledger, in every year from the first to the last, by year and state.
/// A balance of a year is used up by later ones of the other sign, the oldest first; what is left
/// of it after `expiry` years lapses.
///
/// Source:   R5 of docs/explanation/reciprocity.md.
/// Requires: the entries are those of a ledger that was read without error; expiry > 0.
/// Cost:     O(entries log states + years^2 states).
std::vector<StateYear>
balances_of(const std::vector<LedgerEntry>& entries, std::int32_t expiry = 5);

struct Claim {
    std::string creditor;
    std::string debtor;
    Cents amount = 0;
};

struct NetPosition {
    std::string state;
    Cents net = 0;  ///< claims on others less what it owes
};

struct Netting {
    Cents gross = 0;
    Cents settled = 0;  ///< that still has to be paid
    std::vector<NetPosition> positions;
    std::vector<Claim> payments;  ///< at most one less than states with a position

    double efficiency() const {
        return gross == 0 ? 0.0 : 1.0 - static_cast<double>(settled) / static_cast<double>(gross);
    }
};

/// Sets all claims off against each other: what each is owed in the end stays, to the cent.
///
/// Source: R6 and R7 of docs/explanation/reciprocity.md.
/// Cost:   O(n log n).
Netting net_claims(const std::vector<Claim>& claims);

/// What each buyer owes each seller by the entries of a year; empty: of all years.
std::vector<Claim>
claims_of(const std::vector<LedgerEntry>& entries, std::optional<std::int32_t> year = {});

}  // namespace adic::procure
