#include "remedy_list.hpp"

#include "adic/base/random.hpp"

#include <array>
#include <optional>
#include <string>

namespace adic::bench {
namespace {

using model::ItemIndex;
using model::RemedyKind;

constexpr std::array kinds{
    RemedyKind::stockpile,
    RemedyKind::second_source,
    RemedyKind::stockpile,
    RemedyKind::recycling,
    RemedyKind::stockpile,
    RemedyKind::substitution,
    RemedyKind::stockpile,
    RemedyKind::redesign,
};

/// An input of the item; empty: it has none.
std::optional<ItemIndex> input_of(const model::SupplyMap& map, ItemIndex item) {
    for (const model::Need& need : map.needs) {
        if (map[need.group].item == item) {
            return need.input;
        }
    }
    return std::nullopt;
}

model::Remedy make(const model::SupplyMap& map, RandomStream& random, std::uint32_t number) {
    RemedyKind kind = kinds[number % kinds.size()];
    const auto items = static_cast<std::uint32_t>(map.items.size());
    const ItemIndex item{static_cast<std::uint32_t>(random.below(items))};
    std::optional<ItemIndex> other;
    if (kind == RemedyKind::substitution) {
        other = ItemIndex{(item.value() + 1) % items};
    } else if (kind == RemedyKind::redesign) {
        other = input_of(map, item);
        kind = other ? kind : RemedyKind::stockpile;
    }
    const bool is_store = kind == RemedyKind::stockpile;
    const double cost = 1 + 59 * random.uniform() * random.uniform();
    const double delay = is_store ? 13 : 52;
    return {
        "r" + std::to_string(number),
        kind,
        item,
        {},
        is_store ? 4 + 8 * random.uniform() : 0.1 + 0.3 * random.uniform(),
        1 + static_cast<std::uint32_t>(random.below(4)),
        *Estimate::create(0.7 * cost, cost, 1.6 * cost),
        Estimate::exactly(0.03 * cost),
        *Estimate::create(0.5 * delay, delay, 2 * delay),
        other,
        {},
        {model::SourceIndex{0}, {}, model::Confidence::e, {}, "public", ""}};
}

}  // namespace

std::vector<model::Remedy>
remedy_list(const model::SupplyMap& map, const RemedyListOptions& options) {
    std::vector<model::Remedy> remedies;
    for (std::uint32_t number = 0; number < options.remedies; ++number) {
        RandomStream random(options.seed, number);
        remedies.push_back(make(map, random, number));
    }
    return remedies;
}

}  // namespace adic::bench
