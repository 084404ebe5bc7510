#include "dynamics/maps.hpp"

#include <algorithm>

namespace adic::shock::test {
namespace {

constexpr model::ProvenanceIndex unsaid{0};

}  // namespace

MapMaker::MapMaker(std::uint32_t items, std::uint32_t states) {
    for (std::uint32_t i = 0; i < items; ++i) {
        const std::string id = "i" + std::to_string(i);
        map_.items.add({id, id, model::ItemKind::component, "piece", 0, {}, {}, unsaid});
    }
    for (std::uint32_t s = 0; s < states; ++s) {
        const std::string id = "s" + std::to_string(s);
        map_.states.add({id, id});
    }
}

void MapMaker::add_needs(std::uint32_t item, const Needs& needs) {
    const model::GroupIndex group{static_cast<std::uint32_t>(map_.groups.size())};
    map_.groups.push_back(
        {model::ItemIndex{item},
         "g" + std::to_string(group.value()),
         needs.take,
         needs.role,
         needs.essential}
    );
    for (const std::uint32_t input : needs.inputs) {
        map_.needs.push_back(
            {group, model::ItemIndex{input}, {}, Estimate::exactly(needs.value_share), unsaid}
        );
    }
}

void MapMaker::add_supply(std::uint32_t item, std::uint32_t state, std::optional<Estimate> share) {
    map_.supplies.push_back(
        {model::ItemIndex{item}, model::StateIndex{state}, {}, {}, share, {}, {}, {}, unsaid}
    );
}

void MapMaker::add_stock(std::uint32_t item, std::uint32_t state, double days) {
    map_.stocks.push_back(
        {model::ItemIndex{item},
         model::StateIndex{state},
         {},
         Estimate::exactly(days),
         "days",
         unsaid}
    );
}

MapMaker random_map(std::uint64_t seed, const RandomMapOptions& options) {
    RandomStream random(seed, 0);
    const auto items = static_cast<std::uint32_t>(3 + random.below(9));
    MapMaker made(items, 5);
    for (std::uint32_t item = 0; item < items; ++item) {
        for (std::uint64_t g = random.below(4); g > 0; --g) {
            const std::uint32_t first = options.circles ? 0 : item + 1;
            if (first >= items) {
                continue;
            }
            Needs needs;
            for (std::uint64_t n = 1 + random.below(3); n > 0; --n) {
                needs.inputs.push_back(
                    static_cast<std::uint32_t>(first + random.below(items - first))
                );
            }
            std::ranges::sort(needs.inputs);
            needs.inputs.erase(
                std::unique(needs.inputs.begin(), needs.inputs.end()),
                needs.inputs.end()
            );
            const auto count = static_cast<std::uint32_t>(needs.inputs.size());
            needs.take =
                options.choices ? 1 + static_cast<std::uint32_t>(random.below(count)) : count;
            needs.role = random.below(4) == 0 ? model::Role::equipment : model::Role::consumed;
            needs.essential = random.below(4) == 0 ? model::Essential::no : model::Essential::yes;
            made.add_needs(item, needs);
        }
        double left = 1;
        for (std::uint32_t state = 0; state < 5; ++state) {
            if (random.below(2) == 0) {
                const double share = random.below(3) == 0 ? left : left * random.uniform();
                const double low = options.vague_shares ? share * random.uniform() : share;
                const bool said = !options.vague_shares || random.below(5) != 0;
                left -= said ? share : 0.0;
                made.add_supply(
                    item,
                    state,
                    said ? std::optional{*Estimate::create(low, share, share)} : std::nullopt
                );
            }
        }
    }
    return made;
}

supply::Viewpoint first_state(const model::SupplyMap& map) {
    return *supply::parse_viewpoint(map, "s0");
}

std::vector<model::ItemIndex> all_items(const model::SupplyMap& map) {
    std::vector<model::ItemIndex> items;
    for (std::uint32_t i = 0; i < map.items.size(); ++i) {
        items.emplace_back(i);
    }
    return items;
}

ItemDynamicsOptions random_paces(const model::SupplyMap& map, std::uint64_t seed, bool surge) {
    RandomStream random(seed, 1);
    ItemDynamicsOptions options;
    for (std::uint32_t i = 0; i < map.items.size(); ++i) {
        ItemPace pace;
        pace.cover_days = random.below(3) == 0 ? 0.0 : 40 * random.uniform();
        pace.lead_weeks = static_cast<std::uint32_t>(random.below(4));
        pace.reorder_weeks = 1 + 5 * random.uniform();
        pace.surge = surge ? random.uniform() : 0.0;
        pace.ramp_weeks = 10 * random.uniform();
        pace.equipment_weeks = 1 + 100 * random.uniform();
        pace.spare_weeks = 5 * random.uniform();
        options.paces.push_back(pace);
        options.added_store_weeks.push_back(random.below(3) == 0 ? 5 * random.uniform() : 0.0);
    }
    return options;
}

ItemCourse random_course(const ItemNetwork& network, std::uint64_t seed, std::uint32_t weeks) {
    RandomStream random(seed, 2);
    ItemCourse course;
    course.weeks = weeks;
    course.alarm_week = 3;
    for (std::uint32_t node = 0; node < network.size(); ++node) {
        if (random.below(2) == 0) {
            continue;
        }
        std::vector<double> part(weeks, 1.0);
        for (std::uint64_t events = 1 + random.below(2); events > 0; --events) {
            const auto first = static_cast<std::uint32_t>(random.below(weeks));
            const auto last = std::min<std::uint32_t>(
                weeks,
                first + static_cast<std::uint32_t>(random.below(20))
            );
            const double left = random.below(3) == 0 ? 0.0 : random.uniform();
            for (std::uint32_t week = first; week < last; ++week) {
                part[week] *= left;
            }
        }
        course.supplies.push_back({node, part});
        if (random.below(4) == 0) {
            course.store_losses.push_back(
                {static_cast<std::uint32_t>(random.below(weeks)), node, random.uniform()}
            );
        }
    }
    std::ranges::stable_sort(course.store_losses, {}, [](const StoreLoss& loss) {
        return std::pair{loss.week, loss.node};
    });
    return course;
}

}  // namespace adic::shock::test
