#include "adic/app/brief.hpp"
#include "adic/app/list_items.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace adic::app {
namespace {

using model::ItemIndex;
using supply::MapIndex;

constexpr std::size_t drawn_bottlenecks = 8;  ///< more boxes in a column than a page has lines for
constexpr std::size_t drawn_between = 9;      ///< items between targets and bottlenecks
constexpr std::uint32_t most_columns = 5;     ///< that fit the width of a sheet

using Path = std::vector<ItemIndex>;

/// Items whose essential needs `item` meets, in the order of the map, each once.
std::vector<ItemIndex> users_of(const MapIndex& index, ItemIndex item) {
    std::set<ItemIndex> users;
    for (const std::uint32_t need : index.uses_of(item)) {
        const model::NeedGroup& group = index.map()[index.map().needs[need].group];
        if (group.essential == model::Essential::yes) {
            users.insert(group.item);
        }
    }
    return {users.begin(), users.end()};
}

/// For each item that needs `goal`, directly or not, the next item on a shortest way to it.
std::map<ItemIndex, ItemIndex> ways_to(const MapIndex& index, ItemIndex goal) {
    std::map<ItemIndex, ItemIndex> next{{goal, goal}};
    std::deque<ItemIndex> row{goal};
    while (!row.empty()) {
        const ItemIndex item = row.front();
        row.pop_front();
        for (const ItemIndex user : users_of(index, item)) {
            if (next.emplace(user, item).second) {
                row.push_back(user);
            }
        }
    }
    return next;
}

std::vector<Path> paths_of(const MapIndex& index, const BriefView& view) {
    std::vector<Path> paths;
    const auto& ranked = view.ranking.bottlenecks;
    for (std::size_t b = 0; b < std::min(ranked.size(), drawn_bottlenecks); ++b) {
        const auto next = ways_to(index, ranked[b].item);
        for (const ItemIndex target : ranked[b].stops) {
            if (!next.contains(target)) {
                continue;
            }
            Path path{target};
            while (path.back() != ranked[b].item) {
                path.push_back(next.at(path.back()));
            }
            paths.push_back(std::move(path));
        }
    }
    return paths;
}

/// What is drawn: targets, bottlenecks, and the items that most paths go through.
std::vector<ItemIndex> chosen_items(const std::vector<Path>& paths, const BriefView& view) {
    std::set<ItemIndex> chosen;
    for (const BriefTarget& target : view.targets) {
        chosen.insert(target.item);
    }
    const auto& ranked = view.ranking.bottlenecks;
    for (std::size_t b = 0; b < std::min(ranked.size(), drawn_bottlenecks); ++b) {
        chosen.insert(ranked[b].item);
    }
    std::map<ItemIndex, std::size_t> passes;
    for (const Path& path : paths) {
        for (const ItemIndex item : path) {
            passes[item] += chosen.contains(item) ? 0U : 1U;
        }
    }
    std::vector<std::pair<ItemIndex, std::size_t>> busiest(passes.begin(), passes.end());
    std::ranges::stable_sort(
        busiest,
        std::ranges::greater{},
        &std::pair<ItemIndex, std::size_t>::second
    );
    for (std::size_t i = 0; i < std::min(busiest.size(), drawn_between) && busiest[i].second > 0;
         ++i) {
        chosen.insert(busiest[i].first);
    }
    return {chosen.begin(), chosen.end()};
}

std::vector<ChainLink>
links_of(const std::vector<Path>& paths, const std::vector<ItemIndex>& chosen) {
    const auto position = [&](ItemIndex item) -> std::optional<std::uint32_t> {
        const auto found = std::ranges::lower_bound(chosen, item);
        if (found == chosen.end() || *found != item) {
            return std::nullopt;
        }
        return static_cast<std::uint32_t>(found - chosen.begin());
    };
    std::map<std::pair<std::uint32_t, std::uint32_t>, bool> links;
    for (const Path& path : paths) {
        std::uint32_t from = *position(path.front());
        bool is_direct = true;
        for (std::size_t i = 1; i < path.size(); ++i) {
            const auto to = position(path[i]);
            if (to) {
                links[{from, *to}] |= is_direct;
            }
            is_direct = to.has_value();
            from = to.value_or(from);
        }
    }
    std::vector<ChainLink> result;
    for (const auto& [ends, is_direct] : links) {
        result.push_back({ends.first, ends.second, is_direct});
    }
    return result;
}

/// The longest way to each node, as far as the sheet is wide; circles end there too.
void place_in_columns(Chain& chain) {
    for (std::uint32_t round = 0; round < most_columns; ++round) {
        for (const ChainLink& link : chain.links) {
            ChainNode& to = chain.nodes[link.to];
            const std::uint32_t after = chain.nodes[link.from].column + 1;
            if (!to.is_target && to.column < after && after < most_columns) {
                to.column = after;
            }
        }
    }
    chain.columns = 0;
    for (const ChainNode& node : chain.nodes) {
        chain.columns = std::max(chain.columns, node.column + 1);
    }
}

/// Shares by origin on the viewpoint's market, likely values.
void fill_in_supply(const MapIndex& index, const supply::Viewpoint& viewpoint, ChainNode& node) {
    std::map<model::StateIndex, Estimate> origins;
    for (const std::uint32_t s : index.supplies_seen(node.item, viewpoint)) {
        const model::Supply& supply = index.map().supplies[s];
        if (!supply.origin || !supply.share) {
            continue;
        }
        const auto [found, is_new] = origins.emplace(*supply.origin, *supply.share);
        if (!is_new) {
            const Estimate& a = found->second;
            found->second = *Estimate::create(
                a.low() + supply.share->low(),
                a.likely() + supply.share->likely(),
                a.high() + supply.share->high()
            );
        }
    }
    double squares = 0.0;
    for (const auto& [state, share] : origins) {
        node.known_share += share.likely();
        squares += share.likely() * share.likely();
        if (viewpoint.is_inside(state)) {
            node.inside_share += share.likely();
        } else if (!node.largest || node.largest->share.likely() < share.likely()) {
            node.largest = supply::LargestOutside{state, share};
        }
    }
    if (node.known_share > 0) {
        node.concentration = squares;
    }
}

}  // namespace

Chain draw_chain(const MapIndex& index, const BriefView& view) {
    const std::vector<Path> paths = paths_of(index, view);
    const std::vector<ItemIndex> chosen = chosen_items(paths, view);
    Chain chain;
    for (const ItemIndex item : chosen) {
        ChainNode node{item, 0, false, {}, {}, 0.0, 0.0, {}};
        node.is_target =
            std::ranges::find(view.targets, item, &BriefTarget::item) != view.targets.end();
        const auto& ranked = view.ranking.bottlenecks;
        const auto found = std::ranges::find(ranked, item, &supply::Bottleneck::item);
        if (found != ranked.end()) {
            node.rank = found->rank;
        }
        fill_in_supply(index, view.viewpoint, node);
        chain.nodes.push_back(node);
    }
    chain.links = links_of(paths, chosen);
    place_in_columns(chain);
    return chain;
}

}  // namespace adic::app
