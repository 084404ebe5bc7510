#include "step_price_game.hpp"

#include "adic/base/random.hpp"
#include "adic/procure/pooled_purchase.hpp"

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace adic::bench {

procure::CostGame step_price_game(std::uint64_t seed) {
    constexpr std::size_t states = 11;
    constexpr std::size_t items = 4;
    RandomStream random(seed, 0);
    procure::CostGame game;
    for (std::size_t state = 0; state < states; ++state) {
        game.players.push_back("S" + std::to_string(state));
    }
    game.costs.assign(std::size_t{1} << states, 0);
    for (std::size_t item = 0; item < items; ++item) {
        // About half of the states want an item, 5 to 60 pieces in fives.
        std::vector<double> wanted;
        for (std::size_t state = 0; state < states; ++state) {
            const bool wants_it = random.below(2) == 0;
            wanted.push_back(wants_it ? 5.0 * static_cast<double>(1 + random.below(12)) : 0.0);
        }
        const auto price = static_cast<double>(100 + 10 * random.below(40));
        const procure::PriceList steps{
            {{1, price},
             {25, 0.95 * price},
             {60, 0.9 * price},
             {120, 0.82 * price},
             {200, 0.75 * price}}};
        for (procure::Coalition coalition = 1; coalition < game.costs.size(); ++coalition) {
            double pieces = 0.0;
            for (std::size_t state = 0; state < states; ++state) {
                pieces += (coalition >> state & 1U) != 0 ? wanted[state] : 0.0;
            }
            constexpr double cents = 100.0;
            game.costs[coalition] += std::llround(cents * procure::cost_of(steps, pieces));
        }
    }
    return game;
}

}  // namespace adic::bench
