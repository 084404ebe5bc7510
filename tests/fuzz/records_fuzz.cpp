#include "adic/ingest/record_reader.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <string>

/// Every record that was read is right.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{adic::fuzz::text_of(data, size)};
    adic::ingest::RecordDefaults defaults;
    defaults.type = adic::model::find_record_type("product");
    defaults.owner = "MYS";
    defaults.new_identifier = [] { return std::string("new"); };
    adic::ingest::ImportReport report;
    for (const auto& record : adic::ingest::parse_records(text, "records.csv", defaults, report)) {
        adic::fuzz::require(adic::model::problems_of(record).empty());
    }
    return 0;
}
