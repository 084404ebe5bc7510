#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace adic::model {

/// What industries of several regions take of each other in a year, and what final demand takes of
/// them. An industry is a sector of a region, at position region * sectors + sector.
///
/// Unit: any one currency, a year.
class InputOutputTable {
  public:
    InputOutputTable() = default;

    /// Requires: `flows` has a row and a column for each industry, row after row (who sells, who
    ///           buys); `final_demand` a row for each industry and at least one column; none is
    ///           NaN.
    InputOutputTable(
        std::vector<std::string> regions,
        std::vector<std::string> sectors,
        std::vector<double> flows,
        std::vector<double> final_demand
    );

    std::size_t industries() const { return regions_.size() * sectors_.size(); }

    const std::vector<std::string>& regions() const { return regions_; }

    const std::vector<std::string>& sectors() const { return sectors_; }

    std::size_t region_of(std::size_t industry) const { return industry / sectors_.size(); }

    std::size_t sector_of(std::size_t industry) const { return industry % sectors_.size(); }

    /// "IDN steel".
    std::string name_of(std::size_t industry) const;

    /// What the industry sells to each industry.
    std::span<const double> sales_of(std::size_t industry) const {
        return std::span(flows_).subspan(industry * industries(), industries());
    }

    /// By industry: sold to final demand; sold to all; spent on inputs.
    const std::vector<double>& final_demand() const { return final_demand_; }

    const std::vector<double>& output() const { return output_; }

    const std::vector<double>& purchases() const { return purchases_; }

  private:
    std::vector<std::string> regions_;
    std::vector<std::string> sectors_;
    std::vector<double> flows_;
    std::vector<double> final_demand_;
    std::vector<double> output_;
    std::vector<double> purchases_;
};

}  // namespace adic::model
