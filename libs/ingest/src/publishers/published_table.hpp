#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/csv_reader.hpp"
#include "adic/ingest/import_report.hpp"

#include <array>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

enum class Presence { required, optional };

/// A column that a reader takes. Headings are compared without case and blanks, since one
/// publisher writes "PROD_EST_ 2024" and the next year may not.
struct ColumnSpec {
    std::string_view heading;
    Presence presence = Presence::required;
    std::string_view other_heading{};  ///< how another edition names the column
};

/// The rows of a publisher's table, by the columns that a reader asked for; every other is ignored.
class PublishedTable {
  public:
    /// Errors: the file cannot be opened, or a required column is missing.
    static Result<PublishedTable> open(
        const std::filesystem::path& path,
        std::span<const ColumnSpec> columns,
        ImportReport& report
    );

    /// Moves to the next row that has all its columns.
    bool next();

    /// Without blanks at both ends; empty if the file lacks the column.
    std::string_view cell(std::size_t column) const;

    bool has(std::size_t column) const { return positions_[column].has_value(); }

    /// Empty if the cell is empty, or is no number: then it is reported.
    std::optional<double> number(std::size_t column);

    /// The same for what cannot be below 0, such as a mass. Its upper limit is far above the
    /// world's production of anything in grams, so that sums stay finite.
    std::optional<double> amount(std::size_t column);

    std::uint64_t row() const { return reader_.row(); }

    const std::string& file() const { return reader_.name(); }

    void
    complain(Severity severity, std::string_view rule, std::size_t column, std::string message);

  private:
    PublishedTable(CsvReader reader, ImportReport& report)
        : reader_(std::move(reader))
        , report_(&report) {}

    CsvReader reader_;
    ImportReport* report_;
    std::vector<std::optional<std::size_t>> positions_;
    std::vector<std::string> headings_;
};

/// A heading as it is compared.
std::string folded_heading(std::string_view heading);

/// The headings of a file; empty if it has none.
std::vector<std::string> headings_of(const std::filesystem::path& path);

}  // namespace adic::ingest
