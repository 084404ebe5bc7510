#include "award/split_search.hpp"

#include "adic/base/random.hpp"

#include "award/award_tables.hpp"
#include "award/every_plan.hpp"
#include "award/plan_members.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace adic::procure {
namespace {

/// Without the rules that tie what is paid together.
AwardProblem only_split(AwardProblem problem) {
    std::erase_if(problem.rules, [](const AwardRule& rule) {
        return rule.kind != AwardRuleKind::veto && rule.kind != AwardRuleKind::least_suppliers
               && !(rule.kind == AwardRuleKind::most_share && rule.item);
    });
    return problem;
}

class Draw {
  public:
    explicit Draw(std::uint64_t seed) : random_(20261128, seed) {}

    bool chance(double part) { return random_.uniform() < part; }

    std::int64_t between(std::int64_t least, std::int64_t most) {
        return least
               + static_cast<std::int64_t>(
                   random_.below(static_cast<std::uint64_t>(most - least + 1))
               );
    }

    /// A number, or nothing.
    std::string maybe(double part, std::int64_t least, std::int64_t most) {
        return chance(part) ? fmt::format("{}", between(least, most)) : std::string{};
    }

  private:
    RandomStream random_;
};

void add_offer(const std::string& item, std::size_t supplier, Draw& draw, Tables& tables) {
    const std::int64_t price = draw.between(50, 90);
    const bool is_incremental = draw.chance(0.3);
    tables["offers.csv"] += fmt::format(
        "{},s{},{},{},{},{},{},{},{},{}\n",
        item,
        supplier,
        price,
        is_incremental ? "incremental" : "",
        draw.between(0, 1) * draw.between(0, 300),
        draw.chance(0.3) ? draw.between(2, 12) : 1,
        draw.chance(0.3) ? draw.between(2, 7) : 1,
        draw.maybe(0.4, 10, 60),
        draw.chance(0.2) ? 1 : 0,
        draw.between(0, 3)
    );
    std::int64_t from = draw.between(2, 15);
    for (std::int64_t b = draw.between(0, 2); b > 0; --b) {
        const std::int64_t change = draw.between(is_incremental ? 0 : -9, 20);
        tables["breaks.csv"] += fmt::format("{},s{},{},{}\n", item, supplier, from, price - change);
        from += draw.between(2, 20);
    }
}

/// Up to three items, three states and two years: every term that a purchase can have without
/// packages and rules on what is paid.
AwardProblem random_purchase(std::uint64_t seed) {
    Draw draw(seed);
    Tables tables{
        {"items.csv", "item,storage\n"},
        {"suppliers.csv", "supplier,bloc,fixed_cost,capacity\n"},
        {"demands.csv", "item,state,year,pieces\n"},
        {"offers.csv", "item,supplier,price,breaks,fixed_cost,least,lot,capacity,lead_time,load\n"},
        {"breaks.csv", "item,supplier,from,price\n"},
        {"rules.csv", "rule,item,state,supplier,bloc,year,value\n"}};
    const std::int64_t suppliers = draw.between(2, 4);
    for (std::int64_t s = 0; s < suppliers; ++s) {
        tables["suppliers.csv"] += fmt::format(
            "s{},{},{},{}\n",
            s,
            s % 2 == 0 ? "a" : "b",
            draw.between(0, 1) * draw.between(0, 900),
            draw.maybe(0.5, 20, 120)
        );
    }
    for (const std::string item : {"x", "y", "z"}) {
        if (item != "x" && draw.chance(0.3)) {
            continue;
        }
        tables["items.csv"] += fmt::format("{},{}\n", item, draw.maybe(0.5, 0, 9));
        for (std::int64_t s = 0; s < suppliers; ++s) {
            if (draw.chance(0.9)) {
                add_offer(item, static_cast<std::size_t>(s), draw, tables);
            }
        }
        for (const char* state : {"A", "B", "C"}) {
            for (const int year : {2027, 2028}) {
                if (draw.chance(year == 2027 ? 0.8 : 0.3)) {
                    tables["demands.csv"] +=
                        fmt::format("{},{},{},{}\n", item, state, year, draw.between(1, 20));
                }
            }
        }
    }
    tables["demands.csv"] += "x,A,2029,3\nx,B,2029,2\n";
    for (const char* rule :
         {"veto,,A,s1,,,",
          "veto,x,,s0,,,",
          "veto,x,B,s0,,,",
          "least-suppliers,x,,,,,2",
          "least-suppliers,x,,,,2028,2",
          "most-share,x,,,,,0.6",
          "most-share,x,,s1,,2028,0.35",
          "most-share,x,,,a,,0.55"}) {
        tables["rules.csv"] += draw.chance(0.15) ? fmt::format("{}\n", rule) : "";
    }
    return problem_of(tables);
}

struct Searched {
    SplitSearchResult result;
    AwardBill bill = {};  ///< of its plan, if there is one
};

Searched search(const AwardProblem& problem, const SplitSearchOptions& options) {
    const Instance instance = instance_of(problem);
    const SplitPurchase purchase = split(instance);
    Searched searched{search_split(purchase, options)};
    if (!searched.result.plans.empty()) {
        searched.bill =
            check_award(problem, deliveries_of(instance, purchase, searched.result.plans));
    }
    return searched;
}

/// What holds whatever the search was given, against the cheapest plan; nothing: there is none.
void expect_true(const Searched& searched, std::optional<Cents> cheapest) {
    const SplitSearchResult& result = searched.result;
    EXPECT_EQ(searched.bill.breaches, std::vector<std::string>{});
    if (!cheapest) {
        EXPECT_TRUE(result.plans.empty());
        return;
    }
    EXPECT_FALSE(result.is_infeasible);
    EXPECT_LE(result.bound, *cheapest);
    if (!result.plans.empty()) {
        EXPECT_EQ(result.cost, searched.bill.total);
        EXPECT_GE(result.cost, *cheapest);
    }
}

std::optional<Cents> cheapest_of(const AwardProblem& problem) {
    const auto outcome = award(problem, {.method = AwardMethod::whole, .with_prices = false});
    if (!outcome) {
        ADD_FAILURE() << outcome.error().message << outcome.error().detail;
        return {};
    }
    const auto* plan = std::get_if<AwardPlan>(&*outcome);
    EXPECT_TRUE(plan == nullptr || plan->bound == plan->bill.total);
    return plan == nullptr ? std::nullopt : std::optional{plan->bill.total};
}

TEST(SplitSearch, AgreesWithEveryPlanTried) {
    int planned = 0;
    int impossible = 0;
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        SCOPED_TRACE(seed);
        const AwardProblem problem = only_split(problem_of(random_tables(seed)));
        ASSERT_TRUE(can_split(problem));
        const std::optional<Cents> cheapest = EveryPlan(problem).cheapest();
        const Searched searched = search(problem, {});
        expect_true(searched, cheapest);
        EXPECT_EQ(searched.result.is_infeasible, !cheapest);
        if (cheapest) {
            EXPECT_EQ(searched.result.cost, *cheapest);
            EXPECT_EQ(searched.result.bound, *cheapest);
        }
        planned += cheapest ? 1 : 0;
        impossible += cheapest ? 0 : 1;
    }
    EXPECT_GT(planned, 10);
    EXPECT_GT(impossible, 1);
}

/// Against `award` as one program, with the cheapest plan asked for and with one within 2 %.
TEST(SplitSearch, EnclosesTheCheapestPlan) {
    int planned = 0;
    int closed = 0;
    int close = 0;
    int impossible = 0;
    int proven = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        SCOPED_TRACE(seed);
        const AwardProblem problem = random_purchase(seed);
        ASSERT_TRUE(can_split(problem));
        const std::optional<Cents> cheapest = cheapest_of(problem);
        const Searched exact = search(problem, {});
        const Searched near = search(problem, {.relative_gap = 0.02});
        expect_true(exact, cheapest);
        expect_true(near, cheapest);
        const auto cost = static_cast<double>(near.result.cost);
        const auto most = cost - static_cast<double>(near.result.bound);
        if (cheapest) {
            ++planned;
            closed += exact.result.bound == exact.result.cost ? 1 : 0;
            close += most <= 0.02 * cost ? 1 : 0;
        } else {
            ++impossible;
            proven += exact.result.is_infeasible ? 1 : 0;
        }
    }
    EXPECT_GT(planned, 100);
    EXPECT_GT(closed, planned * 9 / 10) << "of " << planned;
    EXPECT_GT(close, planned * 9 / 10) << "of " << planned;
    EXPECT_GT(impossible, 10);
    EXPECT_GT(proven, impossible * 9 / 10) << "of " << impossible;
}

/// Where nodes run out, of blocks or of the search, nothing is said that is not so.
TEST(SplitSearch, SaysNothingWrongWithFewNodes) {
    int without_plan = 0;
    int open = 0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        SCOPED_TRACE(seed);
        const AwardProblem problem = random_purchase(seed);
        const std::optional<Cents> cheapest = cheapest_of(problem);
        for (const std::size_t nodes : {1U, 2U, 5U}) {
            SplitSearchOptions options;
            options.most_nodes = nodes;
            expect_true(search(problem, options), cheapest);
            options.most_block_nodes = nodes;
            const Searched least = search(problem, options);
            expect_true(least, cheapest);
            without_plan += cheapest && least.result.plans.empty() ? 1 : 0;
            open += cheapest && least.result.bound < *cheapest ? 1 : 0;
        }
    }
    EXPECT_GT(without_plan, 3);
    EXPECT_GT(open, 20);
}

TEST(SplitSearch, StopsOnRequest) {
    std::stop_source source;
    source.request_stop();
    const AwardProblem problem = only_split(problem_of(random_tables(0)));
    const Searched searched = search(problem, {.stop = source.get_token()});
    EXPECT_TRUE(searched.result.is_stopped);
    EXPECT_FALSE(searched.result.is_infeasible);
    const auto members = plan_members(problem, {}, {.stop = source.get_token()});
    ASSERT_FALSE(members);
    EXPECT_EQ(members.error().code, ErrorCode::interrupted);
}

/// A piece that loads nothing takes nothing of a capacity, even of one of nothing.
TEST(SplitSearch, TakesPiecesWithoutLoad) {
    const AwardProblem problem = problem_of(
        {{"items.csv", "item\nx\ny\n"},
         {"suppliers.csv", "supplier,capacity\ns,0\n"},
         {"demands.csv", "item,state,year,pieces\nx,A,2027,4\n"},
         {"offers.csv", "item,supplier,price,load\nx,s,5,0\ny,s,5,1\n"}}
    );
    const Searched searched = search(problem, {});
    expect_true(searched, 20'00);
    EXPECT_EQ(searched.result.bound, 20'00);
}

TEST(SplitPurchase, IsOneWithoutPackagesAndRulesOnWhatIsPaid) {
    struct Case {
        std::string rule;
        bool is_split;
    };

    const Tables tables{
        {"items.csv", "item\nx\n"},
        {"suppliers.csv", "supplier,bloc,exposure\ns,a,0.5\nt,b,0\n"},
        {"demands.csv", "item,state,year,pieces\nx,A,2027,4\nx,B,2027,2\n"},
        {"contents.csv", "supplier,place,share\ns,home,0.5\n"},
        {"offers.csv", "item,supplier,price\nx,s,5\nx,t,6\n"}};
    const std::array cases{
        Case{"", true},
        Case{"veto,,A,s,,,\n", true},
        Case{"least-suppliers,x,,,,,2\n", true},
        Case{"most-share,x,,,,,0.8\n", true},
        Case{"most-share,,,,a,,0.8\n", false},
        Case{"budget,,A,,,,100\n", false},
        Case{"least-content,,,,,home,0.1\n", false},
        Case{"most-exposure,,,,,,0.4\n", false}};
    for (const Case& one : cases) {
        Tables with_rule = tables;
        with_rule["rules.csv"] = "rule,item,state,supplier,bloc,place,value\n" + one.rule;
        const AwardProblem problem = problem_of(with_rule);
        EXPECT_EQ(can_split(problem), one.is_split) << one.rule;
        const auto planned = plan_members(problem, {}, {});
        ASSERT_TRUE(planned) << one.rule;
        EXPECT_EQ(planned->cost, cheapest_of(problem)) << one.rule;
        EXPECT_EQ(planned->bound, planned->cost) << one.rule;
    }
    AwardProblem with_package = problem_of(tables);
    with_package.packages.push_back({"p", 0, {{0, 2027, 6, 20'00}}});
    EXPECT_FALSE(can_split(with_package));
    const auto planned = plan_members(with_package, {}, {});
    ASSERT_TRUE(planned);
    EXPECT_EQ(planned->cost, 20'00);
}

}  // namespace
}  // namespace adic::procure
