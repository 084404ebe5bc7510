// Any bytes as exchange rates: read without a crash; every rate that is found is above zero, is of
// a day that is not to come, and leads back where it came from.
#include "adic/procure/exchange.hpp"

#include "fuzz.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic;
    ingest::ImportReport report;
    const auto rates =
        procure::parse_exchange_rates(fuzz::text_of(data, size), "rates.csv", report);
    fuzz::require(report.may_commit() || rates.is_empty());
    const std::chrono::sys_days day = std::chrono::year{2026} / 11 / 25;
    for (const char* from : {"EUR", "USD", "MYR"}) {
        for (const char* to : {"EUR", "USD", "IDR"}) {
            const auto there = rates.find(from, to, day);
            if (!there) {
                continue;
            }
            fuzz::require(there->rate > 0);
            for (const procure::ExchangeStep& step : there->steps) {
                fuzz::require(step.day <= day && step.rate > 0);
            }
            fuzz::require(rates.find(to, from, day).has_value());
        }
    }
    return 0;
}
