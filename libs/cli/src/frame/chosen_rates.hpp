#pragma once

#include "adic/procure/exchange.hpp"

#include "frame/command.hpp"
#include "frame/invocation.hpp"

namespace adic::cli {

inline constexpr Option rates_option{
    .name = "--rates",
    .value = "FILE",
    .help =
        "exchange rates by day: base, currency, day, rate; or a file of the European Central "
        "Bank (eurofxref.csv, eurofxref-hist.csv)",
    .completes = Completes::file};

inline constexpr Option exchange_day_option{
    .name = "--on",
    .value = "DAY",
    .help = "the day of those rates, as 2026-12-31; without it, today"};

/// The rates of --rates; none without it. What is wrong with them is in the report.
inline Result<procure::ExchangeRates>
chosen_rates(const Invocation& words, ingest::ImportReport& report) {
    return words.has("--rates") ? procure::read_exchange_rates(words.text("--rates"), report)
                                : Result<procure::ExchangeRates>{procure::ExchangeRates{}};
}

/// Where the rates of an answer are from.
inline std::string source_of_rates(const Invocation& words) {
    return std::filesystem::path(words.text("--rates")).filename().string();
}

}  // namespace adic::cli
