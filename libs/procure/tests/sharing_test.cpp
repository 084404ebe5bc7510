#include "adic/procure/sharing.hpp"

#include "adic/base/random.hpp"
#include "adic/procure/nucleolus.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::procure {
namespace {

using model::check_game;
using model::largest_amount;
using testing::ElementsAre;

/// A game of players A, B, C, ... whose costs are those of their volumes bought together.
template <typename Cost>
CostGame purchase(const std::vector<std::int64_t>& volumes, const Cost& cost) {
    CostGame game;
    for (std::size_t p = 0; p < volumes.size(); ++p) {
        game.players.emplace_back(1, static_cast<char>('A' + p));
    }
    game.costs.resize(std::size_t{1} << volumes.size());
    for (Coalition coalition = 1; coalition < game.costs.size(); ++coalition) {
        std::int64_t volume = 0;
        for (std::size_t p = 0; p < volumes.size(); ++p) {
            volume += (coalition >> p & 1U) != 0 ? volumes[p] : 0;
        }
        game.costs[coalition] = cost(volume);
    }
    return game;
}

/// A savings game: v is what a set of players gets.
CostGame savings(std::size_t players, const std::function<std::int64_t(Coalition)>& value) {
    CostGame game;
    for (std::size_t p = 0; p < players; ++p) {
        game.players.emplace_back(1, static_cast<char>('A' + p));
    }
    game.costs.resize(std::size_t{1} << players);
    for (Coalition coalition = 1; coalition < game.costs.size(); ++coalition) {
        game.costs[coalition] = -value(coalition);
    }
    return game;
}

std::vector<double> in_units(const Shares& shares) {
    std::vector<double> units;
    for (const Fraction& share : shares) {
        units.push_back(std::round(to_double(share)) / 100.0);
    }
    return units;
}

Fraction sum_of(const Shares& shares) {
    return std::accumulate(shares.begin(), shares.end(), Fraction{0});
}

/// A random game of costs, neither monotone nor subadditive in general.
CostGame random_game(std::size_t players, std::uint64_t seed) {
    RandomStream random(seed, 0);
    return savings(players, [&](Coalition coalition) {
        return static_cast<std::int64_t>(random.below(1000)) * model::size_of(coalition);
    });
}

/// Four states need 30, 40, 60 and 20; one costs 10, from 50 on 9, from 120 on 8.
CostGame four_states() {
    return purchase({30, 40, 60, 20}, [](std::int64_t volume) {
        const std::int64_t price = volume >= 120 ? 8 : volume >= 50 ? 9 : 10;
        return 100 * price * volume;
    });
}

/// A needs 30, B 60, C 120; one costs 100, from 50 on 92, from 100 on 85, from 200 on 80.
CostGame three_states() {
    return purchase({30, 60, 120}, [](std::int64_t volume) {
        const std::int64_t price = volume >= 200   ? 80
                                   : volume >= 100 ? 85
                                   : volume >= 50  ? 92
                                                   : 100;
        return 100 * price * volume;
    });
}

TEST(Sharing, FourStatesPayWhatTheWorkedExampleSays) {
    const CostGame game = four_states();
    EXPECT_EQ(game.costs[game.everybody()], 120'000);
    EXPECT_THAT(in_units(shapley_shares(game)), ElementsAre(254.17, 307.50, 474.17, 164.17));
    const auto found = nucleolus(game, NucleolusKind::nucleolus);
    ASSERT_TRUE(found);
    EXPECT_THAT(in_units(found->shares), ElementsAre(256.67, 295.00, 471.67, 176.67));
    const Shares equal_price = proportional_shares(game, {30, 40, 60, 20});
    EXPECT_THAT(in_units(equal_price), ElementsAre(240, 320, 480, 160));
    EXPECT_TRUE(is_in_core(game, equal_price));
    EXPECT_TRUE(is_in_core(game, shapley_shares(game)));
    EXPECT_TRUE(is_in_core(game, found->shares));
}

TEST(Sharing, ThreeStatesPayWhatTheWorkedExampleSays) {
    const CostGame game = three_states();
    EXPECT_EQ(game.saving(0b011), 24'000);
    EXPECT_EQ(game.saving(0b101), 45'000);
    EXPECT_EQ(game.saving(0b110), 42'000);
    EXPECT_EQ(game.saving(0b111), 192'000);
    EXPECT_THAT(in_units(proportional_shares(game, {30, 60, 120})), ElementsAre(2400, 4800, 9600));
    EXPECT_THAT(in_units(shapley_shares(game)), ElementsAre(2385, 4920, 9495));
    EXPECT_THAT(
        in_units(nucleolus(game, NucleolusKind::nucleolus)->shares),
        ElementsAre(2360, 4880, 9560)
    );
}

/// Littlechild and Owen (1973): a runway of 1, 2, 3 for three kinds of aircraft: the Shapley value
/// shares each part among those that need it: 1/3, 1/3 + 1/2, 1/3 + 1/2 + 1.
/// Littlechild (1974): its nucleolus by the rule of least averages: 1/2, 3/4, 7/4.
TEST(Sharing, OfARunwayIsAsPublished) {
    const CostGame game = savings(3, [](Coalition coalition) {
        return -600 * static_cast<std::int64_t>(std::bit_width(coalition));
    });
    const Shares shapley = shapley_shares(game);
    EXPECT_EQ(shapley, (Shares{200, 500, 1100}));
    const auto found = nucleolus(game, NucleolusKind::nucleolus);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->shares, (Shares{300, 450, 1050}));
}

/// Aumann and Maschler (1985), "Game theoretic analysis of a bankruptcy problem from the Talmud",
/// Journal of Economic Theory 36: claims of 100, 200, 300; what there is goes as the Mishna says.
TEST(Sharing, OfATalmudEstateIsAsPublished) {
    struct Case {
        std::int64_t estate;
        Shares get;
    };

    const std::vector<Case> cases{
        {100, {Fraction{100, 3}, Fraction{100, 3}, Fraction{100, 3}}},
        {200, {50, 75, 75}},
        {300, {50, 100, 150}},
        {400, {50, 125, 225}},
        {500, {Fraction{200, 3}, Fraction{500, 3}, Fraction{800, 3}}},  // losses of 100 in thirds
    };
    const std::vector<std::int64_t> claims{100, 200, 300};
    for (const Case& one : cases) {
        const CostGame game = savings(3, [&](Coalition coalition) {
            std::int64_t others = 0;
            for (std::size_t p = 0; p < claims.size(); ++p) {
                others += (coalition >> p & 1U) != 0 ? 0 : claims[p];
            }
            return std::max<std::int64_t>(0, one.estate - others);
        });
        Shares gets = nucleolus(game, NucleolusKind::nucleolus)->shares;
        std::ranges::for_each(gets, [](Fraction& share) { share = -share; });
        EXPECT_EQ(gets, one.get) << one.estate;
    }
}

/// The gloves game of Shapley and Shubik: one left, two right: the left one gets all of it in the
/// core, and two thirds by the Shapley value.
TEST(Sharing, OfGlovesIsAsPublished) {
    const CostGame game = savings(3, [](Coalition coalition) {
        return (coalition & 1U) != 0 && model::size_of(coalition) > 1 ? 600 : 0;
    });
    EXPECT_EQ(shapley_shares(game), (Shares{-400, -100, -100}));
    EXPECT_EQ(nucleolus(game, NucleolusKind::nucleolus)->shares, (Shares{-600, 0, 0}));
}

/// Where three are worse off together than two of them, the prenucleolus gives one less than it has
/// alone; the nucleolus does not.
TEST(Nucleolus, StaysAmongImputationsAndThePrenucleolusDoesNot) {
    const CostGame game = savings(3, [](Coalition coalition) {
        return coalition == 0b011 ? 1000 : coalition == 0b111 ? 400 : 0;
    });
    const auto inside = nucleolus(game, NucleolusKind::nucleolus);
    const auto free = nucleolus(game, NucleolusKind::prenucleolus);
    ASSERT_TRUE(inside);
    ASSERT_TRUE(free);
    EXPECT_EQ(inside->shares, (Shares{-200, -200, 0}));
    EXPECT_EQ(free->shares, (Shares{-350, -350, 300}));
    EXPECT_TRUE(is_proven(game, *inside, NucleolusKind::nucleolus));
    EXPECT_TRUE(is_proven(game, *free, NucleolusKind::prenucleolus));
    EXPECT_EQ(least_core_excess(*free), 300);
}

TEST(Nucleolus, IsNotThereWhereTogetherAllPayMoreThanAlone) {
    const CostGame game =
        savings(3, [](Coalition coalition) { return model::size_of(coalition) == 1 ? 100 : 0; });
    EXPECT_FALSE(nucleolus(game, NucleolusKind::nucleolus));
    const auto free = nucleolus(game, NucleolusKind::prenucleolus);
    ASSERT_TRUE(free);
    EXPECT_TRUE(is_proven(game, *free, NucleolusKind::prenucleolus));
}

TEST(Nucleolus, OfRandomGamesIsProven) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        const std::size_t players = 2 + seed % 6;
        const CostGame game = random_game(players, seed);
        for (const auto kind : {NucleolusKind::nucleolus, NucleolusKind::prenucleolus}) {
            const auto found = nucleolus(game, kind);
            if (found) {
                EXPECT_TRUE(is_proven(game, *found, kind)) << seed;
                EXPECT_LE(found->proof.size(), players - 1) << seed;
            } else {
                EXPECT_LT(game.saving(game.everybody()), 0) << seed;
            }
        }
    }
}

/// Few different amounts: many sets of players are equally well off, and steps go in circles if
/// the method lets them.
TEST(Nucleolus, OfGamesWithManyTiesIsProven) {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        RandomStream random(seed, 2);
        const CostGame game = savings(8, [&](Coalition coalition) {
            return static_cast<std::int64_t>(random.below(3)) + model::size_of(coalition) / 3;
        });
        const auto free = nucleolus(game, NucleolusKind::prenucleolus);
        ASSERT_TRUE(free);
        EXPECT_TRUE(is_proven(game, *free, NucleolusKind::prenucleolus)) << seed;
    }
}

TEST(Nucleolus, IsInTheCoreWhereThereIsOne) {
    int with_core = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        RandomStream random(seed, 1);
        // A convex game: what a player adds grows with those before it.
        const CostGame game = savings(5, [&](Coalition coalition) {
            return static_cast<std::int64_t>(model::size_of(coalition)) * model::size_of(coalition)
                       * 10
                   + static_cast<std::int64_t>(random.below(12));
        });
        const auto free = nucleolus(game, NucleolusKind::prenucleolus);
        ASSERT_TRUE(free);
        const bool has_core = least_core_excess(*free) <= 0;
        EXPECT_EQ(is_in_core(game, free->shares), has_core) << seed;
        with_core += has_core ? 1 : 0;
    }
    EXPECT_GT(with_core, 50);
}

/// By the definition, without a linear program: no shares nearby, in steps of a grid, have a list
/// of excesses that is smaller in the lexicographic order.
TEST(Nucleolus, IsTheLeastListOfExcessesOnAGrid) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const CostGame game = random_game(3, seed);
        const auto free = nucleolus(game, NucleolusKind::prenucleolus);
        ASSERT_TRUE(free);
        const auto list_of = [&](const Shares& shares) {
            std::vector<Fraction> excesses;
            for (Coalition coalition = 1; coalition < game.everybody(); ++coalition) {
                Fraction excess = -game.costs[coalition];
                for (std::size_t p = 0; p < 3; ++p) {
                    excess += (coalition >> p & 1U) != 0 ? shares[p] : Fraction{0};
                }
                excesses.push_back(excess);
            }
            std::ranges::sort(excesses, std::greater<>{});
            return excesses;
        };
        const auto least = list_of(free->shares);
        for (int a = -8; a <= 8; ++a) {
            for (int b = -8; b <= 8; ++b) {
                Shares other = free->shares;
                other[0] += Fraction{a, 3};
                other[1] += Fraction{b, 3};
                other[2] -= Fraction{a + b, 3};
                const auto list = list_of(other);
                EXPECT_FALSE(std::ranges::lexicographical_compare(list, least)) << seed;
            }
        }
    }
}

TEST(Nucleolus, ProofsOfOtherSharesDoNotHold) {
    const CostGame game = four_states();
    const auto found = *nucleolus(game, NucleolusKind::nucleolus);
    Nucleolus moved = found;
    moved.shares[0] += 1;
    moved.shares[1] -= 1;
    EXPECT_FALSE(is_proven(game, moved, NucleolusKind::nucleolus));
    Nucleolus without_a_step = found;
    without_a_step.proof.pop_back();
    EXPECT_FALSE(is_proven(game, without_a_step, NucleolusKind::nucleolus));
    Nucleolus heavier = found;
    heavier.proof[0].coalitions[0].weight += Fraction{1, 7};
    EXPECT_FALSE(is_proven(game, heavier, NucleolusKind::nucleolus));
    Nucleolus proven_for_shapley{shapley_shares(game), found.proof};
    EXPECT_FALSE(is_proven(game, proven_for_shapley, NucleolusKind::nucleolus));
    EXPECT_TRUE(is_proven(game, found, NucleolusKind::nucleolus));
}

/// The nucleolus changes with the game as it should: amounts for single players move with them, and
/// names do not matter.
TEST(Nucleolus, MovesWithWhatPlayersPayAnyway) {
    const CostGame game = random_game(5, 7);
    CostGame moved = game;
    const std::vector<std::int64_t> own{100, -50, 0, 25, 70};
    for (Coalition coalition = 1; coalition < moved.costs.size(); ++coalition) {
        for (std::size_t p = 0; p < own.size(); ++p) {
            moved.costs[coalition] += (coalition >> p & 1U) != 0 ? own[p] : 0;
        }
    }
    Shares expected = nucleolus(game, NucleolusKind::prenucleolus)->shares;
    for (std::size_t p = 0; p < own.size(); ++p) {
        expected[p] += own[p];
    }
    EXPECT_EQ(nucleolus(moved, NucleolusKind::prenucleolus)->shares, expected);
}

/// Every order of five players, one by one: the definition of the Shapley value.
TEST(Shapley, IsTheMeanOverAllOrders) {
    const CostGame game = random_game(5, 3);
    std::vector<std::size_t> order{0, 1, 2, 3, 4};
    Shares sums(5, Fraction{0});
    std::int64_t orders = 0;
    do {
        Coalition before = 0;
        for (const std::size_t player : order) {
            const Coalition with = before | Coalition{1} << player;
            sums[player] += game.costs[with] - game.costs[before];
            before = with;
        }
        ++orders;
    } while (std::ranges::next_permutation(order).found);
    for (Fraction& sum : sums) {
        sum /= orders;
    }
    EXPECT_EQ(shapley_shares(game), sums);
}

TEST(Shapley, HasTheFourPropertiesThatDefineIt) {
    const CostGame first = random_game(6, 11);
    const CostGame second = random_game(6, 12);
    CostGame both = first;
    for (std::size_t c = 0; c < both.costs.size(); ++c) {
        both.costs[c] += second.costs[c];
    }
    const Shares of_first = shapley_shares(first);
    const Shares of_second = shapley_shares(second);
    const Shares of_both = shapley_shares(both);
    EXPECT_EQ(sum_of(of_first), Fraction{first.costs[first.everybody()]}) << "efficiency";
    for (std::size_t p = 0; p < 6; ++p) {
        EXPECT_EQ(of_both[p], of_first[p] + of_second[p]) << "additivity";
    }
    const CostGame alike =
        purchase({5, 5, 9}, [](std::int64_t volume) { return 1000 * volume - volume * volume; });
    EXPECT_EQ(shapley_shares(alike)[0], shapley_shares(alike)[1]) << "symmetry";
    const CostGame with_dummy = savings(3, [](Coalition coalition) {
        return -((coalition & 0b011) == 0b011 ? 100 : 0) - ((coalition & 0b100) != 0 ? 7 : 0);
    });
    EXPECT_EQ(shapley_shares(with_dummy)[2], 7) << "a player who adds the same to all pays it";
}

TEST(Shapley, SampledComesWithAnIntervalThatMostlyHoldsIt) {
    const std::vector<double> volumes{30, 40, 60, 20, 35, 55};
    const auto cost = [&](const std::vector<bool>& coalition) {
        double volume = 0.0;
        for (std::size_t p = 0; p < volumes.size(); ++p) {
            volume += coalition[p] ? volumes[p] : 0.0;
        }
        return 1000.0 * std::sqrt(volume);
    };
    CostGame game = purchase({30, 40, 60, 20, 35, 55}, [](std::int64_t volume) {
        return std::llround(1000.0 * std::sqrt(static_cast<double>(volume)));
    });
    const Shares exact = shapley_shares(game);
    int held = 0;
    constexpr int runs = 40;
    for (std::uint64_t seed = 0; seed < runs; ++seed) {
        const SampledShares sampled = sample_shapley(6, 60, seed, cost);
        for (std::size_t p = 0; p < 6; ++p) {
            held += std::abs(sampled.shares[p] - to_double(exact[p]))
                    <= 1.96 * sampled.standard_error[p];
        }
    }
    EXPECT_GT(held, runs * 6 * 90 / 100);
    EXPECT_EQ(sample_shapley(6, 60, 1, cost).shares, sample_shapley(6, 60, 1, cost).shares);
}

TEST(SeparableCosts, ShareWhatIsLeftByWhatEachStillSaves) {
    // By hand: adds 750, 1350 and 2400 of 16800/100... in units: c(N) 16 800, without A 15 300,
    // without B 12 750, without C 8 280: A adds 1 500, B 4 050, C 8 520; left 2 730; still saved
    // 1 500, 1 470, 1 680 of 4 650.
    const CostGame game = three_states();
    const Shares shares = separable_cost_shares(game);
    EXPECT_EQ(shares[0], Fraction{150'000} + Fraction{273'000} * 1500 / 4650);
    EXPECT_EQ(shares[1], Fraction{405'000} + Fraction{273'000} * 1470 / 4650);
    EXPECT_EQ(shares[2], Fraction{852'000} + Fraction{273'000} * 1680 / 4650);
    EXPECT_EQ(sum_of(shares), Fraction{1'680'000});
}

/// By hand: A and B pay 10 each alone and 30 together, C alone 10, and with either 12; all pay 34.
/// A and B add 22 each, more than they would pay alone, so they have no benefit left; C adds 4.
TEST(SeparableCosts, GiveNoPartOfTheRestToWhoAddsMoreThanItPaysAlone) {
    const CostGame game{{"A", "B", "C"}, {0, 1000, 1000, 3000, 1000, 1200, 1200, 3400}};
    EXPECT_EQ(separable_cost_shares(game), (Shares{2200, 2200, -1000}));
}

TEST(Objections, NameTheSetThatSavesMostByGoingAlone) {
    // If C pays for all, it saves most alone, and A does with C: the pair pays 12 750.
    const CostGame game = three_states();
    const auto worst = worst_objections(game, {0, 0, 1'680'000});
    EXPECT_EQ(worst[2].coalition, 0b100U);
    EXPECT_EQ(worst[2].saves, 1'680'000 - 1'020'000);
    EXPECT_EQ(worst[0].coalition, 0b101U);
    EXPECT_EQ(worst[0].saves, 1'680'000 - 1'275'000);
}

TEST(Rounded, SharesAddUpToTheCent) {
    EXPECT_EQ(
        rounded({Fraction{100, 3}, Fraction{100, 3}, Fraction{100, 3}}),
        (std::vector<std::int64_t>{34, 33, 33})
    );
    EXPECT_EQ(rounded({Fraction{-1, 2}, Fraction{1, 2}}), (std::vector<std::int64_t>{0, 0}));
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        const CostGame game = random_game(2 + seed % 7, seed);
        const auto cents = rounded(shapley_shares(game));
        EXPECT_EQ(
            std::accumulate(cents.begin(), cents.end(), std::int64_t{0}),
            game.costs[game.everybody()]
        );
    }
}

TEST(CostGame, SaysWhatIsWrongWithIt) {
    CostGame game{{"MYS", "PHL"}, {0, 5, 7, 9}};
    EXPECT_TRUE(check_game(game));
    game.players[1] = "MYS";
    EXPECT_FALSE(check_game(game));
    game = {{"MYS", "PHL"}, {0, 5, 7}};
    EXPECT_EQ(check_game(game).error().message, "a game of 2 players has 4 costs, not 3");
    game = {{"MYS", "PHL"}, {1, 5, 7, 9}};
    EXPECT_FALSE(check_game(game));
    game = {{"MYS", "PHL"}, {0, 5, 7, largest_amount + 1}};
    EXPECT_FALSE(check_game(game));
}

TEST(CostGame, RestrictedIsTheGameOfThoseWhoStay) {
    const CostGame game = four_states();
    const CostGame without_b = restricted(game, 0b1101);
    EXPECT_THAT(without_b.players, ElementsAre("A", "C", "D"));
    EXPECT_EQ(without_b.costs[0b111], game.costs[0b1101]);
    EXPECT_EQ(without_b.costs[0b010], game.costs[0b0100]);
    EXPECT_EQ(model::name_of(game, 0b1101), "A+C+D");
}

}  // namespace
}  // namespace adic::procure
