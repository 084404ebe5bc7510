#include "adic/shock/remedies/propose.hpp"

#include "adic/supply/bottlenecks.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace adic::shock {
namespace {

using model::ItemIndex;
using model::RemedyKind;
using model::StateIndex;
using supply::MapIndex;
using supply::Viewpoint;

std::string percent(double part) {
    constexpr double hundred = 100;
    const long whole = std::lround(hundred * part);
    return whole == 0 ? "under 1 %" : std::to_string(whole) + " %";
}

/// What a map says of who could make what.
class Capabilities {
  public:
    Capabilities(const MapIndex& index, const Viewpoint& viewpoint)
        : index_(index)
        , viewpoint_(viewpoint)
        , codes_(map().items.size())
        , makers_(map().items.size()) {
        for (const model::ItemCode& code : map().codes) {
            if (code.scheme == "HS") {
                codes_[code.item.value()].push_back(code.code);
            }
        }
        for (const model::Supply& supply : map().supplies) {
            if (supply.origin && viewpoint.is_inside(*supply.origin)) {
                makers_[supply.item.value()].insert(*supply.origin);
            }
        }
    }

    /// States inside that could make the item, each with the best of what speaks for it.
    std::vector<RemedyProposal> sources_of(ItemIndex item) const {
        std::map<StateIndex, RemedyProposal> best;
        const auto offer = [&](StateIndex state, Evidence evidence, std::string reason) {
            const RemedyKind kind = evidence == Evidence::supplies_it ? RemedyKind::capacity
                                                                      : RemedyKind::second_source;
            RemedyProposal made{item, kind, state, {}, evidence, std::move(reason)};
            const auto [found, is_new] = best.emplace(state, made);
            if (!is_new && made.evidence < found->second.evidence) {
                found->second = std::move(made);
            }
        };
        for (const StateIndex state : makers_[item.value()]) {
            offer(state, Evidence::supplies_it, present_supply(item, state));
        }
        for (std::uint32_t i = 0; i < makers_.size(); ++i) {
            const ItemIndex other{i};
            if (makers_[i].empty() || other == item) {
                continue;
            }
            if (const auto link = link_of(item, other)) {
                for (const StateIndex state : makers_[i]) {
                    offer(
                        state,
                        link->first,
                        map().states[state].name + " supplies " + id(other) + link->second + "."
                    );
                }
            }
        }
        std::vector<RemedyProposal> sources;
        for (auto& [state, proposal] : best) {
            sources.push_back(std::move(proposal));
        }
        std::ranges::stable_sort(sources, {}, &RemedyProposal::evidence);
        return sources;
    }

    /// What already stands in for the item somewhere in the map.
    std::vector<RemedyProposal> alternatives_to(ItemIndex item) const {
        std::map<ItemIndex, ItemIndex> found;  // alternative, and where
        for (const std::uint32_t use : index_.uses_of(item)) {
            const model::GroupIndex group = map().needs[use].group;
            const auto needs = index_.needs_of(group);
            if (map()[group].take >= needs.size()) {
                continue;
            }
            for (const std::uint32_t need : needs) {
                if (map().needs[need].input != item) {
                    found.emplace(map().needs[need].input, map()[group].item);
                }
            }
        }
        std::vector<RemedyProposal> made;
        for (const auto& [other, where] : found) {
            made.push_back(
                {item,
                 RemedyKind::substitution,
                 {},
                 other,
                 Evidence::map_says,
                 id(other) + " takes its place in " + id(where) + " already."}
            );
        }
        return made;
    }

    std::optional<RemedyProposal> recycling_of(ItemIndex item) const {
        const model::Figure* rate = index_.figure(item, "eol_recycling_rate");
        if (rate == nullptr || !(rate->value.likely() > 0)) {
            return std::nullopt;
        }
        return RemedyProposal{
            item,
            RemedyKind::recycling,
            {},
            {},
            Evidence::map_says,
            percent(rate->value.likely()) + " of what is thrown away is won back already."};
    }

    std::optional<RemedyProposal> store_of(ItemIndex item) const {
        const model::ItemKind kind = map().items[item].kind;
        if (kind == model::ItemKind::software || kind == model::ItemKind::service) {
            return std::nullopt;
        }
        return RemedyProposal{
            item,
            RemedyKind::stockpile,
            {},
            {},
            Evidence::always_possible,
            "Goods can be stored."};
    }

  private:
    using Link = std::pair<Evidence, std::string>;

    const model::SupplyMap& map() const { return index_.map(); }

    const std::string& id(ItemIndex item) const { return map().items[item].id; }

    std::string present_supply(ItemIndex item, StateIndex state) const {
        for (const std::uint32_t row : index_.supplies_seen(item, viewpoint_)) {
            const model::Supply& supply = map().supplies[row];
            if (supply.origin == state && supply.share) {
                return map().states[state].name + " supplies " + percent(supply.share->likely())
                       + " of it already.";
            }
        }
        return map().states[state].name + " supplies it already; how much is not recorded.";
    }

    std::set<ItemIndex> inputs_of(ItemIndex item) const {
        std::set<ItemIndex> inputs;
        for (const std::uint32_t group : index_.groups_of(item)) {
            if (map().groups[group].role == model::Role::consumed) {
                for (const std::uint32_t need : index_.needs_of(model::GroupIndex{group})) {
                    inputs.insert(map().needs[need].input);
                }
            }
        }
        return inputs;
    }

    bool share_code(ItemIndex a, ItemIndex b, std::size_t digits) const {
        return std::ranges::any_of(codes_[a.value()], [&](const std::string& one) {
            return one.size() >= digits
                   && std::ranges::any_of(codes_[b.value()], [&](const std::string& other) {
                          return other.compare(0, digits, one, 0, digits) == 0;
                      });
        });
    }

    /// Why somebody who supplies `other` might make `item`.
    std::optional<Link> link_of(ItemIndex item, ItemIndex other) const {
        constexpr std::size_t subheading = 6;
        constexpr std::size_t heading = 4;
        if (share_code(item, other, subheading)) {
            return Link{Evidence::same_code, ", of the same HS subheading"};
        }
        if (share_code(item, other, heading)) {
            return Link{Evidence::same_heading, ", of the same HS heading"};
        }
        const std::set<ItemIndex> inputs = inputs_of(item);
        if (inputs.contains(other)) {
            return Link{Evidence::supplies_input, ", of which it is made"};
        }
        const std::set<ItemIndex> others = inputs_of(other);
        const auto shared =
            std::ranges::count_if(inputs, [&](ItemIndex input) { return others.contains(input); });
        if (shared > 0 && 2 * static_cast<std::size_t>(shared) >= inputs.size()) {
            return Link{Evidence::same_inputs, ", which is made of the same things"};
        }
        return std::nullopt;
    }

    const MapIndex& index_;
    const Viewpoint& viewpoint_;
    std::vector<std::vector<std::string>> codes_;  ///< HS, by item
    std::vector<std::set<StateIndex>> makers_;     ///< inside, by item
};

/// Bottlenecks by expected stops, then places about which nothing is known.
std::vector<ItemIndex> weak_places(
    const MapIndex& index,
    const Viewpoint& viewpoint,
    std::span<const ItemIndex> targets,
    std::size_t most
) {
    supply::BottleneckOptions options;
    options.draws = 1;  // the order is that of the likely figures
    const supply::BottleneckRanking ranking =
        supply::rank_bottlenecks(index, viewpoint, targets, options);
    std::vector<ItemIndex> items;
    for (const supply::Bottleneck& bottleneck : ranking.bottlenecks) {
        items.push_back(bottleneck.item);
    }
    for (const supply::BlindSpot& spot : ranking.blind_spots) {
        if (std::ranges::find(items, spot.item) == items.end()) {
            items.push_back(spot.item);
        }
    }
    items.resize(std::min(items.size(), most), ItemIndex{0});
    return items;
}

}  // namespace

std::vector<RemedyProposal> propose_remedies(
    const MapIndex& index,
    const Viewpoint& viewpoint,
    std::span<const ItemIndex> targets,
    const ProposeOptions& options
) {
    const Capabilities capabilities(index, viewpoint);
    std::vector<RemedyProposal> proposals;
    for (const ItemIndex item : weak_places(index, viewpoint, targets, options.items)) {
        std::vector<RemedyProposal> sources = capabilities.sources_of(item);
        const std::size_t count = std::min(sources.size(), options.sources_of_item);
        std::move(
            sources.begin(),
            sources.begin() + static_cast<std::ptrdiff_t>(count),
            std::back_inserter(proposals)
        );
        for (RemedyProposal& alternative : capabilities.alternatives_to(item)) {
            proposals.push_back(std::move(alternative));
        }
        for (auto proposal : {capabilities.recycling_of(item), capabilities.store_of(item)}) {
            if (proposal) {
                proposals.push_back(*std::move(proposal));
            }
        }
    }
    return proposals;
}

}  // namespace adic::shock
