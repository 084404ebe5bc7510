#pragma once

#include "adic/ingest/map_tables.hpp"

#include "row_reader.hpp"

#include <memory>

namespace adic::ingest {

/// Reads the rows of one table, and holds what the rules across its rows need to know.
class TableReader {
  public:
    TableReader() = default;
    TableReader(const TableReader&) = delete;
    TableReader& operator=(const TableReader&) = delete;
    TableReader(TableReader&&) = delete;
    TableReader& operator=(TableReader&&) = delete;
    virtual ~TableReader() = default;

    virtual void read(RowReader& row) = 0;

    /// After the last row: the rules that need all of them.
    virtual void finish(RowReader& /*row*/) {}
};

std::unique_ptr<TableReader> sources_reader();
std::unique_ptr<TableReader> states_reader();
std::unique_ptr<TableReader> blocs_reader();
std::unique_ptr<TableReader> organisations_reader();
std::unique_ptr<TableReader> items_reader();
std::unique_ptr<TableReader> codes_reader();
std::unique_ptr<TableReader> needs_reader();
std::unique_ptr<TableReader> supplies_reader();
std::unique_ptr<TableReader> stocks_reader();
std::unique_ptr<TableReader> recoveries_reader();
std::unique_ptr<TableReader> hazards_reader();
std::unique_ptr<TableReader> trade_reader();
std::unique_ptr<TableReader> figures_reader();

/// The reader of a table of `map_tables`.
std::unique_ptr<TableReader> reader_of(const Table& table);

}  // namespace adic::ingest
