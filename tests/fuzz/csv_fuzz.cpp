#include "adic/ingest/csv_reader.hpp"
#include "adic/ingest/csv_writer.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using adic::ingest::CsvReader;
using adic::ingest::CsvWriter;
using adic::ingest::ImportReport;

namespace {

using Records = std::vector<std::vector<std::string>>;

constexpr std::size_t short_record = 4096;               // so that the limit is met
constexpr std::size_t quoted_record = 3 * short_record;  // quoting may double what was read

Records read(std::string_view text, std::size_t longest, ImportReport& report) {
    Records records;
    CsvReader reader = CsvReader::over("fuzz.csv", text, report, {.longest_record = longest});
    std::uint64_t row = 0;
    while (reader.next()) {
        adic::fuzz::require(reader.row() > row && !reader.fields().empty());
        row = reader.row();
        records.emplace_back(reader.fields().begin(), reader.fields().end());
    }
    return records;
}

}  // namespace

/// Whatever was read is written as a text that reads back as the same records, without a complaint.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ImportReport report;
    const Records records = read(adic::fuzz::text_of(data, size), short_record, report);
    std::ostringstream written;
    CsvWriter writer(written);
    for (const std::vector<std::string>& record : records) {
        writer.write(std::vector<std::string_view>(record.begin(), record.end()));
    }
    ImportReport second;
    const Records again = read(written.str(), quoted_record, second);
    adic::fuzz::require(second.issues().empty() && again == records);
    return 0;
}
