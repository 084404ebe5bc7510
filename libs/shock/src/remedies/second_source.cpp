#include "adic/shock/remedies/second_source.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

namespace adic::shock {
namespace {

using model::ItemIndex;
using model::StateIndex;
using supply::MapIndex;
using supply::Viewpoint;

constexpr std::size_t heading_digits = 4;

std::set<std::string_view> headings_of(const model::SupplyMap& map, ItemIndex item) {
    std::set<std::string_view> headings;
    for (const model::ItemCode& code : map.codes) {
        if (code.item == item && code.scheme == "HS" && code.code.size() > heading_digits) {
            headings.insert(std::string_view{code.code}.substr(0, heading_digits));
        }
    }
    return headings;
}

/// What the item is made of; equipment is not what it is made of.
std::set<ItemIndex> inputs_of(const MapIndex& index, ItemIndex item) {
    std::set<ItemIndex> inputs;
    for (const std::uint32_t group : index.groups_of(item)) {
        if (index.map().groups[group].role == model::Role::consumed) {
            for (const std::uint32_t need : index.needs_of(model::GroupIndex{group})) {
                inputs.insert(index.map().needs[need].input);
            }
        }
    }
    return inputs;
}

/// Gathers the strongest reason for each state inside.
class Candidates {
  public:
    Candidates(const MapIndex& index, const Viewpoint& viewpoint)
        : index_(index)
        , viewpoint_(viewpoint) {}

    void add_suppliers_of(ItemIndex item, SourceEvidence evidence) {
        for (const std::uint32_t row : index_.supplies_of(item)) {
            const model::Supply& supply = index_.map().supplies[row];
            if (supply.origin) {
                const auto share =
                    supply.share ? std::optional{supply.share->likely()} : std::nullopt;
                add({*supply.origin, evidence, item, share});
            }
        }
    }

    void add_producers_of(ItemIndex item) {
        for (const std::uint32_t row : index_.trades_of(item)) {
            const model::Trade& trade = index_.map().trades[row];
            if (trade.flow == model::Flow::production && trade.amount.high() > 0.0) {
                add({trade.state, SourceEvidence::produces_it, item, {}});
            }
        }
    }

    std::vector<SecondSource> sorted() && {
        std::ranges::sort(found_, [](const SecondSource& a, const SecondSource& b) {
            return rank_of(a) < rank_of(b);
        });
        return std::move(found_);
    }

  private:
    static std::tuple<SourceEvidence, double, StateIndex, ItemIndex> rank_of(
        const SecondSource& source
    ) {
        return {source.evidence, -source.share.value_or(0.0), source.state, source.by};
    }

    void add(const SecondSource& source) {
        // A supplier of nothing is no evidence.
        if (!viewpoint_.is_inside(source.state) || source.share == 0.0) {
            return;
        }
        const auto known = std::ranges::find(found_, source.state, &SecondSource::state);
        if (known == found_.end()) {
            found_.push_back(source);
        } else if (rank_of(source) < rank_of(*known)) {
            *known = source;
        }
    }

    const MapIndex& index_;
    const Viewpoint& viewpoint_;
    std::vector<SecondSource> found_;
};

}  // namespace

std::vector<SecondSource>
list_second_sources(const MapIndex& index, const Viewpoint& viewpoint, ItemIndex item) {
    const model::SupplyMap& map = index.map();
    Candidates candidates(index, viewpoint);
    candidates.add_suppliers_of(item, SourceEvidence::supplies_it);
    candidates.add_producers_of(item);
    const auto headings = headings_of(map, item);
    const auto inputs = inputs_of(index, item);
    std::set<ItemIndex> alike;
    for (const model::ItemCode& code : map.codes) {
        if (code.item != item && code.scheme == "HS" && code.code.size() > heading_digits
            && headings.contains(std::string_view{code.code}.substr(0, heading_digits))) {
            alike.insert(code.item);
        }
    }
    for (const ItemIndex other : alike) {
        candidates.add_suppliers_of(other, SourceEvidence::same_heading);
    }
    if (!inputs.empty()) {
        for (std::uint32_t i = 0; i < map.items.size(); ++i) {
            const ItemIndex other{i};
            const auto others = inputs_of(index, other);
            const auto common = std::ranges::count_if(inputs, [&](ItemIndex input) {
                return others.contains(input);
            });
            if (other != item && 2 * static_cast<std::size_t>(common) >= inputs.size()) {
                candidates.add_suppliers_of(other, SourceEvidence::same_inputs);
            }
        }
    }
    return std::move(candidates).sorted();
}

}  // namespace adic::shock
