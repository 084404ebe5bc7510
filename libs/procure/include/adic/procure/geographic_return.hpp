#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/procure/fraction.hpp"
#include "adic/procure/money.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::procure {

/// What a state paid into a programme in a year, or the work that it got from it.
struct ReturnEntry {
    std::string programme;
    std::int32_t year = 0;
    std::string state;
    bool is_work = false;
    Cents amount = 0;
    std::string technology = {};  ///< class of the work
    Fraction weight = 1;          ///< by technological interest; of a contribution 1
};

/// Reads a table of contributions and work (docs/reference/return.md); empty with an error in the
/// report.
/// Errors: not_found, unavailable for a file that cannot be read.
Result<std::vector<ReturnEntry>>
read_return_entries(const std::filesystem::path& file, ingest::ImportReport& report);

std::vector<ReturnEntry>
parse_return_entries(std::string_view text, const std::string& name, ingest::ImportReport& report);

/// Between which coefficients no state has to be compensated.
struct ReturnBounds {
    Fraction floor = Fraction(4, 5);  ///< ESA began with a guarantee of 0.80
    Fraction cap = Fraction(6, 5);    ///< that was discussed for surpluses
};

/// Where a state stands; without_contribution and without_work have no coefficient.
enum class ReturnStanding { below, within, above, without_contribution, without_work };

std::string_view name_of(ReturnStanding standing);

/// What a state paid and got. Unit: cents.
struct StateReturn {
    std::string state;
    Fraction contribution = 0;
    Fraction work = 0;                        ///< as paid
    Fraction weighted = 0;                    ///< times its weights
    std::optional<Fraction> paid_share = {};  ///< of all contributions; empty: there are none
    std::optional<Fraction> unweighted = {};  ///< coefficient of work as paid
    std::optional<Fraction> coefficient = {};
    std::optional<Fraction> balance = {};  ///< weighted work above its share of contributions
    Fraction deficit = 0;                  ///< contribution that would be too much at the floor
    Fraction surplus = 0;                  ///< contribution that is missing at the cap
    ReturnStanding standing = ReturnStanding::without_work;
};

/// Geographic return: the share of weighted work over the share of contributions, state by state.
///
/// A state that contributed and got nothing has 0, one that got work without a contribution none,
/// and where no work was placed nobody has. The weighted mean of the coefficients, by contribution,
/// is the part of the weighted work that went to states that contributed; the balances sum to 0.
///
/// Unit:     cents, exact.
/// Source:   ESA Convention, Annex V, Article IV; OCCAR global balance; docs/explanation/return.md,
///           equations G1 to G4.
/// Requires: bounds.floor <= bounds.cap.
/// Cost:     O(n log n) in the entries. States are sorted.
std::vector<StateReturn>
geographic_return(const std::vector<ReturnEntry>& entries, const ReturnBounds& bounds = {});

/// The same contributions and work with one entry for each year, state, class and weight; what
/// programmes they were of is left out. Sorted.
/// Cost: O(n log n); what comes of it no longer grows with the number of programmes.
std::vector<ReturnEntry> summed(const std::vector<ReturnEntry>& entries);

/// The entries of `window` years, the last of which is `last`.
/// Requires: window > 0.
std::vector<ReturnEntry>
entries_until(const std::vector<ReturnEntry>& entries, std::int32_t last, std::int32_t window);

}  // namespace adic::procure
