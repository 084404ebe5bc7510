/// Throughput of CsvReader on a generated HS6 flow file.
/// csv_bench [rows [seed]]: writes the file to the temporary folder, reads it, prints one line.

#include "adic/base/random.hpp"
#include "adic/base/text.hpp"
#include "adic/ingest/csv_reader.hpp"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

void generate(const std::filesystem::path& path, std::uint64_t rows, std::uint64_t seed) {
    std::ofstream out(path, std::ios::binary);
    out << "t,i,j,k,v,q\n";
    adic::RandomStream random(seed, 0);
    for (std::uint64_t r = 0; r < rows; ++r) {
        out << 2012 + random.below(11) << ',' << 4 + random.below(890) << ','
            << 4 + random.below(890) << ',' << 10121 + random.below(960'000) << ','
            << static_cast<double>(random.below(10'000'000)) / 1000.0 << ','
            << static_cast<double>(random.below(10'000'000)) / 1000.0 << '\n';
    }
}

}  // namespace

int main(int argc, char** argv) {
    const auto argument = [&](int i, std::uint64_t otherwise) {
        return argc > i ? adic::parse_whole(argv[i]).value_or(otherwise) : otherwise;
    };
    const std::uint64_t rows = argument(1, 5'000'000);
    const auto path = std::filesystem::temp_directory_path() / "adic_csv_bench.csv";
    generate(path, rows, argument(2, 1));

    adic::ingest::ImportReport report;
    const auto start = std::chrono::steady_clock::now();
    auto opened = adic::ingest::CsvReader::open(path, report);
    if (!opened) {
        return 1;
    }
    adic::ingest::CsvReader reader = *std::move(opened);
    std::uint64_t records = 0;
    std::uint64_t fields = 0;
    while (reader.next()) {
        ++records;
        fields += reader.fields().size();
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    const double megabytes = static_cast<double>(std::filesystem::file_size(path)) / 1e6;
    std::printf(
        "csv %llu records %llu fields %.0f MB %.2f s %.0f MB/s\n",
        static_cast<unsigned long long>(records),
        static_cast<unsigned long long>(fields),
        megabytes,
        seconds.count(),
        megabytes / seconds.count()
    );
    std::filesystem::remove(path);
    return report.may_commit() ? 0 : 1;
}
