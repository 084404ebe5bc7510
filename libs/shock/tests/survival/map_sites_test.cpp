#include "adic/shock/survival/map_sites.hpp"

#include "adic/shock/survival/survival.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using model::ItemIndex;
using model::StateIndex;
using model::SubjectKind;
using model::SupplyMap;

/// A map that tests fill line by line; states and items come to be when they are named.
class MapMaker {
  public:
    MapMaker() {
        map.name = "test";
        map.provenances.push_back(
            {model::SourceIndex{0},
             *model::parse_period("2024"),
             model::Confidence::d,
             std::nullopt,
             "public",
             ""}
        );
        for (const char* state : {"IDN", "MYS"}) {
            members_.push_back(*map.states.add({state, state}));
        }
        (void)map.blocs.add({"ASEAN", "ASEAN", members_});
    }

    ItemIndex item(const std::string& id) {
        if (const auto known = map.items.find(id)) {
            return *known;
        }
        model::Item item{id, id, model::ItemKind::material, "t", 0, std::nullopt, "", here_};
        return *map.items.add(item);
    }

    StateIndex state(const std::string& id) {
        const auto known = map.states.find(id);
        return known ? *known : *map.states.add({id, id});
    }

    void needs(
        const std::string& user,
        const std::vector<std::string>& inputs,
        std::uint32_t take,
        model::Role role = model::Role::consumed
    ) {
        const model::GroupIndex group{static_cast<std::uint32_t>(map.groups.size())};
        map.groups.push_back({item(user), inputs.front(), take, role, model::Essential::yes});
        for (const std::string& input : inputs) {
            map.needs.push_back({group, item(input), std::nullopt, std::nullopt, here_});
        }
    }

    void supplied(const std::string& what, const std::string& from, Estimate share) {
        map.supplies.push_back(
            {item(what),
             state(from),
             std::nullopt,
             {},
             share,
             std::nullopt,
             "",
             std::nullopt,
             here_}
        );
    }

    void stored(
        const std::string& what,
        std::variant<StateIndex, model::BlocIndex> holder,
        double quantity,
        const std::string& unit
    ) {
        map.stocks.push_back(
            {item(what), holder, std::nullopt, Estimate::exactly(quantity), unit, here_}
        );
    }

    SupplyMap map;

    const model::BlocIndex asean{0};

  private:
    std::vector<StateIndex> members_;
    model::ProvenanceIndex here_{0};
};

Estimate exactly(double value) {
    return Estimate::exactly(value);
}

/// A radar of chips; gallium from CHN (0.9 to 1) and MYS.
MapMaker radar() {
    MapMaker maker;
    maker.needs("radar", {"chip"}, 1);
    maker.needs("chip", {"gallium"}, 1);
    maker.needs("chip", {"lathe"}, 1, model::Role::equipment);
    maker.supplied("radar", "IDN", exactly(1));
    maker.supplied("chip", "USA", exactly(0.5));
    maker.supplied("chip", "JPN", exactly(0.5));
    maker.supplied("gallium", "CHN", *Estimate::create(0.7, 0.8, 0.9));
    maker.supplied("gallium", "MYS", exactly(0.1));
    maker.stored("gallium", maker.asean, 40, "days");
    return maker;
}

MapSites sites_seen(
    const SupplyMap& map,
    const std::string& viewpoint,
    const std::vector<WantedItem>& wanted,
    const MapSitesOptions& options = {}
) {
    const supply::MapIndex index(map);
    const auto seen = supply::parse_viewpoint(map, viewpoint);
    auto sites = sites_of_map(index, *seen, wanted, options);
    EXPECT_TRUE(sites);
    EXPECT_TRUE(model::check_site_network(sites->network));
    return *std::move(sites);
}

const DisruptionImpact*
impact_of(const SurvivalAnalysis& analysis, const std::vector<Disruption>& all, const char* name) {
    const auto found = std::ranges::find(all, name, &Disruption::name);
    return found == all.end() ? nullptr
                              : &analysis.impacts[static_cast<std::size_t>(found - all.begin())];
}

TEST(SitesOfMap, CountsInDaysOfNormalUse) {
    MapMaker maker = radar();
    const MapSites sites = sites_seen(maker.map, "ASEAN", {{maker.item("radar")}});
    ASSERT_EQ(sites.items.size(), 3U);  // no lathe
    const auto all = list_disruptions(sites.network, SubjectKind::place);
    ASSERT_EQ(all.size(), 3U);  // USA, JPN, CHN; IDN and MYS are inside
    const auto analysis = analyse_survival(sites.network, all);
    ASSERT_TRUE(analysis);
    EXPECT_EQ(analysis->undisturbed.survives, Certainty::certain);
    // Gallium: 40 days in store; 0.8 of it from CHN: 40 / 0.8. At best 40 / 0.7. At worst 0.9 and
    // all that is not recorded, so that only the 0.1 of MYS is left.
    const DisruptionImpact* china = impact_of(*analysis, all, "place CHN");
    ASSERT_NE(china, nullptr);
    EXPECT_NEAR(china->survive_days.likely(), 50.0, 1e-9);
    EXPECT_NEAR(china->survive_days.high(), 40.0 / 0.7, 1e-9);
    EXPECT_NEAR(china->survive_days.low(), 40.0 / 0.9, 1e-9);
    EXPECT_EQ(china->at_risk, Certainty::certain);
    // 182 days: 0.8 a day is missing, less 40.
    EXPECT_NEAR(china->loss.likely(), 0.8 * 182 - 40, 1e-6);
    EXPECT_EQ(
        explain_binding(sites.network, *china),
        "gallium: 20 % of what is needed can still be had; the stocks of gallium (40 days) last 50 "
        "days."
    );
    const DisruptionImpact* japan = impact_of(*analysis, all, "place JPN");
    EXPECT_EQ(japan->survive_days.high(), 0.0);  // half the chips, none in store
    EXPECT_NEAR(japan->loss.likely(), 91.0, 1e-6);
    EXPECT_EQ(
        explain_binding(sites.network, *japan),
        "chip: 50 % of what is needed can still be had; without a stock, demand is not met from "
        "the "
        "first day."
    );
    EXPECT_EQ(list_at_risk(*analysis).size(), 3U);
    ASSERT_EQ(sites.notes.size(), 1U);
    EXPECT_EQ(sites.notes[0], "No stock is recorded of 2 of 3 items; none was counted.");
}

TEST(SitesOfMap, DividesWhatIsSharedAmongItsUses) {
    // Steel goes into hull and mast, and is wanted itself: a third each. A fifth of it is cut off.
    MapMaker maker;
    maker.needs("boat", {"hull"}, 1);
    maker.needs("boat", {"mast"}, 1);
    maker.needs("hull", {"steel"}, 1);
    maker.needs("mast", {"steel"}, 1);
    maker.supplied("steel", "CHN", exactly(0.2));
    maker.supplied("steel", "IDN", exactly(0.8));
    maker.stored("steel", maker.asean, 10, "days");
    const MapSites sites = sites_seen(
        maker.map,
        "ASEAN",
        {{maker.item("boat")}, {maker.item("steel"), exactly(1), exactly(5)}}
    );
    const auto all = list_disruptions(sites.network, SubjectKind::place);
    ASSERT_EQ(all.size(), 1U);
    const auto analysis = analyse_survival(sites.network, all);
    ASSERT_TRUE(analysis);
    EXPECT_EQ(analysis->undisturbed.survives, Certainty::certain);
    EXPECT_NEAR(analysis->impacts[0].survive_days.likely(), 50.0, 1e-9);
    // 0.2 a day is missing, less 10 in store. A unit of steel is worth 3 / 2 boats or 3 times 5.
    EXPECT_NEAR(analysis->impacts[0].loss.likely(), (0.2 * 182 - 10) * 1.5, 1e-6);
}

TEST(SitesOfMap, TakesCirclesOfItems) {
    MapMaker maker;
    maker.needs("steel", {"power"}, 1);
    maker.needs("power", {"steel"}, 1);
    maker.supplied("power", "CHN", exactly(1));
    maker.stored("power", maker.asean, 30, "days");
    const MapSites sites = sites_seen(maker.map, "ASEAN", {{maker.item("steel")}});
    const auto analysis =
        analyse_survival(sites.network, list_disruptions(sites.network, SubjectKind::place));
    ASSERT_TRUE(analysis);
    EXPECT_EQ(analysis->undisturbed.survives, Certainty::certain);
    EXPECT_GE(analysis->impacts[0].survive_days.likely(), 30.0);
}

TEST(SitesOfMap, LetsAnAlternativeCarryItsGroupAndDoubtsIt) {
    MapMaker maker;
    maker.needs("boat", {"diesel", "outboard"}, 1);
    maker.supplied("diesel", "DEU", exactly(1));
    maker.supplied("outboard", "JPN", exactly(1));
    maker.stored("boat", maker.asean, 20, "days");
    const MapSites sites = sites_seen(maker.map, "ASEAN", {{maker.item("boat")}});
    const auto analysis =
        analyse_survival(sites.network, list_disruptions(sites.network, SubjectKind::place));
    ASSERT_TRUE(analysis);
    EXPECT_EQ(analysis->undisturbed.survives, Certainty::certain);
    for (const DisruptionImpact& impact : analysis->impacts) {
        EXPECT_EQ(impact.survive_days.likely(), 10'000.0);
        EXPECT_NEAR(impact.survive_days.low(), 40.0, 1e-9);  // half a day's boats a day are made
        EXPECT_EQ(impact.survives, Certainty::possible);
    }
}

TEST(SitesOfMap, CountsStocksInsideAndSaysWhatItDoesNotCount) {
    MapMaker maker = radar();
    maker.stored("chip", maker.state("IDN"), 30, "days");   // one of two states
    maker.stored("chip", maker.state("USA"), 500, "days");  // not inside
    maker.stored("radar", maker.state("MYS"), 8, "t");      // use not known
    const MapSites sites = sites_seen(maker.map, "ASEAN", {{maker.item("radar")}});
    const auto all = list_disruptions(sites.network, SubjectKind::place);
    const auto analysis = analyse_survival(sites.network, all);
    const DisruptionImpact* japan = impact_of(*analysis, all, "place JPN");
    EXPECT_EQ(japan->survive_days.low(), 0.0);
    EXPECT_NEAR(japan->survive_days.likely(), 30.0, 1e-9);  // 15 days of all, at half a day a day
    EXPECT_NEAR(japan->survive_days.high(), 60.0, 1e-9);
    ASSERT_EQ(sites.notes.size(), 2U);
    EXPECT_NE(sites.notes[0].find("The stock of radar held by MYS"), std::string::npos);
    const MapSites more = sites_seen(
        maker.map,
        "ASEAN",
        {{maker.item("radar")}},
        {.normal_uses = {{maker.item("radar"), exactly(0.5)}}, .assumed_stock_days = exactly(1)}
    );
    const auto longer = analyse_survival(more.network, all);
    // 15 days of chips and 16 of radars; half of what is used is still made: (15 + 16) / 0.5.
    EXPECT_NEAR(impact_of(*longer, all, "place JPN")->survive_days.likely(), 62.0, 1e-9);
    EXPECT_TRUE(more.notes.empty());
}

TEST(SitesOfMap, TakesTheNewestRecoveryOfStateOrOrganisation) {
    MapMaker maker = radar();
    const auto record = [&](model::Subject subject, double days) {
        maker.map.recoveries.push_back({subject, exactly(days), model::ProvenanceIndex{0}});
    };
    record(maker.state("CHN"), 700);
    record(maker.state("CHN"), 500);
    record(maker.item("chip"), 60);
    const MapSites sites = sites_seen(maker.map, "ASEAN", {{maker.item("radar")}});
    const auto places = list_disruptions(sites.network, SubjectKind::place);
    const auto recovery = [&](const char* name) {
        return std::ranges::find(places, name, &Disruption::name)->recovery_days.likely();
    };
    EXPECT_EQ(recovery("place CHN"), 500.0);
    EXPECT_EQ(recovery("place JPN"), 60.0);
    const auto parts = list_disruptions(sites.network, SubjectKind::part);
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(parts[0].name, "part chip");
    EXPECT_EQ(parts[0].recovery_days.likely(), 60.0);
    EXPECT_EQ(parts[1].recovery_days.likely(), 500.0);
}

TEST(SitesOfMap, RefusesNothingAndTwice) {
    MapMaker maker = radar();
    const supply::MapIndex index(maker.map);
    const auto seen = supply::parse_viewpoint(maker.map, "ASEAN");
    const WantedItem wanted{maker.item("radar")};
    EXPECT_FALSE(sites_of_map(index, *seen, {}));
    EXPECT_FALSE(sites_of_map(index, *seen, std::vector{wanted, wanted}));
}

}  // namespace
}  // namespace adic::shock
