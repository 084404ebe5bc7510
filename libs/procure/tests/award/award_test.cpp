#include "adic/procure/award.hpp"

#include "award/award_tables.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace adic::procure {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::int64_t
ordered_from(const AwardProblem& problem, const AwardPlan& plan, std::string_view supplier) {
    std::int64_t pieces = 0;
    for (const AwardOrder& order : plan.bill.orders) {
        pieces += problem.suppliers[order.supplier].id == supplier ? order.pieces : 0;
    }
    return pieces;
}

/// 1000 pieces of one item from three suppliers with fixed costs, least orders and capacities.
/// Source of the figures: worked by hand. s1 and s3 at their limits cost 500 + 6000 + 800 + 3600.
Tables three_suppliers() {
    return {
        {"items.csv", "item\nradio\n"},
        {"suppliers.csv", "supplier\ns1\ns2\ns3\n"},
        {"demands.csv", "item,state,year,pieces\nradio,A,2027,700\nradio,B,2027,300\n"},
        {"offers.csv",
         "item,supplier,price,fixed_cost,least,capacity\n"
         "radio,s1,10,500,100,700\nradio,s2,11,200,100,500\nradio,s3,9,800,200,400\n"},
        {"rules.csv", "rule,item,value\nleast-suppliers,radio,2\nmost-share,radio,0.6\n"}};
}

TEST(Award, ChoosesSuppliersAsByHand) {
    const AwardProblem problem = problem_of(three_suppliers());
    const AwardPlan plan = plan_of(problem);
    EXPECT_EQ(plan.bill.total, 10'900'00);
    EXPECT_EQ(ordered_from(problem, plan, "s1"), 600);
    EXPECT_EQ(ordered_from(problem, plan, "s3"), 400);
}

TEST(Award, ChoosesAnotherPairAndAllThreeAsByHand) {
    Tables tables = three_suppliers();
    tables["rules.csv"] =
        "rule,item,supplier,value\nleast-suppliers,radio,,2\nmost-share,radio,,0.6\nveto,,s3,\n";
    EXPECT_EQ(plan_of(problem_of(tables)).bill.total, 11'100'00);
    tables["rules.csv"] = "rule,item,value\nleast-suppliers,radio,3\nmost-share,radio,0.6\n";
    EXPECT_EQ(plan_of(problem_of(tables)).bill.total, 11'200'00);
}

TEST(Award, SaysWhatEachDemandCosts) {
    const AwardPlan plan = plan_of(problem_of(three_suppliers()), true);
    ASSERT_EQ(plan.prices.size(), 1U);
    EXPECT_EQ(plan.prices[0].demand.text, "s3 delivers at most 400 of radio in a year");
    EXPECT_EQ(plan.prices[0].unit, "a piece");
    EXPECT_DOUBLE_EQ(plan.prices[0].price, 1.0);  // 10 instead of 9
    // Without it s3 may deliver 600 and s1 400: 800 + 5400 + 500 + 4000.
    EXPECT_EQ(plan.prices[0].without, 10'700'00);
}

/// Four lots, eight bids. X's hull and engine with Z's electronics: 58 + 17.
TEST(Award, DeterminesTheWinnersOfPackageBids) {
    const Tables tables{
        {"items.csv", "item\nhull\neng\nelec\n"},
        {"suppliers.csv", "supplier\nX\nY\nZ\n"},
        {"demands.csv", "item,state,year,pieces\nhull,A,2027,1\neng,A,2027,1\nelec,A,2027,1\n"},
        {"offers.csv",
         "item,supplier,price,capacity\n"
         "hull,X,40,1\neng,X,25,1\neng,Y,22,1\nelec,Y,18,1\nelec,Z,17,1\n"},
        {"packages.csv",
         "package,supplier,item,year,pieces,price\n"
         "x2,X,hull,2027,1,36\nx2,X,eng,2027,1,22\nz2,Z,eng,2027,1,20\nz2,Z,elec,2027,1,16\n"
         "x3,X,hull,2027,1,38\nx3,X,eng,2027,1,22\nx3,X,elec,2027,1,20\n"}};
    const AwardProblem problem = problem_of(tables);
    const AwardPlan plan = plan_of(problem);
    EXPECT_EQ(plan.bill.total, 75'00);
    EXPECT_THAT(plan.bill.packages, ElementsAre(0U));
    EXPECT_EQ(ordered_from(problem, plan, "Z"), 1);
}

/// Wagner and Whitin (1958), "Dynamic version of the economic lot size model", Management Science
/// 5(1), table 1: demands and set-up costs of twelve months, 1 for keeping a piece for a month. The
/// optimum is 864, ordered in months 1, 3, 5, 8, 10, 11. A month is a year here. As the set-up cost
/// differs by month, each month has a supplier of its own, whose share in all others is 0.
TEST(Award, SizesLotsAsWagnerAndWhitinDo) {
    const std::vector<int> demands{69, 29, 36, 61, 61, 26, 34, 67, 45, 67, 79, 56};
    const std::vector<int> set_up{85, 102, 102, 101, 98, 114, 105, 86, 119, 110, 98, 114};
    Tables tables{
        {"items.csv", "item,storage\npart,1\n"},
        {"suppliers.csv", "supplier\n"},
        {"demands.csv", "item,state,year,pieces\n"},
        {"offers.csv", "item,supplier,price,fixed_cost\n"},
        {"rules.csv", "rule,item,supplier,year,value\n"}};
    for (std::size_t m = 0; m < demands.size(); ++m) {
        tables["suppliers.csv"] += fmt::format("m{}\n", m + 1);
        tables["demands.csv"] += fmt::format("part,A,{},{}\n", 2001 + m, demands[m]);
        tables["offers.csv"] += fmt::format("part,m{},0,{}\n", m + 1, set_up[m]);
        for (std::size_t other = 0; other < demands.size(); ++other) {
            if (other != m) {
                tables["rules.csv"] +=
                    fmt::format("most-share,part,m{},{},0\n", m + 1, 2001 + other);
            }
        }
    }
    const AwardProblem problem = problem_of(tables);
    const AwardPlan plan = plan_of(problem);
    EXPECT_EQ(plan.bill.total, 864'00);
    std::vector<std::int64_t> lots;
    std::vector<std::int32_t> months;
    for (const AwardOrder& order : plan.bill.orders) {
        lots.push_back(order.pieces);
        months.push_back(order.year - 2000);
    }
    EXPECT_THAT(months, ElementsAre(1, 3, 5, 8, 10, 11));
    EXPECT_THAT(lots, ElementsAre(98, 97, 121, 112, 67, 135));
}

struct FacilityCase {
    std::string_view name;
    int fixed_cost;
    int capacity;          ///< of each facility
    std::int64_t optimum;  ///< in ten-thousandths
};

/// Facilities are suppliers with a fixed cost and a capacity; a customer is an item, whose pieces
/// cost what serving that much of its demand costs. An amount of 1 is 10,000 hundredths here.
Tables facility_tables(const FacilityCase& one) {
    constexpr std::size_t free_facility = 10;  // its fixed cost is 0
    Tables tables{
        {"items.csv", "item\n"},
        {"suppliers.csv", "supplier,fixed_cost,capacity\n"},
        {"demands.csv", "item,state,year,pieces\n"},
        {"offers.csv", "item,supplier,price\n"}};
    for (std::size_t f = 0; f < 16; ++f) {
        const int fixed = f == free_facility ? 0 : one.fixed_cost * 100;
        tables["suppliers.csv"] += fmt::format("f{},{},{}\n", f, fixed, one.capacity);
    }
    std::ifstream file(std::string(ADIC_TEST_DATA) + "/facility_location_costs.txt");
    std::string line;
    for (int customer = 0; std::getline(file, line); ++customer) {
        std::istringstream words(line);
        int demand = 0;
        words >> demand;
        tables["items.csv"] += fmt::format("c{}\n", customer);
        tables["demands.csv"] += fmt::format("c{},A,2027,{}\n", customer, demand);
        double cost = 0.0;
        for (std::size_t f = 0; words >> cost; ++f) {
            const auto unit = std::llround(cost * 10'000.0) / demand;
            tables["offers.csv"] +=
                fmt::format("c{},f{},{}.{:02}\n", customer, f, unit / 100, unit % 100);
        }
    }
    return tables;
}

/// OR-Library, capacitated warehouse location: Beasley (1988), "An algorithm for solving large
/// capacitated warehouse location problems", European Journal of Operational Research 33(3); data
/// and optima as published with it (MIT licence). All of these share one table of costs.
TEST(Award, LocatesFacilitiesAtThePublishedCost) {
    constexpr std::array cases{
        FacilityCase{"cap41", 7'500, 5'000, 10'404'443'750},
        FacilityCase{"cap51", 17'500, 10'000, 10'252'082'250},
        FacilityCase{"cap61", 7'500, 15'000, 9'326'157'500},
        FacilityCase{"cap62", 12'500, 15'000, 9'777'994'000},
        FacilityCase{"cap63", 17'500, 15'000, 10'140'620'500},
        FacilityCase{"cap71", 7'500, 58'268, 9'326'157'500},
        FacilityCase{"cap72", 12'500, 58'268, 9'777'994'000},
    };
    for (const FacilityCase& one : cases) {
        const AwardProblem problem = problem_of(facility_tables(one));
        AwardOptions options;
        options.with_prices = false;
        const auto outcome = award(problem, options);
        ASSERT_TRUE(outcome && std::holds_alternative<AwardPlan>(*outcome)) << one.name;
        const AwardPlan& plan = std::get<AwardPlan>(*outcome);
        EXPECT_EQ(plan.bill.total, one.optimum) << one.name;
        EXPECT_LE(plan.gap(), 1e-8) << one.name;
    }
}

/// The same instances item by item: within 1 % of what was published, and proven to be.
TEST(AwardInParts, LocatesFacilitiesCloseToThePublishedCost) {
    for (const FacilityCase& one :
         {FacilityCase{"cap51", 17'500, 10'000, 10'252'082'250},
          FacilityCase{"cap63", 17'500, 15'000, 10'140'620'500},
          FacilityCase{"cap72", 12'500, 58'268, 9'777'994'000}}) {
        AwardOptions options{.method = AwardMethod::in_parts, .relative_gap = 0.01};
        const auto outcome = award(problem_of(facility_tables(one)), options);
        ASSERT_TRUE(outcome && std::holds_alternative<AwardPlan>(*outcome)) << one.name;
        const AwardPlan& plan = std::get<AwardPlan>(*outcome);
        EXPECT_GE(plan.bill.total, one.optimum) << one.name;
        EXPECT_LE(plan.bound, one.optimum) << one.name;
        EXPECT_LE(plan.gap(), 0.01) << one.name;
        EXPECT_EQ(plan.is_solved_without, plan.gap() <= 1e-6) << one.name;
        for (const AwardPrice& price : plan.prices) {
            EXPECT_TRUE(plan.is_solved_without || !price.without) << price.demand.text;
        }
    }
}

/// The problem with only the plan's orders: how much is all that is left to decide.
AwardProblem settled_by(const AwardProblem& problem, const AwardPlan& plan) {
    AwardProblem settled = problem;
    std::erase_if(settled.offers, [&](const AwardOffer& offer) {
        return std::ranges::none_of(plan.bill.orders, [&](const AwardOrder& order) {
            return order.item == offer.item && order.supplier == offer.supplier;
        });
    });
    for (AwardSupplier& supplier : settled.suppliers) {
        supplier.fixed_cost = 0;
    }
    return settled;
}

/// One more of a supplier's capacity saves what planning again with it saves.
TEST(AwardInParts, PricesAUnitOfCapacityAsPlanningAgainDoes) {
    const AwardProblem problem = problem_of(facility_tables({"cap41", 7'500, 5'000, 0}));
    const auto outcome = award(problem, {.method = AwardMethod::in_parts, .relative_gap = 0.02});
    ASSERT_TRUE(outcome && std::holds_alternative<AwardPlan>(*outcome));
    const AwardPlan& plan = std::get<AwardPlan>(*outcome);
    AwardProblem settled = settled_by(problem, plan);
    const auto cost = [&] {
        return std::get<AwardPlan>(*award(settled, {.with_prices = false})).bill.total;
    };
    const Cents before = cost();
    std::size_t priced = 0;
    for (AwardSupplier& supplier : settled.suppliers) {
        const std::string demand =
            fmt::format("{} has a capacity of {} in a year", supplier.id, *supplier.capacity);
        const auto price = std::ranges::find(plan.prices, demand, [](const AwardPrice& one) {
            return one.demand.text;
        });
        if (price == plan.prices.end()) {
            continue;
        }
        ++priced;
        ++*supplier.capacity;
        const auto saved = static_cast<double>(before - cost());
        EXPECT_NEAR(price->price * 100.0, saved, 0.5) << demand;
        --*supplier.capacity;
    }
    EXPECT_GT(priced, 0U);
}

/// What ends the search is what it has tried, not the clock.
TEST(AwardInParts, FindsTheSamePlanHoweverMuchTimeIsLeft) {
    const AwardProblem problem = problem_of(facility_tables({"cap63", 17'500, 15'000, 0}));
    std::vector<AwardPlan> plans;
    for (const double limit_s : {300.0, 3'000.0}) {
        AwardOptions options{
            .method = AwardMethod::in_parts,
            .time_limit_s = limit_s,
            .relative_gap = 0.01};
        const auto outcome = award(problem, options);
        ASSERT_TRUE(outcome && std::holds_alternative<AwardPlan>(*outcome));
        plans.push_back(std::get<AwardPlan>(*outcome));
        EXPECT_FALSE(plans.back().is_out_of_time);
    }
    EXPECT_EQ(plans[0].deliveries, plans[1].deliveries);
    EXPECT_EQ(plans[0].bound, plans[1].bound);
}

/// Breaks 1:100, 50:92, 100:85, 200:80. Of 49 pieces, 50 at 92 are cheaper than 49 at 100.
TEST(Award, BuysUpToABreakWhereThatIsCheaper) {
    Tables tables{
        {"items.csv", "item\nradio\n"},
        {"suppliers.csv", "supplier\ns\n"},
        {"demands.csv", "item,state,year,pieces\nradio,A,2027,49\n"},
        {"offers.csv", "item,supplier,price\nradio,s,100\n"},
        {"breaks.csv",
         "item,supplier,from,price\nradio,s,50,92\nradio,s,100,85\nradio,s,200,80\n"}};
    const AwardPlan plan = plan_of(problem_of(tables));
    EXPECT_EQ(plan.bill.total, 4'600'00);
    EXPECT_EQ(plan.bill.orders.at(0).spare, 1);
    // Three states together: 30 + 60 + 120 at 80.
    tables["demands.csv"] =
        "item,state,year,pieces\nradio,A,2027,30\nradio,B,2027,60\nradio,C,2027,120\n";
    EXPECT_EQ(plan_of(problem_of(tables)).bill.total, 16'800'00);
}

/// 49 at 100, 50 at 92, the 100th at 85.
TEST(Award, AddsUpIncrementalBreaks) {
    const Tables tables{
        {"items.csv", "item\nradio\n"},
        {"suppliers.csv", "supplier\ns\n"},
        {"demands.csv", "item,state,year,pieces\nradio,A,2027,100\n"},
        {"offers.csv", "item,supplier,price,breaks\nradio,s,100,incremental\n"},
        {"breaks.csv", "item,supplier,from,price\nradio,s,50,92\nradio,s,100,85\n"}};
    EXPECT_EQ(plan_of(problem_of(tables)).bill.total, (49 * 100 + 50 * 92 + 85) * 100);
}

TEST(Award, OrdersWholeLotsFromTheLeastOrderOn) {
    const Tables tables{
        {"items.csv", "item\nradio\n"},
        {"suppliers.csv", "supplier\ns\n"},
        {"demands.csv", "item,state,year,pieces\nradio,A,2027,7\n"},
        {"offers.csv", "item,supplier,price,least,lot\nradio,s,2,11,4\n"}};
    const AwardPlan plan = plan_of(problem_of(tables));
    EXPECT_EQ(plan.bill.orders.at(0).pieces, 12);
    EXPECT_EQ(plan.bill.orders.at(0).spare, 5);
}

struct RuleCase {
    std::string_view rules;
    std::int64_t near;  ///< of 10 pieces for A and 10 for B: from the dear supplier of the region
    Cents total;
};

/// Ten pieces each for A and B. near asks 12, far asks 10; far is of a bloc, and half exposed.
TEST(Award, KeepsEachKindOfRule) {
    constexpr std::array cases{
        RuleCase{"rule,value\n", 0, 200'00},
        RuleCase{"rule,state,supplier\nveto,A,far\n", 10, 220'00},
        RuleCase{"rule,supplier,value\nmost-share,far,0.25\n", 15, 230'00},  // 50 <= 0.25 * 230
        RuleCase{"rule,item,bloc,value\nmost-share,radio,third,0.5\n", 10, 220'00},
        RuleCase{"rule,item,value\nleast-suppliers,radio,2\n", 1, 202'00},
        RuleCase{"rule,place,value\nleast-content,home,0.5\n", 12, 224'00},  // 0.8 * 144 >= 112
        RuleCase{"rule,state,place,value\nleast-content,B,home,0.8\n", 10, 220'00},
        RuleCase{"rule,value\nmost-exposure,0.25\n", 10, 220'00},  // 0.5 * 100 <= 0.25 * 220
        RuleCase{"rule,state,value\nbudget,A,100\n", 0, 200'00},
    };
    for (const RuleCase& one : cases) {
        const AwardProblem problem = problem_of(
            {{"items.csv", "item\nradio\n"},
             {"suppliers.csv", "supplier,bloc,exposure\nnear,ours,\nfar,third,0.5\n"},
             {"demands.csv", "item,state,year,pieces\nradio,A,2027,10\nradio,B,2027,10\n"},
             {"offers.csv", "item,supplier,price\nradio,near,12\nradio,far,10\n"},
             {"contents.csv", "supplier,place,share\nnear,home,0.8\n"},
             {"rules.csv", std::string(one.rules)}}
        );
        const AwardPlan plan = plan_of(problem);
        EXPECT_EQ(ordered_from(problem, plan, "near"), one.near) << one.rules;
        EXPECT_EQ(plan.bill.total, one.total) << one.rules;
    }
}

/// Ten of twenty pieces have to be near's by either rule alone: 220 instead of 200.
TEST(Award, SaysWhatRulesCostThatHoldThePlanOnlyTogether) {
    const AwardProblem problem = problem_of(
        {{"items.csv", "item\nradio\n"},
         {"suppliers.csv", "supplier,bloc,exposure\nnear,ours,\nfar,third,0.5\n"},
         {"demands.csv", "item,state,year,pieces\nradio,A,2027,20\n"},
         {"offers.csv", "item,supplier,price\nradio,near,12\nradio,far,10\n"},
         {"rules.csv", "rule,item,bloc,value\nmost-share,radio,third,0.5\nmost-exposure,,,0.25\n"}}
    );
    const AwardPlan plan = plan_of(problem, true);
    EXPECT_EQ(plan.bill.total, 220'00);
    const auto all =
        std::ranges::find(plan.prices, "all 2 rules together", [](const AwardPrice& one) {
            return one.demand.text;
        });
    ASSERT_NE(all, plan.prices.end());
    EXPECT_EQ(all->without, 200'00);
    for (const AwardPrice& price : plan.prices) {
        EXPECT_TRUE(&price == &*all || price.without == plan.bill.total) << price.demand.text;
    }
}

TEST(Award, WaitsForTheLeadTime) {
    const Tables tables{
        {"items.csv", "item\nradio\n"},
        {"suppliers.csv", "supplier\nslow\nfast\n"},
        {"demands.csv", "item,state,year,pieces\nradio,A,2027,1\nradio,A,2028,1\n"},
        {"offers.csv", "item,supplier,price,lead_time\nradio,slow,1,2\nradio,fast,5,\n"},
        {"rules.csv", "rule,year\nawarded-in,2026\n"}};
    EXPECT_EQ(plan_of(problem_of(tables)).bill.total, 6'00);
}

TEST(Award, NamesTheLeastSetOfDemandsThatConflict) {
    Tables tables = three_suppliers();
    tables["rules.csv"] =
        "rule,item,state,supplier,value\n"
        "most-share,radio,,,0.6\nveto,radio,,s3,\nveto,,B,s2,\nbudget,,B,,2900\n";
    // Without s3 the cheapest is s1, where 300 cost 3000.
    const AwardConflict conflict = conflict_of(problem_of(tables));
    EXPECT_TRUE(conflict.is_least);
    EXPECT_THAT(
        texts_of(conflict.demands),
        ElementsAre(
            "B needs 300 of radio in 2027",
            "nobody takes radio from s3",
            "B pays at most 2900.00"
        )
    );
}

TEST(Award, FindsConflictsThatOnlyWholeOrdersHave) {
    const Tables tables{
        {"items.csv", "item\nship\nboat\n"},
        {"suppliers.csv", "supplier,capacity\nyard,5\n"},
        {"demands.csv", "item,state,year,pieces\nship,A,2027,1\nboat,B,2027,1\n"},
        {"offers.csv", "item,supplier,price,least\nship,yard,2,3\nboat,yard,2,3\n"}};
    // A third of each order would do.
    const AwardConflict conflict = conflict_of(problem_of(tables));
    EXPECT_THAT(
        texts_of(conflict.demands),
        ElementsAre(
            "A needs 1 of ship in 2027",
            "B needs 1 of boat in 2027",
            "yard takes orders from 3 of ship on",
            "yard takes orders from 3 of boat on",
            "yard has a capacity of 5 in a year"
        )
    );
}

TEST(Award, SaysThatTimeRanOut) {
    AwardOptions options;
    options.time_limit_s = 1e-3;
    const auto outcome = award(problem_of(facility_tables({"cap41", 7'500, 5'000, 0})), options);
    ASSERT_TRUE(outcome);
    const auto* plan = std::get_if<AwardPlan>(&*outcome);
    EXPECT_TRUE(std::holds_alternative<NoAwardInTime>(*outcome) || (plan && plan->is_out_of_time));
}

TEST(CheckAward, FindsEachBreach) {
    const AwardProblem problem = problem_of(three_suppliers());
    const auto breaches = [&](std::vector<AwardDelivery> deliveries) {
        std::string all;
        for (const std::string& one : check_award(problem, deliveries).breaches) {
            all += one + "; ";
        }
        return all;
    };
    const auto pieces = [](std::size_t supplier, std::size_t state, std::int64_t count) {
        return AwardDelivery{0, supplier, {}, 2027, state, 2027, count};
    };
    EXPECT_EQ(breaches({pieces(0, 0, 600), pieces(2, 0, 100), pieces(2, 1, 300)}), "");
    EXPECT_THAT(breaches({pieces(0, 0, 600)}), HasSubstr("B needs 300"));
    EXPECT_THAT(breaches({pieces(0, 0, 700), pieces(0, 1, 300)}), HasSubstr("at most 700"));
    EXPECT_THAT(
        breaches({pieces(0, 0, 699), pieces(2, 0, 1), pieces(2, 1, 300)}),
        HasSubstr("60 %")
    );
    EXPECT_THAT(breaches({pieces(1, 0, 50)}), HasSubstr("from 100 of radio on"));
}

}  // namespace
}  // namespace adic::procure
