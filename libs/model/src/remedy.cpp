#include "adic/model/remedy.hpp"

#include "adic/base/text.hpp"

#include <cassert>
#include <cmath>

namespace adic::model {
namespace {

/// "12.5 %".
std::string percent(double part) {
    constexpr double per_mille = 1000.0;
    constexpr double tenth = 10.0;
    return to_shortest(std::round(per_mille * part) / tenth) + " %";
}

}  // namespace

Estimate cost_over(const Remedy& remedy, double years) {
    assert(years >= 0);
    return *Estimate::create(
        remedy.cost.low() + years * remedy.upkeep.low(),
        remedy.cost.likely() + years * remedy.upkeep.likely(),
        remedy.cost.high() + years * remedy.upkeep.high()
    );
}

std::string
describe(const Remedy& remedy, const Catalogue<Item, ItemIndex>& items, std::uint32_t times) {
    const std::string& item = items[remedy.item].id;
    const std::string other = remedy.other ? items[*remedy.other].id : std::string{};
    const double all = remedy.amount * times;
    switch (remedy.kind) {
    case RemedyKind::stockpile: return to_shortest(all) + " weeks of " + item + " in store";
    case RemedyKind::second_source: return percent(all) + " of " + item + " from a second source";
    case RemedyKind::capacity: return percent(all) + " more capacity for " + item;
    case RemedyKind::recycling: return percent(all) + " of " + item + " won back";
    case RemedyKind::substitution: return other + " for " + percent(all) + " of " + item;
    case RemedyKind::redesign: return percent(all) + " of " + item + " made without " + other;
    }
    return item;
}

}  // namespace adic::model
