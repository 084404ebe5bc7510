#pragma once

#include "ario_table.hpp"
#include "rebuilding.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace adic::shock {

/// The state of one run, day by day.
class Ario::Engine {
  public:
    Engine(
        const Table& table,
        const ArioOptions& options,
        const EconomyShock& shock,
        std::size_t threads
    );

    void step(std::uint32_t day);

    const std::vector<double>& produced() const { return produced_; }

    double unmet_demand() const;
    double capital_lost() const;

    /// Prices by (A13), 1 as usual.
    double price_of(std::size_t industry) const;

    /// No capital is missing, but for a remainder, and demand is as usual.
    bool is_whole(std::uint32_t day) const;

  private:
    /// Room for one sector of inputs at work.
    struct Work {
        explicit Work(std::size_t regions) : met(regions), next(regions), orders(regions) {}

        std::vector<double> met;   ///< by the region of the seller: of orders as they were weighted
        std::vector<double> next;  ///< weight of those that are being placed
        std::vector<Pair> orders;  ///< that it gets
    };

    void suffer(std::uint32_t day);
    void adapt_capacity();
    void produce();
    void deliver_and_order();
    void pass_sector(std::size_t sector, Work& work);
    Lanes restocked(std::size_t sector, std::size_t block, const Lanes& came, const Lanes& norm);
    void ask(std::uint32_t day);

    const Table& table_;
    const ArioOptions& options_;
    const EconomyShock& shock_;
    std::size_t threads_;
    Rebuilding rebuilding_;
    Inputs stock_;
    /// An order of industry j from seller i is weight_i * rate_sj * flow_ij, so it is never kept.
    Inputs order_rate_;
    std::vector<double> damage_;
    std::vector<double> weight_;         ///< of the seller, when the orders were placed
    std::vector<double> next_weight_;    ///< of the orders that are being placed
    std::vector<double> capacity_part_;  ///< alpha
    std::vector<double> produced_;
    std::vector<double> wanted_;
    std::vector<double> met_;           ///< part of every order of the industry
    std::vector<double> orders_;        ///< of other industries, for tomorrow
    std::vector<double> final_demand_;  ///< for tomorrow
    std::vector<double> unmet_part_;    ///< of final demand: what was asked for and not delivered
    std::vector<double> demand_;
    std::vector<Lanes> limit_;
};

}  // namespace adic::shock
