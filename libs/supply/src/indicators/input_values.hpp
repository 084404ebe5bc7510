#pragma once

#include "adic/supply/indicators/item_facts.hpp"

#include "reading_of.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace adic::supply {

inline constexpr std::string_view no_values = "no value shares of its inputs are recorded";

/// Calls `visit(need)` for each alternative of each consumed group of the item.
template <typename Visit>
void for_each_input(const MapIndex& index, model::ItemIndex item, const Visit& visit) {
    const model::SupplyMap& map = index.map();
    for (const std::uint32_t g : index.groups_of(item)) {
        if (map.groups[g].role == model::Role::consumed) {
            for (const std::uint32_t n : index.needs_of(model::GroupIndex{g})) {
                visit(map.needs[n]);
            }
        }
    }
}

/// Adds up groups: `take` of the alternatives are used, and nobody knows which, so the ends take
/// the least and the most valuable; the likely figure takes their mean.
class GroupSum {
  public:
    void add(const Amount& alternative) { alternatives_.push_back(alternative); }

    /// The sum over `take` of the alternatives added since the last call.
    Amount close(std::uint32_t take) {
        Amount sum;
        const std::size_t n = std::min<std::size_t>(take, alternatives_.size());
        if (n == 0) {
            return sum;
        }
        if (alternatives_.size() == 1) {
            sum = alternatives_.front();
            alternatives_.clear();
            return sum;
        }
        std::ranges::sort(alternatives_, {}, &Amount::low);
        for (std::size_t i = 0; i < n; ++i) {
            sum.low += alternatives_[i].low;
        }
        std::ranges::sort(alternatives_, std::greater{}, &Amount::high);
        for (std::size_t i = 0; i < n; ++i) {
            sum.high += alternatives_[i].high;
        }
        for (const Amount& alternative : alternatives_) {
            sum.likely += alternative.likely;
        }
        sum.likely *= static_cast<double>(n) / static_cast<double>(alternatives_.size());
        alternatives_.clear();
        return sum;
    }

  private:
    std::vector<Amount> alternatives_;
};

/// The values of the consumed inputs of the item.
InputValues input_values(const MapIndex& index, model::ItemIndex item);

/// The sum over consumed inputs of value share * part(input), groups at their ends. Inputs without
/// a value share count nothing here; see InputValues::open.
template <typename PartOf>
Amount sum_of_inputs(const MapIndex& index, model::ItemIndex item, const PartOf& part_of) {
    const model::SupplyMap& map = index.map();
    Amount total;
    GroupSum group;
    for (const std::uint32_t g : index.groups_of(item)) {
        if (map.groups[g].role != model::Role::consumed) {
            continue;
        }
        for (const std::uint32_t n : index.needs_of(model::GroupIndex{g})) {
            const model::Need& need = map.needs[n];
            if (!need.value_share) {
                group.add({});
                continue;
            }
            const ShareRange part = part_of(need);
            group.add(
                {need.value_share->low() * part.low,
                 need.value_share->likely() * part.likely,
                 need.value_share->high() * part.high}
            );
        }
        total += group.close(map.groups[g].take);
    }
    return total;
}

}  // namespace adic::supply
