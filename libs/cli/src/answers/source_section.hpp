#pragma once

#include "adic/model/provenance.hpp"

#include "render/table.hpp"

#include <array>

namespace adic::cli {

inline constexpr std::array source_columns{
    Column{"source", "source", "its identifier", Show::word},
    Column{"title", "title", "of the work"},
    Column{"publisher", "publisher", "who published it"},
    Column{"year", "year", "of publication", Show::word},
    Column{"licence", "licence", "under which it may be used"},
    Column{"url", "address", "where it stands"},
    Column{"note", "note", "what was taken of it"},
};

/// One source as a row of a table of them.
Row source_row(const model::Source& source);

}  // namespace adic::cli
