#include "network.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace adic::shock {
namespace {

using model::FirmLink;
using model::FirmNetwork;
using model::InputClass;

/// Turns counts at [i + 1] into the first position of i.
void add_up(std::vector<std::uint32_t>& counts) {
    std::partial_sum(counts.begin(), counts.end(), counts.begin());
}

/// A link from the customer's side.
struct Purchase {
    std::uint32_t customer;
    std::uint32_t group;  ///< the supplier's sector + 1 if it is essential, 0 if not
    std::uint32_t supplier;
    double weight;
};

/// Divides the weights of a group by what (C2) says: all that the customer buys of the sector for
/// an essential input, all that it buys for another.
void scale(std::span<Purchase> of_customer, double all_purchases) {
    for (std::size_t first = 0; first < of_customer.size();) {
        std::size_t last = first;
        double bought = 0.0;
        while (last < of_customer.size() && of_customer[last].group == of_customer[first].group) {
            bought += of_customer[last++].weight;
        }
        const double base = of_customer[first].group == 0 ? all_purchases : bought;
        for (; first < last; ++first) {
            of_customer[first].weight /= base;
        }
    }
}

}  // namespace

Cascade::Network::Network(const FirmNetwork& network, const CascadeOptions& options) {
    firms = network.firms();
    for (std::uint32_t sector = 0; sector < network.sectors(); ++sector) {
        replaceable.push_back(options.replaceable.empty() || options.replaceable[sector] ? 1 : 0);
    }
    number_by_sector(network);
    add_sales(network);
    add_purchases(network);
    order_the_sweep();
}

void Cascade::Network::number_by_sector(const FirmNetwork& network) {
    first_of_sector.assign(network.sectors() + 1, 0);
    for (std::uint32_t firm = 0; firm < firms; ++firm) {
        ++first_of_sector[network.sector_of(firm) + 1];
    }
    add_up(first_of_sector);
    std::vector<std::uint32_t> next(first_of_sector);
    position_of_firm.resize(firms);
    firm_at.resize(firms);
    sector_at.resize(firms);
    for (std::uint32_t firm = 0; firm < firms; ++firm) {
        const std::uint32_t sector = network.sector_of(firm);
        const std::uint32_t position = next[sector]++;
        position_of_firm[firm] = position;
        firm_at[position] = firm;
        sector_at[position] = sector;
    }
}

void Cascade::Network::add_sales(const FirmNetwork& network) {
    sales.assign(firms, 0.0);
    first_sale.push_back(0);
    for (std::uint32_t p = 0; p < firms; ++p) {
        for (const FirmLink& link : network.sales_of(firm_at[p])) {
            sales[p] += link.weight;
            sale_customer.push_back(position_of_firm[link.customer]);
            sale_weight.push_back(link.weight);
        }
        for (std::size_t s = first_sale.back(); s < sale_weight.size(); ++s) {
            sale_weight[s] /= sales[p];
        }
        first_sale.push_back(static_cast<std::uint32_t>(sale_weight.size()));
    }
    sales_of_sector.assign(network.sectors(), 0.0);
    for (std::uint32_t p = 0; p < firms; ++p) {
        sales_of_sector[sector_at[p]] += sales[p];
        all_sales += sales[p];
    }
}

void Cascade::Network::add_purchases(const FirmNetwork& network) {
    std::vector<Purchase> purchases;
    std::vector<double> bought(firms, 0.0);
    first_purchase.assign(firms + 1, 0);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;  // customer, supplier
    for (const FirmLink& link : network.links()) {
        const std::uint32_t customer = position_of_firm[link.customer];
        const std::uint32_t supplier = position_of_firm[link.supplier];
        bought[customer] += link.weight;
        ++first_purchase[customer + 1];
        pairs.emplace_back(customer, supplier);
        const InputClass of = network.class_of(sector_at[supplier], sector_at[customer]);
        if (of != InputClass::none) {
            const bool essential = of == InputClass::essential;
            purchases.push_back(
                {customer, essential ? sector_at[supplier] + 1 : 0, supplier, link.weight}
            );
        }
    }
    add_up(first_purchase);
    std::ranges::sort(pairs);
    for (const auto& [customer, supplier] : pairs) {
        purchase_supplier.push_back(supplier);
    }
    std::ranges::sort(purchases, [](const Purchase& a, const Purchase& b) {
        return std::tie(a.customer, a.group, a.supplier)
               < std::tie(b.customer, b.group, b.supplier);
    });
    first_group.push_back(0);
    first_input.push_back(0);
    std::size_t next = 0;
    for (std::uint32_t p = 0; p < firms; ++p) {
        const std::size_t first = next;
        while (next < purchases.size() && purchases[next].customer == p) {
            ++next;
        }
        scale(std::span{purchases}.subspan(first, next - first), bought[p]);
        for (std::size_t i = first; i < next; ++i) {
            input_supplier.push_back(purchases[i].supplier);
            input_weight.push_back(purchases[i].weight);
            if (i + 1 == next || purchases[i + 1].group != purchases[i].group) {
                first_input.push_back(static_cast<std::uint32_t>(i + 1));
            }
        }
        first_group.push_back(static_cast<std::uint32_t>(first_input.size() - 1));
    }
}

/// By links, since a firm with many starts a long cascade; ties by firm.
void Cascade::Network::order_the_sweep() {
    const auto links_of = [&](std::uint32_t firm) {
        const std::uint32_t p = position_of_firm[firm];
        return first_sale[p + 1] - first_sale[p] + first_purchase[p + 1] - first_purchase[p];
    };
    sweep_order.resize(firms);
    std::iota(sweep_order.begin(), sweep_order.end(), 0U);
    std::ranges::stable_sort(sweep_order, [&](std::uint32_t a, std::uint32_t b) {
        return links_of(a) > links_of(b);
    });
}

}  // namespace adic::shock
