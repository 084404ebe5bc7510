#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/item_class.hpp"
#include "adic/model/record.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace adic::ingest {

/// What a table of records does not say itself.
struct RecordDefaults {
    const model::RecordType* type = nullptr;
    std::string owner;
    std::vector<model::Grant> release = {};  ///< of rows without one; empty: the owner alone
    std::vector<std::string> blocs = {};     ///< names that are blocs in a release
    std::function<bool(std::string_view id)> is_state = {};  ///< empty: releases name any
    std::function<std::string()> new_identifier = {};        ///< for rows without one
    const model::ItemClasses* classes = nullptr;             ///< of items; null: no item names one
};

/// Reads a table of records of one type, as CSV or as a workbook (a sheet that is called like the
/// type, or the only one; docs/reference/records.md): a column for each field that is filled in,
/// and, where wanted, id, organisation, source, period, confidence, note, release and
/// release.FIELD. A property of an item has its line in the column properties, or the column
/// properties.KEY; those of a class are put into its units and its order. Identifiers begin with
/// the owner and a dot, which is put before those that do not.
///
/// Errors: not_found, unavailable for a file that cannot be read. Problems of rows are in the
///         report, all at once; with an error there are no records.
/// Cost:   O(bytes).
Result<std::vector<model::Record>> read_records(
    const std::filesystem::path& file,
    const RecordDefaults& defaults,
    ImportReport& report
);

/// The same of a text in memory; `name` stands for the file in the report.
std::vector<model::Record> parse_records(
    std::string_view text,
    const std::string& name,
    const RecordDefaults& defaults,
    ImportReport& report
);

}  // namespace adic::ingest
