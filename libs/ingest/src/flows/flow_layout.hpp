#pragma once

#include "adic/base/result.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// What a column of a flow file says.
enum class FlowField { year, exporter, importer, product, value, quantity, flow, complete };

inline constexpr std::size_t flow_fields = 8;

/// Which column of a file is which field.
struct FlowLayout {
    std::array<std::optional<std::size_t>, flow_fields> column_of;
    std::array<std::string, flow_fields> name_of;  ///< the heading, for the report
    std::size_t columns = 0;
    std::vector<std::string> ignored;  ///< headings that no field takes

    std::optional<std::size_t> column(FlowField field) const {
        return column_of[static_cast<std::size_t>(field)];
    }

    const std::string& name(FlowField field) const {
        return name_of[static_cast<std::size_t>(field)];
    }
};

/// Whether a file that names `reporter` and `partner` is read as the importers or as the exporters
/// reported it; it decides which of the two is which end of the flow.
enum class ReporterIs { importer, exporter };

/// Finds the fields by their headings, in any case and order.
/// Errors: a field that a flow must have is missing, or two columns have the same heading.
Result<FlowLayout> flow_layout_of(std::span<const std::string_view> header, ReporterIs reporter);

}  // namespace adic::ingest
