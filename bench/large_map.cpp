#include "large_map.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <string>

namespace adic::bench {
namespace {

using model::ItemIndex;
using model::StateIndex;

constexpr std::uint32_t tiers = 10;
constexpr std::uint32_t circle = 2000;
constexpr model::ProvenanceIndex fact{0};

Estimate maybe_interval(RandomStream& random, double likely) {
    if (random.below(4) != 0) {
        return Estimate::exactly(likely);
    }
    return *Estimate::create(0.7 * likely, likely, std::min(1.0, 1.3 * likely));
}

class LargeMap {
  public:
    explicit LargeMap(const LargeMapOptions& options) : options_(options) {}

    model::SupplyMap build() && {
        add_catalogues();
        for (std::uint32_t item = 0; item < options_.items; ++item) {
            RandomStream random{options_.seed, item};
            add_needs(random, item);
            add_supplies(random, item);
        }
        return std::move(map_);
    }

  private:
    void add_catalogues() {
        (void)map_.sources.add({"made", "Made up", "adic", 2025, "CC0-1.0", "", ""});
        map_.provenances.push_back(
            {model::SourceIndex{0}, {}, model::Confidence::e, {}, "public", ""}
        );
        model::Bloc asean{"ASEAN", "ASEAN", {}};
        for (std::uint32_t s = 0; s < options_.states; ++s) {
            const std::string id = "S" + std::to_string(s);
            const auto state = map_.states.add({id, id});
            if (s < 11) {
                asean.members.push_back(*state);
            }
        }
        (void)map_.blocs.add(std::move(asean));
        for (std::uint32_t i = 0; i < options_.items; ++i) {
            const std::string id = "I" + std::to_string(i);
            const auto kind = i + circle >= options_.items ? model::ItemKind::material
                                                           : model::ItemKind::component;
            (void)map_.items.add({id, id, kind, "piece", 0, std::nullopt, "", fact});
        }
    }

    /// An item of a lower tier, or of the circle for the items in it.
    std::uint32_t input_of(RandomStream& random, std::uint32_t item) const {
        const std::uint32_t bottom = options_.items - circle;
        if (item >= bottom) {
            return bottom + static_cast<std::uint32_t>(random.below(circle));
        }
        const std::uint32_t tier_size = bottom / tiers + 1;
        const std::uint32_t next_tier = (item / tier_size + 1) * tier_size;
        const auto first = std::min(next_tier, bottom);
        const std::uint32_t reach = std::min(2 * tier_size, options_.items - first);
        return first + static_cast<std::uint32_t>(random.below(reach));
    }

    void add_needs(RandomStream& random, std::uint32_t item) {
        std::uint32_t links = 0;
        const double share = 0.7 / options_.links_per_item;
        while (links < options_.links_per_item) {
            const std::uint32_t left = options_.links_per_item - links;
            const bool has_alternatives = random.below(8) == 0;
            const std::uint32_t alternatives =
                has_alternatives ? std::min(left, 2 + static_cast<std::uint32_t>(random.below(2)))
                                 : 1;
            const auto group = static_cast<std::uint32_t>(map_.groups.size());
            map_.groups.push_back(
                {ItemIndex{item},
                 "g" + std::to_string(links),
                 1,
                 model::Role::consumed,
                 model::Essential::yes}
            );
            const bool recorded = random.below(5) != 0;
            for (std::uint32_t a = 0; a < alternatives; ++a) {
                const bool neighbour =
                    links == 0 && item % 40 < 2 && item + circle < options_.items;
                const std::uint32_t input = neighbour ? item ^ 1U : input_of(random, item);
                std::optional<Estimate> value_share;
                if (recorded) {
                    value_share = maybe_interval(random, share * (0.5 + random.uniform()));
                }
                map_.needs.push_back(
                    {model::GroupIndex{group}, ItemIndex{input}, {}, value_share, fact}
                );
                ++links;
            }
        }
    }

    void add_supplies(RandomStream& random, std::uint32_t item) {
        const auto origins = 1 + static_cast<std::uint32_t>(random.below(6));
        double left = 1.0;
        for (std::uint32_t o = 0; o < origins; ++o) {
            const auto state =
                (static_cast<std::uint32_t>(random.below(options_.states)) / origins * origins + o)
                % options_.states;
            const double share = left * (0.3 + 0.6 * random.uniform());
            left -= share;
            std::optional<Estimate> recorded;
            if (random.below(10) != 0) {
                recorded = maybe_interval(random, share);
            }
            map_.supplies.push_back(
                {ItemIndex{item}, StateIndex{state}, {}, {}, recorded, {}, "", {}, fact}
            );
        }
    }

    LargeMapOptions options_;
    model::SupplyMap map_;
};

}  // namespace

model::SupplyMap large_map(const LargeMapOptions& options) {
    return LargeMap{options}.build();
}

}  // namespace adic::bench
