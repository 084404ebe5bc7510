#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/item_class.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace adic::ingest {

/// Reads the classes of items, as data/reference/item_classes.csv has them: a row for each property
/// of each version of a class, with the columns class, version, class_title, property, title, type,
/// unit, least, most, choices, required, source, confidence, note (docs/reference/records.md).
///
/// Errors: not_found, unavailable for a file that cannot be read, or without its columns. Problems
///         of rows are in the report, all at once; with an error there are no classes.
/// Cost:   O(rows * log rows).
Result<model::ItemClasses>
read_item_classes(const std::filesystem::path& file, ImportReport& report);

/// The same of a text in memory; `name` stands for the file in the report.
Result<model::ItemClasses>
parse_item_classes(std::string_view text, const std::string& name, ImportReport& report);

}  // namespace adic::ingest
