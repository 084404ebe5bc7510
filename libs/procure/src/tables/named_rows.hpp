#pragma once

#include "adic/ingest/csv_reader.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/procure/day.hpp"
#include "adic/procure/fraction.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::procure {

/// A column of a table that people keep by hand.
struct NamedColumn {
    std::string_view name;
    bool is_required = true;  ///< it has to be there, and each row has to have a value in it
};

/// The smallest and the largest number that a cell may hold.
struct Limits {
    double low = 0.0;
    double high = 1e15;
};

/// Rows of a table by the names of its columns, in any order. What is wrong is reported with row,
/// column and value (PR-001, PR-002), all of it; `is_good` says whether the row at hand can be
/// used.
class NamedRows {
  public:
    NamedRows(
        ingest::CsvReader rows,
        std::span<const NamedColumn> columns,
        ingest::ImportReport& report
    );

    /// Moves to the next row; false at the end, or if the columns are not there.
    bool next();

    bool is_good() const { return is_good_; }

    std::uint64_t row() const { return rows_.row(); }

    /// Requires, of all: `column` is the position in the columns given. A cell that is empty gives
    /// an empty text, or no value.
    std::string_view text(std::size_t column);
    std::optional<double> number(std::size_t column, Limits limits = {});
    std::optional<Fraction> fraction(std::size_t column, std::uint32_t most);
    Fraction fraction_or(std::size_t column, std::uint32_t most, std::uint32_t standard);
    std::optional<std::int64_t> cents(std::size_t column, bool may_be_negative = false);
    std::optional<std::int32_t> year(std::size_t column);
    std::optional<std::chrono::sys_days> day(std::size_t column);
    std::string_view word(std::size_t column, std::span<const std::string_view> choices);

    void complain(std::size_t column, std::string message);

  private:
    void bind();
    void note(
        std::string_view rule,
        std::string_view column,
        std::string_view value,
        std::string message
    );

    ingest::CsvReader rows_;
    std::span<const NamedColumn> columns_;
    ingest::ImportReport* report_;
    std::vector<std::optional<std::size_t>> places_;
    bool is_bound_ = false;
    bool is_good_ = true;
};

/// "1234.5" as 123450; empty for more than two decimals or more than 15 digits before them.
std::optional<std::int64_t> parse_cents(std::string_view text);

}  // namespace adic::procure
