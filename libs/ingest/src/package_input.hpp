#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/csv_reader.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/ingest/map_tables.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// The rows of a table, wherever they stand. What cannot be read as a row is reported and left out.
class TableRows {
  public:
    TableRows() = default;
    TableRows(const TableRows&) = delete;
    TableRows& operator=(const TableRows&) = delete;
    TableRows(TableRows&&) = delete;
    TableRows& operator=(TableRows&&) = delete;
    virtual ~TableRows() = default;

    virtual bool next() = 0;
    virtual std::span<const std::string_view> fields() const = 0;
    virtual std::uint64_t row() const = 0;
    virtual double done() const = 0;
};

struct TableInput {
    const Table* table;
    std::string file;  ///< as issues name it
    std::unique_ptr<TableRows> rows;
};

/// A map that lies open, not yet read.
struct PackageInput {
    std::string name;
    std::string title;
    std::vector<TableInput> tables;
    std::vector<const Table*> unreadable;  ///< announced, but their rows cannot be had
    bool is_open = false;  ///< false: reported, and nothing can be said of its tables
};

/// Opens a folder with a `datapackage.json`, that file, or a workbook.
/// Errors: not_found, unavailable.
Result<PackageInput> open_package(const std::filesystem::path& path, ImportReport& report);

/// Opens a workbook. What is wrong with it is reported.
PackageInput open_workbook(const std::filesystem::path& path, ImportReport& report);

/// A sheet of a workbook, whatever it is about.
struct SheetInput {
    std::string name;
    std::string file;  ///< as issues name it
    std::unique_ptr<TableRows> rows;
};

/// What becomes of cells that hold a date, or an error of the spreadsheet program: they are
/// problems, or texts as the program shows them, days as 2026-01-31.
enum class Shown { not_at_all, as_in_program };

/// All sheets of a workbook in their order, but "read me". What is wrong with it is reported.
std::vector<SheetInput> open_sheets(
    const std::filesystem::path& path,
    ImportReport& report,
    Shown shown = Shown::not_at_all
);

/// The rows of a CSV table.
std::unique_ptr<TableRows> rows_of(CsvReader reader);

/// Reports a sheet or resource with the name of no table: an error if it is near to one.
void report_unknown_table(ImportReport& report, std::string_view file, std::string_view name);

}  // namespace adic::ingest
