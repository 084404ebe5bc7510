// Any bytes as cost lines of products: read without a crash; by every rule, a share is kept or what
// is missing is above zero, and a remedy that has prices keeps the rule.
#include "adic/procure/origin.hpp"

#include "fuzz.hpp"

#include <cstdint>

namespace {

std::vector<adic::procure::OriginRule> rules() {
    adic::ingest::ImportReport report;
    return adic::procure::parse_origin_rules(
        "rule,name,method,group,threshold,from,partial_from,publisher,title,year,licence,"
        "confidence\n"
        "D,n,build-down,G,0.4,2020-01-01,0.2,p,t,2020,l,A\n"
        "U,n,build-up,own,0.4,2020-01-01,,p,t,2020,l,A\n"
        "P,n,parts of parts,G,0.65,2020-01-01,,p,t,2020,l,A\n",
        "group,state\nG,MYS\nG,THA\n",
        report
    );
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic;
    static const std::vector<procure::OriginRule> known = rules();
    ingest::ImportReport report;
    const auto products = procure::parse_cost_lines(fuzz::text_of(data, size), "costs.csv", report);
    fuzz::require(report.may_commit() || products.empty());
    for (const procure::CostedProduct& product : products) {
        for (const procure::OriginRule& rule : known) {
            const auto verdict = procure::judge_origin(product, rule);
            if (!verdict) {
                continue;
            }
            fuzz::require(verdict->is_kept == (verdict->share >= verdict->threshold));
            fuzz::require(verdict->is_kept || verdict->missing > 0);
            fuzz::require(verdict->is_kept != verdict->remedy.has_value());
            if (verdict->remedy
                && verdict->remedy->kind != procure::OriginRemedy::Kind::out_of_reach) {
                fuzz::require(verdict->remedy->share >= verdict->threshold);
            }
        }
    }
    return 0;
}
