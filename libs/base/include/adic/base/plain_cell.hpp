#pragma once

#include <string>
#include <string_view>

namespace adic {

/// A text for a cell of a CSV file that may be opened with a spreadsheet: with an apostrophe before
/// it where it would be taken for a formula, as "=1+1" or "@sum"; numbers are left as they are.
///
/// Source: OWASP, "CSV Injection".
std::string to_plain_cell(std::string_view text);

/// The text of such a cell: from_plain_cell(to_plain_cell(text)) is `text`.
std::string_view from_plain_cell(std::string_view cell);

}  // namespace adic
