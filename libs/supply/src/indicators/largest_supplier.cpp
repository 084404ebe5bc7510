#include "list.hpp"
#include "reading_of.hpp"

namespace adic::supply {
namespace {

Reading evaluate_largest_supplier(const ItemFacts& facts) {
    return reading_of_origins(largest_supplier_indicator, facts, [&](const Origins&) {
        return facts.largest_outside();
    });
}

}  // namespace

const Indicator largest_supplier_indicator{
    .name = "largest-supplier",
    .title = "Largest single origin outside",
    .unit = "1",
    .equation = "max over c outside of s_c",
    .source = "Regulation (EU) 2024/1252, article 5: not more than 0.65 from one country",
    .threshold = &IndicatorParameters::largest_supplier,
    .higher_is_worse = true,
    .evaluate = evaluate_largest_supplier,
    .hangs_on = {.market = true, .inside = true},
};

}  // namespace adic::supply
