#include "economies/economy_builder.hpp"

#include "adic/base/text.hpp"

#include "rules.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

bool is_whole(double value) {
    return value == std::nearbyint(value);
}

double sum_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

EconomyBuilder::EconomyBuilder(IndustryAxis axis, std::string file, ImportReport& report)
    : axis_(std::move(axis))
    , file_(std::move(file))
    , report_(&report)
    , errors_before_(report.errors())
    , sector_names_(axis_.sectors) {}

void EconomyBuilder::add(const SellerRow& row) {
    // A header is cheap to write, a matrix is not: the memory for all comes with the first rows.
    constexpr std::size_t part = 64;
    const std::size_t n = axis_.size();
    if (rows() == n / part) {
        flows_.reserve(n * n);
    }
    const double sales = take_sales(row);
    const bool is_rounded = std::ranges::all_of(row.sales, is_whole) && is_whole(row.final_demand);
    rows_.push_back({row.row, sales + row.final_demand, row.final_demand, row.output, is_rounded});
}

/// Their sum as it stands there; what is below 0 counts as 0.
double EconomyBuilder::take_sales(const SellerRow& row) {
    const double sum = sum_of(row.sales);
    double below = 0.0;
    std::size_t cells = 0;
    for (const double value : row.sales) {
        flows_.push_back(std::max(0.0, value));
        below += std::min(0.0, value);
        cells += value < 0.0 ? 1 : 0;
    }
    if (cells > 0) {
        constexpr double most = 0.01;  // of what the industry sells; more is no slip of balancing
        const bool is_slight = -below <= most * (sum - below + std::max(0.0, row.final_demand));
        report_->add(
            {is_slight ? Severity::warning : Severity::error,
             rules::table_negative.id,
             file_,
             row.row,
             {},
             to_shortest(below),
             fmt::format(
                 "{} of its deliveries to industries are below 0; {}",
                 cells,
                 is_slight ? "they count as 0" : "more than a hundredth of its sales"
             )}
        );
    }
    return sum;
}

void EconomyBuilder::state_output(std::size_t industry, std::uint64_t row, double output) {
    if (industry >= rows()) {
        return;  // reported as missing
    }
    std::optional<double>& stated = rows_[industry].output;
    constexpr double part = 1e-4;
    if (stated && std::abs(output - *stated) > part * std::max(std::abs(*stated), 1.0)) {
        report_->add(
            {Severity::error,
             rules::table_sum.id,
             file_,
             row,
             axis_.name_of(industry),
             to_shortest(output),
             fmt::format("row {} states an output of {}", rows_[industry].row, *stated)}
        );
    }
    stated = stated.value_or(output);
}

void EconomyBuilder::rename_sector(std::size_t sector, std::string_view name) {
    if (std::ranges::find(sector_names_, name) == sector_names_.end()) {
        sector_names_[sector] = name;
    }
}

void EconomyBuilder::complain(
    Severity severity,
    std::string_view rule,
    std::size_t at,
    std::string message
) {
    report_->add({severity, rule, file_, rows_[at].row, {}, axis_.name_of(at), std::move(message)});
}

/// `slack` is what the arithmetic of the publisher may leave in any row.
void EconomyBuilder::check_row(std::size_t industry, double slack) {
    const Row& row = rows_[industry];
    if (!row.output) {
        return;
    }
    constexpr double half = 0.5;  // of a unit, that rounding takes from a cell or gives to it
    constexpr double part = 1e-4;
    const double rounding = row.is_rounded ? half * static_cast<double>(axis_.size()) : 0.0;
    if (std::abs(row.sum - *row.output) <= rounding + part * std::abs(*row.output) + slack) {
        return;
    }
    complain(
        Severity::error,
        rules::table_sum.id,
        industry,
        fmt::format("sells {} in all, and states an output of {}", row.sum, *row.output)
    );
}

/// Stocks that fall by more than all final demand leave less than nothing to it.
void EconomyBuilder::keep_demand_up(std::size_t industry) {
    Row& row = rows_[industry];
    if (row.final_demand >= 0.0) {
        return;
    }
    complain(
        Severity::warning,
        rules::table_demand_below_zero.id,
        industry,
        fmt::format(
            "final demand of {} in all counts as 0; the output is {} in place of {}",
            row.final_demand,
            row.sum - row.final_demand,
            row.sum
        )
    );
    row.final_demand = 0.0;
}

model::InputOutputTable EconomyBuilder::finish() && {
    if (!is_full()) {
        report_->add(
            {Severity::error,
             rules::table_row.id,
             file_,
             0,
             {},
             {},
             fmt::format("{} rows; the columns name {} industries", rows(), axis_.size())}
        );
    }
    double all = 0.0;
    for (const Row& row : rows_) {
        all += std::max(0.0, row.sum);
    }
    constexpr double part_of_all = 1e-9;
    for (std::size_t i = 0; i < rows(); ++i) {
        check_row(i, part_of_all * all);
        keep_demand_up(i);
    }
    if (report_->errors() != errors_before_) {
        return {};
    }
    std::vector<double> demand;
    for (const Row& row : rows_) {
        demand.push_back(row.final_demand);
    }
    return {
        std::move(axis_.regions),
        std::move(sector_names_),
        std::move(flows_),
        std::move(demand)};
}

}  // namespace adic::ingest
