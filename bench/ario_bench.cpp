// A year of the input-output dynamics after a loss of capital, on tables of 495 and 3,465
// industries, on one thread. Prints CPU seconds, the traffic with the memory against the least that
// the equations allow, the peak, and the CPU seconds that it takes only to add up a table of this
// size as often: no program that reads the table once a day can be faster than that.

#include "adic/shock/dynamics/ario.hpp"

#include "trade_table.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <vector>

#include <fmt/core.h>
#include <sys/resource.h>

namespace {

using adic::model::InputOutputTable;

double cpu_s() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// The table once, and by sector and industry: the stock and the rate of orders read and written,
/// the technical coefficient read.
double least_bytes_a_day(const InputOutputTable& table) {
    const auto n = static_cast<double>(table.industries());
    return 8.0 * n * n + 40.0 * n * static_cast<double>(table.sectors().size());
}

/// The program reads the stock twice, and with it what output a unit of it allows.
double bytes_a_day(const InputOutputTable& table) {
    const auto n = static_cast<double>(table.industries());
    return 8.0 * n * n + 56.0 * n * static_cast<double>(table.sectors().size());
}

double seconds_to_add_up(const InputOutputTable& table, std::size_t times) {
    std::array<double, 8> sums{};
    const double before = cpu_s();
    for (std::size_t time = 0; time < times; ++time) {
        for (std::size_t i = 0; i < table.industries(); ++i) {
            const auto sales = table.sales_of(i);
            for (std::size_t j = 0; j + sums.size() <= sales.size(); j += sums.size()) {
                for (std::size_t lane = 0; lane < sums.size(); ++lane) {
                    sums[lane] += sales[j + lane];
                }
            }
        }
    }
    const double after = cpu_s();
    if (sums[0] < 0.0) {
        fmt::print("flows are never negative\n");
    }
    return after - before;
}

void measure(std::size_t regions, std::size_t sectors, std::uint64_t seed) {
    using namespace adic::shock;
    const auto table = adic::bench::trade_table(regions, sectors, seed);
    const Ario ario(table, {});
    std::vector<CapitalLoss> losses;
    for (std::size_t sector = 2; sector < 5; ++sector) {
        losses.push_back({sectors + sector, 0.9, 5, 35, 60});
    }
    constexpr int times = 3;
    double least_s = 1e9;
    ArioRun run;
    for (int time = 0; time < times; ++time) {
        const double before = cpu_s();
        run = ario.run({losses}, {.threads = 1});
        least_s = std::min(least_s, cpu_s() - before);
    }
    const double adding_s = seconds_to_add_up(table, run.days());
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print(
        "{} industries, {} days: {:.3f} s CPU (least of {}); {:.2f} GB with the memory, {:.3f} "
        "times the least that the equations allow; only to add the table up as often {:.3f} s; "
        "{:.6f} days of output lost; {} MiB at most\n",
        table.industries(),
        run.days(),
        least_s,
        times,
        bytes_a_day(table) * static_cast<double>(run.days()) / 1e9,
        bytes_a_day(table) / least_bytes_a_day(table),
        adding_s,
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
