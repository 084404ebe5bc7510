#pragma once

#include "adic/model/record.hpp"

#include <string_view>

namespace adic::ingest {

/// JSON as texts of a field that takes several: joined as they are they are the JSON again, also
/// after a table of records has parted them by lines and bars and trimmed them.
/// Requires: `json` is UTF-8, without blanks or lines outside of texts.
model::Words in_texts(std::string_view json);

}  // namespace adic::ingest
