#include "adic/supply/network.hpp"

#include "supply_by_origin.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace adic::supply {
namespace {

using model::ItemIndex;

std::vector<ItemIndex> inputs_of(const MapIndex& index, ItemIndex item) {
    std::vector<ItemIndex> inputs;
    for (const std::uint32_t group : index.groups_of(item)) {
        for (const std::uint32_t need : index.needs_of(model::GroupIndex{group})) {
            inputs.push_back(index.map().needs[need].input);
        }
    }
    return inputs;
}

std::vector<ItemIndex> users_of(const MapIndex& index, ItemIndex item) {
    std::vector<ItemIndex> users;
    for (const std::uint32_t need : index.uses_of(item)) {
        users.push_back(index.map()[index.map().needs[need].group].item);
    }
    return users;
}

/// Walks tier by tier and remembers where it has been.
class Walk {
  public:
    explicit Walk(const MapIndex& index) : index_(index), seen_(index.map().items.size(), false) {}

    void begin(std::span<const ItemIndex> from) {
        for (const ItemIndex item : from) {
            add(item, Side::asked, 0);
        }
    }

    /// From the items asked about, which are the first that were added.
    void follow(Side side) {
        std::vector<ItemIndex> row;
        for (const NetworkItem& asked : items_) {
            if (asked.side == Side::asked) {
                row.push_back(asked.item);
            }
        }
        for (std::uint32_t tier = 1; !row.empty(); ++tier) {
            row = tier_after(row, side, tier);
        }
    }

    bool has(ItemIndex item) const { return seen_[item.value()]; }

    std::vector<NetworkItem> sorted() && {
        std::ranges::sort(items_, {}, [](const NetworkItem& one) {
            return std::tuple{one.side, one.tier, one.item};
        });
        return std::move(items_);
    }

  private:
    std::vector<ItemIndex>
    tier_after(const std::vector<ItemIndex>& row, Side side, std::uint32_t tier) {
        std::vector<ItemIndex> next;
        const auto is_new = [&](ItemIndex one) { return add(one, side, tier); };
        for (const ItemIndex item : row) {
            const auto near =
                side == Side::below ? inputs_of(index_, item) : users_of(index_, item);
            std::ranges::copy_if(near, std::back_inserter(next), is_new);
        }
        return next;
    }

    bool add(ItemIndex item, Side side, std::uint32_t tier) {
        if (seen_[item.value()]) {
            return false;
        }
        seen_[item.value()] = true;
        items_.push_back({item, side, tier});
        return true;
    }

    const MapIndex& index_;
    std::vector<bool> seen_;
    std::vector<NetworkItem> items_;
};

/// A state that is named without a share says nothing of how large it is.
std::optional<LargestOutside> largest_outside(const SupplyByOrigin& supply) {
    const OriginSupply* largest = nullptr;
    for (const OriginSupply& origin : supply.origins) {
        if (!origin.inside && origin.likely > (largest != nullptr ? largest->likely : 0.0)) {
            largest = &origin;
        }
    }
    if (largest == nullptr) {
        return std::nullopt;
    }
    const auto share = Estimate::create(largest->low, largest->likely, largest->high);
    return share ? std::optional{LargestOutside{largest->origin, *share}} : std::nullopt;
}

std::vector<model::StateIndex> largest_first(std::vector<OriginSupply> origins) {
    std::ranges::stable_sort(origins, std::ranges::greater{}, &OriginSupply::likely);
    std::vector<model::StateIndex> states;
    states.reserve(origins.size());
    for (const OriginSupply& origin : origins) {
        states.push_back(origin.origin);
    }
    return states;
}

}  // namespace

SupplyNetwork network_of(const MapIndex& index, std::span<const ItemIndex> from, Follow follow) {
    Walk walk(index);
    walk.begin(from);
    walk.follow(Side::below);
    if (follow == Follow::needs_and_users) {
        walk.follow(Side::above);
    }
    SupplyNetwork network;
    const model::SupplyMap& map = index.map();
    for (std::uint32_t n = 0; n < map.needs.size(); ++n) {
        if (walk.has(map.needs[n].input) && walk.has(map[map.needs[n].group].item)) {
            network.needs.push_back(n);
        }
    }
    network.items = std::move(walk).sorted();
    return network;
}

SupplyPicture
picture_supply(const MapIndex& index, model::ItemIndex item, const Viewpoint& viewpoint) {
    SupplyPicture picture;
    picture.supplies = index.supplies_seen(item, viewpoint);
    const SupplyByOrigin supply = supply_by_origin(index, picture.supplies, viewpoint);
    picture.known_share = std::min(1.0, supply.known_likely);
    picture.inside_share = std::min(1.0, supply.inside_likely);
    if (supply.known_likely > 0.0) {
        double squares = 0.0;
        for (const OriginSupply& origin : supply.origins) {
            squares += origin.likely * origin.likely;
        }
        picture.concentration = squares;
    }
    picture.largest = largest_outside(supply);
    picture.origins = largest_first(supply.origins);
    return picture;
}

}  // namespace adic::supply
