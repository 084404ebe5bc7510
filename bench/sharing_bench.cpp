// Sharing among eleven states, given what each coalition pays: Shapley value, nucleolus and
// prenucleolus, with the proof of the nucleolus checked. Two games. Smooth: eleven volumes drawn
// from seed 1 buy under a price that falls with the square root of the volume, rounded to the cent,
// with noise of up to 1 % so that no two coalitions are alike; one linear program is enough. Steps:
// that of step_price_game.hpp from seed 27, which takes ten, one after the other. Prints CPU
// seconds, the least of five runs, and of the slowest of forty games of steps one run.

#include "adic/base/random.hpp"
#include "adic/procure/nucleolus.hpp"

#include "step_price_game.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace {

using namespace adic::procure;

CostGame eleven_states() {
    constexpr std::size_t players = 11;
    adic::RandomStream random(1, 0);
    CostGame game;
    std::vector<double> volumes;
    for (std::size_t p = 0; p < players; ++p) {
        game.players.push_back("S" + std::to_string(p));
        volumes.push_back(10.0 + 90.0 * random.uniform());
    }
    game.costs.resize(std::size_t{1} << players);
    for (Coalition coalition = 1; coalition < game.costs.size(); ++coalition) {
        double volume = 0.0;
        for (std::size_t p = 0; p < players; ++p) {
            volume += (coalition >> p & 1U) != 0 ? volumes[p] : 0.0;
        }
        const double noise = 1.0 + 0.01 * random.uniform();
        game.costs[coalition] = std::llround(1e8 * std::sqrt(volume) * noise);
    }
    return game;
}

template <typename Work>
double least_seconds(const Work& work) {
    constexpr int runs = 5;
    double least = 1e9;
    for (int run = 0; run < runs; ++run) {
        const std::clock_t start = std::clock();
        work();
        least = std::min(
            least,
            static_cast<double>(std::clock() - start) / static_cast<double>(CLOCKS_PER_SEC)
        );
    }
    return least;
}

/// Whether the proof holds.
bool run(const char* name, const CostGame& game) {
    std::size_t steps = 0;
    bool is_true = true;
    const double shapley = least_seconds([&] { is_true = !shapley_shares(game).empty(); });
    const double within =
        least_seconds([&] { steps = nucleolus(game, NucleolusKind::nucleolus)->proof.size(); });
    const double free =
        least_seconds([&] { steps = nucleolus(game, NucleolusKind::prenucleolus)->proof.size(); });
    const auto found = *nucleolus(game, NucleolusKind::nucleolus);
    const double proof = least_seconds([&] {
        is_true = is_true && is_proven(game, found, NucleolusKind::nucleolus);
    });
    std::printf(
        "%s: 11 states, 2,047 coalitions, CPU s: Shapley %.4f, nucleolus %.4f, prenucleolus %.4f "
        "(%zu steps), proof checked %.4f (%s)\n",
        name,
        shapley,
        within,
        free,
        steps,
        proof,
        is_true ? "holds" : "fails"
    );
    return is_true;
}

double slowest_of_many() {
    constexpr std::uint64_t games = 40;
    double most = 0.0;
    for (std::uint64_t seed = 1; seed <= games; ++seed) {
        const CostGame game = adic::bench::step_price_game(seed);
        const std::clock_t start = std::clock();
        static_cast<void>(nucleolus(game, NucleolusKind::nucleolus));
        most = std::max(
            most,
            static_cast<double>(std::clock() - start) / static_cast<double>(CLOCKS_PER_SEC)
        );
    }
    return most;
}

}  // namespace

int main() {
    constexpr std::uint64_t deep = 27;
    const bool is_smooth_true = run("smooth", eleven_states());
    const bool is_deep_true = run("steps", adic::bench::step_price_game(deep));
    std::printf("steps, seeds 1 to 40: the slowest nucleolus %.4f\n", slowest_of_many());
    return is_smooth_true && is_deep_true ? 0 : 1;
}
