#include "adic/supply/map_index.hpp"

#include <cassert>
#include <numeric>
#include <variant>

namespace adic::supply {
namespace {

using model::Figure;
using model::GroupIndex;
using model::ItemIndex;
using model::StateIndex;
using model::SupplyMap;

template <typename Rows, typename KeyOf>
RowIndex index_rows(std::size_t keys, const Rows& rows, const KeyOf& key_of) {
    std::vector<std::uint32_t> key_of_row;
    key_of_row.reserve(rows.size());
    for (const auto& row : rows) {
        key_of_row.push_back(key_of(row));
    }
    return RowIndex{keys, key_of_row};
}

/// Figures about one kind of subject; those about others go under one key more, never asked for.
template <typename Subject>
RowIndex index_figures(std::size_t subjects, const std::vector<Figure>& figures) {
    return index_rows(subjects + 1, figures, [&](const Figure& figure) {
        const auto* subject = std::get_if<Subject>(&figure.subject);
        return subject != nullptr ? subject->value() : static_cast<std::uint32_t>(subjects);
    });
}

const Figure*
newest(const SupplyMap& map, std::span<const std::uint32_t> rows, std::string_view measure) {
    const Figure* best = nullptr;
    const auto last_day = [&](const Figure& figure) { return map[figure.provenance].period.last; };
    for (const std::uint32_t row : rows) {
        const Figure& figure = map.figures[row];
        if (figure.measure == measure && (best == nullptr || last_day(figure) >= last_day(*best))) {
            best = &figure;
        }
    }
    return best;
}

}  // namespace

RowIndex::RowIndex(std::size_t keys, std::span<const std::uint32_t> key_of_row)
    : start_(keys + 1)
    , rows_(key_of_row.size()) {
    for (const std::uint32_t key : key_of_row) {
        assert(key < keys);
        ++start_[key + 1];
    }
    std::partial_sum(start_.begin(), start_.end(), start_.begin());
    std::vector<std::uint32_t> next(start_.begin(), start_.end() - 1);
    for (std::uint32_t row = 0; row < key_of_row.size(); ++row) {
        rows_[next[key_of_row[row]]++] = row;
    }
}

MapIndex::MapIndex(const SupplyMap& map)
    : map_(&map)
    , groups_(index_rows(map.items.size(), map.groups, [](const auto& g) { return g.item.value(); })
      )
    , needs_(index_rows(map.groups.size(), map.needs, [](const auto& n) { return n.group.value(); })
      )
    , uses_(index_rows(map.items.size(), map.needs, [](const auto& n) { return n.input.value(); }))
    , supplies_(
          index_rows(map.items.size(), map.supplies, [](const auto& s) { return s.item.value(); })
      )
    , trades_(index_rows(map.items.size(), map.trades, [](const auto& t) { return t.item.value(); })
      )
    , item_figures_(index_figures<ItemIndex>(map.items.size(), map.figures))
    , state_figures_(index_figures<StateIndex>(map.states.size(), map.figures)) {}

std::span<const std::uint32_t> MapIndex::groups_of(ItemIndex item) const {
    return groups_.rows_of(item.value());
}

std::span<const std::uint32_t> MapIndex::needs_of(GroupIndex group) const {
    return needs_.rows_of(group.value());
}

std::span<const std::uint32_t> MapIndex::uses_of(ItemIndex input) const {
    return uses_.rows_of(input.value());
}

std::span<const std::uint32_t> MapIndex::supplies_of(ItemIndex item) const {
    return supplies_.rows_of(item.value());
}

std::span<const std::uint32_t> MapIndex::trades_of(ItemIndex item) const {
    return trades_.rows_of(item.value());
}

std::span<const std::uint32_t> MapIndex::figures_of(ItemIndex item) const {
    return item_figures_.rows_of(item.value());
}

std::span<const std::uint32_t> MapIndex::figures_of(StateIndex state) const {
    return state_figures_.rows_of(state.value());
}

std::vector<std::uint32_t> MapIndex::supplies_seen(ItemIndex item, const Viewpoint& viewpoint)
    const {
    std::vector<std::uint32_t> seen;
    for (const model::Market& market : viewpoint.markets) {
        for (const std::uint32_t row : supplies_of(item)) {
            if (map_->supplies[row].market == market) {
                seen.push_back(row);
            }
        }
        if (!seen.empty()) {
            break;
        }
    }
    return seen;
}

const Figure* MapIndex::figure(ItemIndex item, std::string_view measure) const {
    return newest(*map_, figures_of(item), measure);
}

const Figure* MapIndex::figure(StateIndex state, std::string_view measure) const {
    return newest(*map_, figures_of(state), measure);
}

}  // namespace adic::supply
