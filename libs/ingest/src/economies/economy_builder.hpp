#pragma once

#include "adic/ingest/import_report.hpp"
#include "adic/model/input_output_table.hpp"

#include "economies/industry_axis.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// What one industry sells, as it stands in a row of the file.
struct SellerRow {
    std::uint64_t row;
    std::span<const double> sales;                ///< to each industry
    double final_demand;                          ///< all of it
    std::optional<double> output = std::nullopt;  ///< as stated in the row
};

/// Puts a table together, row after row, and holds it against what the file says of itself:
/// what an industry sells adds up to its stated output.
class EconomyBuilder {
  public:
    EconomyBuilder(IndustryAxis axis, std::string file, ImportReport& report);

    const IndustryAxis& axis() const { return axis_; }

    /// The position of the next row.
    std::size_t rows() const { return rows_.size(); }

    bool is_full() const { return rows() == axis_.size(); }

    /// Requires: not full; a sale for each industry.
    void add(const SellerRow& row);

    /// The output of an industry as another place of the file states it.
    void state_output(std::size_t industry, std::uint64_t row, double output);

    /// A name of the sector that says more than the one of its column.
    void rename_sector(std::size_t sector, std::string_view name);

    /// Reports rows that are missing, sums that contradict each other, and what cannot be below 0.
    /// Empty if there is an error.
    model::InputOutputTable finish() &&;

  private:
    struct Row {
        std::uint64_t row;
        double sum;  ///< as it stands there
        double final_demand;
        std::optional<double> output;
        bool is_rounded;  ///< all its figures are whole
    };

    double take_sales(const SellerRow& row);
    void check_row(std::size_t industry, double slack);
    void keep_demand_up(std::size_t industry);
    void complain(Severity severity, std::string_view rule, std::size_t at, std::string message);

    IndustryAxis axis_;
    std::string file_;
    ImportReport* report_;
    std::uint64_t errors_before_;
    std::vector<std::string> sector_names_;
    std::vector<double> flows_;
    std::vector<Row> rows_;
};

}  // namespace adic::ingest
