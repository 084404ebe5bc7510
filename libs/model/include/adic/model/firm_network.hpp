#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace adic::model {

/// What the customers of a sector need of a supplier's sector.
enum class InputClass : std::uint8_t {
    none = 0,           ///< its loss does no harm
    non_essential = 1,  ///< output falls in proportion
    essential = 2       ///< output falls as far as the input
};

/// `supplier` sold for `weight` to `customer`.
struct FirmLink {
    std::uint32_t supplier;
    std::uint32_t customer;
    double weight;  ///< > 0, in any one unit of value

    friend bool operator==(const FirmLink&, const FirmLink&) = default;
};

/// A figure about one firm.
struct FirmFigure {
    std::uint32_t firm;
    double value;

    friend bool operator==(const FirmFigure&, const FirmFigure&) = default;
};

/// Firms, who sells to whom, and which inputs of a sector are essential.
///
/// Links stand by supplier and customer, so that the customers of a firm are one run of them.
class FirmNetwork {
  public:
    FirmNetwork() = default;

    /// Links of the same pair are added up; a firm's sales to itself are kept, as the sources have
    /// them.
    ///
    /// Requires: `sector_of` has a sector below `sectors` for each firm; `classes` is a matrix of
    ///           `sectors` rows (supplier's sector) and columns (customer's), row after row; links
    ///           have firms within `names` and weights above 0.
    /// Cost:     O(links log links).
    FirmNetwork(
        std::vector<std::string> names,
        std::vector<std::uint32_t> sector_of,
        std::uint32_t sectors,
        std::vector<InputClass> classes,
        std::vector<FirmLink> links
    );

    std::uint32_t firms() const { return static_cast<std::uint32_t>(names_.size()); }

    std::uint32_t sectors() const { return sectors_; }

    const std::string& name_of(std::uint32_t firm) const { return names_[firm]; }

    std::uint32_t sector_of(std::uint32_t firm) const { return sector_of_[firm]; }

    InputClass class_of(std::uint32_t supplier_sector, std::uint32_t customer_sector) const {
        return classes_[std::size_t{supplier_sector} * sectors_ + customer_sector];
    }

    /// By supplier, then by customer.
    std::span<const FirmLink> links() const { return links_; }

    std::span<const FirmLink> sales_of(std::uint32_t firm) const {
        return links().subspan(first_sale_[firm], first_sale_[firm + 1] - first_sale_[firm]);
    }

  private:
    std::vector<std::string> names_;
    std::vector<std::uint32_t> sector_of_;
    std::uint32_t sectors_ = 0;
    std::vector<InputClass> classes_;
    std::vector<FirmLink> links_;
    std::vector<std::size_t> first_sale_ = {0};
};

}  // namespace adic::model
