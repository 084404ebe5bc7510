#include "adic/ingest/scenario_file.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <string>

using adic::ingest::ImportReport;

/// Whatever was read is a scenario that can be, and is written as a text that reads back as it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ImportReport report;
    const auto scenario =
        adic::ingest::parse_scenario(adic::fuzz::text_of(data, size), "fuzz.json", report);
    adic::fuzz::require(bool{scenario} == (report.errors() == 0));
    if (!scenario) {
        return 0;
    }
    ImportReport second;
    const auto again =
        adic::ingest::parse_scenario(adic::ingest::write_scenario(*scenario), "again.json", second);
    adic::fuzz::require(again && second.issues().empty() && *again == *scenario);
    return 0;
}
