#include "flow_layout.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

enum class End { none, reporter, partner };

struct Synonym {
    FlowField field;
    std::string_view heading;
    End end = End::none;  ///< `reporter` and `partner` are one or the other end of the flow
};

/// Of two headings of one field the earlier wins: an ISO code before a number, a year before a
/// period.
constexpr std::array synonyms{
    Synonym{FlowField::year, "year"},
    Synonym{FlowField::year, "t"},
    Synonym{FlowField::year, "refyear"},
    Synonym{FlowField::year, "period"},
    Synonym{FlowField::exporter, "exporter"},
    Synonym{FlowField::exporter, "i"},
    Synonym{FlowField::exporter, "exporter_iso3"},
    Synonym{FlowField::exporter, "exporter_code"},
    Synonym{FlowField::exporter, "iso3_o"},
    Synonym{FlowField::exporter, "iso_o"},
    Synonym{FlowField::exporter, "origin"},
    Synonym{FlowField::importer, "importer"},
    Synonym{FlowField::importer, "j"},
    Synonym{FlowField::importer, "importer_iso3"},
    Synonym{FlowField::importer, "importer_code"},
    Synonym{FlowField::importer, "iso3_d"},
    Synonym{FlowField::importer, "iso_d"},
    Synonym{FlowField::importer, "destination"},
    Synonym{FlowField::importer, "reporteriso", End::reporter},
    Synonym{FlowField::importer, "reporter", End::reporter},
    Synonym{FlowField::importer, "reportercode", End::reporter},
    Synonym{FlowField::exporter, "partneriso", End::partner},
    Synonym{FlowField::exporter, "partner", End::partner},
    Synonym{FlowField::exporter, "partnercode", End::partner},
    Synonym{FlowField::product, "hs6"},
    Synonym{FlowField::product, "k"},
    Synonym{FlowField::product, "product"},
    Synonym{FlowField::product, "cmdcode"},
    Synonym{FlowField::product, "commodity_code"},
    Synonym{FlowField::product, "hs_code"},
    Synonym{FlowField::value, "value"},
    Synonym{FlowField::value, "v"},
    Synonym{FlowField::value, "value_usd"},
    Synonym{FlowField::value, "primaryvalue"},
    Synonym{FlowField::value, "trade_value"},
    Synonym{FlowField::quantity, "quantity"},
    Synonym{FlowField::quantity, "q"},
    Synonym{FlowField::quantity, "qty"},
    Synonym{FlowField::quantity, "netwgt"},
    Synonym{FlowField::quantity, "net_weight_kg"},
    Synonym{FlowField::flow, "flow"},
    Synonym{FlowField::flow, "flowcode"},
    Synonym{FlowField::complete, "complete"},
};

constexpr std::array must_have{
    FlowField::year,
    FlowField::exporter,
    FlowField::importer,
    FlowField::product,
    FlowField::value,
};

constexpr std::array<std::string_view, flow_fields>
    field_names{"year", "exporter", "importer", "hs6", "value", "quantity", "flow", "complete"};

std::string lowercase(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return lower;
}

std::size_t position_of(FlowField field) {
    return static_cast<std::size_t>(field);
}

FlowField field_of(const Synonym& synonym, ReporterIs reporter) {
    if (synonym.end == End::none || reporter == ReporterIs::importer) {
        return synonym.field;
    }
    return synonym.end == End::reporter ? FlowField::exporter : FlowField::importer;
}

std::optional<Error> missing_field(const FlowLayout& layout, std::string_view header) {
    for (const FlowField field : must_have) {
        if (!layout.column(field)) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format(
                    "no column for '{}'; the columns are: {}",
                    field_names[position_of(field)],
                    header
                ),
                {}};
        }
    }
    return std::nullopt;
}

}  // namespace

Result<FlowLayout> flow_layout_of(std::span<const std::string_view> header, ReporterIs reporter) {
    std::vector<std::string> headings;
    for (const std::string_view heading : header) {
        headings.push_back(lowercase(heading));
        if (std::count(headings.begin(), headings.end(), headings.back()) > 1) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format("two columns are named '{}'", heading),
                {}};
        }
    }
    FlowLayout layout;
    layout.columns = headings.size();
    std::vector<bool> taken(headings.size(), false);
    for (const Synonym& synonym : synonyms) {
        const auto found = std::find(headings.begin(), headings.end(), synonym.heading);
        const std::size_t field = position_of(field_of(synonym, reporter));
        if (found == headings.end() || layout.column_of[field]) {
            continue;
        }
        const auto column = static_cast<std::size_t>(found - headings.begin());
        layout.column_of[field] = column;
        layout.name_of[field] = std::string(header[column]);
        taken[column] = true;
    }
    for (std::size_t column = 0; column < headings.size(); ++column) {
        if (!taken[column]) {
            layout.ignored.emplace_back(header[column]);
        }
    }
    if (auto missing = missing_field(layout, fmt::format("{}", fmt::join(header, ", ")))) {
        return *std::move(missing);
    }
    return layout;
}

}  // namespace adic::ingest
