#include "adic/ingest/map_package.hpp"

#include "fuzz.hpp"
#include "scratch.hpp"

#include <cstdint>

using adic::fuzz::require;
using adic::ingest::ImportReport;

/// Reading and checking a workbook find the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const adic::fuzz::Scratch scratch;
    const auto file = scratch.write("map.xlsx", adic::fuzz::text_of(data, size));

    ImportReport read_report;
    const auto map = adic::ingest::read_map_package(file, read_report);
    ImportReport check_report;
    const auto counts = adic::ingest::check_map_package(file, check_report);
    require(read_report.errors() == check_report.errors());
    require(static_cast<bool>(map) == (counts && check_report.may_commit()));
    return 0;
}
