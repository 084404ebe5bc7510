#include "adic/shock/dynamics/firm_dynamics.hpp"

#include "adic/base/random.hpp"

#include "numbers_in.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using model::FirmLink;
using model::FirmNetwork;
using test::numbers_in;

struct Case {
    FirmNetwork network;
    std::vector<double> final_demand;
};

FirmNetwork network_of(
    std::vector<std::uint32_t> sector_of,
    std::uint32_t sectors,
    std::vector<FirmLink> links
) {
    std::vector<std::string> names;
    for (std::size_t firm = 0; firm < sector_of.size(); ++firm) {
        names.push_back("f" + std::to_string(firm));
    }
    const std::vector<model::InputClass> classes(
        std::size_t{sectors} * sectors,
        model::InputClass::essential
    );
    return {std::move(names), std::move(sector_of), sectors, classes, std::move(links)};
}

std::uint32_t whole(double value) {
    return static_cast<std::uint32_t>(value);
}

Case reference_case() {
    std::vector<std::uint32_t> sector_of;
    for (const auto& row : numbers_in("sf1000_sectors.csv")) {
        sector_of.push_back(whole(row[1]));
    }
    std::vector<FirmLink> links;
    for (const auto& row : numbers_in("sf1000_edges.csv")) {
        links.push_back({whole(row[0]), whole(row[1]), row[2]});
    }
    std::vector<double> final_demand(sector_of.size());
    for (const auto& row : numbers_in("sf1000_final_demand.csv")) {
        final_demand[whole(row[0])] = row[1];
    }
    return {network_of(std::move(sector_of), 20, std::move(links)), std::move(final_demand)};
}

/// Computed by another program from the same network (test data of the reference models, firmdyn),
/// which prints 15 digits.
TEST(FirmDynamicsReference, EqualsOutputAndConsumptionOfEveryStep) {
    const Case c = reference_case();
    std::vector<FirmLoss> losses;
    for (const auto& row : numbers_in("sf1000_shock.csv")) {
        losses.push_back({whole(row[0]), row[1], 1.0 / 40.0});
    }
    const auto expected = numbers_in("sf1000_inv9_tau6_recover40_totals.csv");
    const auto steps = static_cast<std::uint32_t>(expected.size() - 1);
    const FirmDynamics dynamics(
        c.network,
        c.final_demand,
        {.steps = steps, .stock_steps = {9.0}, .restock_steps = 6.0}
    );
    const FirmRun run = dynamics.run(losses);
    EXPECT_NEAR(run.production_before / expected[0][1], 1.0, 1e-9);
    EXPECT_NEAR(run.consumption_before / expected[0][2], 1.0, 1e-9);
    ASSERT_EQ(run.steps(), steps);
    for (std::size_t step = 0; step < steps; ++step) {
        ASSERT_NEAR(run.production[step] / expected[step + 1][1], 1.0, 1e-9) << step;
        ASSERT_NEAR(run.consumption[step] / expected[step + 1][2], 1.0, 1e-9) << step;
    }
    EXPECT_EQ(run.collapse, std::nullopt);
}

/// The equations, firm by firm over full matrices, without any of the engine's short cuts.
class DenseFirms {
  public:
    DenseFirms(const Case& c, const FirmDynamicsOptions& options)
        : c_(c)
        , o_(options)
        , n_(c.network.firms())
        , a_(n_, std::vector<double>(n_, 0.0))
        , usual_(c.final_demand) {
        for (const FirmLink& link : c.network.links()) {
            a_[link.customer][link.supplier] = link.weight;
            usual_[link.supplier] += link.weight;
        }
        stock_ = a_;
        for (std::uint32_t i = 0; i < n_; ++i) {
            for (std::uint32_t j = 0; j < n_; ++j) {
                stock_[i][j] *= steps_of(j);
            }
        }
        delivered_ = a_;
        made_ = usual_;
    }

    double stock() const {
        double sum = 0.0;
        for (const auto& row : stock_) {
            for (const double s : row) {
                sum += s;
            }
        }
        return sum;
    }

    /// What arrived and what was used in the last step.
    double balance() const { return balance_; }

    const std::vector<double>& step(const std::vector<double>& lost) {
        turn_over();
        std::vector<std::vector<double>> order = a_;
        std::vector<double> demand = c_.final_demand;
        for (std::uint32_t i = 0; i < n_; ++i) {
            for (std::uint32_t j = 0; j < n_; ++j) {
                const double wanted = steps_of(j) * a_[i][j] * level(i);
                order[i][j] = std::max(
                    0.0,
                    a_[i][j] * level(i) + std::max(0.0, wanted - stock_[i][j]) / o_.restock_steps
                );
                demand[j] += order[i][j];
            }
        }
        for (std::uint32_t i = 0; i < n_; ++i) {
            double most = std::min(demand[i], usual_[i] * (1.0 - lost[i]));
            for (std::uint32_t s = 0; s < c_.network.sectors(); ++s) {
                const double used = of_sector(a_, i, s);
                if (used > 0.0) {
                    most = std::min(most, of_sector(stock_, i, s) / used * usual_[i]);
                }
            }
            made_[i] = most;
        }
        for (std::uint32_t i = 0; i < n_; ++i) {
            for (std::uint32_t j = 0; j < n_; ++j) {
                delivered_[i][j] = demand[j] > 0.0 ? order[i][j] * made_[j] / demand[j] : 0.0;
            }
        }
        return made_;
    }

  private:
    double steps_of(std::uint32_t supplier) const {
        return o_.stock_steps[o_.stock_steps.size() == 1 ? 0 : c_.network.sector_of(supplier)];
    }

    double level(std::uint32_t i) const { return usual_[i] > 0.0 ? made_[i] / usual_[i] : 1.0; }

    double of_sector(
        const std::vector<std::vector<double>>& matrix,
        std::uint32_t i,
        std::uint32_t sector
    ) const {
        double sum = 0.0;
        for (std::uint32_t j = 0; j < n_; ++j) {
            sum += c_.network.sector_of(j) == sector ? matrix[i][j] : 0.0;
        }
        return sum;
    }

    void turn_over() {
        balance_ = 0.0;
        const auto before = stock_;
        for (std::uint32_t i = 0; i < n_; ++i) {
            for (std::uint32_t j = 0; j < n_; ++j) {
                const std::uint32_t s = c_.network.sector_of(j);
                const double all = of_sector(before, i, s);
                const double used =
                    all > 0.0 ? before[i][j] * level(i) * of_sector(a_, i, s) / all : 0.0;
                stock_[i][j] = std::max(0.0, before[i][j] + delivered_[i][j] - used);
                balance_ += delivered_[i][j] - used;
            }
        }
    }

    const Case& c_;
    const FirmDynamicsOptions& o_;
    std::uint32_t n_;
    std::vector<std::vector<double>> a_;
    std::vector<double> usual_;
    std::vector<std::vector<double>> stock_;
    std::vector<std::vector<double>> delivered_;
    std::vector<double> made_;
    double balance_ = 0.0;
};

Case random_case(RandomStream& random, std::uint32_t sectors = 4) {
    const auto firms = static_cast<std::uint32_t>(6 + random.below(20));
    std::vector<std::uint32_t> sector_of;
    std::vector<double> final_demand;
    std::vector<FirmLink> links;
    for (std::uint32_t firm = 0; firm < firms; ++firm) {
        sector_of.push_back(whole(static_cast<double>(random.below(sectors))));
        final_demand.push_back(random.below(3) == 0 ? 0.0 : 10.0 * random.uniform());
        for (std::uint32_t customer = 0; customer < firms; ++customer) {
            if (random.below(4) == 0) {
                links.push_back({firm, customer, 0.1 + random.uniform()});
            }
        }
    }
    return {network_of(std::move(sector_of), sectors, std::move(links)), std::move(final_demand)};
}

std::vector<FirmLoss> random_losses(RandomStream& random, const Case& c) {
    std::vector<FirmLoss> losses;
    for (int k = 0; k < 3; ++k) {
        const auto firm = static_cast<std::uint32_t>(random.below(c.network.firms()));
        losses.push_back({firm, random.uniform(), 0.05 * random.uniform()});
    }
    return losses;
}

std::vector<double> lost_at(const std::vector<FirmLoss>& losses, std::size_t firms, double step) {
    std::vector<double> lost(firms, 0.0);
    for (const FirmLoss& loss : losses) {
        const double left = loss.lost * std::max(0.0, 1.0 - step * loss.back_a_step);
        lost[loss.firm] = std::max(lost[loss.firm], left);
    }
    return lost;
}

FirmDynamicsOptions random_options(RandomStream& random) {
    FirmDynamicsOptions options{.steps = 80, .keep = Keep::every_firm};
    options.stock_steps.clear();
    for (int s = 0; s < 4; ++s) {
        options.stock_steps.push_back(1.0 + 12.0 * random.uniform());
    }
    options.restock_steps = 1.0 + 8.0 * random.uniform();
    return options;
}

TEST(FirmDynamicsLaws, EqualsTheEquationsOverFullMatrices) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        RandomStream random{seed, 31};
        const Case c = random_case(random);
        const FirmDynamicsOptions options = random_options(random);
        const auto losses = random_losses(random, c);
        const FirmRun run = FirmDynamics(c.network, c.final_demand, options).run(losses);
        DenseFirms dense(c, options);
        const std::size_t firms = c.network.firms();
        for (std::size_t step = 0; step < run.steps(); ++step) {
            const auto& made = dense.step(lost_at(losses, firms, static_cast<double>(step)));
            for (std::size_t i = 0; i < firms; ++i) {
                ASSERT_NEAR(run.by_firm[step * firms + i], made[i], 1e-9 * (1.0 + made[i]))
                    << "seed " << seed << ", step " << step << ", firm " << i;
            }
        }
    }
}

/// What a stock gains in a step is what arrived less what was used: nothing is cut off at 0.
TEST(FirmDynamicsLaws, ConservesMass) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        RandomStream random{seed, 32};
        const Case c = random_case(random);
        const FirmDynamicsOptions options = random_options(random);
        const auto losses = random_losses(random, c);
        DenseFirms dense(c, options);
        for (int step = 0; step < 80; ++step) {
            const double before = dense.stock();
            dense.step(lost_at(losses, c.network.firms(), step));
            ASSERT_NEAR(dense.stock() - before, dense.balance(), 1e-9 * (1.0 + before)) << seed;
        }
    }
}

TEST(FirmDynamicsLaws, NoShockChangesNothing) {
    const Case c = reference_case();
    const FirmDynamics dynamics(c.network, c.final_demand, {.keep = Keep::every_firm});
    const FirmRun run = dynamics.run({});
    const auto usual = dynamics.usual_output();
    for (std::size_t step = 0; step < run.steps(); ++step) {
        for (std::size_t i = 0; i < usual.size(); ++i) {
            ASSERT_NEAR(run.by_firm[step * usual.size() + i], usual[i], 1e-12 * (1.0 + usual[i]));
        }
    }
    EXPECT_NEAR(run.steps_of_output_lost(), 0.0, 1e-9);
    EXPECT_EQ(run.collapse, std::nullopt);
}

TEST(FirmDynamicsLaws, NobodyMakesMoreThanItsCapacityOrLessThanNothing) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        RandomStream random{seed, 33};
        const Case c = random_case(random);
        const auto losses = random_losses(random, c);
        const FirmDynamics dynamics(c.network, c.final_demand, random_options(random));
        const FirmRun run = dynamics.run(losses);
        const std::size_t firms = c.network.firms();
        for (std::size_t step = 0; step < run.steps(); ++step) {
            const auto lost = lost_at(losses, firms, static_cast<double>(step));
            ASSERT_LE(run.consumption[step], run.consumption_before * (1.0 + 1e-12));
            for (std::size_t i = 0; i < firms; ++i) {
                const double made = run.by_firm[step * firms + i];
                ASSERT_GE(made, 0.0);
                ASSERT_LE(made, dynamics.usual_output()[i] * (1.0 - lost[i]) * (1.0 + 1e-12));
            }
        }
    }
}

/// Every firm sells to one customer at most, or to final demand: nobody competes for goods.
Case random_tree(RandomStream& random) {
    const auto firms = static_cast<std::uint32_t>(6 + random.below(20));
    std::vector<std::uint32_t> sector_of;
    std::vector<FirmLink> links;
    std::vector<double> final_demand(firms, 0.0);
    for (std::uint32_t firm = 0; firm < firms; ++firm) {
        sector_of.push_back(static_cast<std::uint32_t>(random.below(4)));
        if (firm == 0) {
            final_demand[0] = 1.0 + random.uniform();
        } else {
            const auto customer = static_cast<std::uint32_t>(random.below(firm));
            links.push_back({firm, customer, 0.1 + random.uniform()});
        }
    }
    return {network_of(std::move(sector_of), 4, std::move(links)), std::move(final_demand)};
}

/// A network in which one firm loses a part of its capacity and gets it back.
struct Trial {
    Trial(std::uint64_t seed, Case (*make)(RandomStream&)) {
        RandomStream random{seed, 34};
        c = make(random);
        options.stock_steps = {2.0 + 12.0 * random.uniform()};
        options.restock_steps = 1.0 + 8.0 * random.uniform();
        loss.firm = static_cast<std::uint32_t>(random.below(c.network.firms()));
        loss.lost = random.uniform();
        loss.back_a_step = 0.02 + 0.05 * random.uniform();
    }

    double lost() const {
        return FirmDynamics(c.network, c.final_demand, options)
            .run(std::vector{loss})
            .steps_of_output_lost();
    }

    Case c;
    FirmDynamicsOptions options{.steps = 120};
    FirmLoss loss{};
};

TEST(FirmDynamicsLaws, WhereNobodyCompetesALargerOrLongerShockAndASmallerStockNeverHelp) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const Trial trial(seed, random_tree);
        const double base = trial.lost();
        Trial larger = trial;
        larger.loss.lost += 0.3 * (1.0 - larger.loss.lost);
        EXPECT_GE(larger.lost(), base - 1e-9) << seed;
        Trial longer = trial;
        longer.loss.back_a_step *= 0.8;
        EXPECT_GE(longer.lost(), base - 1e-9) << seed;
        Trial smaller = trial;
        smaller.options.stock_steps[0] *= 0.85;
        EXPECT_GE(smaller.lost(), base - 1e-9) << seed;
    }
}

Case dense_case(RandomStream& random) {
    return random_case(random);
}

/// Where customers compete the published equations keep no such promise: who is hit harder, or has
/// less stock to fill, orders less and leaves more to the others. docs/explanation/shock-firms.md.
TEST(FirmDynamicsLaws, WhereCustomersCompeteEachOfThemCanHelp) {
    int by_larger = 0;
    int by_longer = 0;
    int by_stock = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        const Trial trial(seed, dense_case);
        const double base = trial.lost() * (1.0 - 1e-6);
        Trial larger = trial;
        larger.loss.lost += 0.3 * (1.0 - larger.loss.lost);
        by_larger += larger.lost() < base ? 1 : 0;
        Trial longer = trial;
        longer.loss.back_a_step *= 0.8;
        by_longer += longer.lost() < base ? 1 : 0;
        Trial smaller = trial;
        smaller.options.stock_steps[0] *= 0.85;
        by_stock += smaller.lost() < base ? 1 : 0;
    }
    EXPECT_GT(by_larger, 0);
    EXPECT_LT(by_larger, 20);
    EXPECT_GT(by_longer, 0);
    EXPECT_LT(by_longer, 20);
    EXPECT_GT(by_stock, 0);
}

/// On the step of the shock stocks and orders are still the same, so nobody makes more.
TEST(FirmDynamicsLaws, OnItsStepALargerShockHelpsNobody) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        Trial trial(seed, dense_case);
        trial.options.steps = 1;
        trial.options.keep = Keep::every_firm;
        const FirmDynamics dynamics(trial.c.network, trial.c.final_demand, trial.options);
        const FirmRun smaller = dynamics.run(std::vector{trial.loss});
        trial.loss.lost += 0.3 * (1.0 - trial.loss.lost);
        const FirmRun larger = dynamics.run(std::vector{trial.loss});
        for (std::size_t i = 0; i < smaller.by_firm.size(); ++i) {
            EXPECT_LE(larger.by_firm[i], smaller.by_firm[i]);
        }
    }
}

/// With 9 steps of stock the reference network recovers, with 5 it goes down long after the three
/// firms have all their capacity back.
TEST(FirmDynamicsReference, SaysThatARunCollapsesByItself) {
    const Case c = reference_case();
    std::vector<FirmLoss> losses;
    for (const auto& row : numbers_in("sf1000_shock.csv")) {
        losses.push_back({whole(row[0]), row[1], 1.0 / 40.0});
    }
    const auto run = [&](double stock) {
        const FirmDynamicsOptions options{.steps = 200, .stock_steps = {stock}};
        return FirmDynamics(c.network, c.final_demand, options).run(losses);
    };
    EXPECT_EQ(run(9.0).collapse, std::nullopt);
    const FirmRun down = run(5.0);
    ASSERT_NE(down.collapse, std::nullopt);
    EXPECT_GE(*down.collapse, 40U);
    EXPECT_LT(down.production.back(), 0.1 * down.production_before);
}

/// A steelworks sells to a maker of parts and that to a yard, one unit a step, with two steps of
/// stock and gaps ordered at once. The maker stops and gets half of its capacity back a step.
TEST(FirmDynamics, EqualsAHandCalculation) {
    const FirmNetwork network = network_of({0, 1, 2}, 3, {{0, 1, 1.0}, {1, 2, 1.0}});
    const FirmDynamicsOptions options{
        .steps = 4,
        .stock_steps = {2.0},
        .restock_steps = 1.0,
        .keep = Keep::every_firm};
    const FirmRun run = FirmDynamics(network, std::vector{0.0, 0.0, 1.0}, options)
                            .run(std::vector{FirmLoss{1, 1.0, 0.5}});
    // step 0: stocks 2, 2; orders 1, 1. Parts can make 0; steel and yard make 1.
    // step 1: parts: stock 2 + 1 = 3, used 0, order 0. yard: stock 2 + 0 - 1 = 1, order 1 + (2 - 1)
    //         = 2. Parts can make 0.5; steel is asked for nothing; the yard makes min(1, 1) = 1.
    // step 2: parts: stock 3 - 0.5 = 2.5, order 0.5 + max(0, 1 - 2.5) = 0.5. yard: stock 1 + 0.5
    //         - 1 = 0.5, order 1 + 1.5. Parts can make 1; steel makes 0.5; the yard 0.5.
    // step 3: parts: stock 2.5 + 0.5 - 1 = 2, order 1 + 0. yard: stock 0.5 + 1 - 0.5 = 1, order
    //         0.5 + max(0, 1 - 1) = 0.5. Parts make 0.5, steel 1, the yard 1.
    // Firms: steel, parts, yard.
    const std::vector<double> expected{1, 0, 1, 0, 0.5, 1, 0.5, 1, 0.5, 1, 0.5, 1};
    ASSERT_EQ(run.by_firm.size(), expected.size());
    for (std::size_t at = 0; at < expected.size(); ++at) {
        EXPECT_NEAR(run.by_firm[at], expected[at], 1e-12) << at;
    }
    EXPECT_EQ(run.lowest, (std::vector<double>{0.0, 0.0, 0.5}));
}

/// Two makers of one sector replace each other out of stock; of two sectors they do not.
TEST(FirmDynamics, SuppliersOfASectorStandInForEachOther) {
    const std::vector<FirmLink> links{{0, 2, 1.0}, {1, 2, 1.0}};
    const FirmDynamicsOptions options{.steps = 6, .stock_steps = {3.0}};
    const std::vector<double> demand{0.0, 0.0, 2.0};
    const std::vector<FirmLoss> one_stops{{0, 1.0, 0.0}};
    const auto lowest = [&](std::vector<std::uint32_t> sector_of) {
        const FirmNetwork network = network_of(std::move(sector_of), 3, links);
        return FirmDynamics(network, demand, options).run(one_stops).lowest[2];
    };
    EXPECT_GT(lowest({0, 0, 2}), 0.4);
    EXPECT_EQ(lowest({0, 1, 2}), 0.0);
}

TEST(FirmDynamics, StopsWhenAskedAndKeepsWhatWasDone) {
    const Case c = reference_case();
    std::stop_source source;
    shock::Run how{.threads = 1, .progress = [&](std::string_view, double done) {
                       if (done > 0.5) {
                           source.request_stop();
                       }
                   }};
    how.stop = source.get_token();
    const FirmRun run = FirmDynamics(c.network, c.final_demand, {.steps = 10}).run({}, how);
    EXPECT_EQ(run.steps(), 6U);
    EXPECT_EQ(run.consumption.size(), 6U);
}

TEST(FirmDynamics, IgnoresAnEmptyNetwork) {
    const FirmRun run = FirmDynamics(FirmNetwork(), {}, {.steps = 3}).run({});
    EXPECT_EQ(run.steps(), 3U);
    EXPECT_EQ(run.steps_of_output_lost(), 0.0);
}

}  // namespace
}  // namespace adic::shock
