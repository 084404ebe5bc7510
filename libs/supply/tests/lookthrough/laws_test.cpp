#include "adic/base/random.hpp"
#include "adic/supply/lookthrough.hpp"

#include "lookthrough/value_map.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

namespace adic::supply {
namespace {

using model::ItemIndex;
using model::StateIndex;
using test::Seen;
using test::ValueMap;

constexpr std::size_t states = 4;

std::string item_id(std::size_t i) {
    return "i" + std::to_string(i);
}

std::string state_id(std::size_t s) {
    return "S" + std::to_string(s);
}

/// `count` numbers that add up to at most `total`.
std::vector<double> parts_of(RandomStream& random, std::size_t count, double total) {
    std::vector<double> parts(count);
    double sum = random.uniform();
    for (double& part : parts) {
        part = random.uniform();
        sum += part;
    }
    for (double& part : parts) {
        part *= total / sum;
    }
    return parts;
}

Estimate around(RandomStream& random, double likely) {
    if (random.below(2) == 0) {
        return Estimate::exactly(likely);
    }
    const double low = likely * random.uniform();
    return *Estimate::create(low, likely, likely + (1.0 - likely) * 0.5 * random.uniform());
}

void add_supplies(ValueMap& drawn, RandomStream& random, std::size_t item) {
    const auto parts = parts_of(random, states - 1, random.below(3) == 0 ? 0.7 : 1.0);
    for (std::size_t s = 0; s < parts.size(); ++s) {
        if (random.below(3) != 0) {
            drawn.comes_from(item_id(item), state_id(s), around(random, parts[s]));
        }
    }
}

void add_needs(ValueMap& drawn, RandomStream& random, std::size_t item, std::size_t items) {
    const std::size_t groups = random.below(4);
    const auto parts = parts_of(random, groups, 0.95);
    for (std::size_t g = 0; g < groups; ++g) {
        const std::size_t alternatives = 1 + random.below(3);
        const std::size_t take = 1 + random.below(alternatives);
        const std::size_t first = random.below(items);
        std::vector<ValueMap::Input> inputs;
        for (std::size_t a = 0; a < alternatives; ++a) {
            const double likely =
                parts[g] / static_cast<double>(take) * (0.5 + 0.5 * random.uniform());
            const bool recorded = random.below(4) != 0;
            inputs.push_back(
                {item_id((first + a) % items),
                 recorded ? std::optional{around(random, likely)} : std::nullopt}
            );
        }
        drawn.needs(item_id(item), inputs, {static_cast<std::uint32_t>(take)});
    }
}

ValueMap random_map(RandomStream& random, std::size_t items) {
    ValueMap drawn;
    for (std::size_t s = 0; s < states; ++s) {
        drawn.state(state_id(s));
    }
    for (std::size_t i = 0; i < items; ++i) {
        drawn.item(item_id(i));
    }
    for (std::size_t i = 0; i < items; ++i) {
        add_supplies(drawn, random, i);
        add_needs(drawn, random, i, items);
    }
    return drawn;
}

/// One full assignment: value shares a(item, input), and origins s(item, state or unknown).
struct Completion {
    std::vector<std::vector<double>> a;
    std::vector<std::vector<double>> origin;
};

/// Solves (I - A) o = own s by Gaussian elimination with partial pivoting.
std::vector<std::vector<double>> solve(const Completion& completion) {
    const std::size_t n = completion.a.size();
    const std::size_t columns = states + 1;
    std::vector<std::vector<double>> m(n, std::vector<double>(n + columns));
    for (std::size_t i = 0; i < n; ++i) {
        double own = 1.0;
        for (std::size_t j = 0; j < n; ++j) {
            m[i][j] = (i == j ? 1.0 : 0.0) - completion.a[i][j];
            own -= completion.a[i][j];
        }
        for (std::size_t c = 0; c < columns; ++c) {
            m[i][n + c] = own * completion.origin[i][c];
        }
    }
    for (std::size_t p = 0; p < n; ++p) {
        std::size_t best = p;
        for (std::size_t i = p; i < n; ++i) {
            best = std::abs(m[i][p]) > std::abs(m[best][p]) ? i : best;
        }
        std::swap(m[p], m[best]);
        for (std::size_t i = 0; i < n; ++i) {
            const double factor = i == p ? 0.0 : m[i][p] / m[p][p];
            for (std::size_t c = p; factor != 0.0 && c < n + columns; ++c) {
                m[i][c] -= factor * m[p][c];
            }
        }
    }
    std::vector<std::vector<double>> solution(n, std::vector<double>(columns));
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t c = 0; c < columns; ++c) {
            solution[i][c] = m[i][n + c] / m[i][i];
        }
    }
    return solution;
}

std::vector<double> likely_origin(const MapIndex& index, std::size_t item) {
    std::vector<double> origin(states + 1, 0.0);
    origin[states] = 1.0;
    for (const auto& supply : index.map().supplies) {
        if (supply.item.value() == item) {
            origin[supply.origin->value()] += supply.share->likely();
            origin[states] -= supply.share->likely();
        }
    }
    return origin;
}

/// Written from the definition, with none of the tested code: groups as they stand in the map.
Completion likely_completion(const MapIndex& index) {
    const model::SupplyMap& map = index.map();
    const std::size_t n = map.items.size();
    Completion completion{std::vector<std::vector<double>>(n, std::vector<double>(n, 0.0)), {}};
    for (std::size_t i = 0; i < n; ++i) {
        completion.origin.push_back(likely_origin(index, i));
        double recorded = 0.0;
        std::vector<std::vector<std::pair<std::size_t, double>>> open;
        for (const std::uint32_t g : index.groups_of(ItemIndex{static_cast<std::uint32_t>(i)})) {
            const auto needs = index.needs_of(model::GroupIndex{g});
            const auto size = static_cast<double>(needs.size());
            const bool all = map.groups[g].take == needs.size();
            double sum = 0.0;
            double known = 0.0;
            for (const std::uint32_t need : needs) {
                sum += map.needs[need].value_share ? map.needs[need].value_share->likely() : 0.0;
                known += map.needs[need].value_share ? 1.0 : 0.0;
            }
            if (!all && known == 0.0) {
                open.emplace_back();
            }
            for (const std::uint32_t need : needs) {
                const std::size_t input = map.needs[need].input.value();
                const auto& share = map.needs[need].value_share;
                if (share || (!all && known > 0.0)) {
                    const double value = (share ? share->likely() : sum / known)
                                         * (all ? 1.0 : map.groups[g].take / size);
                    completion.a[i][input] += value;
                    recorded += value;
                } else if (all) {
                    open.push_back({{input, 1.0}});
                } else {
                    open.back().push_back({input, 1.0 / size});
                }
            }
        }
        const double each = (1.0 - recorded) / static_cast<double>(open.size() + 1);
        for (const auto& part : open) {
            for (const auto& [input, weight] : part) {
                completion.a[i][input] += each * weight;
            }
        }
    }
    return completion;
}

double within(RandomStream& random, Estimate estimate) {
    const std::uint64_t kind = random.below(4);
    return kind == 0   ? estimate.low()
           : kind == 1 ? estimate.high()
                       : estimate.low() + random.uniform() * (estimate.high() - estimate.low());
}

/// Value shares of one item within their records; empty if the draw adds up to more than 1.
std::vector<double> draw_shares(RandomStream& random, const MapIndex& index, std::size_t item) {
    const model::SupplyMap& map = index.map();
    std::vector<double> shares(map.items.size(), 0.0);
    std::vector<std::size_t> open;
    double sum = 0.0;
    for (const std::uint32_t g : index.groups_of(ItemIndex{static_cast<std::uint32_t>(item)})) {
        const auto rows = index.needs_of(model::GroupIndex{g});
        std::vector<std::uint32_t> needs(rows.begin(), rows.end());
        for (std::size_t i = needs.size(); i > 1; --i) {
            std::swap(needs[i - 1], needs[random.below(i)]);
        }
        needs.resize(map.groups[g].take);
        for (const std::uint32_t need : needs) {
            const std::size_t input = map.needs[need].input.value();
            if (map.needs[need].value_share) {
                const double share = within(random, *map.needs[need].value_share);
                shares[input] += share;
                sum += share;
            } else {
                open.push_back(input);
            }
        }
    }
    if (sum > 0.999) {
        return {};
    }
    for (const std::size_t input : open) {
        const double share = (1.0 - sum) * (random.below(2) == 0 ? 0.9 : 0.9 * random.uniform());
        shares[input] += share;
        sum += share;
    }
    return shares;
}

/// Origins within the records, what is left given to a state without record; empty if none fits.
std::vector<double> draw_origin(RandomStream& random, const MapIndex& index, std::size_t item) {
    std::vector<double> origin(states + 1, 0.0);
    std::vector<bool> has_record(states, false);
    double sum = 0.0;
    for (const auto& supply : index.map().supplies) {
        if (supply.item.value() == item) {
            const double share = within(random, *supply.share);
            origin[supply.origin->value()] = share;
            has_record[supply.origin->value()] = true;
            sum += share;
        }
    }
    if (sum > 1.0 + 1e-12) {
        return {};
    }
    std::size_t state = random.below(states);
    while (has_record[state]) {  // the last state never has one
        state = (state + 1) % states;
    }
    origin[state] += 1.0 - sum;
    return origin;
}

template <typename Draw>
std::vector<double> until_drawn(const Draw& draw) {
    std::vector<double> drawn;
    for (int attempt = 0; attempt < 200 && drawn.empty(); ++attempt) {
        drawn = draw();
    }
    return drawn;
}

/// Empty `a` if no draw of some item fitted.
Completion draw_completion(RandomStream& random, const MapIndex& index) {
    Completion completion;
    for (std::size_t i = 0; i < index.map().items.size(); ++i) {
        completion.a.push_back(until_drawn([&] { return draw_shares(random, index, i); }));
        completion.origin.push_back(until_drawn([&] { return draw_origin(random, index, i); }));
        if (completion.a.back().empty() || completion.origin.back().empty()) {
            return {};
        }
    }
    return completion;
}

Estimate column(const Seen& seen, std::size_t item, std::size_t c) {
    const ItemIndex index{static_cast<std::uint32_t>(item)};
    return c == states ? seen.content.unknown(index)
                       : seen.content.from(index, StateIndex{static_cast<std::uint32_t>(c)});
}

TEST(Lookthrough, EqualsGaussianEliminationOnRandomCyclicNetworks) {
    for (std::uint64_t trial = 0; trial < 150; ++trial) {
        RandomStream random{11, trial};
        ValueMap drawn = random_map(random, 3 + random.below(12));
        const Seen seen{drawn.map(), "S0+S1"};
        ASSERT_TRUE(seen.network.scaled().empty());
        const auto expected = solve(likely_completion(seen.index));
        for (std::size_t i = 0; i < expected.size(); ++i) {
            for (std::size_t c = 0; c <= states; ++c) {
                ASSERT_NEAR(column(seen, i, c).likely(), expected[i][c], 1e-11) << trial;
            }
        }
    }
}

TEST(Lookthrough, DividesTheWholeValue) {
    for (std::uint64_t trial = 0; trial < 150; ++trial) {
        RandomStream random{12, trial};
        ValueMap drawn = random_map(random, 3 + random.below(30));
        const Seen seen{drawn.map(), "S0+S1"};
        for (std::size_t i = 0; i < drawn.map().items.size(); ++i) {
            double sum = 0.0;
            for (std::size_t c = 0; c <= states; ++c) {
                sum += column(seen, i, c).likely();
            }
            ASSERT_NEAR(sum, 1.0, 1e-12);
            const double inside =
                seen.content.from_inside(ItemIndex{static_cast<std::uint32_t>(i)}).likely();
            ASSERT_NEAR(inside, column(seen, i, 0).likely() + column(seen, i, 1).likely(), 1e-12);
        }
    }
}

TEST(Lookthrough, BoundsContainEveryCompletionOfTheRecords) {
    std::size_t completions = 0;
    for (std::uint64_t trial = 0; trial < 150; ++trial) {
        RandomStream random{13, trial};
        ValueMap drawn = random_map(random, 2 + random.below(8));
        const Seen seen{drawn.map(), "S0+S1"};
        for (int draw = 0; draw < 20; ++draw) {
            const Completion completion = draw_completion(random, seen.index);
            if (completion.a.empty()) {
                continue;
            }
            ++completions;
            const auto value = solve(completion);
            for (std::size_t i = 0; i < value.size(); ++i) {
                for (std::size_t c = 0; c < states; ++c) {
                    ASSERT_GE(value[i][c], column(seen, i, c).low() - 1e-9) << trial;
                    ASSERT_LE(value[i][c], column(seen, i, c).high() + 1e-9) << trial;
                }
                const Estimate inside =
                    seen.content.from_inside(ItemIndex{static_cast<std::uint32_t>(i)});
                ASSERT_GE(value[i][0] + value[i][1], inside.low() - 1e-9) << trial;
                ASSERT_LE(value[i][0] + value[i][1], inside.high() + 1e-9) << trial;
            }
        }
    }
    EXPECT_GT(completions, 1000U);
}

TEST(Lookthrough, BoundsAreReachedWhereSharesCompeteForTheWhole) {
    // Both inputs may have 0.3 to 0.8, but not both 0.8; the better one is filled first.
    ValueMap drawn;
    drawn.comes_from("kit", "S0");
    drawn.needs("kit", {{"a", Estimate::create(0.3, 0.4, 0.8).operator*()}}, {});
    drawn.needs("kit", {{"b", Estimate::create(0.3, 0.4, 0.8).operator*()}}, {});
    drawn.comes_from("a", "S1");
    drawn.comes_from("b", "S1", 0.5);
    drawn.comes_from("b", "S2", 0.5);
    const Seen seen{drawn.map(), "nobody"};
    EXPECT_NEAR(seen.part("kit", "S1").high(), 0.7 + 0.3 * 0.5, 1e-12);
    EXPECT_NEAR(seen.part("kit", "S1").low(), 0.3 + 0.3 * 0.5, 1e-12);
    EXPECT_NEAR(seen.part("kit", "S2").high(), 0.7 * 0.5, 1e-12);
    EXPECT_NEAR(seen.part("kit", "S0").high(), 0.4, 1e-12);
    EXPECT_NEAR(seen.part("kit", "S0").low(), 0.0, 1e-12);
}

TEST(Contributions, AddUpToTheOriginsOfTheItem) {
    for (std::uint64_t trial = 0; trial < 150; ++trial) {
        RandomStream random{14, trial};
        ValueMap drawn = random_map(random, 3 + random.below(20));
        const Seen seen{drawn.map(), "S0"};
        for (std::uint32_t i = 0; i < drawn.map().items.size(); ++i) {
            std::array<double, states + 1> sum{};
            for (const Contribution& part :
                 list_contributions(seen.network, seen.index, seen.viewpoint, ItemIndex{i})) {
                sum.at(part.origin ? part.origin->value() : states) += part.amount;
            }
            for (std::size_t c = 0; c <= states; ++c) {
                ASSERT_NEAR(sum.at(c), column(seen, i, c).likely(), 1e-11) << trial;
            }
        }
    }
}

/// Forty states, so that there are blocks of single states to share.
ValueMap many_states(RandomStream& random) {
    constexpr std::size_t many = 40;
    ValueMap drawn = random_map(random, 12);
    for (std::size_t s = 0; s < many; ++s) {
        drawn.state(state_id(s));
        drawn.comes_from("raw" + std::to_string(s), state_id(s), around(random, 0.6));
        drawn.needs(item_id(s % 12), "raw" + std::to_string(s), 0.02);
    }
    return drawn;
}

void expect_near(Estimate a, Estimate b) {
    constexpr double tolerance = 1e-11;  // where sweeps of a circle end
    EXPECT_NEAR(a.low(), b.low(), tolerance);
    EXPECT_NEAR(a.likely(), b.likely(), tolerance);
    EXPECT_NEAR(a.high(), b.high(), tolerance);
}

std::vector<Viewpoint> some_viewpoints(const model::SupplyMap& map) {
    std::vector<Viewpoint> viewpoints;
    for (const char* who : {"S0", "S1+S5", "nobody", "S2", "S39", "S0"}) {
        viewpoints.push_back(*parse_viewpoint(map, who));
    }
    return viewpoints;
}

TEST(LookthroughLaws, IsTheSameForManyViewpointsTogetherAndForEachAlone) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        RandomStream random{seed, 40};
        ValueMap drawn = many_states(random);
        if (seed % 2 == 0) {
            drawn.comes_from("i0", "S39", Estimate::exactly(0.4));
            drawn.map().supplies.back().market = *drawn.map().states.find("S0");
        }
        const MapIndex index{drawn.map()};
        const ValueNetwork network{index, {}};
        const std::vector<Viewpoint> viewpoints = some_viewpoints(index.map());
        const std::vector<Lookthrough> together = look_through(network, index, viewpoints);
        ASSERT_EQ(together.size(), viewpoints.size());
        for (std::size_t v = 0; v < viewpoints.size(); ++v) {
            const Lookthrough alone = look_through(network, index, viewpoints[v]);
            for (std::uint32_t i = 0; i < network.size(); ++i) {
                const ItemIndex item{i};
                for (std::uint32_t s = 0; s < index.map().states.size(); ++s) {
                    expect_near(
                        together[v].from(item, StateIndex{s}),
                        alone.from(item, StateIndex{s})
                    );
                }
                expect_near(together[v].from_inside(item), alone.from_inside(item));
                expect_near(together[v].unknown(item), alone.unknown(item));
            }
        }
    }
}

TEST(LookthroughLaws, IsTheSameOnAnyNumberOfThreads) {
    RandomStream random{77, 40};
    ValueMap drawn = many_states(random);
    const MapIndex index{drawn.map()};
    const ValueNetwork network{index, {}};
    const std::vector<Viewpoint> viewpoints = some_viewpoints(index.map());
    const std::vector<Lookthrough> one = look_through(network, index, viewpoints, 1);
    for (const std::size_t threads : {2U, 7U}) {
        const std::vector<Lookthrough> more = look_through(network, index, viewpoints, threads);
        for (std::size_t v = 0; v < viewpoints.size(); ++v) {
            for (std::uint32_t i = 0; i < network.size(); ++i) {
                const ItemIndex item{i};
                ASSERT_EQ(one[v].list_origins(item).size(), more[v].list_origins(item).size());
                for (std::uint32_t s = 0; s < index.map().states.size(); ++s) {
                    ASSERT_EQ(one[v].from(item, StateIndex{s}), more[v].from(item, StateIndex{s}));
                }
                ASSERT_EQ(one[v].from_inside(item), more[v].from_inside(item));
            }
        }
    }
}

}  // namespace
}  // namespace adic::supply
