#include "montecarlo/spreads.hpp"
#include "montecarlo/uniforms.hpp"

#include <cmath>
#include <set>

#include <boost/math/special_functions/beta.hpp>
#include <gtest/gtest.h>

namespace adic::shock {
namespace {

Uniforms::Counts ten_of_each() {
    Uniforms::Counts counts;
    counts.fill(10);
    return counts;
}

TEST(Spreads, AreQuantilesOfTheBeta) {
    for (const double mode : {0.0, 0.001, 0.1, 0.5, 0.83, 1.0}) {
        const Estimate figure = *Estimate::create(10, 10 + 20 * mode, 30);
        Spreads spreads(Spread::pert);
        spreads.prepare(figure);
        double before = 10;
        for (int i = 1; i < 500; ++i) {
            const double u = i / 500.0;
            const double exact = 10 + 20 * boost::math::ibeta_inv(1 + 4 * mode, 5 - 4 * mode, u);
            const double found = spreads.at(figure, u);
            ASSERT_NEAR(found, exact, 20 * 1e-4) << mode << ' ' << u;
            // In probability, which is what a draw is, far closer.
            ASSERT_NEAR(boost::math::ibeta(1 + 4 * mode, 5 - 4 * mode, (found - 10) / 20), u, 5e-6)
                << mode;
            ASSERT_GE(found, before);
            before = found;
        }
    }
}

TEST(Spreads, HaveTheMeansOfTheirKind) {
    const Estimate figure = *Estimate::create(0, 1, 10);
    for (const auto& [spread, mean] :
         {std::pair{Spread::pert, (0 + 4 * 1 + 10) / 6.0},
          std::pair{Spread::triangular, 11 / 3.0}}) {
        Spreads spreads(spread);
        spreads.prepare(figure);
        double sum = 0;
        for (int i = 0; i < 10'000; ++i) {
            sum += spreads.at(figure, (i + 0.5) / 10'000);
        }
        EXPECT_NEAR(sum / 10'000, mean, 1e-3);
    }
    EXPECT_EQ(Spreads(Spread::pert).at(Estimate::exactly(3), 0.7), 3);
}

TEST(Uniforms, ArePureFunctionsOfTheirPlace) {
    const Uniforms a(7, Sampling::independent, ten_of_each());
    Uniforms::Counts fewer = ten_of_each();
    fewer[0] = 1;
    const Uniforms b(7, Sampling::independent, fewer);  // another scenario, the same futures
    const Uniforms c(8, Sampling::independent, ten_of_each());
    std::set<double> seen;
    for (std::uint64_t run = 0; run < 50; ++run) {
        for (std::uint32_t index = 0; index < 10; ++index) {
            const double u = a.draw(run, Drawn::share, index);
            EXPECT_EQ(u, b.draw(run, Drawn::share, index));
            EXPECT_NE(u, c.draw(run, Drawn::share, index));
            EXPECT_NE(u, a.draw(run, Drawn::happens, index));
            EXPECT_TRUE(u > 0 && u < 1);
            seen.insert(u);
        }
    }
    EXPECT_EQ(seen.size(), 500U);
}

TEST(Uniforms, ComeInPairsThatAddUpToOne) {
    const Uniforms uniforms(7, Sampling::antithetic, ten_of_each());
    for (std::uint64_t run = 0; run < 100; run += 2) {
        const double u = uniforms.draw(run, Drawn::duration, 3);
        EXPECT_NEAR(u + uniforms.draw(run + 1, Drawn::duration, 3), 1, 1e-15);
        EXPECT_NE(u, uniforms.draw(run + 2, Drawn::duration, 3));
    }
}

TEST(Uniforms, FillEveryDimensionOfAReplicateEvenly) {
    // 64 Sobol points, shifted digit by digit, fall into each 64th once, in every dimension; and
    // the first two dimensions into each of 8 x 8 squares once.
    const Uniforms uniforms(7, Sampling::quasi_random, ten_of_each());
    for (std::uint64_t block = 0; block < 48; ++block) {
        std::set<int> squares;
        for (std::uint32_t index = 0; index < 10; ++index) {
            std::set<int> cells;
            for (std::uint64_t run = block * 64; run < block * 64 + 64; ++run) {
                cells.insert(static_cast<int>(64 * uniforms.draw(run, Drawn::happens, index)));
            }
            ASSERT_EQ(cells.size(), 64U) << block << ' ' << index;
        }
        for (std::uint64_t run = block * 64; run < block * 64 + 64; ++run) {
            const int x = static_cast<int>(8 * uniforms.draw(run, Drawn::cause, 0));
            const int y = static_cast<int>(8 * uniforms.draw(run, Drawn::cause, 1));
            squares.insert(8 * x + y);
        }
        ASSERT_EQ(squares.size(), 64U) << block;
    }
}

}  // namespace
}  // namespace adic::shock
