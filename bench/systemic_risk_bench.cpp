// The systemic risk index of every firm of a scale-free network, at the literature's tolerance.
// Prints wall and CPU seconds, CPU milliseconds a firm, and the peak of memory.
//
//   systemic_risk_bench              three generated networks
//   systemic_risk_bench NETWORK...   firm networks in files

#include "adic/ingest/firm_network_reader.hpp"
#include "adic/shock/cascade/cascade.hpp"

#include "firm_market.hpp"

#include <chrono>
#include <ctime>
#include <span>
#include <string_view>

#include <fmt/core.h>
#include <sys/resource.h>

namespace {

using adic::shock::Cascade;
using adic::shock::CascadeOptions;

void measure(const adic::model::FirmNetwork& network, const CascadeOptions& options) {
    const Cascade cascade(network, options);
    const std::clock_t cpu = std::clock();
    const auto start = std::chrono::steady_clock::now();
    const auto risks = cascade.risks_of_closing(cascade.sweep_order());
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    const double cpu_s = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    double sum = 0.0;
    std::uint64_t steps = 0;
    for (const auto& risk : risks) {
        sum += risk.total;
        steps += risk.steps;
    }
    const auto firms = static_cast<double>(network.firms());
    fmt::print(
        "  tolerance {:g}: sum {:.6f}, {:.1f} steps a firm; {:.2f} s wall, {:.2f} s CPU, "
        "{:.3f} ms a firm\n",
        options.tolerance,
        sum,
        static_cast<double>(steps) / firms,
        wall.count(),
        cpu_s,
        1e3 * cpu_s / firms
    );
}

void report(std::string_view name, const adic::model::FirmNetwork& network) {
    fmt::print(
        "{}: {} firms, {} links, {} sectors\n",
        name,
        network.firms(),
        network.links().size(),
        network.sectors()
    );
    measure(network, {.tolerance = 0.01});
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print("  {} MiB at most\n", usage.ru_maxrss / 1024);
}

}  // namespace

int main(int argc, char** argv) {
    const std::span words(argv, static_cast<std::size_t>(argc));
    for (const char* path : words.subspan(1)) {
        adic::ingest::ImportReport problems;
        const auto network = adic::ingest::read_firm_network(path, problems);
        if (!network || !problems.may_commit()) {
            fmt::print("{}: not a firm network\n", path);
            return 1;
        }
        report(path, *network);
    }
    if (words.size() == 1) {
        using adic::bench::firm_market;
        report("616 sectors", firm_market({1'232, 12'000, 616, 4101}));
        report("10,000 firms", firm_market({10'000, 100'000, 40, 4102}));
        report("100,000 firms", firm_market({100'000, 550'000, 60, 4103}));
    }
    return 0;
}
