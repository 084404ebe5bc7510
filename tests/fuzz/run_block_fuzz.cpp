#include "adic/shock/montecarlo/montecarlo.hpp"

#include "fuzz.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace {

using namespace adic;

constexpr model::ProvenanceIndex unsaid{0};

/// One item of one foreign supplier.
model::SupplyMap make_map() {
    model::SupplyMap map;
    map.states.add({"AAA", "A"});
    map.states.add({"BBB", "B"});
    map.items.add({"part", "Part", model::ItemKind::component, "piece", 0, {}, {}, unsaid});
    map.supplies.push_back(
        {model::ItemIndex{0},
         model::StateIndex{1},
         {},
         {},
         Estimate::exactly(1),
         {},
         {},
         {},
         unsaid}
    );
    return map;
}

/// The supplier may stop for one week of three.
shock::ItemMonteCarlo make_problem(const supply::MapIndex& index) {
    const auto viewpoint = *supply::parse_viewpoint(index.map(), "AAA");
    const std::array targets{model::ItemIndex{0}};
    const auto network = *shock::ItemNetwork::create(index, viewpoint, targets);
    shock::ResolvedScenario scenario{};
    scenario.horizon_days = 21;
    model::ShockEvent event{.id = "e", .kind = model::ShockKind::halt, .target = {}};
    event.duration_days = model::ScenarioFigure{Estimate::exactly(7)};
    scenario.events.push_back({event, Estimate::exactly(0.5), {}, 1});
    scenario.supply_effects.push_back({0, 0, Estimate::exactly(1), {}, shock::Reach::named, {}});
    return *shock::ItemMonteCarlo::create(network, scenario);
}

}  // namespace

/// What was read as a block is written as the same bytes, and can be summed up.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const model::SupplyMap map = make_map();
    static const supply::MapIndex index(map);
    static const shock::ItemMonteCarlo runs = make_problem(index);
    const std::string bytes{fuzz::text_of(data, size)};
    if (const auto block = shock::parse_run_block(runs, bytes)) {
        fuzz::require(shock::to_bytes(*block) == bytes);
        shock::MonteCarloMerge merge(runs, {.runs = 64});
        fuzz::require(static_cast<bool>(merge.take(0, bytes)));
        fuzz::require(merge.summary().runs == 64);
    }
    return 0;
}
