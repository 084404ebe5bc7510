#include "rebuilding.hpp"

#include <algorithm>
#include <utility>

namespace adic::shock {

Rebuilding::Rebuilding(
    std::span<const double> bought,
    std::span<const double> capital,
    std::size_t sectors,
    const EconomyShock& shock
)
    : sectors_(sectors)
    , regions_(sectors == 0 ? 0 : capital.size() / sectors)
    , bought_(bought)
    , capital_(capital)
    , missing_(capital.size(), 0.0) {
    for (const CapitalLoss& loss : shock.losses) {
        if (loss.repair != Repair::by_rebuilding) {
            continue;
        }
        for (const RebuildingPart& part : shock.rebuilding) {
            const std::size_t order = find_or_add(loss.industry / sectors_, part.sector);
            needs_.push_back({loss, order});
            needs_.back().loss.lost *= part.part;
        }
    }
}

std::size_t Rebuilding::find_or_add(std::size_t region, std::size_t sector) {
    const auto found = std::ranges::find_if(orders_, [&](const Order& order) {
        return order.region == region && order.sector == sector;
    });
    if (found != orders_.end()) {
        return static_cast<std::size_t>(found - orders_.begin());
    }
    orders_.push_back({region, sector, 0.0, std::vector<double>(regions_, 0.0)});
    return orders_.size() - 1;
}

void Rebuilding::lose(std::uint32_t day) {
    std::ranges::fill(missing_, 0.0);
    for (Need& need : needs_) {
        const std::size_t j = need.loss.industry;
        need.amount += need.loss.day == day ? need.loss.lost * capital_[j] : 0.0;
        missing_[j] += need.amount;
    }
}

double Rebuilding::missing(std::size_t industry) const {
    return missing_[industry];
}

void Rebuilding::order(
    std::uint32_t day,
    std::span<const double> weight,
    std::span<double> demand
) {
    for (Order& order : orders_) {
        order.amount = 0.0;
    }
    for (Need& need : needs_) {
        const bool may = day >= need.loss.day && day >= need.loss.repair_from;
        need.ordered = may ? need.amount / std::max(1U, need.loss.repair_days) : 0.0;
        orders_[need.order].amount += need.ordered;
    }
    for (Order& order : orders_) {
        split(order, weight);
        for (std::size_t region = 0; region < regions_; ++region) {
            demand[region * sectors_ + order.sector] += order.amount * order.parts[region];
        }
    }
}

/// As the region buys of the sector; if it buys nothing of it, evenly.
void Rebuilding::split(Order& order, std::span<const double> weight) const {
    double norm = 0.0;
    for (std::size_t region = 0; region < regions_; ++region) {
        const std::size_t i = region * sectors_ + order.sector;
        order.parts[region] = weight[i] * bought_[i * regions_ + order.region];
        norm += order.parts[region];
    }
    for (double& part : order.parts) {
        part = norm > 0.0 ? part / norm : 1.0 / static_cast<double>(regions_);
    }
}

void Rebuilding::deliver(std::span<const double> met) {
    for (Order& order : orders_) {
        order.came = 0.0;
        for (std::size_t region = 0; region < regions_; ++region) {
            order.came += order.parts[region] * met[region * sectors_ + order.sector];
        }
    }
    for (Need& need : needs_) {
        need.amount = std::max(0.0, need.amount - need.ordered * orders_[need.order].came);
    }
}

}  // namespace adic::shock
