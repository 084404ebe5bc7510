#include "adic/ingest/open_psa.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <string>

using adic::ingest::ImportReport;

/// Whatever was read is written as a text that reads back, without a complaint, as a tree with the
/// same events and the same top.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ImportReport report;
    const auto tree =
        adic::ingest::parse_open_psa(adic::fuzz::text_of(data, size), "fuzz.xml", report);
    adic::fuzz::require(bool{tree} == (report.errors() == 0));
    if (!tree) {
        return 0;
    }
    const auto text = adic::ingest::write_open_psa(*tree);
    if (!text) {
        return 0;  // a vote that names children twice can be too large to be written out
    }
    ImportReport second;
    const auto again = adic::ingest::parse_open_psa(*text, "again.xml", second);
    adic::fuzz::require(again && second.issues().empty());
    adic::fuzz::require(again->events.size() == tree->events.size());
    adic::fuzz::require(again->gates[again->top].name == tree->gates[tree->top].name);
    return 0;
}
