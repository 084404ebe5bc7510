#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/procure/exchange.hpp"
#include "adic/procure/fraction.hpp"
#include "adic/procure/money.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::procure {

/// How a policy counts what is done in a category: credit is value x multiplier x (1 + uplift).
struct OffsetCategory {
    std::string id;
    Fraction multiplier = 1;
    Fraction uplift = 0;
    std::optional<bool> is_core = {};  ///< empty: the line of the transaction says it
    std::string confidence = {};
    std::string note = {};
};

/// A state's policy on offsets, in the version that holds from a day on until the next one does.
struct OffsetPolicy {
    std::string id;
    std::string version;
    std::chrono::sys_days from;
    std::string name = {};
    std::optional<Fraction> quota = {};       ///< of the contract value; empty: agreed case by case
    std::optional<Fraction> core_quota = {};  ///< of it, in core categories: at least
    std::optional<Fraction> core_share = {};  ///< of all credit, in core categories: more than
    bool may_bank = false;
    std::optional<std::int32_t> bank_years = {};  ///< empty: without end
    std::optional<Fraction> penalty = {};  ///< of what is missing when it is due; empty: not stated
    std::string article = {};
    std::string publisher = {};
    std::string title = {};
    std::string year = {};
    std::string licence = {};
    std::string confidence = {};
    std::string note = {};
    std::vector<OffsetCategory> categories = {};
};

/// What a supplier owes a state for a contract.
struct OffsetObligation {
    std::string id;
    std::string state;
    std::string supplier;
    std::size_t policy = 0;  ///< position of the version that held when it was signed, or is named
    std::chrono::sys_days signed_on;
    std::chrono::sys_days due;
    std::string currency;
    Cents contract_value = 0;          ///< above 0
    std::optional<Cents> agreed = {};  ///< owed; empty: the policy's quota of the contract value
};

/// A line by which something done is claimed under an obligation.
///
/// Amounts are in the currency of the obligation; what the line gave in another was exchanged.
struct OffsetTransaction {
    std::string id;
    std::size_t obligation = 0;
    std::chrono::sys_days day;
    std::string deed;  ///< what was done, by a name that is the same in all books
    std::string category;
    Cents nominal = 0;                  ///< value of all of the deed
    Cents claimed = 0;                  ///< of it, by this line
    Cents baseline = 0;                 ///< yearly mean of the same business before: not additional
    Fraction local_share = 1;           ///< part that is value added in the state
    Fraction causality = 1;             ///< part that would not have happened otherwise
    bool is_core = false;               ///< local content or offset proper rather than countertrade
    std::optional<Cents> audited = {};  ///< of what was claimed, that an audit found
    std::optional<std::chrono::sys_days> audited_on = {};
    Exchange exchange = {};
};

struct OffsetBook {
    std::vector<OffsetPolicy> policies;  ///< by identifier, then by the day from which they hold
    std::vector<OffsetObligation> obligations;
    std::vector<OffsetTransaction> transactions;
};

/// Reads `policies.csv` and `categories.csv` of a folder (docs/reference/offset.md). With an error
/// in the report there are none.
/// Errors: not_found, unavailable for a file that cannot be read.
Result<std::vector<OffsetPolicy>>
read_offset_policies(const std::filesystem::path& folder, ingest::ImportReport& report);

std::vector<OffsetPolicy> parse_offset_policies(
    std::string_view policies,
    std::string_view categories,
    ingest::ImportReport& report
);

/// Reads `obligations.csv` and `transactions.csv` of each folder into one book, so that a claim in
/// two of them shows. A line in another currency than its obligation is exchanged by the rate of
/// its day. With an error in the report the book is empty.
/// Errors: not_found, unavailable for a file that cannot be read.
Result<OffsetBook> read_offset_books(
    std::span<const std::filesystem::path> folders,
    std::vector<OffsetPolicy> policies,
    const ExchangeRates& rates,
    ingest::ImportReport& report
);

OffsetBook parse_offset_book(
    std::string_view obligations,
    std::string_view transactions,
    std::vector<OffsetPolicy> policies,
    const ExchangeRates& rates,
    ingest::ImportReport& report
);

/// The last day on which something was done, audited or signed; empty for an empty book.
std::optional<std::chrono::sys_days> last_day_of(const OffsetBook& book);

/// What a line is worth.
struct OffsetCredit {
    bool counts = false;    ///< it was done by the day asked for
    bool is_late = false;   ///< after the obligation was due: no credit
    Cents accepted = 0;     ///< of what is claimed
    Cents refused = 0;      ///< of what is claimed: other lines have the rest of the deed already
    Cents transferred = 0;  ///< real value that reached the state, without any multiplier
    Cents credit = 0;       ///< also of a late line: what it would have been
    std::optional<Cents> audited_credit = {};  ///< what the value that was audited would give
};

/// A step of the ledger.
enum class OffsetStep : std::uint8_t { credited, late, banked, drawn, missing, lapsed };

std::string_view name_of(OffsetStep step);

struct OffsetMovement {
    std::chrono::sys_days day;
    std::size_t obligation = 0;
    OffsetStep step = OffsetStep::credited;
    Cents amount = 0;
    std::string by;  ///< the line, or the obligation whose surplus is drawn on
    Cents open = 0;  ///< that the obligation still owes after it
    Cents bank = 0;  ///< of the supplier at this state in this currency, after it
};

/// Where an obligation stands. All amounts in its currency.
///
/// credit = applied + lent + bank + lapsed; owed = applied + drawn + missing.
struct OffsetStanding {
    std::size_t obligation = 0;
    Cents owed = 0;
    Cents nominal = 0;      ///< claimed
    Cents refused = 0;      ///< of that: claimed elsewhere already
    Cents transferred = 0;  ///< real value that reached the state; audited where it was audited
    Cents credit = 0;       ///< in time
    Cents core_credit = 0;  ///< of that
    Cents late = 0;         ///< credit that came too late
    Cents audited = 0;      ///< credit of the lines that were audited, by the audited value
    Cents unaudited = 0;    ///< credit of the others
    Cents applied = 0;      ///< of its own credit
    Cents drawn = 0;        ///< from the bank, earned by other obligations
    Cents lent = 0;         ///< of its surplus: drawn by other obligations
    Cents bank = 0;         ///< of its surplus: can still be drawn
    Cents lapsed = 0;       ///< of its surplus: too old, or of a policy without a bank
    Cents missing = 0;
    bool is_due = false;
    std::optional<Cents> penalty = {};  ///< empty: not due, or not stated
    std::optional<bool> has_core = {};  ///< empty: the policy asks for none
    Cents core_needed = 0;              ///< credit of core categories; of a share: more than it

    /// Real value transferred / contract value. Multipliers are not money.
    Fraction real_ratio(const OffsetObligation& of) const {
        return {transferred, of.contract_value};
    }
};

/// Lines that claim the same deed.
struct OffsetClash {
    enum class Kind : std::uint8_t {
        claimed_twice,  ///< together more than the deed's value
        shared,         ///< under several obligations, together no more than its value
        unlike_values   ///< the lines give the deed different values in one currency
    };

    Kind kind = Kind::shared;
    std::string deed;
    std::vector<std::size_t> lines;
    Cents refused = 0;
};

/// What an obligation's lines give by one version of its policy, without the bank.
struct OffsetReading {
    std::size_t obligation = 0;
    std::size_t policy = 0;
    bool is_its_own = false;
    std::optional<Cents> owed = {};  ///< empty: agreed case by case, and nothing was agreed
    Cents credit = 0;                ///< lines whose category the version has not give none
    Cents core_credit = 0;
    Cents core_needed = 0;
    std::optional<bool> has_core = {};
    bool is_met = false;
};

struct OffsetLedger {
    std::chrono::sys_days day;
    std::vector<OffsetCredit> credits;      ///< of each line, in their order
    std::vector<OffsetStanding> standings;  ///< of each obligation signed by then, in their order
    std::vector<OffsetMovement> movements;  ///< by day
    std::vector<OffsetClash> clashes;       ///< by deed
    std::vector<OffsetReading> readings;    ///< of each obligation by each version of its policy
};

/// The ledger as it stands at the end of a day.
///
/// Unit:     cents; each line's credit is rounded by itself, halves up.
/// Source:   docs/explanation/offset.md, equations F1 to F5.
/// Requires: the book was read without error.
/// Cost:     O(n log n) in lines and obligations, and the versions of each policy.
OffsetLedger offset_ledger(const OffsetBook& book, std::chrono::sys_days day);

}  // namespace adic::procure
