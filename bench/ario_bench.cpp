// A year of the input-output dynamics after a loss of capital, on tables of 495 and 3,465
// industries. Prints CPU seconds, the traffic with the memory that the equations need at least (the
// table once a day for the orders that arrive and once for those that are placed), and the peak.

#include "adic/shock/dynamics/ario.hpp"

#include "trade_table.hpp"

#include <ctime>
#include <vector>

#include <fmt/core.h>
#include <sys/resource.h>

namespace {

void measure(std::size_t regions, std::size_t sectors, std::uint64_t seed) {
    using namespace adic::shock;
    const auto table = adic::bench::trade_table(regions, sectors, seed);
    const Ario ario(table, {});
    std::vector<CapitalLoss> losses;
    for (std::size_t sector = 2; sector < 5; ++sector) {
        losses.push_back({sectors + sector, 0.9, 5, 35, 60});
    }
    const std::clock_t cpu = std::clock();
    const ArioRun run = ario.run(losses);
    const double cpu_s = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    const auto n = static_cast<double>(table.industries());
    const double bytes = 2.0 * 8.0 * n * n * static_cast<double>(run.days());
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print(
        "{} industries, {} days: {:.3f} s CPU, {:.2f} GB at least, so {:.1f} GB/s; "
        "{:.6f} days of output lost; {} MiB at most\n",
        table.industries(),
        run.days(),
        cpu_s,
        bytes / 1e9,
        bytes / 1e9 / cpu_s,
        run.days_of_output_lost(),
        usage.ru_maxrss / 1024
    );
}

}  // namespace

int main() {
    measure(11, 45, 4951);
    measure(77, 45, 4952);
    return 0;
}
