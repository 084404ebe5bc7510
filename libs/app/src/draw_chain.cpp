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

/// What is drawn whatever the room, and what else there is, the items of most paths first.
struct Choice {
    std::set<ItemIndex> always;
    std::vector<ItemIndex> between;

    /// In the order of the map.
    std::vector<ItemIndex> with(std::size_t count) const {
        std::set<ItemIndex> chosen = always;
        for (std::size_t i = 0; i < count; ++i) {
            chosen.insert(between[i]);
        }
        return {chosen.begin(), chosen.end()};
    }
};

Choice choice_of(const std::vector<Path>& paths, const BriefView& view) {
    Choice choice;
    for (const BriefTarget& target : view.targets) {
        choice.always.insert(target.item);
    }
    const auto& ranked = view.ranking.bottlenecks;
    for (std::size_t b = 0; b < std::min(ranked.size(), drawn_bottlenecks); ++b) {
        choice.always.insert(ranked[b].item);
    }
    std::map<ItemIndex, std::size_t> passes;
    for (const Path& path : paths) {
        for (const ItemIndex item : path) {
            if (!choice.always.contains(item)) {
                ++passes[item];
            }
        }
    }
    std::vector<std::pair<ItemIndex, std::size_t>> busiest(passes.begin(), passes.end());
    std::ranges::stable_sort(
        busiest,
        std::ranges::greater{},
        &std::pair<ItemIndex, std::size_t>::second
    );
    for (std::size_t i = 0; i < std::min(busiest.size(), drawn_between); ++i) {
        choice.between.push_back(busiest[i].first);
    }
    return choice;
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

/// Puts each node one column after the last of those that need it; where needs go round in a circle
/// the columns stop growing. Gives how many columns there are.
std::uint32_t place_in_columns(Chain& chain, std::uint32_t most) {
    for (std::size_t round = 0; round < chain.nodes.size(); ++round) {
        for (const ChainLink& link : chain.links) {
            ChainNode& to = chain.nodes[link.to];
            const std::uint32_t after = std::min(chain.nodes[link.from].column + 1, most - 1);
            if (!to.is_target && to.column < after) {
                to.column = after;
            }
        }
    }
    std::uint32_t columns = 0;
    for (const ChainNode& node : chain.nodes) {
        columns = std::max(columns, node.column + 1);
    }
    return columns;
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

Chain chain_of(
    const MapIndex& index,
    const BriefView& view,
    const std::vector<Path>& paths,
    const std::vector<ItemIndex>& chosen
) {
    Chain chain{};
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
    return chain;
}

}  // namespace

Chain draw_chain(const MapIndex& index, const BriefView& view) {
    const std::vector<Path> paths = paths_of(index, view);
    const Choice choice = choice_of(paths, view);
    const auto unlimited = static_cast<std::uint32_t>(index.map().items.size() + 1);
    // Items between are left out, those of the fewest paths first, until the rest fits the sheet.
    for (std::size_t count = choice.between.size() + 1; count > 0; --count) {
        Chain chain = chain_of(index, view, paths, choice.with(count - 1));
        chain.columns = place_in_columns(chain, unlimited);
        if (chain.columns <= most_columns) {
            return chain;
        }
    }
    Chain chain = chain_of(index, view, paths, choice.with(0));
    chain.columns = place_in_columns(chain, most_columns);
    return chain;
}

}  // namespace adic::app
