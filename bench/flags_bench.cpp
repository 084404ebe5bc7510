/// Red flags of generated contracting processes.
/// flags_bench [processes [seed [threads [FILE]]]]: writes the file to the temporary folder (or
/// takes the one that is named, and keeps it), judges it five times, prints a line for the best.

#include "adic/procure/flags.hpp"

#include "adic/base/text.hpp"

#include "bid_file.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <limits>

#include <sys/resource.h>

namespace {

namespace fs = std::filesystem;

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
           + static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
    const auto argument = [&](int i, std::uint64_t otherwise) {
        return argc > i ? adic::parse_whole(argv[i]).value_or(otherwise) : otherwise;
    };
    const std::uint64_t processes = argument(1, 40'000);
    const bool is_given = argc > 4;
    const fs::path path =
        is_given ? fs::path(argv[4]) : fs::temp_directory_path() / "adic_flags_bench.jsonl";
    if (!is_given || !fs::exists(path)) {
        adic::bench::write_bid_file(path, processes, argument(2, 1));
    }
    double best = std::numeric_limits<double>::infinity();
    double best_cpu = best;
    adic::procure::FlagFindings findings;
    for (int run = 0; run < 5; ++run) {
        adic::ingest::ImportReport report;
        const double cpu = cpu_seconds();
        const auto start = std::chrono::steady_clock::now();
        auto found = adic::procure::find_flags(path, {}, {argument(3, 0), {}}, report);
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
        if (!found || !report.may_commit()) {
            return 1;
        }
        findings = *std::move(found);
        best = std::min(best, wall.count());
        best_cpu = std::min(best_cpu, cpu_seconds() - cpu);
    }
    const double megabytes = static_cast<double>(fs::file_size(path)) / 1e6;
    std::printf(
        "flags %llu processes %zu flags %.0f MB %.3f s of the clock %.3f s of CPU %.0f MB/s of "
        "CPU\n",
        static_cast<unsigned long long>(findings.processes),
        findings.flags.size(),
        megabytes,
        best,
        best_cpu,
        megabytes / best_cpu
    );
    if (!is_given) {
        fs::remove(path);
    }
    return 0;
}
