#include "adic/model/remedy.hpp"

#include "adic/base/say.hpp"
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

Sentence
describe(const Remedy& remedy, const Catalogue<Item, ItemIndex>& items, std::uint32_t times) {
    const double all = remedy.amount * times;
    const Said weeks{"weeks", to_shortest(all), all};
    const Said part{"part", percent(all), all};
    const Said item{"item", items[remedy.item].id};
    const Said other{"other", remedy.other ? items[*remedy.other].id : std::string{}};
    switch (remedy.kind) {
    case RemedyKind::stockpile: return say("remedy-stockpile", {weeks, item});
    case RemedyKind::second_source: return say("remedy-second-source", {part, item});
    case RemedyKind::capacity: return say("remedy-capacity", {part, item});
    case RemedyKind::recycling: return say("remedy-recycling", {part, item});
    case RemedyKind::substitution: return say("remedy-substitution", {other, part, item});
    case RemedyKind::redesign: return say("remedy-redesign", {part, item, other});
    }
    return items[remedy.item].id;
}

}  // namespace adic::model
