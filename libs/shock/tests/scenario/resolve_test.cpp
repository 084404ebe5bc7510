#include "adic/shock/scenario/resolve.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using model::ShockKind;
using testing::HasSubstr;

constexpr double rounding = 1e-12;
constexpr model::ProvenanceIndex unsaid{0};

model::ScenarioFigure figure(double value) {
    return {Estimate::exactly(value)};
}

/// Ore and oil come from MINE and FARM, magnets are made of ore, motors half of magnets. The buyers
/// are EAST and WEST, together the bloc BUY; EAST mines a little ore itself.
class Resolve : public testing::Test {
  protected:
    Resolve() {
        for (const char* id : {"MINE", "FARM", "EAST", "WEST"}) {
            map_.states.add({id, id});
        }
        map_.blocs.add({"BUY", "Buyers", {state("EAST"), state("WEST")}});
        map_.organisations.add({"pit", "The Pit", state("MINE"), unsaid});
        for (const char* id : {"ore", "magnet", "motor", "oil"}) {
            map_.items.add({id, id, model::ItemKind::material, "t", 0, {}, {}, unsaid});
        }
        map_.codes = {{item("ore"), "HS", "250410", unsaid}, {item("oil"), "HS", "270900", unsaid}};
        map_.groups = {
            {item("magnet"), "ore", 1, model::Role::consumed, model::Essential::yes},
            {item("motor"), "magnet", 1, model::Role::consumed, model::Essential::yes}};
        map_.needs = {
            {model::GroupIndex{0}, item("ore"), {}, Estimate::exactly(0.4), unsaid},
            {model::GroupIndex{1}, item("magnet"), {}, Estimate::exactly(0.5), unsaid}};
        supply("ore", "MINE", 0.75);
        supply("ore", "EAST", 0.25);
        supply("magnet", "FARM", 1);
        supply("motor", "FARM", 1);
        supply("oil", "FARM", 0.6);
        supply("oil", nullptr, 0.4);
        map_.stocks = {
            {item("oil"), state("EAST"), {}, Estimate::exactly(5), "t", unsaid},
            {item("oil"), model::BlocIndex{0}, {}, Estimate::exactly(5), "t", unsaid}};
        routes_ = model::SeaRoutes(
            {{"strait", "Strait"}, {"canal", "Canal"}, {"bay", "Bay"}},
            {{"FARM",
              "EAST",
              5,
              {{"strait", Estimate::exactly(0.5), 4}, {"canal", Estimate::exactly(0.2), {}}}},
             {"FARM", "WEST", 5, {{"strait", Estimate::exactly(1), 2}}}}
        );
        index_ = std::make_unique<supply::MapIndex>(map_);
        scenario_ = {
            .id = "test",
            .title = "Test",
            .start = {},
            .horizon_days = 365,
            .events = {},
            .causes = {}};
    }

    model::StateIndex state(const char* id) const { return *map_.states.find(id); }

    model::ItemIndex item(const char* id) const { return *map_.items.find(id); }

    void supply(const char* what, const char* origin, double share) {
        model::Supply row{
            .item = item(what),
            .origin = {},
            .organisation = {},
            .market = {},
            .share = Estimate::exactly(share),
            .capacity = {},
            .capacity_unit = {},
            .trade_restriction = {},
            .provenance = unsaid};
        if (origin != nullptr) {
            row.origin = state(origin);
        }
        map_.supplies.push_back(row);
    }

    model::ShockEvent& add(ShockKind kind, model::ShockTarget target) {
        model::ShockEvent event{
            .id = "e" + std::to_string(scenario_.events.size()),
            .kind = kind,
            .target = {}};
        event.target = std::move(target);
        if (kind == ShockKind::capacity_loss || kind == ShockKind::stock_loss) {
            event.severity = figure(0.5);
        }
        if (kind == ShockKind::export_control) {
            event.control = model::ExportControl{};
        }
        if (kind == ShockKind::tariff) {
            event.rate = figure(0.1);
        }
        scenario_.events.push_back(std::move(event));
        return scenario_.events.back();
    }

    Result<ResolvedScenario> answer(const char* buyer = "BUY", const ResolveOptions& options = {})
        const {
        return resolve(scenario_, *index_, routes_, *supply::parse_viewpoint(map_, buyer), options);
    }

    ResolvedScenario resolved(const char* buyer = "BUY", const ResolveOptions& options = {}) const {
        auto made = answer(buyer, options);
        EXPECT_TRUE(made) << (made ? "" : made.error().message);
        return *std::move(made);
    }

    std::string refusal() const {
        const auto made = answer();
        return made ? "" : made.error().message;
    }

    /// "ore MINE 1" for each effect, with the likely part.
    std::vector<std::string> hits(const ResolvedScenario& scenario) const {
        std::vector<std::string> all;
        for (const SupplyEffect& effect : scenario.supply_effects) {
            const model::Supply& row = map_.supplies[effect.supply];
            std::string text =
                map_.items[row.item].id + " " + (row.origin ? map_.states[*row.origin].id : "?");
            all.push_back(text + " " + std::to_string(effect.part.likely()).substr(0, 5));
            EXPECT_THAT(effect.reason, HasSubstr(map_.items[row.item].id));
        }
        return all;
    }

    using Hits = std::vector<std::string>;

    model::SupplyMap map_;
    model::SeaRoutes routes_;
    std::unique_ptr<supply::MapIndex> index_;
    model::Scenario scenario_;
};

TEST_F(Resolve, HitsWhatSatisfiesEveryListOfTheTarget) {
    add(ShockKind::halt, {.origins = {"FARM"}});
    EXPECT_EQ(hits(resolved()), (Hits{"magnet FARM 1.000", "motor FARM 1.000", "oil FARM 1.000"}));
    scenario_.events.clear();
    add(ShockKind::halt, {.origins = {"FARM"}, .items = {.ids = {"oil", "ore"}}});
    EXPECT_EQ(hits(resolved()), (Hits{"oil FARM 1.000"}));
    scenario_.events.clear();
    add(ShockKind::halt, {.origins = {"BUY"}, .items = {.codes = {{"HS", "2504"}}}});
    EXPECT_EQ(hits(resolved()), (Hits{"ore EAST 1.000"}));
}

TEST_F(Resolve, HitsAnItemWhoeverSuppliesItAndWhatNoRowRecords) {
    add(ShockKind::halt, {.items = {.codes = {{"HS", ""}}}});
    const ResolvedScenario made = resolved();
    EXPECT_EQ(
        hits(made),
        (Hits{"ore MINE 1.000", "ore EAST 1.000", "oil FARM 1.000", "oil ? 1.000"})
    );
    ASSERT_EQ(made.item_effects.size(), 2U);
    EXPECT_EQ(made.item_effects[0].item, item("ore"));
    EXPECT_EQ(made.events[0].touched, 6U);
}

TEST_F(Resolve, LetsWhatAStateMakesFreeForItself) {
    add(ShockKind::export_control, {.origins = {"EAST"}, .items = {.ids = {"ore"}}});
    EXPECT_EQ(hits(resolved("EAST")), Hits{});
    EXPECT_EQ(hits(resolved("WEST")), Hits{"ore EAST 1.000"});
    scenario_.events[0].kind = ShockKind::halt;
    scenario_.events[0].control.reset();
    EXPECT_EQ(hits(resolved("EAST")), Hits{"ore EAST 1.000"}) << "works that stand still";
}

TEST_F(Resolve, ReachesDestinationsThatAreNamedAndNotExempt) {
    model::ShockEvent& event = add(ShockKind::export_control, {.origins = {"MINE"}});
    EXPECT_EQ(hits(resolved()), Hits{"ore MINE 1.000"});
    event.control->exempt = {"WEST"};
    EXPECT_EQ(hits(resolved()), Hits{"ore MINE 0.500"});
    EXPECT_EQ(hits(resolved("WEST")), Hits{});
    event.control->destinations = {"FARM"};
    EXPECT_EQ(hits(resolved()), Hits{});
}

TEST_F(Resolve, BoundsWhatNobodyKnowsOfThePurchases) {
    add(ShockKind::export_control, {.origins = {"MINE"}}).control->destinations = {"WEST"};
    EXPECT_EQ(resolved().supply_effects[0].part, *Estimate::create(0, 0.5, 1));
    const ResolveOptions options{.destinations = {{state("EAST"), 3}, {state("WEST"), 1}}};
    EXPECT_EQ(resolved("BUY", options).supply_effects[0].part, Estimate::exactly(0.25));
}

TEST_F(Resolve, ReachesGoodsMadeElsewhereByTheirContent) {
    // Ore: 0.75 from MINE. Magnets: 0.4 * 0.75 = 0.3. Motors: 0.5 * 0.3 = 0.15. Oil: nothing.
    model::ShockEvent& event =
        add(ShockKind::export_control, {.origins = {"MINE"}, .items = {.ids = {"ore"}}});
    const std::vector<std::pair<double, Hits>> cases{
        {0.31, {"ore MINE 1.000"}},
        {0.30, {"ore MINE 1.000", "magnet FARM 1.000"}},
        {0.15, {"ore MINE 1.000", "magnet FARM 1.000", "motor FARM 1.000"}},
        {0.00, {"ore MINE 1.000", "magnet FARM 1.000", "motor FARM 1.000"}},
    };
    for (const auto& [part, expected] : cases) {
        event.control->de_minimis = part - 1e-9 > 0 ? part - 1e-9 : 0;
        EXPECT_EQ(hits(resolved()), expected) << part;
    }
    // With magnets controlled too: c = 0.3 of a magnet that MINE has no share of; the same.
    event.target.items.ids.push_back("magnet");
    event.control->de_minimis = 0.15 - 1e-9;
    EXPECT_EQ(hits(resolved()), cases[2].second);
    EXPECT_EQ(resolved().supply_effects[2].reach, Reach::re_export);
    EXPECT_THAT(resolved().supply_effects[2].reason, HasSubstr("15 %"));
}

TEST_F(Resolve, CountsControlledContentOnce) {
    // A fifth of the magnets is from MINE, the rest has 0.3 of its ore: 0.2 + 0.8 * 0.3 = 0.44, so
    // motors have 0.22; counted twice it would be 0.25.
    map_.supplies[2].share = Estimate::exactly(0.8);
    supply("magnet", "MINE", 0.2);
    index_ = std::make_unique<supply::MapIndex>(map_);
    model::ShockEvent& event =
        add(ShockKind::export_control, {.origins = {"MINE"}, .items = {.ids = {"ore", "magnet"}}});
    event.control->de_minimis = 0.23;
    EXPECT_EQ(hits(resolved()), (Hits{"ore MINE 1.000", "magnet FARM 1.000", "magnet MINE 1.000"}));
    event.control->de_minimis = 0.21;
    EXPECT_THAT(hits(resolved()), testing::Contains("motor FARM 1.000"));
}

TEST_F(Resolve, SendsRoundWhatCanGoRoundAndLosesTheRest) {
    add(ShockKind::halt, {.items = {.ids = {"oil"}}, .chokepoints = {"strait"}});
    const ResolvedScenario made = resolved();
    // East 0.5, west 1, likely alike: 0.75, and (0.5*0.5*4 + 0.5*1*2) / 0.75 days.
    ASSERT_EQ(made.supply_effects.size(), 1U);
    EXPECT_EQ(made.supply_effects[0].part, *Estimate::create(0.5, 0.75, 1));
    EXPECT_NEAR(*made.supply_effects[0].detour_days, 2 / 0.75, rounding);
    EXPECT_EQ(made.supply_effects[0].reach, Reach::passage);
    EXPECT_THAT(texts_of(made.notes), testing::Contains(HasSubstr("no origin")));

    scenario_.events[0].target.chokepoints = {"strait", "canal"};
    const ResolvedScenario both = resolved("EAST");
    // East: strait 0.5 and canal 0.2: from 0.5 to 0.7, by chance 0.6; the canal has no way round.
    ASSERT_EQ(both.supply_effects.size(), 1U);
    EXPECT_NEAR(both.supply_effects[0].part.low(), 0.5, rounding);
    EXPECT_NEAR(both.supply_effects[0].part.likely(), 0.6, rounding);
    EXPECT_NEAR(both.supply_effects[0].part.high(), 0.7, rounding);
    EXPECT_FALSE(both.supply_effects[0].detour_days.has_value());
}

TEST_F(Resolve, ShipsNeitherSignalsNorPrograms) {
    map_.items.add({"signal", "signal", model::ItemKind::service, "hour", 0, {}, {}, unsaid});
    supply("signal", "FARM", 1);
    index_ = std::make_unique<supply::MapIndex>(map_);
    add(ShockKind::halt, {.chokepoints = {"strait"}});
    EXPECT_EQ(hits(resolved()), (Hits{"magnet FARM 0.750", "motor FARM 0.750", "oil FARM 0.750"}));
    scenario_.events[0].target = {.origins = {"FARM"}, .items = {.ids = {"signal"}}};
    EXPECT_EQ(hits(resolved()), Hits{"signal FARM 1.000"});
}

TEST_F(Resolve, SaysWhichWaysNobodyHasLookedAt) {
    add(ShockKind::halt, {.origins = {"MINE"}, .chokepoints = {"strait"}});
    const ResolvedScenario made = resolved();
    EXPECT_EQ(made.events[0].touched, 0U);
    EXPECT_THAT(texts_of(made.notes), testing::Contains(HasSubstr("MINE to EAST")));
    EXPECT_THAT(texts_of(made.notes), testing::Contains(HasSubstr("touches nothing")));
}

TEST_F(Resolve, FollowsRoutesFromEndToEnd) {
    add(ShockKind::halt, {.routes = {{"FARM", "WEST"}}});
    EXPECT_EQ(hits(resolved()), (Hits{"magnet FARM 0.500", "motor FARM 0.500", "oil FARM 0.500"}));
    scenario_.events[0].target.routes = {{"", "BUY"}};
    EXPECT_EQ(
        hits(resolved()),
        (Hits{
            "ore MINE 1.000",
            "ore EAST 0.500",
            "magnet FARM 1.000",
            "motor FARM 1.000",
            "oil FARM 1.000"})
    );
}

TEST_F(Resolve, DestroysStocksByTheirHolders) {
    add(ShockKind::stock_loss, {.origins = {"EAST"}});
    const ResolvedScenario made = resolved();
    ASSERT_EQ(made.stock_effects.size(), 2U);
    EXPECT_EQ(made.stock_effects[0].part, Estimate::exactly(1));
    EXPECT_EQ(made.stock_effects[1].part, *Estimate::create(0, 0.5, 1)) << "where in the bloc?";
}

TEST_F(Resolve, RefusesTargetsThatAreNotThereWithTheReason) {
    const std::vector<std::pair<model::ShockTarget, const char*>> cases{
        {{.origins = {"MINES"}}, "'MINES' is no state or bloc of the map; did you mean 'MINE'?"},
        {{.organisations = {"pot"}}, "'pot' is no organisation of the map; did you mean 'pit'?"},
        {{.items = {.ids = {"tin"}}}, "'tin' is no item of the map"},
        {{.items = {.codes = {{"HS", "99"}}}}, "no item of the map is on its list"},
        {{.chokepoints = {"streit"}}, "no chokepoint of the sea routes; did you mean 'strait'?"},
        {{.chokepoints = {"bay"}}, "the chokepoint 'bay' is on no sea route"},
        {{.organisations = {"pit"}}, "no supply of the map has such"},
        {{}, "names nothing"},
    };
    for (const auto& [target, reason] : cases) {
        scenario_.events.clear();
        add(ShockKind::halt, target);
        EXPECT_THAT(refusal(), HasSubstr(reason));
    }
    scenario_.events.clear();
    add(ShockKind::halt, {.origins = {"FARM"}});
    const auto nobody = answer("nobody");
    ASSERT_FALSE(nobody);
    EXPECT_THAT(nobody.error().message, HasSubstr("nobody is inside"));
}

TEST_F(Resolve, NotesATargetThatMayMiss) {
    add(ShockKind::halt, {.items = {.ids = {"tin"}}}).may_miss = true;
    const ResolvedScenario made = resolved();
    EXPECT_EQ(made.events[0].touched, 0U);
    EXPECT_THAT(texts_of(made.notes), testing::Contains(HasSubstr("'tin' is no item")));
}

TEST_F(Resolve, ReportsAllReasonsAtOnce) {
    add(ShockKind::halt, {.origins = {"X"}, .chokepoints = {"y"}});
    add(ShockKind::halt, {.organisations = {"z"}});
    EXPECT_THAT(refusal(), testing::AllOf(HasSubstr("'X'"), HasSubstr("'y'"), HasSubstr("'z'")));
}

TEST_F(Resolve, GivesProbabilitiesOverTheHorizonAndByCause) {
    for (int i = 0; i < 4; ++i) {
        add(ShockKind::halt, {.origins = {"FARM"}});
    }
    scenario_.horizon_days = 730;
    scenario_.events[0].probability = figure(0.2);
    scenario_.events[2].probability = figure(0.19);
    scenario_.events[3].probability = figure(0.1);
    scenario_.events[3].per = model::ProbabilitySpan::year;
    scenario_.causes = {
        {.id = "cause",
         .probability = figure(0.4),
         .correlation = {},
         .members = {{"e0", {}}, {"e1", figure(0.25)}}},
        {.id = "pair",
         .probability = {},
         .correlation = figure(0.3),
         .members = {{"e2", {}}, {"e3", {}}}}};
    const ResolvedScenario made = resolved();
    ASSERT_EQ(made.groups.size(), 2U);
    EXPECT_EQ(made.groups[0].members[0].conditional, Estimate::exactly(0.5)) << "0.2 / 0.4";
    EXPECT_NEAR(made.events[1].probability.likely(), 0.1, rounding) << "0.4 * 0.25";
    EXPECT_NEAR(made.events[3].probability.likely(), 0.19, 1e-3) << "1 - 0.9^2, nearly";
    EXPECT_EQ(made.groups[1].correlation, Estimate::exactly(0.3));
    EXPECT_EQ(made.events[2].group, 1U);
}

}  // namespace
}  // namespace adic::shock
