#include "adic/ingest/input_output_reader.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/csv_reader.hpp"

#include "economies/readers.hpp"
#include "rules.hpp"
#include "side_by_side.hpp"

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

/// Numbers, row after row, all of the same length.
class MatrixReader {
  public:
    MatrixReader(CsvReader reader, double least, ImportReport& report)
        : reader_(std::move(reader))
        , least_(least)
        , report_(&report) {}

    void read() {
        while (reader_.next()) {
            take_row();
        }
    }

    std::size_t rows() const { return rows_; }

    std::size_t columns() const { return columns_; }

    const std::vector<double>& cells() const { return cells_; }

    std::vector<double> take_cells() { return std::move(cells_); }

    void complain(
        const ImportRule& rule,
        std::uint64_t row,
        std::string_view value,
        std::string message
    ) {
        report_->add(
            {Severity::error,
             rule.id,
             reader_.name(),
             row,
             {},
             std::string(value),
             std::move(message)}
        );
    }

  private:
    void take_row() {
        const auto row = reader_.fields();
        columns_ = rows_ == 0 ? row.size() : columns_;
        ++rows_;
        if (row.size() != columns_) {
            complain(
                rules::table_row,
                reader_.row(),
                {},
                fmt::format("{} cells; the first row has {}", row.size(), columns_)
            );
            return;
        }
        for (std::size_t column = 0; column < row.size(); ++column) {
            const auto value = parse_decimal(trimmed(row[column]));
            if (!value || *value < least_ || *value > largest_flow) {
                complain(
                    rules::table_number,
                    reader_.row(),
                    row[column],
                    fmt::format(
                        "cell {}: write a number{} with a decimal point, as in 1250.5",
                        column + 1,
                        least_ >= 0.0 ? " of at least 0" : ""
                    )
                );
            }
            cells_.push_back(value.value_or(0.0));
        }
    }

    CsvReader reader_;
    double least_;
    ImportReport* report_;
    std::vector<double> cells_;
    std::size_t rows_ = 0;
    std::size_t columns_ = 0;
};

Result<MatrixReader> open_matrix(
    const std::filesystem::path& path,
    std::string_view name,
    double least,
    ImportReport& report
) {
    const auto file = table_beside(path, name);
    if (!file) {
        return Error{
            ErrorCode::not_found,
            fmt::format(
                "'{}' has no matrix '{}': give a folder with Z.csv and Y.csv, or the common "
                "beginning of two such names",
                path.string(),
                name
            ),
            {}};
    }
    ADIC_TRY(CsvReader reader, CsvReader::open(*file, report, {',', longest_table_row}));
    return MatrixReader(std::move(reader), least, report);
}

void check_sizes(MatrixReader& flows, MatrixReader& demand) {
    if (flows.rows() == 0 || flows.columns() != flows.rows()) {
        flows.complain(
            rules::table_row,
            0,
            {},
            fmt::format(
                "{} rows and {} columns; there is one of each for every industry",
                flows.rows(),
                flows.columns()
            )
        );
    }
    if (demand.rows() != flows.rows()) {
        demand.complain(
            rules::table_row,
            0,
            {},
            fmt::format("{} rows; there are {} industries", demand.rows(), flows.rows())
        );
    } else if (demand.columns() == 0 || demand.rows() % demand.columns() != 0) {
        demand.complain(
            rules::table_row,
            0,
            {},
            fmt::format(
                "{} columns, one for each region; {} industries cannot be shared among them evenly",
                demand.columns(),
                demand.rows()
            )
        );
    }
}

/// Changes of stocks can be negative, but not so much that nothing is demanded.
void check_demand(MatrixReader& demand) {
    for (std::size_t row = 0; row < demand.rows(); ++row) {
        double sum = 0.0;
        for (std::size_t column = 0; column < demand.columns(); ++column) {
            sum += demand.cells()[row * demand.columns() + column];
        }
        if (sum < 0.0) {
            demand.complain(
                rules::table_number,
                row + 1,
                to_shortest(sum),
                "the final demand of the row is below 0 in all; put the fall of stocks elsewhere"
            );
        }
    }
}

std::vector<std::string> numbered(char letter, std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) {
        names.push_back(fmt::format("{}{}", letter, i));
    }
    return names;
}

Result<model::InputOutputTable>
read_matrices(const std::filesystem::path& path, ImportReport& report) {
    const std::uint64_t errors_before = report.errors();
    ADIC_TRY(MatrixReader flows, open_matrix(path, "Z", 0.0, report));
    ADIC_TRY(MatrixReader demand, open_matrix(path, "Y", -largest_flow, report));
    flows.read();
    demand.read();
    check_sizes(flows, demand);
    if (report.errors() == errors_before) {
        check_demand(demand);
    }
    if (report.errors() != errors_before) {
        return model::InputOutputTable();
    }
    const std::size_t regions = demand.columns();
    return model::InputOutputTable(
        numbered('R', regions),
        numbered('S', flows.rows() / regions),
        flows.take_cells(),
        demand.take_cells()
    );
}

/// The layout that the first row of a file shows.
std::optional<TableLayout> layout_of_file(const std::filesystem::path& path) {
    ImportReport ignored;
    auto opened = CsvReader::open(path, ignored, {',', longest_table_row});
    if (!opened) {
        return std::nullopt;
    }
    CsvReader reader = *std::move(opened);
    if (!reader.next()) {
        return std::nullopt;
    }
    if (is_cell_list(reader.fields())) {
        return TableLayout::cells;
    }
    if (const auto naming = naming_of(reader.fields())) {
        return *naming == Naming::by_code ? TableLayout::by_code : TableLayout::by_number;
    }
    return std::nullopt;
}

Error no_table_at(const std::filesystem::path& path) {
    return Error{
        ErrorCode::not_found,
        fmt::format(
            "'{}' is no input-output table: give a table of WIOD or OECD ICIO, the folder of one "
            "of EXIOBASE, a folder with Z.csv and Y.csv, or the common beginning of two such names",
            path.string()
        ),
        {}};
}

}  // namespace

std::string_view name_of(TableLayout layout) {
    switch (layout) {
    case TableLayout::matrices: return "two matrices";
    case TableLayout::by_code: return "OECD ICIO, or WIOD (2013 release)";
    case TableLayout::by_number: return "WIOD (2016 release)";
    case TableLayout::cells: return "WIOD (2013 release), cell by cell";
    case TableLayout::exiobase: return "EXIOBASE 3";
    }
    std::abort();
}

std::optional<TableLayout> find_input_output_table(const std::filesystem::path& path) {
    std::error_code none;
    if (std::filesystem::is_regular_file(path, none)) {
        return layout_of_file(path);
    }
    if (is_exiobase(path)) {
        return TableLayout::exiobase;
    }
    return table_beside(path, "Z") ? std::optional{TableLayout::matrices} : std::nullopt;
}

bool has_input_output_table(const std::filesystem::path& path) {
    return find_input_output_table(path).has_value();
}

Result<model::InputOutputTable>
read_input_output_table(const std::filesystem::path& path, ImportReport& report) {
    const auto layout = find_input_output_table(path);
    if (!layout) {
        return no_table_at(path);
    }
    switch (*layout) {
    case TableLayout::matrices: return read_matrices(path, report);
    case TableLayout::by_code: return read_labelled_table(path, Naming::by_code, report);
    case TableLayout::by_number: return read_labelled_table(path, Naming::by_number, report);
    case TableLayout::cells: return read_cell_list(path, report);
    case TableLayout::exiobase: return read_exiobase(path, report);
    }
    std::abort();
}

}  // namespace adic::ingest
