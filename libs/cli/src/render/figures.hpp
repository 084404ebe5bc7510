#pragma once

#include "render/table.hpp"

#include <string>

namespace adic::cli {

/// A cell as people read it: "69 %", "0.53 (0.47-0.60)", "12 345"; "-" for what is not known.
std::string to_display(const Cell& cell, const Column& column);

/// Whether the column's cells stand to the right.
bool is_figure(const Column& column);

}  // namespace adic::cli
