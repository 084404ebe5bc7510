// What every set of states would pay: a made-up purchase (large_purchase.hpp, seed 1) without
// budgets and shares. Then the Shapley value and the nucleolus of that game. Arguments, each if
// any: items, suppliers, states, threads, the gap asked for in thousandths, and years (20, 10, 11,
// 2, 5, 1).

#include "adic/procure/award_coalitions.hpp"
#include "adic/procure/nucleolus.hpp"

#include "large_purchase.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

namespace {

using namespace adic::procure;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::size_t number(int count, char** words, int position, std::size_t standard) {
    return count > position ? std::strtoull(words[position], nullptr, 10) : standard;
}

void share(const AwardGame& game) {
    auto start = Clock::now();
    const Shares shapley = shapley_shares(game.game);
    std::printf("Shapley value: %.4f s; ", seconds_since(start));
    start = Clock::now();
    const auto found = nucleolus(game.game, NucleolusKind::nucleolus);
    std::printf("nucleolus: %.4f s%s\n", seconds_since(start), found ? "" : " (there is none)");
    for (std::size_t p = 0; p < game.game.size(); ++p) {
        std::printf(
            "  %s  Shapley %.0f, between %.0f and %.0f\n",
            game.game.players[p].c_str(),
            to_double(shapley[p]) / 100.0,
            game.shapley_least[p] / 100.0,
            game.shapley_most[p] / 100.0
        );
    }
}

}  // namespace

int main(int count, char** words) {
    adic::bench::PurchaseSize size;
    size.items = number(count, words, 1, 20);
    size.suppliers = number(count, words, 2, 10);
    size.states = number(count, words, 3, 11);
    size.years = std::max<std::size_t>(1, number(count, words, 6, 1));
    size.with_shares = false;
    const AwardProblem problem = adic::bench::make_purchase(size, 1);
    CoalitionRun run;
    run.threads = number(count, words, 4, 2);
    run.relative_gap = 1e-3 * static_cast<double>(number(count, words, 5, 5));
    const auto start = Clock::now();
    const std::clock_t cpu = std::clock();
    const auto plans = plan_coalitions(problem, run);
    const double cpu_s = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    if (!plans) {
        std::printf("%s\n", plans.error().message.c_str());
        return 1;
    }
    std::size_t planned = 0;
    double sum = 0.0;
    double worst = 0.0;
    for (std::size_t set = 1; set < plans->size(); ++set) {
        const CoalitionPlan& plan = (*plans)[set];
        if (plan.kind == CoalitionPlan::Kind::planned) {
            const double gap =
                static_cast<double>(plan.cost - plan.bound) / static_cast<double>(plan.cost);
            ++planned;
            sum += gap;
            worst = std::max(worst, gap);
        }
    }
    std::printf(
        "%zu items, %zu states, %zu suppliers, %zu years, %zu threads: %zu sets, %zu with a plan, "
        "in %.1f s "
        "(%.1f s of CPU); gap %.2f %% on average, %.2f %% at most\n",
        size.items,
        size.states,
        size.suppliers,
        size.years,
        run.threads,
        plans->size() - 1,
        planned,
        seconds_since(start),
        cpu_s,
        100.0 * sum / static_cast<double>(std::max<std::size_t>(1, planned)),
        100.0 * worst
    );
    share(game_of(problem, *plans));
}
