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

/// The rates of --rates; none without it. What is wrong with them is in the report.
inline Result<procure::ExchangeRates>
chosen_rates(const Invocation& words, ingest::ImportReport& report) {
    return words.has("--rates") ? procure::read_exchange_rates(words.text("--rates"), report)
                                : Result<procure::ExchangeRates>{procure::ExchangeRates{}};
}

}  // namespace adic::cli
