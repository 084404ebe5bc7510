// Any bytes as settings of red flags: read without a crash; what has an error changes nothing.
#include "adic/procure/flags.hpp"

#include "fuzz.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic;
    ingest::ImportReport report;
    const auto settings =
        procure::parse_flag_settings(fuzz::text_of(data, size), "flags.csv", report);
    fuzz::require(report.may_commit() || settings == procure::FlagSettings{});
    fuzz::require(settings.top_percentile >= 0.0 && settings.top_percentile <= 100.0);
    return 0;
}
