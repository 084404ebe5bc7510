#include "adic/ingest/input_output_reader.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/csv_reader.hpp"

#include "rules.hpp"
#include "side_by_side.hpp"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

constexpr double largest = 1e18;  // of any currency, so that sums stay finite

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

    void complain(std::uint64_t row, std::string_view value, std::string message) {
        report_->add(
            {Severity::error,
             rules::published_number.id,
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
                reader_.row(),
                {},
                fmt::format("{} cells; the first row has {}", row.size(), columns_)
            );
            return;
        }
        for (std::size_t column = 0; column < row.size(); ++column) {
            const auto value = parse_decimal(trimmed(row[column]));
            if (!value || *value < least_ || *value > largest) {
                complain(
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
    constexpr std::size_t longest_row = 16U << 20U;  // bytes
    ADIC_TRY(CsvReader reader, CsvReader::open(*file, report, {',', longest_row}));
    return MatrixReader(std::move(reader), least, report);
}

void check_sizes(MatrixReader& flows, MatrixReader& demand) {
    if (flows.rows() == 0 || flows.columns() != flows.rows()) {
        flows.complain(
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
            0,
            {},
            fmt::format("{} rows; there are {} industries", demand.rows(), flows.rows())
        );
    } else if (demand.columns() == 0 || demand.rows() % demand.columns() != 0) {
        demand.complain(
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

}  // namespace

bool has_input_output_table(const std::filesystem::path& path) {
    return table_beside(path, "Z").has_value();
}

Result<model::InputOutputTable>
read_input_output_table(const std::filesystem::path& path, ImportReport& report) {
    const std::uint64_t errors_before = report.errors();
    ADIC_TRY(MatrixReader flows, open_matrix(path, "Z", 0.0, report));
    ADIC_TRY(MatrixReader demand, open_matrix(path, "Y", -largest, report));
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

}  // namespace adic::ingest
