#pragma once

#include "adic/shock/dynamics/ario.hpp"

#include "lanes.hpp"

#include <cstddef>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

namespace adic::shock {

inline Lanes load(const std::vector<double>& values, std::size_t block) {
    Lanes lanes_of_block;
    std::memcpy(&lanes_of_block, values.data() + block * lanes, sizeof(Lanes));
    return lanes_of_block;
}

/// A number for each sector of inputs and each industry, in lanes; the last of a row are filled up.
class Inputs {
  public:
    Inputs(std::size_t sectors, std::size_t blocks)
        : blocks_(blocks)
        , cells_(sectors * blocks, Lanes{}) {}

    std::span<Lanes> row(std::size_t sector) {
        return std::span(cells_).subspan(sector * blocks_, blocks_);
    }

    std::span<const Lanes> row(std::size_t sector) const {
        return std::span(cells_).subspan(sector * blocks_, blocks_);
    }

    double at(std::size_t sector, std::size_t industry) const {
        return cells_[sector * blocks_ + industry / lanes][industry % lanes];
    }

    void set(std::size_t sector, std::size_t industry, double value) {
        cells_[sector * blocks_ + industry / lanes].set(industry % lanes, value);
    }

  private:
    std::size_t blocks_;
    std::vector<Lanes> cells_;
};

/// The table by the day.
struct Ario::Table {
    Table(const model::InputOutputTable& table, const ArioOptions& options);

    std::size_t regions;
    std::size_t sectors;
    std::size_t industries;
    std::size_t blocks;  ///< of lanes in a row of industries
    /// What industries sell. What the regions' industries of one sector sell to one block of
    /// buyers stands together, a line of the cache for each region: from it alone follows what
    /// those buyers get and order of the sector, so a day reads each such strip once.
    std::vector<Lanes> flows;
    std::vector<double> output;  ///< X, with zeros up to a whole block
    std::vector<double> demand;  ///< F
    std::vector<double> capital;
    std::vector<double> bought;  ///< by industry and region: what the region buys of the industry
    std::vector<double> stock_days;  ///< by sector, as are the following
    std::vector<double> part_a_day;  ///< of a gap in the stock that is ordered
    std::vector<double> capacity_most;
    std::vector<double> capacity_days;
    Inputs input_part;  ///< T: of an input for a unit of output
    /// 1 / (psi n T): output that a unit of stock allows; infinite if it never limits.
    Inputs enough;

    std::span<const Lanes> strip(std::size_t sector, std::size_t block) const {
        return std::span(flows).subspan((sector * blocks + block) * regions, regions);
    }

  private:
    void take_flows(const model::InputOutputTable& table);
    void take_inputs(const std::vector<double>& stock_needed);
};

}  // namespace adic::shock
