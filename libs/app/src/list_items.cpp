#include "adic/app/list_items.hpp"

#include "adic/app/opened_map.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace adic::app {
namespace {

using model::ItemIndex;

std::string lower(std::string_view text) {
    std::string result{text};
    std::ranges::transform(result, result.begin(), [](char c) {
        return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    });
    return result;
}

bool matches(const model::Item& item, const ListItemsRequest& request) {
    if (request.kind && item.kind != *request.kind) {
        return false;
    }
    const std::string texts = lower(item.id) + '\n' + lower(item.name);
    return std::ranges::all_of(request.words, [&](const std::string& word) {
        return texts.find(lower(word)) != std::string::npos;
    });
}

std::vector<ItemIndex> inputs_of(const supply::MapIndex& index, ItemIndex item) {
    std::set<ItemIndex> inputs;
    for (const std::uint32_t group : index.groups_of(item)) {
        for (const std::uint32_t need : index.needs_of(model::GroupIndex{group})) {
            inputs.insert(index.map().needs[need].input);
        }
    }
    return {inputs.begin(), inputs.end()};
}

std::uint32_t count_users(const supply::MapIndex& index, ItemIndex item) {
    std::set<ItemIndex> users;
    for (const std::uint32_t need : index.uses_of(item)) {
        users.insert(index.map()[index.map().needs[need].group].item);
    }
    return static_cast<std::uint32_t>(users.size());
}

/// Breadth first from what the map is about.
std::vector<std::optional<std::uint32_t>> tiers_of(const supply::MapIndex& index) {
    std::vector<std::optional<std::uint32_t>> tiers(index.map().items.size());
    std::vector<ItemIndex> row = *find_targets(index, {});
    for (std::uint32_t tier = 0; !row.empty(); ++tier) {
        std::vector<ItemIndex> next;
        for (const ItemIndex item : row) {
            if (tiers[item.value()]) {
                continue;
            }
            tiers[item.value()] = tier;
            const auto inputs = inputs_of(index, item);
            next.insert(next.end(), inputs.begin(), inputs.end());
        }
        row = std::move(next);
    }
    return tiers;
}

}  // namespace

double known_share_of(const supply::MapIndex& index, ItemIndex item) {
    static const supply::Viewpoint nobody{"nobody", {}, {std::monostate{}}};
    double known = 0.0;
    for (const std::uint32_t s : index.supplies_seen(item, nobody)) {
        const model::Supply& supply = index.map().supplies[s];
        if (supply.origin && supply.share) {
            known += supply.share->likely();
        }
    }
    return std::min(known, 1.0);
}

ListItemsAnswer list_items(const supply::MapIndex& index, const ListItemsRequest& request) {
    ListItemsAnswer answer{{}, static_cast<std::uint32_t>(index.map().items.size()), 0};
    const auto tiers = tiers_of(index);
    for (std::uint32_t i = 0; i < index.map().items.size(); ++i) {
        const ItemIndex item{i};
        const double known = known_share_of(index, item);
        answer.items_with_origin += known > 0 ? 1 : 0;
        if (!matches(index.map().items[item], request)
            || (request.tier && tiers[i] != request.tier)) {
            continue;
        }
        const auto inputs = static_cast<std::uint32_t>(inputs_of(index, item).size());
        answer.items.push_back({item, tiers[i], inputs, count_users(index, item), known});
    }
    const auto place = [&](const ListedItem& row) {
        return std::tuple{
            row.tier.value_or(UINT32_MAX),
            std::string_view{index.map().items[row.item].id}};
    };
    std::ranges::sort(answer.items, {}, place);
    return answer;
}

}  // namespace adic::app
