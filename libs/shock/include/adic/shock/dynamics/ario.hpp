#pragma once

#include "adic/model/input_output_table.hpp"
#include "adic/shock/run.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
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

/// Where a member is a list, it holds a value for each sector, or one for all.
struct ArioOptions {
    std::uint32_t days = 365;
    /// Days of its use that an industry wants to have in stock of each input, by the input's
    /// sector.
    std::vector<double> stock_days = {60.0};
    /// Production is limited once a stock is below this part of what is wanted, in (0, 1]; by the
    /// input's sector.
    std::vector<double> stock_needed = {0.8};
    /// Days over which a gap in the stock is filled, at least 1 (the next day); by the input's
    /// sector.
    std::vector<double> restock_days = {30.0};
    /// Overproduction, as a part of usual capacity, at least 1; by the industry's sector.
    std::vector<double> capacity_most = {1.25};
    /// Days in which overproduction builds up, at least 1; by the industry's sector.
    std::vector<double> capacity_days = {365.0};
    OrderSplit split = OrderSplit::by_capacity;
    /// Rise of an industry's price for each part of its demand that is not met, at least 0. 0: no
    /// prices.
    double price_rise = 0.0;
    /// Part by which final demand falls for each part by which the price rises, at least 0.
    double demand_response = 0.0;
    double capital_years = 4.0;  ///< capital, in years of value added; sizes what is rebuilt
};

enum class Repair {
    over_time,     ///< evenly, by nobody in particular
    by_rebuilding  ///< by goods that are ordered from the sectors that rebuild, and arrive or not
};

/// An industry loses a part of its capital on a day, and with it of its capacity.
struct CapitalLoss {
    std::size_t industry;
    double lost;  ///< in [0, 1]
    std::uint32_t day;
    std::uint32_t repair_from = 0;  ///< the day on which repair begins; at least `day`
    /// Over which the loss falls evenly to 0 (0: at once), or in which what is still to be rebuilt
    /// is ordered (0 counts as 1).
    std::uint32_t repair_days = 0;
    Repair repair = Repair::over_time;
};

/// Final demand for an industry is `factor` times the usual on the days from `from` to before
/// `until`.
struct DemandChange {
    std::size_t industry;
    double factor;  ///< at least 0
    std::uint32_t from = 0;
    std::uint32_t until = std::numeric_limits<std::uint32_t>::max();
};

/// The part of all that is rebuilt which the sector supplies.
struct RebuildingPart {
    std::size_t sector;
    double part;
};

struct EconomyShock {
    std::vector<CapitalLoss> losses;
    std::vector<DemandChange> demand = {};
    /// Adds up to 1 if a loss is repaired by rebuilding.
    std::vector<RebuildingPart> rebuilding = {};
};

struct ArioRun {
    std::size_t industries = 0;
    std::vector<double> production;    ///< day after day, by industry; currency a day
    std::vector<double> unmet_demand;  ///< final demand that was not met, by day
    std::vector<double> capital_lost;  ///< of all industries, in the morning of the day; currency
    /// Day after day, by industry, 1 as usual; empty without `ArioOptions::price_rise`.
    std::vector<double> price;
    double output_before = 0.0;  ///< of all industries, a day
    /// The first day on which, with all capital whole and demand as usual, output has fallen by a
    /// twentieth of the usual, or after a month is no higher than on the first day: the dynamics
    /// collapse by themselves, without the shock's help.
    std::optional<std::uint32_t> collapse = {};

    /// Less than what was asked for if the run was stopped.
    std::size_t days() const { return unmet_demand.size(); }

    std::span<const double> on_day(std::size_t day) const {
        return std::span(production).subspan(day * industries, industries);
    }

    std::span<const double> price_on_day(std::size_t day) const {
        return std::span(price).subspan(day * industries, industries);
    }

    /// Output not made over the run, in days of all output.
    double days_of_output_lost() const;
};

/// The adaptive regional input-output model with inventories, on an inter-regional table.
///
/// Source: Hallegatte (2008, 2013), Risk Analysis 28(3), 34(1); docs/explanation/shock-ario.md
///         (A1)-(A14).
/// Cost:   a day reads the table once: 8 bytes for each pair of industries. The matrix of orders is
///         not kept. Memory: 8 bytes for each pair, 32 for each industry and sector.
class Ario {
  public:
    /// Requires: options within their ranges.
    Ario(const model::InputOutputTable& table, const ArioOptions& options);
    Ario(Ario&&) noexcept;
    Ario& operator=(Ario&&) noexcept;
    ~Ario();

    /// Requires: industries and sectors within the table.
    ArioRun run(const EconomyShock& shock, const Run& run = {}) const;

  private:
    struct Table;
    class Engine;
    std::unique_ptr<const Table> table_;
    ArioOptions options_;
};

}  // namespace adic::shock
