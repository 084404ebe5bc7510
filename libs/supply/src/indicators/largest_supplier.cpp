#include "list.hpp"
#include "reading_of.hpp"

namespace adic::supply {
namespace {

Reading evaluate_largest_supplier(const ItemFacts& facts) {
    ReadingBuilder reading{largest_supplier_indicator, facts};
    const Origins& origins = facts.sourcing();
    reading.uses(origins.facts);
    if (!origins.recorded) {
        return reading.unknown(no_shares);
    }
    if (origins.of_world) {
        reading.note(world_shares_used);
    }
    add_largest_origins(reading, origins);
    return reading.value(facts.largest_outside(), origins.covered);
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
};

}  // namespace adic::supply
