#pragma once

#include "adic/supply/indicators/item_facts.hpp"

#include "reading_of.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace adic::supply {

inline constexpr std::string_view no_values = "no value shares of its inputs are recorded";

/// What the consumed inputs of an item are worth, as parts of its value.
struct InputValues {
    double low = 0.0;  ///< sum over groups, each at its least
    double likely = 0.0;
    double open = 0.0;  ///< value that inputs without a value share may have together
    double groups = 0.0;
    double valued = 0.0;  ///< groups whose every alternative has a value share
};

/// Calls `visit(need)` for each alternative of each consumed group of the item.
template <typename Visit>
void for_each_input(const ItemFacts& facts, const Visit& visit) {
    const model::SupplyMap& map = facts.context().map();
    for (const std::uint32_t g : facts.context().index().groups_of(facts.item())) {
        if (map.groups[g].role == model::Role::consumed) {
            for (const std::uint32_t n : facts.context().index().needs_of(model::GroupIndex{g})) {
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
InputValues input_values(const ItemFacts& facts);

/// The sum over consumed inputs of value share * part(input), groups at their ends. Inputs without
/// a value share count nothing here; see InputValues::open.
template <typename PartOf>
Amount sum_of_inputs(const ItemFacts& facts, const PartOf& part_of) {
    const model::SupplyMap& map = facts.context().map();
    Amount total;
    GroupSum group;
    for (const std::uint32_t g : facts.context().index().groups_of(facts.item())) {
        if (map.groups[g].role != model::Role::consumed) {
            continue;
        }
        for (const std::uint32_t n : facts.context().index().needs_of(model::GroupIndex{g})) {
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
