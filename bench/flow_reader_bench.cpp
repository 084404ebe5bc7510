// Reads a flow file into columns and adds it up by (exporter, importer, hs6) and by hs6.
//
//   flow_reader_bench [ROWS [FILE]]
//
// Without FILE it writes one of ROWS rows (default 10 million, about 360 MB) into the folder for
// temporary files, from a fixed seed, and removes it at the end. With FILE it reads that file, or
// writes it first if it is not there, and keeps it, so that another program can read the same
// bytes.
#include "adic/ingest/flow_reader.hpp"

#include "adic/base/random.hpp"
#include "adic/base/text.hpp"
#include "adic/ingest/flow_totals.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>

namespace {

using adic::RandomStream;

constexpr std::uint64_t seed = 20'250'101;
constexpr std::size_t states = 220;
constexpr std::size_t products = 5'000;

std::string state_code(std::size_t number) {
    const auto letter = [](std::size_t n) { return static_cast<char>('A' + n % 26); };
    return {letter(number / 26), letter(number), letter(number * 7)};
}

/// Small numbers more often than large ones, as a few states make most of the trade.
std::size_t skewed_below(RandomStream& random, std::size_t bound) {
    const double u = random.uniform();
    return static_cast<std::size_t>(u * u * static_cast<double>(bound));
}

void write_flows(const std::filesystem::path& path, std::size_t rows) {
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < products; ++i) {
        codes.push_back(fmt::format("{:06}", 10'121 + i * 193));
    }
    std::ofstream file(path, std::ios::binary);
    RandomStream random(seed, 0);
    std::string text = "year,exporter,importer,hs6,value,quantity\n";
    for (std::size_t row = 0; row < rows; ++row) {
        fmt::format_to(
            std::back_inserter(text),
            "{},{},{},{},{:.3f},{:.3f}\n",
            2013 + random.below(10),
            state_code(skewed_below(random, states)),
            state_code(skewed_below(random, states)),
            codes[skewed_below(random, products)],
            static_cast<double>(random.below(100'000'000)) / 1000.0,
            static_cast<double>(random.below(10'000'000)) / 1000.0
        );
        if (text.size() > 1U << 20U) {
            file << text;
            text.clear();
        }
    }
    file << text;
}

double wall_seconds() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double>(now).count();
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

/// Prints one line for a step: seconds on the clock and of CPU since the step before.
class Steps {
  public:
    void print(std::string_view step, std::size_t rows) {
        fmt::print(
            "{:32} {:>10} rows  {:6.2f} s  {:6.2f} s CPU  peak {:6.0f} MB\n",
            step,
            rows,
            wall_seconds() - wall_,
            cpu_seconds() - cpu_,
            peak_megabytes()
        );
        wall_ = wall_seconds();
        cpu_ = cpu_seconds();
    }

  private:
    double wall_ = wall_seconds();
    double cpu_ = cpu_seconds();
};

int run(const std::filesystem::path& path) {
    using namespace adic::ingest;  // NOLINT(google-build-using-namespace)
    Steps steps;
    ImportReport report;
    const auto flows = read_flows(path, report);
    if (!flows || !report.may_commit()) {
        fmt::print("{}\n", flows ? "the file has errors" : flows.error().message);
        return EXIT_FAILURE;
    }
    steps.print("read", flows->size());
    const FlowTotals by_pair =
        aggregate_flows(*flows, {.exporter = true, .importer = true, .product = true});
    steps.print("sum by exporter, importer, hs6", by_pair.size());
    const FlowTotals by_product = aggregate_flows(*flows, {.product = true});
    steps.print("sum by hs6", by_product.size());
    const auto largest = std::max_element(by_product.value.begin(), by_product.value.end());
    const auto position = static_cast<std::size_t>(largest - by_product.value.begin());
    fmt::print(
        "largest: {} {:.3f} {:.3f}\n",
        flows->products[by_product.product[position]],
        by_product.value[position],
        by_product.quantity[position]
    );
    return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
    constexpr std::size_t ten_million = 10'000'000;
    const std::size_t rows =
        argc > 1 ? adic::parse_whole(argv[1]).value_or(ten_million) : ten_million;
    const bool keep = argc > 2;
    const std::filesystem::path path =
        keep ? std::filesystem::path(argv[2])
             : std::filesystem::temp_directory_path() / "adic_flow_reader_bench.csv";
    if (!keep || !std::filesystem::exists(path)) {
        write_flows(path, rows);
    }
    const int status = run(path);
    if (!keep) {
        std::filesystem::remove(path);
    }
    return status;
}
