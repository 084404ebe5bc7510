#include "adic/ingest/sheet_reader.hpp"

#include "fuzz.hpp"
#include "scratch.hpp"

#include <cstdint>

using adic::fuzz::require;

/// The cells of a workbook are there or it is said why not; its rows are numbered upwards.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const adic::fuzz::Scratch scratch;
    const auto file = scratch.write("sheets.xlsx", adic::fuzz::text_of(data, size));
    adic::ingest::ImportReport report;
    const auto sheets = adic::ingest::read_sheets(file, report);
    require(sheets.empty() || report.may_commit());
    for (const auto& sheet : sheets) {
        std::uint64_t last = 0;
        for (const auto& row : sheet.rows) {
            require(row.number > last && !row.cells.empty());
            last = row.number;
        }
    }
    return 0;
}
