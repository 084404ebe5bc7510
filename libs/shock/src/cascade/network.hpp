#pragma once

#include "adic/shock/cascade/cascade.hpp"

#include <cstdint>
#include <vector>

namespace adic::shock {

/// The links as the steps of a cascade read them. Firms are numbered by sector, so that the firms
/// of a sector are one run; a position is a firm's place in that numbering.
struct Cascade::Network {
    Network(const model::FirmNetwork& network, const CascadeOptions& options);

    std::uint32_t firms = 0;
    std::vector<std::uint32_t> position_of_firm;
    std::vector<std::uint32_t> firm_at;
    std::vector<std::uint32_t> sector_at;
    std::vector<std::uint32_t> first_of_sector;  ///< and one more
    std::vector<char> replaceable;               ///< by sector
    std::vector<double> sales;                   ///< by position: out_i
    std::vector<double> sales_of_sector;
    double all_sales = 0.0;
    std::vector<std::uint32_t> sweep_order;

    /// Inputs of the firm at p whose losses count alone (an essential sector) or as one sum (all
    /// non-essential ones): groups first_group[p] to first_group[p + 1]; of each group the inputs
    /// first_input[g] to first_input[g + 1].
    std::vector<std::uint32_t> first_group;
    std::vector<std::uint32_t> first_input;
    std::vector<std::uint32_t> input_supplier;
    std::vector<double> input_weight;  ///< (C2)

    std::vector<std::uint32_t> first_sale;
    std::vector<std::uint32_t> sale_customer;
    std::vector<double> sale_weight;  ///< (C5)

    std::vector<std::uint32_t> first_purchase;
    std::vector<std::uint32_t> purchase_supplier;  ///< of all links, whatever their class

  private:
    void number_by_sector(const model::FirmNetwork& network);
    void add_sales(const model::FirmNetwork& network);
    void add_purchases(const model::FirmNetwork& network);
    void order_the_sweep();
};

}  // namespace adic::shock
