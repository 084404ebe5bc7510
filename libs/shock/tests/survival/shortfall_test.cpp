#include "adic/shock/survival/shortfall.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using model::MaterialPlan;
using model::MeasureKind;

Estimate exactly(double value) {
    return Estimate::exactly(value);
}

/// Antimony: 100 military, 300 civilian and 50 made at home in each of three years; from A half of
/// 200 at 0.8, from B a tenth of 1,000 at 0.2; 150 in stock.
MaterialPlan antimony() {
    MaterialPlan plan{"antimony", "t", exactly(150)};
    for (std::int32_t year = 2026; year <= 2028; ++year) {
        plan.years.push_back(
            {year,
             exactly(100),
             exactly(300),
             exactly(50),
             {{"A", exactly(200), exactly(0.5), exactly(0.8)},
              {"B", exactly(1000), exactly(0.1), exactly(0.2)}}}
        );
    }
    plan.measures = {
        {"recycle", MeasureKind::mitigation, exactly(9), exactly(60), 2027},
        {"new mine", MeasureKind::mitigation, exactly(20), exactly(500), 2028},
        {"thrift", MeasureKind::market_response, exactly(30), exactly(40), 2026},
    };
    return plan;
}

TEST(MaterialShortfall, FollowsTheOrderOfStockpilePlanners) {
    // Reliable: 50 + 200 * 0.5 * 0.8 + 1000 * 0.1 * 0.2 = 150 of 400: 250 short each year.
    // 2026: 150 from stock, 40 thrift, 60 open. 2027: 40 thrift, 60 recycled, 150 open.
    // 2028: 40 thrift, 60 recycled, 150 from the mine. Market responses go first at any cost.
    const auto result = material_shortfall(antimony());
    ASSERT_TRUE(result);
    ASSERT_EQ(result->years.size(), 3U);
    const std::vector<double> open{60, 150, 0};
    const std::vector<double> stock{150, 0, 0};
    for (std::size_t y = 0; y < 3; ++y) {
        const YearShortfall& year = result->years[y];
        EXPECT_EQ(year.demand, exactly(400));
        EXPECT_EQ(year.reliable_supply, exactly(150));
        EXPECT_EQ(year.shortfall, exactly(250));
        EXPECT_EQ(year.from_stock, stock[y]);
        EXPECT_EQ(year.stock_left, 0.0);
        EXPECT_EQ(year.open, exactly(open[y]));
    }
    ASSERT_EQ(result->years[2].used.size(), 3U);
    EXPECT_EQ(result->years[2].used[0].measure, 2U);
    EXPECT_EQ(result->years[2].used[1].measure, 0U);
    EXPECT_EQ(result->years[2].used[2].amount, 150.0);
    EXPECT_EQ(result->years[2].used[2].cost, 3000.0);
    EXPECT_EQ(result->stock_goal, exactly(750));
    EXPECT_EQ(result->open, exactly(210));
    EXPECT_EQ(result->cost, 3 * 40 * 30.0 + 2 * 60 * 9.0 + 3000.0);
}

TEST(MaterialShortfall, KeepsTheStockForWhatNothingElseCovers) {
    // Held back: 2026: 250 - 40 = 210 open, 150 from stock. A measure of 300 in 2026 instead:
    // released first, the stock is gone when 2027 needs it.
    MaterialPlan plan = antimony();
    plan.measures[2].most_per_year = exactly(0);
    plan.measures.push_back({"spot", MeasureKind::mitigation, exactly(5), exactly(300), 2026});
    plan.years[1].foreign.clear();  // 350 short in 2027: 300 spot, 50 recycled
    plan.years[2].home_supply = exactly(0);
    plan.measures[1].most_per_year = exactly(0);
    plan.years[2].foreign.clear();  // 400 short in 2028: 300 spot, 60 recycled, 40 open
    EXPECT_EQ(material_shortfall(plan)->open, exactly(40));
    EXPECT_EQ(material_shortfall(plan, StockRelease::last)->open, exactly(0));
    EXPECT_EQ(material_shortfall(plan, StockRelease::last)->years[2].from_stock, 40.0);
}

Estimate random_estimate(RandomStream& random, double most) {
    std::array values{most * random.uniform(), most * random.uniform(), most * random.uniform()};
    std::ranges::sort(values);
    return *Estimate::create(values[0], values[1], values[2]);
}

MaterialPlan random_plan(std::uint64_t seed) {
    RandomStream random{seed, 3};
    MaterialPlan plan{"m", "t", random_estimate(random, 300)};
    for (std::int32_t year = 0; year < 4; ++year) {
        model::PlanYear made{
            year,
            random_estimate(random, 200),
            random_estimate(random, 200),
            random_estimate(random, 60)};
        for (std::uint64_t s = random.below(4); s > 0; --s) {
            made.foreign.push_back(
                {"s",
                 random_estimate(random, 300),
                 random_estimate(random, 1),
                 random_estimate(random, 1)}
            );
        }
        plan.years.push_back(std::move(made));
    }
    for (std::uint64_t m = random.below(5); m > 0; --m) {
        plan.measures.push_back(
            {"x",
             random.below(2) == 0 ? MeasureKind::market_response : MeasureKind::mitigation,
             random_estimate(random, 50),
             random_estimate(random, 80),
             static_cast<std::int32_t>(random.below(5))}
        );
    }
    return plan;
}

/// Everything at its likely value, by hand, over all years together: what must stay open at least.
double least_open(const MaterialPlan& plan) {
    double open = 0.0;
    for (const model::PlanYear& year : plan.years) {
        double short_of = year.military_demand.likely() + year.civilian_demand.likely()
                          - year.home_supply.likely();
        for (const auto& source : year.foreign) {
            short_of -=
                source.amount.likely() * source.share.likely() * source.reliability.likely();
        }
        for (const auto& measure : plan.measures) {
            short_of -= measure.first_year <= year.year ? measure.most_per_year.likely() : 0.0;
        }
        open += std::max(0.0, short_of);
    }
    return std::max(0.0, open - plan.stock.likely());
}

TEST(ShortfallLaws, EveryUnitIsAccountedForAndNoneIsLostByHoldingBack) {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        const MaterialPlan plan = random_plan(seed);
        const auto first = material_shortfall(plan);
        const auto last = material_shortfall(plan, StockRelease::last);
        ASSERT_TRUE(first && last);
        for (const MaterialShortfall* result : {&*first, &*last}) {
            double stock = plan.stock.likely();
            for (const YearShortfall& year : result->years) {
                double covered = year.from_stock + year.open.likely();
                for (const MeasureUse& use : year.used) {
                    covered += use.amount;
                }
                stock -= year.from_stock;
                EXPECT_NEAR(covered, year.shortfall.likely(), 1e-9);
                EXPECT_NEAR(year.stock_left, stock, 1e-9);
                EXPECT_GE(year.stock_left, 0.0);
            }
        }
        EXPECT_LE(last->open.likely(), first->open.likely() + 1e-9);
        EXPECT_NEAR(last->open.likely(), least_open(plan), 1e-9) << seed;
    }
}

MaterialPlan drawn_from(const MaterialPlan& plan, RandomStream& random) {
    const auto draw = [&](Estimate& estimate) {
        estimate = exactly(estimate.low() + (estimate.high() - estimate.low()) * random.uniform());
    };
    MaterialPlan drawn = plan;
    draw(drawn.stock);
    for (model::PlanYear& year : drawn.years) {
        draw(year.military_demand);
        draw(year.civilian_demand);
        draw(year.home_supply);
        for (model::ForeignSupply& source : year.foreign) {
            draw(source.amount);
            draw(source.share);
            draw(source.reliability);
        }
    }
    for (model::ShortfallMeasure& measure : drawn.measures) {
        draw(measure.unit_cost);
        draw(measure.most_per_year);
    }
    return drawn;
}

TEST(ShortfallLaws, BoundsHoldWhateverTheFiguresAreWithinTheirs) {
    const auto within = [](const Estimate& bounds, double value) {
        return value >= bounds.low() - 1e-9 && value <= bounds.high() + 1e-9;
    };
    for (std::uint64_t seed = 700; seed < 800; ++seed) {
        const MaterialPlan plan = random_plan(seed);
        RandomStream random{seed, 8};
        for (const StockRelease release : {StockRelease::first, StockRelease::last}) {
            const auto bounds = material_shortfall(plan, release);
            const auto exact = material_shortfall(drawn_from(plan, random), release);
            ASSERT_TRUE(bounds && exact);
            for (std::size_t y = 0; y < exact->years.size(); ++y) {
                const YearShortfall& year = bounds->years[y];
                EXPECT_TRUE(within(year.shortfall, exact->years[y].shortfall.likely())) << seed;
                EXPECT_TRUE(within(year.open, exact->years[y].open.likely())) << seed;
            }
            EXPECT_TRUE(within(bounds->stock_goal, exact->stock_goal.likely())) << seed;
            EXPECT_TRUE(within(bounds->open, exact->open.likely())) << seed;
        }
    }
}

TEST(ShortfallLaws, MoreStockSupplyOrReliabilityNeverHurts) {
    for (std::uint64_t seed = 400; seed < 600; ++seed) {
        const MaterialPlan plan = random_plan(seed);
        const double before = material_shortfall(plan)->open.likely();
        MaterialPlan richer = plan;
        richer.stock = exactly(plan.stock.likely() + 10.0);
        EXPECT_LE(material_shortfall(richer)->open.likely(), before + 1e-9);
        MaterialPlan home = plan;
        home.years[1].home_supply = exactly(plan.years[1].home_supply.likely() + 10.0);
        EXPECT_LE(material_shortfall(home)->open.likely(), before + 1e-9);
        MaterialPlan sure = plan;
        for (auto& source : sure.years[0].foreign) {
            source.reliability = exactly(1.0);
        }
        EXPECT_LE(material_shortfall(sure)->open.likely(), before + 1e-9);
    }
}

TEST(MaterialShortfall, RefusesWhatIsNoPlan) {
    const auto refused = [](const MaterialPlan& plan) { return !material_shortfall(plan); };
    EXPECT_TRUE(refused({"none", "t"}));
    MaterialPlan twice = antimony();
    twice.years[1].year = 2026;
    EXPECT_TRUE(refused(twice));
    MaterialPlan negative = antimony();
    negative.years[0].civilian_demand = exactly(-1);
    EXPECT_TRUE(refused(negative));
    MaterialPlan sure = antimony();
    sure.years[0].foreign[0].reliability = exactly(1.2);
    EXPECT_TRUE(refused(sure));
    MaterialPlan huge = antimony();
    huge.years[0].civilian_demand = exactly(std::numeric_limits<double>::max());
    huge.years[0].military_demand = exactly(std::numeric_limits<double>::max());
    EXPECT_TRUE(refused(huge));
}

}  // namespace
}  // namespace adic::shock
