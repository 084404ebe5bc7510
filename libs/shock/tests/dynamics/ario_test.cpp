#include "adic/shock/dynamics/ario.hpp"

#include "adic/base/random.hpp"

#include "numbers_in.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using model::InputOutputTable;
using test::numbers_in;

std::vector<std::string> numbered(const std::string& letter, std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) {
        names.push_back(letter + std::to_string(i));
    }
    return names;
}

std::vector<double> joined(const std::vector<std::vector<double>>& rows) {
    std::vector<double> all;
    for (const auto& row : rows) {
        all.insert(all.end(), row.begin(), row.end());
    }
    return all;
}

InputOutputTable reference_table() {
    return {
        numbered("R", 6),
        numbered("S", 8),
        joined(numbers_in("mrio48_Z.csv")),
        joined(numbers_in("mrio48_Y.csv"))};
}

/// 90 % of the capital of three sectors of the second region on day 5, repaired from day 35.
std::vector<CapitalLoss> reference_losses(std::uint32_t repair_days = 60) {
    std::vector<CapitalLoss> losses;
    for (const std::size_t sector : {2U, 3U, 4U}) {
        losses.push_back({8 + sector, 0.9, 5, 35, repair_days});
    }
    return losses;
}

/// Computed by another program from the same table: test data of the reference models, ario.
TEST(ArioReference, EqualsTheDailyProductionOfEveryIndustry) {
    const InputOutputTable table = reference_table();
    const Ario ario(table, {});
    const ArioRun run = ario.run(reference_losses());
    const auto expected = numbers_in("mrio48_psi_alt_production.csv");
    ASSERT_EQ(run.days(), expected.size());
    for (std::size_t day = 0; day < run.days(); ++day) {
        for (std::size_t i = 0; i < run.industries; ++i) {
            const double usual = table.output()[i] / 365.0;
            ASSERT_NEAR(run.on_day(day)[i] / usual, expected[day][i + 1] / usual, 1e-9)
                << "day " << day << ", " << table.name_of(i);
        }
    }
    for (const auto& row : numbers_in("mrio48_psi_alt_unmet_total.csv")) {
        ASSERT_NEAR(run.unmet_demand[static_cast<std::size_t>(row[0])], row[1], 1e-9);
    }
    EXPECT_EQ(run.collapse, std::nullopt);
}

/// The reference model's run with 20 days of stock, a restoration time of 40 and orders split as
/// usual ends in collapse, although everything has been repaired.
TEST(ArioReference, SaysThatARunCollapsesByItself) {
    ArioOptions options{.stock_days = {20.0}, .restock_days = 40.0};
    options.split = OrderSplit::as_usual;
    const ArioRun run = Ario(reference_table(), options).run(reference_losses());
    ASSERT_NE(run.collapse, std::nullopt);
    EXPECT_GT(*run.collapse, 95U);
}

struct Dense {
    std::vector<std::vector<double>> z;
    std::vector<double> f;
    std::size_t regions;
    std::size_t sectors;
};

/// A day-by-day run over the full matrix of orders, written from the equations.
class DenseArio {
  public:
    DenseArio(const Dense& table, const ArioOptions& options)
        : d_(table)
        , o_(options)
        , n_(table.f.size()) {}

    std::vector<std::vector<double>> run(const std::vector<CapitalLoss>& losses) {
        start();
        std::vector<std::vector<double>> days;
        for (std::uint32_t day = 0; day < o_.days; ++day) {
            step(day, losses);
            days.push_back(made_);
        }
        return days;
    }

  private:
    double wanted_days(std::size_t s) const {
        return o_.stock_days.size() == 1 ? o_.stock_days[0] : o_.stock_days[s];
    }

    void start() {
        x_.assign(n_, 0.0);
        for (std::size_t i = 0; i < n_; ++i) {
            for (const double flow : d_.z[i]) {
                x_[i] += flow / 365.0;
            }
            x_[i] += d_.f[i] / 365.0;
        }
        t_.assign(d_.sectors, std::vector<double>(n_, 0.0));
        orders_ = d_.z;
        for (std::size_t i = 0; i < n_; ++i) {
            for (std::size_t j = 0; j < n_; ++j) {
                orders_[i][j] = d_.z[i][j] / 365.0;
                t_[i % d_.sectors][j] += x_[j] > 0.0 ? orders_[i][j] / x_[j] : 0.0;
            }
        }
        stock_ = t_;
        for (std::size_t s = 0; s < d_.sectors; ++s) {
            for (std::size_t j = 0; j < n_; ++j) {
                stock_[s][j] *= wanted_days(s) * x_[j];
            }
        }
        alpha_.assign(n_, 1.0);
        made_ = x_;
    }

    static double damage(const CapitalLoss& loss, std::uint32_t day) {
        if (day < loss.day) {
            return 0.0;
        }
        const double since = static_cast<double>(day) - 1.0 - loss.repair_from;
        if (since <= 0.0) {
            return loss.lost;
        }
        return loss.repair_days == 0 ? 0.0
                                     : loss.lost * std::max(0.0, 1.0 - since / loss.repair_days);
    }

    void step(std::uint32_t day, const std::vector<CapitalLoss>& losses) {
        std::vector<double> demand(n_);
        for (std::size_t i = 0; i < n_; ++i) {
            demand[i] = d_.f[i] / 365.0;
            for (const double order : orders_[i]) {
                demand[i] += order;
            }
        }
        std::vector<double> capacity(n_);
        std::vector<double> wanted(n_);
        for (std::size_t i = 0; i < n_; ++i) {
            if (day > 1) {
                const double z = demand[i] > 0.0 ? (demand[i] - made_[i]) / demand[i] : 0.0;
                alpha_[i] += (z != 0.0 ? (o_.capacity_most - alpha_[i]) * z : 1.0 - alpha_[i])
                             / o_.capacity_days;
                alpha_[i] = std::max(1.0, alpha_[i]);
            }
            double lost = 0.0;
            for (const CapitalLoss& loss : losses) {
                lost = std::max(lost, loss.industry == i ? damage(loss, day) : 0.0);
            }
            capacity[i] = x_[i] * (1.0 - lost) * alpha_[i];
            wanted[i] = std::min(demand[i], capacity[i]);
        }
        for (std::size_t j = 0; j < n_; ++j) {
            double part = 1.0;
            for (std::size_t s = 0; s < d_.sectors; ++s) {
                const bool counts = t_[s][j] * 365.0 > 1e-5 && wanted[j] > 0.0;
                const double need = o_.stock_needed * wanted_days(s) * wanted[j] * t_[s][j];
                part = counts ? std::min(part, stock_[s][j] / need) : part;
            }
            made_[j] = wanted[j] * part;
        }
        settle(demand, capacity, wanted);
    }

    void settle(
        const std::vector<double>& demand,
        const std::vector<double>& capacity,
        const std::vector<double>& wanted
    ) {
        for (std::size_t s = 0; s < d_.sectors; ++s) {
            for (std::size_t j = 0; j < n_; ++j) {
                double norm = 0.0;
                for (std::size_t i = s; i < n_; i += d_.sectors) {
                    const double met = demand[i] > 0.0 ? made_[i] / demand[i] : 1.0;
                    stock_[s][j] += orders_[i][j] * met;
                    norm += d_.z[i][j] * weight(i, capacity);
                }
                stock_[s][j] -= made_[j] * t_[s][j];
                const double gap = wanted_days(s) * wanted[j] * t_[s][j] - stock_[s][j];
                const double order = std::max(0.0, gap) / o_.restock_days + made_[j] * t_[s][j];
                for (std::size_t i = s; i < n_; i += d_.sectors) {
                    orders_[i][j] =
                        norm > 0.0 ? order * d_.z[i][j] * weight(i, capacity) / norm : 0.0;
                }
            }
        }
    }

    double weight(std::size_t i, const std::vector<double>& capacity) const {
        return o_.split == OrderSplit::by_capacity && x_[i] > 0.0 ? capacity[i] / x_[i] : 1.0;
    }

    const Dense& d_;
    const ArioOptions& o_;
    std::size_t n_;
    std::vector<double> x_;
    std::vector<std::vector<double>> t_;
    std::vector<std::vector<double>> orders_;
    std::vector<std::vector<double>> stock_;
    std::vector<double> alpha_;
    std::vector<double> made_;
};

Dense random_table(RandomStream& random) {
    Dense table{{}, {}, 2 + random.below(3), 2 + random.below(4)};
    const std::size_t n = table.regions * table.sectors;
    for (std::size_t i = 0; i < n; ++i) {
        std::vector<double> row;
        for (std::size_t j = 0; j < n; ++j) {
            row.push_back(random.below(3) == 0 ? 0.0 : random.uniform());
        }
        table.z.push_back(row);
        // An industry can sell everything to others, or make nothing at all.
        table.f.push_back(random.below(6) == 0 ? 0.0 : 3.0 * random.uniform());
    }
    return table;
}

InputOutputTable table_of(const Dense& dense) {
    return {numbered("R", dense.regions), numbered("S", dense.sectors), joined(dense.z), dense.f};
}

ArioOptions random_options(RandomStream& random, std::size_t sectors) {
    ArioOptions options;
    options.days = 60;
    options.stock_days.clear();
    for (std::size_t s = 0; s < sectors; ++s) {
        options.stock_days.push_back(5.0 + 60.0 * random.uniform());
    }
    options.stock_needed = 0.5 + 0.5 * random.uniform();
    options.restock_days = 1.0 + 40.0 * random.uniform();
    options.split = random.below(2) == 0 ? OrderSplit::as_usual : OrderSplit::by_capacity;
    return options;
}

TEST(ArioLaws, EqualsTheFullMatrixOfOrdersDayByDay) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        RandomStream random{seed, 11};
        const Dense dense = random_table(random);
        const ArioOptions options = random_options(random, dense.sectors);
        const std::vector<CapitalLoss> losses{
            {random.below(dense.f.size()), random.uniform(), 3, 10, 15},
            {random.below(dense.f.size()), 0.4, 7, 7, 0}};
        const ArioRun run = Ario(table_of(dense), options).run(losses);
        const auto expected = DenseArio(dense, options).run(losses);
        for (std::size_t day = 0; day < run.days(); ++day) {
            for (std::size_t i = 0; i < run.industries; ++i) {
                ASSERT_NEAR(run.on_day(day)[i], expected[day][i], 1e-9 * (1.0 + expected[0][i]))
                    << "seed " << seed << ", day " << day;
            }
        }
    }
}

TEST(ArioLaws, NoShockChangesNothing) {
    const InputOutputTable table = reference_table();
    const ArioRun run = Ario(table, {}).run({});
    for (std::size_t day = 0; day < run.days(); ++day) {
        for (std::size_t i = 0; i < run.industries; ++i) {
            ASSERT_NEAR(run.on_day(day)[i] / (table.output()[i] / 365.0), 1.0, 1e-12);
        }
    }
    EXPECT_NEAR(run.days_of_output_lost(), 0.0, 1e-9);
    EXPECT_EQ(run.collapse, std::nullopt);
}

TEST(ArioLaws, ALargerOrLongerShockAndASmallerStockNeverHelp) {
    const InputOutputTable table = reference_table();
    const auto lost = [&](double part, std::uint32_t repair, double stock) {
        ArioOptions options;
        options.stock_days = {stock};
        std::vector<CapitalLoss> losses = reference_losses(repair);
        for (CapitalLoss& loss : losses) {
            loss.lost = part;
        }
        return Ario(table, options).run(losses).days_of_output_lost();
    };
    double before = 0.0;
    for (const double part : {0.1, 0.3, 0.5, 0.7, 0.9, 1.0}) {
        const double now = lost(part, 60, 60.0);
        EXPECT_GT(now, before) << part;
        before = now;
    }
    EXPECT_GT(lost(0.9, 120, 60.0), lost(0.9, 60, 60.0));
    EXPECT_GT(lost(0.9, 60, 30.0), lost(0.9, 60, 60.0));
}

TEST(ArioLaws, MeetsNoMoreDemandThanThereIsAndMakesNoMoreThanCapacity) {
    const InputOutputTable table = reference_table();
    const ArioRun run = Ario(table, {}).run(reference_losses());
    for (std::size_t day = 0; day < run.days(); ++day) {
        ASSERT_GE(run.unmet_demand[day], -1e-12);
        for (std::size_t i = 0; i < run.industries; ++i) {
            const double usual = table.output()[i] / 365.0;
            ASSERT_GE(run.on_day(day)[i], 0.0);
            ASSERT_LE(run.on_day(day)[i], 1.25 * usual);
            const bool is_hit = i >= 10 && i <= 12 && day >= 5 && day <= 36;
            ASSERT_LE(run.on_day(day)[i], (is_hit ? 0.1 * 1.25 : 1.25) * usual);
        }
    }
}

/// Two regions with stocks of three weeks at most: one stops for a month, and with it everything.
TEST(Ario, SaysThatAnEconomyThatHasStoppedDoesNotStartAgain) {
    const Dense dense{
        {{10, 20, 1, 2}, {15, 5, 2, 1}, {2, 1, 8, 16}, {1, 3, 12, 4}},
        {65, 43, 54, 32},
        2,
        2};
    ArioOptions options{.stock_days = {20.0, 10.0}, .restock_days = 40.0};
    options.split = OrderSplit::as_usual;
    const std::vector<CapitalLoss> losses{{0, 1.0, 5, 35, 60}, {1, 1.0, 5, 35, 60}};
    const ArioRun run = Ario(table_of(dense), options).run(losses);
    ASSERT_NE(run.collapse, std::nullopt);
    EXPECT_LT(run.on_day(364)[0], 1e-3);
}

TEST(Ario, IgnoresAnEmptyTable) {
    const ArioRun run = Ario(InputOutputTable({}, {}, {}, {}), {.days = 3}).run({});
    EXPECT_EQ(run.days(), 3U);
    EXPECT_EQ(run.days_of_output_lost(), 0.0);
}

}  // namespace
}  // namespace adic::shock
