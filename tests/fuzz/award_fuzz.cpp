// Any bytes as one table of a purchase, the others good: read without a crash; a purchase without a
// complaint has positions that are there, and the check of a plan of nothing speaks of each demand.
#include "adic/procure/award.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <map>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic;
    const std::string text{fuzz::text_of(data, size)};
    for (const procure::AwardTable& replaced : procure::list_award_tables()) {
        std::map<std::string, std::string, std::less<>> tables;
        for (const procure::AwardTable& table : procure::list_award_tables()) {
            tables.emplace(table.file, table.file == replaced.file ? text : table.example);
        }
        ingest::ImportReport report;
        const procure::AwardProblem problem = procure::parse_award_problem(tables, report);
        fuzz::require(report.may_commit() || problem.items.empty());
        for (const procure::AwardOffer& offer : problem.offers) {
            fuzz::require(offer.item < problem.items.size());
            fuzz::require(offer.supplier < problem.suppliers.size());
            fuzz::require(offer.breaks.front().from == 1);
        }
        const procure::AwardBill bill = procure::check_award(problem, {});
        fuzz::require(bill.total == 0);
        fuzz::require(bill.breaches.size() >= problem.demands.size());
    }
    return 0;
}
