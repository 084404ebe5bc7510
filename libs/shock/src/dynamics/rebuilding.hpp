#pragma once

#include "ario_table.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace adic::shock {

/// Capital that is rebuilt by goods: what is still needed, what was ordered for it, what came.
class Rebuilding {
  public:
    /// `bought`: what each region (column) buys of each industry (row); `capital` by industry. Of
    /// the shock, the losses that are repaired in this way.
    Rebuilding(
        std::span<const double> bought,
        std::span<const double> capital,
        std::size_t sectors,
        const EconomyShock& shock
    );

    /// The losses of the day, and the capital that is still missing of each industry.
    void lose(std::uint32_t day);

    double missing(std::size_t industry) const;

    /// (A10): the orders of the day, by the weights of (A8); adds them to `demand`.
    void order(std::uint32_t day, std::span<const double> weight, std::span<double> demand);

    /// What was ordered arrives in the parts in which each industry meets its orders.
    void deliver(std::span<const double> met);

    bool is_idle() const { return needs_.empty(); }

  private:
    /// What an industry still needs of a sector.
    struct Need {
        CapitalLoss loss;
        std::size_t order;  ///< that it is part of
        double amount = 0.0;
        double ordered = 0.0;
    };

    /// What a region orders of a sector: its sellers have the parts.
    struct Order {
        std::size_t region;
        std::size_t sector;
        double amount = 0.0;
        std::vector<double> parts = {};
        double came = 0.0;  ///< the part of it that arrived
    };

    /// Position of the order, which is made if there is none.
    std::size_t find_or_add(std::size_t region, std::size_t sector);
    void split(Order& order, std::span<const double> weight) const;

    std::size_t sectors_;
    std::size_t regions_;
    std::span<const double> bought_;
    std::span<const double> capital_;
    std::vector<Need> needs_;
    std::vector<Order> orders_;
    std::vector<double> missing_;
};

}  // namespace adic::shock
