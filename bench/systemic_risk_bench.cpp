// The systemic risk index of the firms of a scale-free network: at the literature's tolerance, at
// rest, and at rest with nobody replaced. Prints CPU milliseconds a firm, wall seconds, and the
// peak of memory; and by how much the first firms and some others miss a plain calculation.
//
//   systemic_risk_bench              three generated networks; of the larger ones every nth block
//                                    of 64 firms in the order of the sweep
//   systemic_risk_bench all          the same; at 0.01 all firms of the largest
//   systemic_risk_bench NETWORK...   all firms of networks in files

#include "adic/ingest/firm_network_reader.hpp"
#include "adic/shock/cascade/cascade.hpp"

#include "firm_market.hpp"
#include "plain_cascade.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <span>
#include <string_view>
#include <vector>

#include <fmt/core.h>
#include <sys/resource.h>

namespace {

using adic::model::FirmNetwork;
using adic::shock::Cascade;
using adic::shock::CascadeOptions;
using adic::shock::SystemicRisk;

constexpr std::size_t block = 64;

/// Every nth block of the order of the sweep.
std::vector<std::uint32_t> every_block(std::span<const std::uint32_t> order, std::size_t nth) {
    std::vector<std::uint32_t> firms;
    for (std::size_t first = 0; first < order.size(); first += nth * block) {
        const auto some = order.subspan(first, std::min(block, order.size() - first));
        firms.insert(firms.end(), some.begin(), some.end());
    }
    return firms;
}

std::vector<SystemicRisk> measure(
    std::string_view name,
    const FirmNetwork& network,
    const CascadeOptions& options,
    std::size_t nth
) {
    const Cascade cascade(network, options);
    const std::vector<std::uint32_t> firms = every_block(cascade.sweep_order(), nth);
    const std::clock_t cpu = std::clock();
    const auto start = std::chrono::steady_clock::now();
    std::vector<SystemicRisk> risks = cascade.risks_of_closing(firms);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    const double cpu_s = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    double sum = 0.0;
    double steps = 0.0;
    for (const SystemicRisk& risk : risks) {
        sum += risk.total;
        steps += risk.steps;
    }
    const auto count = static_cast<double>(firms.size());
    fmt::print(
        "  {:24} {:.3f} ms of CPU a firm; {} firms: {:.2f} s, {:.2f} s of CPU; sum {:.6f}, "
        "{:.1f} steps a firm\n",
        name,
        1e3 * cpu_s / count,
        firms.size(),
        wall.count(),
        cpu_s,
        sum,
        steps / count
    );
    return risks;
}

double distance(const SystemicRisk& a, const SystemicRisk& b) {
    return std::max(
        {std::abs(a.total - b.total),
         std::abs(a.downstream - b.downstream),
         std::abs(a.upstream - b.upstream)}
    );
}

/// 20 firms, the first eight and others evenly spread, against the plain calculation.
void compare(
    const FirmNetwork& network,
    double tolerance,
    std::span<const std::uint32_t> firms,
    std::span<const SystemicRisk> risks
) {
    constexpr std::size_t checked = 20;
    double worst = 0.0;
    std::size_t same_steps = 0;
    const std::clock_t cpu = std::clock();
    for (std::size_t i = 0; i < checked; ++i) {
        const std::size_t at = i < 8 ? i : i * (firms.size() - 1) / checked;
        const SystemicRisk plain = adic::bench::plain_cascade(network, firms[at], tolerance);
        worst = std::max(worst, distance(plain, risks[at]));
        same_steps += plain.steps == risks[at].steps ? 1U : 0U;
    }
    const double cpu_s = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    fmt::print(
        "  plain calculation        {:.3f} ms of CPU a firm; {} firms: largest difference {:.1e}, "
        "{} with the same steps\n",
        1e3 * cpu_s / checked,
        checked,
        worst,
        same_steps
    );
}

/// Of which part of the firms the cascades are run: every nth block.
struct Part {
    std::size_t customary = 1;
    std::size_t at_rest = 1;
};

void report(std::string_view name, const FirmNetwork& network, const Part& part) {
    fmt::print(
        "{}: {} firms, {} links, {} sectors\n",
        name,
        network.firms(),
        network.links().size(),
        network.sectors()
    );
    const CascadeOptions customary{.tolerance = 0.01};
    const auto risks = measure("tolerance 0.01", network, customary, part.customary);
    const auto firms = every_block(Cascade(network, customary).sweep_order(), part.customary);
    compare(network, customary.tolerance, firms, risks);
    measure("at rest", network, {}, part.at_rest);
    measure(
        "at rest, nobody replaced",
        network,
        {.replaceable = adic::shock::nobody_replaceable(network)},
        part.at_rest
    );
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print("  {} MiB at most\n", usage.ru_maxrss / 1024);
}

int report_files(std::span<char*> paths) {
    for (const char* path : paths) {
        adic::ingest::ImportReport problems;
        const auto network = adic::ingest::read_firm_network(path, problems);
        if (!network || !problems.may_commit()) {
            fmt::print("{}: not a firm network\n", path);
            return 1;
        }
        report(path, *network, {});
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    using adic::bench::firm_market;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);  // a line as soon as it is measured
    const std::span words(argv, static_cast<std::size_t>(argc));
    const bool all = words.size() == 2 && std::string_view(words[1]) == "all";
    if (words.size() > 1 && !all) {
        return report_files(words.subspan(1));
    }
    report("616 sectors", firm_market({1'232, 12'000, 616, 4101}), {});
    report(
        "10,000 firms",
        firm_market({10'000, 100'000, 40, 4102}),
        {.customary = 1, .at_rest = 40}
    );
    report("100,000 firms", firm_market({100'000, 550'000, 60, 4103}), {all ? 1U : 16U, 800});
    return 0;
}
