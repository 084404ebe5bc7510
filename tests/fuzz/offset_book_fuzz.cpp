// Any bytes as obligations and transactions, cut at a line of "--": read without a crash; what was
// read closes to the cent on any day.
#include "adic/procure/day.hpp"
#include "adic/procure/offset.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <string_view>

namespace {

std::vector<adic::procure::OffsetPolicy> policies() {
    adic::ingest::ImportReport report;
    return adic::procure::parse_offset_policies(
        "policy,version,from,name,quota,core_quota,core_share,may_bank,bank_years,penalty,"
        "publisher,"
        "title,year,licence,confidence\n"
        "P,1,2000-01-01,n,0.35,0.1,,yes,3,0.05,p,t,2020,l,A\n"
        "P,2,2024-01-01,n,,,0.3,no,,,p,t,2024,l,A\n",
        "policy,version,category,multiplier,uplift,core,confidence\n"
        "P,,a,1,,yes,A\n"
        "P,,b,4,0.2,,A\n",
        report
    );
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic;
    constexpr std::string_view cut = "--\n";
    const std::string_view text = fuzz::text_of(data, size);
    const std::size_t end = text.find(cut);
    ingest::ImportReport report;
    const procure::OffsetBook book = procure::parse_offset_book(
        text.substr(0, end),
        end == std::string_view::npos ? "" : text.substr(end + cut.size()),
        policies(),
        {},
        report
    );
    fuzz::require(report.may_commit() || book.obligations.empty());
    const auto last = procure::last_day_of(book);
    for (const std::int32_t days : {0, 400, 4000}) {
        if (!last) {
            break;
        }
        const auto ledger = procure::offset_ledger(book, *last + std::chrono::days{days});
        for (const procure::OffsetStanding& one : ledger.standings) {
            fuzz::require(one.credit == one.applied + one.lent + one.bank + one.lapsed);
            fuzz::require(one.owed == one.applied + one.drawn + one.missing);
            fuzz::require(one.transferred >= 0 && one.missing >= 0 && one.bank >= 0);
        }
    }
    return 0;
}
