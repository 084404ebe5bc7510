// Firm-level dynamics after ten firms lose four fifths of their capacity: 200 steps on scale-free
// networks of 10,000 firms with 54,000 and with 100,000 links, on one thread. Prints CPU seconds,
// nanoseconds for each link and step, and the peak of memory.

#include "adic/shock/dynamics/firm_dynamics.hpp"

#include "adic/base/random.hpp"

#include "firm_market.hpp"

#include <algorithm>
#include <ctime>
#include <vector>

#include <fmt/core.h>
#include <sys/resource.h>

namespace {

using adic::model::FirmNetwork;

double cpu_s() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// So much that every firm sells a half more than it buys.
std::vector<double> final_demand_for(const FirmNetwork& network) {
    std::vector<double> missing(network.firms(), 1.0);
    for (const adic::model::FirmLink& link : network.links()) {
        missing[link.customer] += 1.5 * link.weight;
        missing[link.supplier] -= link.weight;
    }
    std::ranges::transform(missing, missing.begin(), [](double x) { return std::max(0.0, x); });
    return missing;
}

void measure(const adic::bench::FirmMarketSize& size) {
    using namespace adic::shock;
    const FirmNetwork network = adic::bench::firm_market(size);
    const FirmDynamics dynamics(network, final_demand_for(network), {.steps = 200});
    adic::RandomStream random{size.seed, 1};
    std::vector<FirmLoss> losses;
    for (int k = 0; k < 10; ++k) {
        losses.push_back({static_cast<std::uint32_t>(random.below(size.firms)), 0.8, 0.01});
    }
    constexpr int times = 3;
    double least_s = 1e9;
    FirmRun run;
    for (int time = 0; time < times; ++time) {
        const double before = cpu_s();
        run = dynamics.run(losses);
        least_s = std::min(least_s, cpu_s() - before);
    }
    const auto links = static_cast<double>(network.links().size());
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print(
        "{} firms, {} links, {} steps: {:.3f} s CPU (least of {}), {:.1f} ns for each link and "
        "step; {:.6f} steps of output lost; {} MiB at most\n",
        network.firms(),
        network.links().size(),
        run.steps(),
        least_s,
        times,
        least_s * 1e9 / (links * static_cast<double>(run.steps())),
        run.steps_of_output_lost(),
        usage.ru_maxrss / 1024
    );
}

}  // namespace

int main() {
    measure({.firms = 10'000, .links = 54'000, .sectors = 40, .seed = 4101});
    measure({.firms = 10'000, .links = 100'000, .sectors = 40, .seed = 4101});
    measure({.firms = 100'000, .links = 550'000, .sectors = 60, .seed = 4102});
    return 0;
}
