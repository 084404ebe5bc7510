// Any bytes as policies and categories, cut at a line of "--": read without a crash; versions are
// in order, and every figure within its range.
#include "adic/procure/offset.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic;
    constexpr std::string_view cut = "--\n";
    const std::string_view text = fuzz::text_of(data, size);
    const std::size_t end = text.find(cut);
    ingest::ImportReport report;
    const auto policies = procure::parse_offset_policies(
        text.substr(0, end),
        end == std::string_view::npos ? "" : text.substr(end + cut.size()),
        report
    );
    fuzz::require(report.may_commit() || policies.empty());
    for (std::size_t i = 0; i < policies.size(); ++i) {
        fuzz::require(i == 0 || policies[i - 1].id <= policies[i].id);
        fuzz::require(policies[i].quota.value_or(0) <= 2);
        for (const procure::OffsetCategory& one : policies[i].categories) {
            fuzz::require(one.multiplier >= 0 && one.multiplier <= 10 && one.uplift <= 1);
        }
    }
    return 0;
}
