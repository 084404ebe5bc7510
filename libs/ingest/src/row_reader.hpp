#pragma once

#include "adic/base/estimate.hpp"
#include "adic/base/text.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/ingest/import_rules.hpp"
#include "adic/ingest/map_tables.hpp"
#include "adic/model/provenance.hpp"
#include "adic/model/supply.hpp"

#include "identifiers.hpp"
#include "map_sink.hpp"
#include "suggestion.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// What all tables of one import share.
struct Import {
    ImportReport* report;
    MapSink* sink;
    std::uint64_t errors_before;  ///< of the report, when the import began
    Identifiers ids = {};
    Suggester suggester = {};

    /// Whether the map can still come to be, so that rows are worth keeping.
    bool is_clean() const { return report->errors() == errors_before; }
};

/// Turns the cells of one row into values, and reports each cell that does not have one.
///
/// A column is named by its position in the table. An empty cell gives no value, and is reported if
/// it must have one; a bad cell gives no value and is always reported.
class RowReader {
  public:
    RowReader(const Table& table, std::string file, Import& import);

    /// Takes the row that names the columns. False, and reported, if rows cannot be read by it.
    bool bind(std::span<const std::string_view> header, std::uint64_t row);

    /// Takes the next row. False for a row to pass over: all empty, or reported for its width.
    bool take(std::span<const std::string_view> fields, std::uint64_t row);

    /// Whether nothing of this row was reported so far.
    bool is_good() const { return is_good_; }

    /// Whether the row should be handed to the sink.
    bool is_wanted() const { return is_good_ && import_->is_clean(); }

    std::uint64_t row() const { return row_; }

    Import& import() { return *import_; }

    /// The cell as found; of an estimate, the likely one.
    std::string_view raw(std::size_t column) const;

    std::string_view text(std::size_t column);
    std::optional<std::string_view> identifier(std::size_t column);
    std::optional<double> number(std::size_t column);
    std::optional<std::uint32_t> whole(std::size_t column);
    std::optional<Estimate> estimate(std::size_t column);
    std::optional<model::SourceIndex> source(std::size_t column);
    std::optional<model::StateIndex> state(std::size_t column);
    std::optional<model::OrganisationIndex> organisation(std::size_t column);
    std::optional<model::ItemIndex> item(std::size_t column);

    /// No value only if the cell is bad: an empty one is all the world, or reported.
    std::optional<model::Market> market(std::size_t column);

    std::optional<model::Subject> subject(std::size_t kind_column, std::size_t column);

    /// The last columns of a fact. Only rows that are wanted should keep it.
    std::optional<model::Provenance> provenance();

    /// What the sink calls that provenance.
    model::ProvenanceIndex keep(const model::Provenance& provenance);

    /// A word, by the parser of its type.
    template <typename Word>
    std::optional<Word> word(std::size_t column, std::optional<Word> (*parse)(std::string_view)) {
        const std::string_view text = checked_word(column);
        return text.empty() ? std::nullopt : parse(text);
    }

    /// Reports a cell of this row.
    void complain(const ImportRule& rule, std::size_t column, std::string message);

    /// Reports any place of the table; an empty column means the row.
    void complain(const ImportRule& rule, Issue place);

  private:
    std::string_view checked_word(std::size_t column);
    std::string_view required(std::size_t column);
    std::optional<double> number_in(std::size_t column, std::size_t cell);
    void report_bad_number(std::size_t cell);
    void report_range(std::size_t column, std::size_t cell);
    void report_cell(const ImportRule& rule, std::size_t cell, std::string message);
    void report_missing_columns(std::uint64_t row);
    std::optional<std::size_t> cell_of(std::string_view name) const;
    std::string check_release(std::string_view release, bool has_owner);
    std::string check_released_to(std::string_view name);
    std::vector<std::string_view> states_and_blocs(std::string_view name) const;

    template <typename Index>
    std::optional<Index>
    reference(std::size_t column, const IdTable<Index>& ids, std::string_view in);

    const Table* table_;
    std::string file_;
    Import* import_;
    std::vector<std::string> names_;          ///< of cells
    std::vector<std::size_t> first_cell_;     ///< of each column
    std::vector<std::size_t> cell_of_field_;  ///< of each field of the file
    std::vector<std::string_view> cells_;     ///< of the row
    std::uint64_t row_ = 0;
    bool is_good_ = true;

    /// Rows in a file mostly have the provenance of the row before.
    struct Memo {
        std::array<std::string, tables::provenance.size()> cells;
        std::optional<model::Provenance> provenance;
        std::optional<model::ProvenanceIndex> index;
    };

    Memo memo_;
};

}  // namespace adic::ingest
