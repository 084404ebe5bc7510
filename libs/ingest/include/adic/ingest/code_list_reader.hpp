#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/model/listed_code.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// Reads the lists of codes in a folder, as data/reference/codes has them: every file whose name
/// ends in .csv, in the order of their names, with the columns scheme, code, title, includes and
/// source. A folder that is not there has none.
///
/// Errors: not_found, unavailable for a file that cannot be read, invalid_argument without its
///         columns. Problems of rows are in the report, all at once; with an error there are no
///         codes.
/// Cost:   O(rows).
Result<std::vector<model::ListedCode>>
read_code_lists(const std::filesystem::path& folder, ImportReport& report);

/// One list, of a text in memory; `name` stands for the file in the report.
Result<std::vector<model::ListedCode>>
parse_code_list(std::string_view text, const std::string& name, ImportReport& report);

}  // namespace adic::ingest
