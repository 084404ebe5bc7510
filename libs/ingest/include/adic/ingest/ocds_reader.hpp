#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/ingest/record_reader.hpp"
#include "adic/model/record.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// A document of releases may not be larger, unpacked, nor nested deeper; of JSON Lines, a line.
inline constexpr std::size_t largest_ocds = std::size_t{32} << 20U;
inline constexpr int deepest_ocds = 32;

/// Reads procurements from the Open Contracting Data Standard, 1.0 or 1.1: a release package, a
/// record package or one release, as records of the types of `model::ocds_layouts`
/// (docs/reference/ocds.md), or JSON Lines of these, one line at a time. Releases of one process
/// are merged in the order of their dates; a compiled release goes before.
///
/// What these types have no field for is kept under `more`, for the owner alone whatever the
/// release of the record is: nobody has looked at it. A warning names it.
///
/// `defaults.type` and `defaults.new_identifier` are not used: identifiers are made of those of the
/// process, so that a later file makes the next versions of the same records.
///
/// Source: OCDS 1.1.5, release and record reference, merging.
/// Errors: not_found, unavailable for a file that cannot be read. What is wrong in it is in the
///         report, all at once, each with its JSON pointer; with an error there are no records.
/// Cost:   O(bytes * log bytes).
Result<std::vector<model::Record>>
read_ocds(const std::filesystem::path& file, const RecordDefaults& defaults, ImportReport& report);

/// The same of a text in memory; `name` stands for the file in the report.
std::vector<model::Record> parse_ocds(
    std::string_view text,
    const std::string& name,
    const RecordDefaults& defaults,
    ImportReport& report
);

}  // namespace adic::ingest
