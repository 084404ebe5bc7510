#pragma once

#include "adic/base/progress.hpp"
#include "adic/model/input_output_table.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace adic::shock {

/// How what an industry orders of a sector is split over the regions that make it.
enum class OrderSplit {
    as_usual,    ///< in the proportions of the table, whatever happens to the sellers
    by_capacity  ///< the same, times what capacity a seller has left
};

struct ArioOptions {
    std::uint32_t days = 365;
    /// Days of its use that an industry wants to have in stock of each input; by sector of the
    /// input, or one number for all.
    std::vector<double> stock_days = {60.0};
    /// Production is limited once a stock is below this part of what is wanted. In (0, 1].
    double stock_needed = 0.8;
    double restock_days = 30.0;    ///< over which a gap in the stock is filled; 1: at once
    double capacity_most = 1.25;   ///< overproduction, as a part of usual capacity, >= 1
    double capacity_days = 365.0;  ///< in which overproduction builds up
    OrderSplit split = OrderSplit::by_capacity;
};

/// An industry loses a part of its capital on a day, and with it of its capacity.
struct CapitalLoss {
    std::size_t industry;
    double lost;  ///< in [0, 1]
    std::uint32_t day;
    std::uint32_t repair_from = 0;  ///< the day on which repair begins; at least `day`
    std::uint32_t repair_days = 0;  ///< over which the loss falls evenly to 0; 0: at once
};

struct ArioRun {
    std::size_t industries = 0;
    std::vector<double> production;    ///< day after day, by industry; currency a day
    std::vector<double> unmet_demand;  ///< final demand that was not met, by day
    double output_before = 0.0;        ///< of all industries, a day
    /// The first day on which, with all capital whole, output has fallen by a twentieth of the
    /// usual, or after a month is no higher than on the first day: the dynamics collapse by
    /// themselves, without the shock's help.
    std::optional<std::uint32_t> collapse = {};

    std::size_t days() const { return unmet_demand.size(); }

    std::span<const double> on_day(std::size_t day) const {
        return std::span(production).subspan(day * industries, industries);
    }

    /// Output not made over the run, in days of all output.
    double days_of_output_lost() const;
};

/// The adaptive regional input-output model with inventories, on an inter-regional table.
///
/// Source: Hallegatte (2008, 2013), Risk Analysis 28(3), 34(1); docs/explanation/shock-ario.md
///         (A1)-(A9).
/// Cost:   a day reads the table twice: 16 bytes for each pair of industries. The matrix of orders
///         is not kept. Memory: 8 bytes for each pair, 32 for each industry and sector.
class Ario {
  public:
    /// Requires: options within their ranges; `stock_days` has one value, or one for each sector.
    Ario(const model::InputOutputTable& table, const ArioOptions& options);
    Ario(Ario&&) noexcept;
    Ario& operator=(Ario&&) noexcept;
    ~Ario();

    /// Requires: industries within the table.
    ArioRun run(std::span<const CapitalLoss> losses, const Progress& progress = {}) const;

  private:
    struct Table;
    class Engine;
    std::unique_ptr<const Table> table_;
    ArioOptions options_;
};

}  // namespace adic::shock
