/// Time and peak memory of checking a map package with many supplies.
/// package_bench [supplies [seed [ordered|shuffled]]]: writes the package to the temporary folder,
/// checks it, prints one line. Each item comes from a hundred states, with a hundredth each.

#include "adic/base/random.hpp"
#include "adic/base/text.hpp"
#include "adic/ingest/map_package.hpp"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>
#include <string_view>

#include <sys/resource.h>

namespace {

constexpr std::uint64_t states = 100;

std::string state_id(std::uint64_t state) {
    return {'S', static_cast<char>('A' + state / 26), static_cast<char>('A' + state % 26)};
}

void write_small_tables(const std::filesystem::path& folder, std::uint64_t items) {
    std::ofstream(folder / "sources.csv")
        << "id,title,publisher,year,licence\nmade-up,Made up,Nobody,2025,CC0-1.0\n";
    std::ofstream state_file(folder / "states.csv");
    state_file << "id,name\n";
    for (std::uint64_t s = 0; s < states; ++s) {
        state_file << state_id(s) << ",State\n";
    }
    std::ofstream item_file(folder / "items.csv");
    item_file << "id,name,kind,unit,sensitivity,source,period,confidence,release\n";
    for (std::uint64_t i = 0; i < items; ++i) {
        item_file << "item-" << i << ",Item,component,piece,0,made-up,2024,E,public\n";
    }
    std::ofstream(
        folder / "datapackage.json"
    ) << R"({"name":"large","resources":[{"name":"sources","path":"sources.csv"},{"name":"states",)"
      << R"("path":"states.csv"},{"name":"items","path":"items.csv"},{"name":"supplies","path":)"
      << R"("supplies.csv"}]})";
}

/// Supplies in order of their items, or in an order in which no two neighbours share one.
void write_supplies(const std::filesystem::path& file, std::uint64_t rows, std::uint64_t step) {
    std::ofstream out(file, std::ios::binary);
    out << "item,origin,share_low,share,share_high,source,period,confidence,owner,release\n";
    std::uint64_t row = 0;
    for (std::uint64_t r = 0; r < rows; ++r) {
        out << "item-" << row / states << ',' << state_id(row % states)
            << ",0.005,0.01,0.02,made-up,2024,C,,public\n";
        row = (row + step) % rows;
    }
}

}  // namespace

int main(int argc, char** argv) {
    const auto argument = [&](int i, std::uint64_t otherwise) {
        return argc > i ? adic::parse_whole(argv[i]).value_or(otherwise) : otherwise;
    };
    const std::uint64_t rows = argument(1, 10'000'000);
    adic::RandomStream random(argument(2, 1), 0);
    std::uint64_t step = 1;
    if (argc > 3 && std::string_view(argv[3]) == "shuffled") {
        do {
            step = 1 + random.below(rows - 1);
        } while (std::gcd(step, rows) != 1);
    }
    const auto folder = std::filesystem::temp_directory_path() / "adic_package_bench";
    std::filesystem::create_directories(folder);
    write_small_tables(folder, (rows + states - 1) / states);
    write_supplies(folder / "supplies.csv", rows, step);

    adic::ingest::ImportReport report;
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t cpu_start = std::clock();
    const auto counts = adic::ingest::check_map_package(folder, report);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    const double cpu = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const double megabytes =
        static_cast<double>(std::filesystem::file_size(folder / "supplies.csv")) / 1e6;
    std::printf(
        "check %llu supplies (%.0f MB) step %llu: %.2f s (%.2f s of CPU), peak %ld MiB, %llu "
        "problems\n",
        static_cast<unsigned long long>(counts ? counts->back().rows : 0),
        megabytes,
        static_cast<unsigned long long>(step),
        seconds.count(),
        cpu,
        usage.ru_maxrss / 1024,
        static_cast<unsigned long long>(report.errors())
    );
    std::filesystem::remove_all(folder);
    return report.may_commit() ? 0 : 1;
}
