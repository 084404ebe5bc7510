#include "published_table.hpp"

#include "adic/base/text.hpp"

#include "rules.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace adic::ingest {

std::string folded_heading(std::string_view heading) {
    std::string folded;
    for (const char c : heading) {
        if (c != ' ') {
            folded += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    return folded;
}

std::vector<std::string> headings_of(const std::filesystem::path& path) {
    ImportReport ignored;
    auto opened = CsvReader::open(path, ignored);
    std::vector<std::string> headings;
    if (!opened) {
        return headings;
    }
    CsvReader reader = *std::move(opened);
    if (reader.next()) {
        for (const std::string_view heading : reader.fields()) {
            headings.push_back(folded_heading(heading));
        }
    }
    return headings;
}

Result<PublishedTable> PublishedTable::open(
    const std::filesystem::path& path,
    std::span<const ColumnSpec> columns,
    ImportReport& report
) {
    ADIC_TRY(CsvReader reader, CsvReader::open(path, report));
    PublishedTable table(std::move(reader), report);
    if (!table.reader_.next()) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("'{}' has no row of column names", path.string()),
            {}};
    }
    std::vector<std::string> found;
    for (const std::string_view heading : table.reader_.fields()) {
        found.push_back(folded_heading(heading));
        table.headings_.emplace_back(heading);
    }
    for (const ColumnSpec& column : columns) {
        auto at = std::find(found.begin(), found.end(), folded_heading(column.heading));
        if (at == found.end() && !column.other_heading.empty()) {
            at = std::find(found.begin(), found.end(), folded_heading(column.other_heading));
        }
        if (at == found.end() && column.presence == Presence::required) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format("'{}' has no column '{}'", path.string(), column.heading),
                {}};
        }
        table.positions_.push_back(
            at == found.end() ? std::nullopt
                              : std::optional{static_cast<std::size_t>(at - found.begin())}
        );
    }
    return table;
}

bool PublishedTable::next() {
    while (reader_.next()) {
        if (reader_.fields().size() == headings_.size()) {
            return true;
        }
        report_->add(
            {Severity::error,
             rules::published_width.id,
             file(),
             row(),
             {},
             {},
             fmt::format(
                 "{} columns; the header has {}",
                 reader_.fields().size(),
                 headings_.size()
             )}
        );
    }
    return false;
}

std::string_view PublishedTable::cell(std::size_t column) const {
    const auto position = positions_[column];
    return position ? trimmed(reader_.fields()[*position]) : std::string_view{};
}

std::optional<double> PublishedTable::number(std::size_t column) {
    const std::string_view text = cell(column);
    if (text.empty()) {
        return std::nullopt;
    }
    const auto value = parse_decimal(text);
    if (!value) {
        complain(
            Severity::error,
            rules::published_number.id,
            column,
            "not a number; write it as in 1250.5"
        );
    }
    return value;
}

std::optional<double> PublishedTable::amount(std::size_t column) {
    constexpr double largest = 1e18;
    const auto value = number(column);
    if (value && !(*value >= 0.0 && *value <= largest)) {
        complain(
            Severity::error,
            rules::published_number.id,
            column,
            "an amount is between 0 and 1e18"
        );
        return std::nullopt;
    }
    return value;
}

void PublishedTable::complain(
    Severity severity,
    std::string_view rule,
    std::size_t column,
    std::string message
) {
    const auto position = positions_[column];
    report_->add(
        {severity,
         rule,
         file(),
         row(),
         position ? headings_[*position] : std::string{},
         std::string(cell(column)),
         std::move(message)}
    );
}

}  // namespace adic::ingest
