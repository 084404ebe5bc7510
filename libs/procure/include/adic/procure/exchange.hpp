#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/procure/fraction.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adic::procure {

/// One unit of the base is `rate` units of the currency, on the days from `from` to `until`.
struct ExchangeQuote {
    std::string base;
    std::string currency;
    std::chrono::sys_days from;
    std::chrono::sys_days until;
    Fraction rate = 1;  ///< above 0
};

/// One unit of `from` is `rate` units of `to`, by a quote of this day.
struct ExchangeStep {
    std::string from;
    std::string to;
    std::chrono::sys_days day;
    Fraction rate = 1;
};

/// How an amount is exchanged: the product of the steps; none for a currency and itself.
struct Exchange {
    Fraction rate = 1;
    std::vector<ExchangeStep> steps = {};
};

/// Exchange rates by day.
class ExchangeRates {
  public:
    ExchangeRates() = default;
    explicit ExchangeRates(std::vector<ExchangeQuote> quotes);

    /// The rate that holds on a day: the newest quote, in either direction; otherwise over one
    /// currency in between, by the quotes of which the older is newest, and of equals the first by
    /// name. Empty if there is none: a rate is never guessed.
    /// Cost: O(currencies log quotes).
    std::optional<Exchange>
    find(std::string_view from, std::string_view to, std::chrono::sys_days day) const;

    bool is_empty() const { return quotes_.empty(); }

  private:
    struct Held {
        std::chrono::sys_days from;
        std::chrono::sys_days until;
        Fraction rate;
    };

    using Pair = std::pair<std::string, std::string>;

    const Held* find_quote(const Pair& pair, std::chrono::sys_days day) const;
    std::optional<ExchangeStep>
    find_step(const std::string& from, const std::string& to, std::chrono::sys_days day) const;

    std::map<Pair, std::vector<Held>> quotes_;  ///< by day
    std::vector<std::string> currencies_;       ///< sorted
};

/// Reads rates (docs/reference/exchange-rates.md): a table of base, currency, day and rate, or the
/// files of the European Central Bank (eurofxref.csv, eurofxref-hist.csv), told by their first row.
/// A quote holds for a week, unless it says until when. With an error in the report there are none.
/// Errors: not_found, unavailable for a file that cannot be read.
Result<ExchangeRates>
read_exchange_rates(const std::filesystem::path& file, ingest::ImportReport& report);

ExchangeRates
parse_exchange_rates(std::string_view text, const std::string& name, ingest::ImportReport& report);

/// "1 USD = 0.95 EUR of 2026-11-25, 1 EUR = 4.4 MYR of 2026-11-25".
std::string text_of(const Exchange& exchange);

}  // namespace adic::procure
