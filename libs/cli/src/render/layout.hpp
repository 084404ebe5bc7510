#pragma once

#include "render/table.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace adic::cli {

constexpr std::size_t gap = 2;  ///< spaces between two columns of a table

/// The texts of a table as people read it, and the widths of its columns.
struct Layout {
    std::vector<const Column*> columns;
    std::vector<std::string> titles;
    std::vector<std::vector<std::string>> cells;  ///< by row and column
    std::vector<std::size_t> widths;

    std::size_t total() const;
    void add_column(const Column& column, std::string title);
    void set(std::size_t row, std::size_t column, std::string text);
};

/// The rows as they are, or side by side if the section says so.
Layout lay_out(const Section& section);

}  // namespace adic::cli
