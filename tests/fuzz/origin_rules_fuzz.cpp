// Any bytes as rules of origin and groups, cut at a line of "--": read without a crash; every
// threshold is within its range on any day.
#include "adic/procure/origin.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic;
    constexpr std::string_view cut = "--\n";
    const std::string_view text = fuzz::text_of(data, size);
    const std::size_t end = text.find(cut);
    ingest::ImportReport report;
    const auto rules = procure::parse_origin_rules(
        text.substr(0, end),
        end == std::string_view::npos ? "" : text.substr(end + cut.size()),
        report
    );
    fuzz::require(report.may_commit() || rules.empty());
    for (const procure::OriginRule& rule : rules) {
        for (const int year : {1900, 2026, 2999}) {
            const std::chrono::sys_days day = std::chrono::year{year} / 1 / 1;
            const procure::Fraction threshold = procure::threshold_on(rule, day);
            fuzz::require(threshold >= 0 && threshold <= 1);
        }
    }
    return 0;
}
