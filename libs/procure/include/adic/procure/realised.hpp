#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/procure/exchange.hpp"
#include "adic/procure/fraction.hpp"
#include "adic/procure/money.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::procure {

/// A purchase as it was planned and as it was paid. Prices are of a piece, in its currency.
struct PaidPurchase {
    std::string id;
    std::string state;
    std::string currency;
    std::chrono::sys_days planned_on;
    std::chrono::sys_days paid_on;
    Cents reference_price = 0;  ///< that it would have paid by itself, as the plan says
    Cents planned_price = 0;
    Cents paid_price = 0;
    Fraction planned_quantity = 0;
    Fraction paid_quantity = 0;
    Fraction price_index = 1;  ///< prices in general when it was paid over those of the plan
    /// Savings that were claimed, in the currency of the answer; without likely, the plan's own.
    std::optional<Cents> claimed_low = {};
    std::optional<Cents> claimed_likely = {};
    std::optional<Cents> claimed_high = {};
};

/// Reads a table of purchases (docs/reference/realised.md); empty with an error in the report.
/// Errors: not_found, unavailable for a file that cannot be read.
Result<std::vector<PaidPurchase>>
read_paid_purchases(const std::filesystem::path& file, ingest::ImportReport& report);

std::vector<PaidPurchase>
parse_paid_purchases(std::string_view text, const std::string& name, ingest::ImportReport& report);

/// What became of a plan, in cents of the answer's currency.
///
/// paid = planned + volume + price + inflation + exchange;
/// realised = claimed by the plan + volume_effect + price_effect.
struct RealisedPurchase {
    Cents planned = 0;        ///< spend
    Cents volume = 0;         ///< because more or less was bought
    Cents price = 0;          ///< because a piece was dearer or cheaper, in prices of the plan
    Cents inflation = 0;      ///< because prices in general rose
    Cents exchange = 0;       ///< because the currency did
    Cents paid = 0;           ///< spend
    Cents plan_saving = 0;    ///< of the planned quantity, by planned and reference price
    Cents volume_effect = 0;  ///< on the saving
    Cents price_effect = 0;
    Cents realised = 0;  ///< saving on what was bought, at rates and prices of the plan
    Cents claimed_low = 0;
    Cents claimed_likely = 0;
    Cents claimed_high = 0;
    Exchange planned_at = {};
    Exchange paid_at = {};
};

/// Claimed against realised, purchase by purchase.
///
/// Unit:   each running total from the plan to what was paid is rounded to the cent, so the parts
///         add up exactly.
/// Source: docs/explanation/realised.md, equations V1 to V4.
/// Errors: not_found for a day without a rate, naming it; invalid_argument for an amount of more
///         than 10^15.
Result<std::vector<RealisedPurchase>> realised_savings(
    const std::vector<PaidPurchase>& purchases,
    const ExchangeRates& rates,
    const std::string& currency
);

/// The sum of several; rates are those of none.
RealisedPurchase total_of(const std::vector<RealisedPurchase>& purchases);

}  // namespace adic::procure
