#include "adic/procure/award_coalitions.hpp"

#include "award/award_tables.hpp"

#include <map>
#include <mutex>

#include <gmock/gmock.h>

namespace adic::procure {
namespace {

using Kind = CoalitionPlan::Kind;

/// Pieces at 10, from 10 of them at 8 and from 20 at 7, and 30 for anything of the supplier; of
/// another at 12 without more. A needs 4, B 6, C 10.
Tables three_states() {
    return {
        {"items.csv", "item\nradio\n"},
        {"suppliers.csv", "supplier,fixed_cost\nlarge,30\nsmall,\n"},
        {"demands.csv",
         "item,state,year,pieces\nradio,A,2027,4\nradio,B,2027,6\nradio,C,2027,10\n"},
        {"offers.csv", "item,supplier,price\nradio,large,10\nradio,small,12\n"},
        {"breaks.csv", "item,supplier,from,price\nradio,large,10,8\nradio,large,20,7\n"}};
}

std::vector<CoalitionPlan> plans_of(const AwardProblem& problem, const CoalitionRun& run = {}) {
    auto plans = plan_coalitions(problem, run);
    if (!plans) {
        ADD_FAILURE() << plans.error().message;
        return {};
    }
    return *std::move(plans);
}

/// 4 and 6 at 12; 10 at 8 and 30; 14 and 16 at 8 and 30; 20 at 7 and 30.
TEST(AwardCoalitions, CostWhatIsWorkedByHand) {
    const AwardProblem problem = problem_of(three_states());
    const std::vector<CoalitionPlan> plans = plans_of(problem);
    const std::vector<Cents> costs{0, 48'00, 72'00, 110'00, 110'00, 142'00, 158'00, 170'00};
    ASSERT_EQ(plans.size(), costs.size());
    for (std::size_t set = 0; set < costs.size(); ++set) {
        EXPECT_EQ(plans[set].kind, Kind::planned) << set;
        EXPECT_EQ(plans[set].cost, costs[set]) << set;
        EXPECT_EQ(plans[set].bound, costs[set]) << set;
    }
    const AwardGame game = game_of(problem, plans);
    EXPECT_EQ(game.game.players, (std::vector<std::string>{"A", "B", "C"}));
    EXPECT_EQ(game.game.costs, costs);
    Fraction sum = 0;
    for (std::size_t p = 0; p < 3; ++p) {
        sum += game.shapley[p];
        EXPECT_DOUBLE_EQ(game.shapley_least[p], to_double(game.shapley[p])) << "all are proven";
        EXPECT_DOUBLE_EQ(game.shapley_most[p], to_double(game.shapley[p]));
    }
    EXPECT_EQ(sum, 170'00);
}

/// Each set costs what `award` says of its demands alone, on any number of threads.
TEST(AwardCoalitions, AgreeWithAnAwardOfEachSet) {
    Tables tables = three_states();
    tables["items.csv"] = "item,storage\nradio,1\nboat,\n";
    tables["demands.csv"] += "radio,A,2028,7\nboat,B,2027,2\nboat,D,2028,3\nboat,C,2027,1\n";
    tables["offers.csv"] += "boat,large,100\nboat,small,110\n";
    tables["contents.csv"] = "supplier,place,share\nsmall,home,1\n";
    tables["rules.csv"] =
        "rule,item,state,supplier,place,value\nleast-suppliers,boat,,,,2\nveto,,C,large,,\n"
        "least-content,,,,home,0.3\nbudget,,A,,,120\n";
    const AwardProblem problem = problem_of(tables);
    const std::vector<CoalitionPlan> plans = plans_of(problem, {.threads = 1});
    EXPECT_EQ(plans, plans_of(problem, {.threads = 2}));
    ASSERT_EQ(plans.size(), 16U);
    for (Coalition set = 1; set < 16; ++set) {
        AwardOptions options{.with_prices = false};
        const auto outcome = award(problem_of_members(problem, set), options);
        ASSERT_TRUE(outcome) << set;
        if (const auto* plan = std::get_if<AwardPlan>(&*outcome)) {
            EXPECT_EQ(plans[set].kind, Kind::planned) << set;
            EXPECT_EQ(plans[set].cost, plan->bill.total) << set;
            EXPECT_EQ(plans[set].bound, plan->bill.total) << set;
        } else {
            EXPECT_EQ(plans[set].kind, Kind::impossible) << set;
        }
    }
    const auto whole = award(problem, {.with_prices = false});
    ASSERT_TRUE(whole && std::holds_alternative<AwardPlan>(*whole));
    EXPECT_EQ(plans[15].cost, std::get<AwardPlan>(*whole).bill.total);
}

/// A purchase that is planned block by block, with sets that cannot buy by themselves.
TEST(AwardCoalitions, AgreeWithAnAwardOfEachSetWherePurchasesAreSplit) {
    Tables tables = three_states();
    tables["items.csv"] = "item,storage\nradio,1\nboat,\n";
    tables["suppliers.csv"] = "supplier,fixed_cost,capacity\nlarge,20,40\nsmall,5,\nthird,,9\n";
    tables["demands.csv"] += "radio,A,2028,7\nboat,B,2027,2\nboat,D,2028,3\nboat,C,2027,1\n";
    tables["offers.csv"] =
        "item,supplier,price,lot,least,load\nradio,large,10,,5,1\n"
        "radio,small,12,2,,\nradio,third,9,,,2\nboat,large,100,,,7\n"
        "boat,small,110,,,\n";
    tables["rules.csv"] =
        "rule,item,state,supplier,value\nleast-suppliers,boat,,,2\nveto,,C,large,\n"
        "most-share,radio,,,0.75\nmost-share,boat,,large,0.7\n";
    const AwardProblem problem = problem_of(tables);
    const std::vector<CoalitionPlan> plans = plans_of(problem, {.threads = 1});
    EXPECT_EQ(plans, plans_of(problem, {.threads = 2}));
    ASSERT_EQ(plans.size(), 16U);
    std::size_t impossible = 0;
    for (Coalition set = 1; set < 16; ++set) {
        const AwardProblem members = problem_of_members(problem, set);
        const auto outcome = award(members, {.with_prices = false});
        ASSERT_TRUE(outcome) << set;
        if (const auto* plan = std::get_if<AwardPlan>(&*outcome)) {
            EXPECT_EQ(plans[set].kind, Kind::planned) << set;
            EXPECT_EQ(plans[set].cost, plan->bill.total) << set;
            EXPECT_EQ(plans[set].bound, plan->bill.total) << set;
            EXPECT_TRUE(check_award(members, plans[set].deliveries).breaches.empty()) << set;
        } else {
            EXPECT_EQ(plans[set].kind, Kind::impossible) << set;
            ++impossible;
        }
    }
    EXPECT_GT(impossible, 0U);
    EXPECT_LT(impossible, 8U);
}

/// Of one piece nobody can buy at most three fifths from any supplier; of two or more they can.
TEST(AwardCoalitions, ThatCannotBuyAloneStandWithTheCheapestThatCan) {
    Tables tables = three_states();
    tables["demands.csv"] =
        "item,state,year,pieces\nradio,A,2027,1\nradio,B,2027,4\nradio,C,2027,5\n";
    tables["rules.csv"] = "rule,item,value\nmost-share,radio,0.6\n";
    const AwardProblem problem = problem_of(tables);
    const std::vector<CoalitionPlan> plans = plans_of(problem);
    EXPECT_EQ(plans[1].kind, Kind::impossible);
    const AwardGame game = game_of(problem, plans);
    EXPECT_EQ(game.stands_for[1], 3U) << "A with B";
    EXPECT_EQ(game.game.costs[1], plans[3].cost);
    EXPECT_EQ(game.stands_for[2], 2U);
}

TEST(AwardCoalitions, GoOnFromWhatWasKept) {
    const AwardProblem problem = problem_of(three_states());
    std::map<Coalition, CoalitionPlan> kept;
    std::stop_source source;
    CoalitionRun run{.threads = 1, .stop = source.get_token()};
    run.keep = [&](Coalition set, const CoalitionPlan& plan) -> std::optional<Error> {
        kept[set] = plan;
        if (kept.size() == 4) {
            source.request_stop();
        }
        return std::nullopt;
    };
    const auto stopped = plan_coalitions(problem, run);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::interrupted);
    ASSERT_EQ(kept.size(), 4U);
    run.stop = {};
    std::size_t found = 0;
    run.find = [&](Coalition set) -> std::optional<CoalitionPlan> {
        const auto one = kept.find(set);
        found += one != kept.end() ? 1U : 0U;
        return one != kept.end() ? std::optional{one->second} : std::nullopt;
    };
    EXPECT_EQ(plans_of(problem, run), plans_of(problem));
    EXPECT_EQ(found, 4U);
}

TEST(AwardCoalitions, AreWrittenAndReadAsTheyWere) {
    CoalitionPlan plan{Kind::planned, 12'345, 12'000};
    plan.deliveries = {{0, 3, {}, 2027, 2, 2028, 17}, {1, 0, 4, 2026, {}, 2026, 5}};
    EXPECT_EQ(parse_coalition_plan(write_coalition_plan(plan)), plan);
    for (const std::string_view wrong : {"", "1", "7 1 1 ", "0 1 1 2 ", "0 x 1 ", "0 1 1  "}) {
        EXPECT_FALSE(parse_coalition_plan(wrong)) << wrong;
    }
}

TEST(AwardCoalitions, TakeTwoStatesAtLeast) {
    Tables tables = three_states();
    tables["demands.csv"] = "item,state,year,pieces\nradio,A,2027,4\n";
    const auto plans = plan_coalitions(problem_of(tables), {});
    ASSERT_FALSE(plans);
    EXPECT_EQ(plans.error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace adic::procure
