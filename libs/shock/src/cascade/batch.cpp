#include "batch.hpp"

#include <algorithm>
#include <cstdint>

namespace adic::shock {
Cascade::Batch::Batch(const Network& network, const CascadeOptions& options)
    : network_(network)
    , options_(options)
    , down_(network.firms, Lanes::all(1.0))
    , loss_(network.firms, Lanes{})
    , up_(network.firms, Lanes::all(1.0))
    , unsold_(network.firms, Lanes{})
    , most_(network.firms, Lanes::all(1.0))
    , hit_down_(network.firms)
    , hit_up_(network.firms)
    , limited_(network.firms)
    , lower_down_(network.firms)
    , lower_up_(network.firms)
    , lowered_up_(network.firms)
    , sellers_(network.firms)
    , sector_changed_(network.first_of_sector.size(), 0) {
    for (std::uint32_t p = 0; p < network.firms; ++p) {
        if (network.first_sale[p] < network.first_sale[p + 1]) {
            sellers_.add(p);
        }
    }
}

void Cascade::Batch::run(
    std::span<const std::span<const CapacityLoss>> shocks,
    std::span<SystemicRisk> risks
) {
    reset();
    for (std::size_t lane = 0; lane < shocks.size(); ++lane) {
        start(shocks[lane], lane);
        running_[lane] = true;
        active_.set(lane, true);
    }
    lowered_up_ = limited_;
    spread_upstream();
    while (std::ranges::count(running_, true) > 0) {
        step();
        record(risks, true);
        if (steps_ >= options_.most_steps) {
            drop_ = Lanes{};
            record(risks, false);
        }
    }
}

/// Only what the last batch touched has another value than at the beginning.
void Cascade::Batch::reset() {
    const Lanes one = Lanes::all(1.0);
    hit_down_.each([&](std::size_t p) {
        down_[p] = one;
        loss_[p] = Lanes{};
    });
    hit_up_.each([&](std::size_t p) {
        up_[p] = one;
        unsold_[p] = Lanes{};
    });
    limited_.each([&](std::size_t p) { most_[p] = one; });
    for (BitSet* set : {&hit_down_, &hit_up_, &limited_, &lower_down_, &lower_up_}) {
        set->clear();
    }
    std::ranges::fill(sector_changed_, 0);
    running_.fill(false);
    active_ = LaneMask{};
    steps_ = 0;
}

void Cascade::Batch::start(std::span<const CapacityLoss> shock, std::size_t lane) {
    for (const CapacityLoss& loss : shock) {
        const std::uint32_t p = network_.position_of_firm[loss.firm];
        const double most = std::min(most_[p][lane], 1.0 - loss.lost);
        most_[p].set(lane, most);
        down_[p].set(lane, most);
        up_[p].set(lane, most);
        limited_.add(p);
        hit_down_.add(p);
        hit_up_.add(p);
        sector_changed_[network_.sector_at[p]] = 1;
    }
}

void Cascade::Batch::step() {
    drop_ = Lanes{};
    weigh_losses();
    lower_down_.each([&](std::size_t p) { lower_downstream(static_cast<std::uint32_t>(p)); });
    lower_down_.clear();
    lower_up_.each([&](std::size_t p) { lower_upstream(static_cast<std::uint32_t>(p)); });
    lower_up_.clear();
    spread_upstream();
    ++steps_;
}

/// (C1) and (C3): how much of a supplier's failure its customers feel.
void Cascade::Batch::weigh_losses() {
    for (std::uint32_t sector = 0; sector + 1 < network_.first_of_sector.size(); ++sector) {
        if (sector_changed_[sector] != 0) {
            sector_changed_[sector] = 0;
            weigh_losses_of_sector(sector);
        }
    }
}

void Cascade::Batch::weigh_losses_of_sector(std::uint32_t sector) {
    const bool replaceable = network_.replaceable[sector] != 0;
    const Lanes one = Lanes::all(1.0);
    const Lanes market = replaceable ? market_of(sector) : one;
    const auto weigh = [&](std::size_t p) {
        const Lanes share = replaceable ? lesser(one, Lanes::all(network_.sales[p]) * market) : one;
        const Lanes loss = share * (one - down_[p]);
        if (differ(loss_[p], loss, active_)) {
            for (std::uint32_t s = network_.first_sale[p]; s < network_.first_sale[p + 1]; ++s) {
                lower_down_.add(network_.sale_customer[s]);
            }
        }
        loss_[p] = loss;
    };
    hit_down_
        .each_in(network_.first_of_sector[sector], network_.first_of_sector[sector + 1], weigh);
}

/// 1 over what the firms of the sector still sell: all that they used to, less what those hit have
/// lost. Where that leaves little of it, it is added up afresh, since the difference has no digits
/// left. Where nothing is sold any more, nobody replaces anybody.
Lanes Cascade::Batch::market_of(std::uint32_t sector) const {
    const std::uint32_t first = network_.first_of_sector[sector];
    const std::uint32_t last = network_.first_of_sector[sector + 1];
    const double before = network_.sales_of_sector[sector];
    Lanes lost{};
    hit_down_.each_in(first, last, [&](std::size_t p) {
        add_scaled(lost, network_.sales[p], Lanes::all(1.0) - down_[p]);
    });
    Lanes market{};
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        double selling = before - lost[lane];
        if (selling < 1e-3 * before) {
            selling = 0.0;
            for (std::uint32_t p = first; p < last; ++p) {
                selling += network_.sales[p] * down_[p][lane];
            }
        }
        market.set(lane, selling > 1e-10 ? 1.0 / selling : 1.0);
    }
    return market;
}

void Cascade::Batch::lower_downstream(std::uint32_t p) {
    Lanes worst{};
    for (std::uint32_t g = network_.first_group[p]; g < network_.first_group[p + 1]; ++g) {
        Lanes lost{};
        for (std::uint32_t i = network_.first_input[g]; i < network_.first_input[g + 1]; ++i) {
            add_scaled(lost, network_.input_weight[i], loss_[network_.input_supplier[i]]);
        }
        worst = greater(worst, lost);
    }
    const Lanes level = greater(Lanes{}, lesser(most_[p], Lanes::all(1.0) - worst));
    if (differ(down_[p], level, active_)) {
        note_drop(down_[p], level);
        hit_down_.add(p);
        sector_changed_[network_.sector_at[p]] = 1;
        down_[p] = level;
    }
}

void Cascade::Batch::lower_upstream(std::uint32_t p) {
    Lanes lost{};
    for (std::uint32_t s = network_.first_sale[p]; s < network_.first_sale[p + 1]; ++s) {
        add_scaled(lost, network_.sale_weight[s], unsold_[network_.sale_customer[s]]);
    }
    const Lanes level = greater(Lanes{}, lesser(most_[p], Lanes::all(1.0) - lost));
    if (differ(up_[p], level, active_)) {
        note_drop(up_[p], level);
        hit_up_.add(p);
        lowered_up_.add(p);
        up_[p] = level;
    }
}

/// The suppliers of those whose level fell lose demand in the next step. After a wide fall it is
/// cheaper to compute all that sell again than to find out which need not be.
void Cascade::Batch::spread_upstream() {
    std::size_t fell = 0;
    lowered_up_.each([&](std::size_t p) {
        unsold_[p] = Lanes::all(1.0) - up_[p];
        ++fell;
    });
    if (fell > network_.firms / 8) {
        lower_up_ = sellers_;
    } else {
        lowered_up_.each([&](std::size_t p) {
            const std::uint32_t last = network_.first_purchase[p + 1];
            for (std::uint32_t i = network_.first_purchase[p]; i < last; ++i) {
                lower_up_.add(network_.purchase_supplier[i]);
            }
        });
    }
    lowered_up_.clear();
}

void Cascade::Batch::note_drop(const Lanes& before, const Lanes& after) {
    drop_ = greater(drop_, before - after);
}

/// Writes down the cascades that have come to rest, and lets them rest.
void Cascade::Batch::record(std::span<SystemicRisk> risks, bool settled) {
    std::array<bool, lanes> ends{};
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        ends[lane] = running_[lane] && drop_[lane] <= options_.tolerance;
    }
    if (std::ranges::count(ends, true) == 0) {
        return;
    }
    const Lanes one = Lanes::all(1.0);
    Lanes total{};
    Lanes downstream{};
    Lanes upstream{};
    BitSet hit = hit_down_;
    hit_up_.each([&](std::size_t p) { hit.add(p); });
    hit.each([&](std::size_t p) {
        const double sales = network_.sales[p];
        add_scaled(total, sales, one - lesser(down_[p], up_[p]));
        add_scaled(downstream, sales, one - down_[p]);
        add_scaled(upstream, sales, one - up_[p]);
    });
    const double all = network_.all_sales > 0.0 ? network_.all_sales : 1.0;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        if (ends[lane]) {
            risks[lane] =
                {total[lane] / all, downstream[lane] / all, upstream[lane] / all, steps_, settled};
            running_[lane] = false;
            active_.set(lane, false);
        }
    }
}

FirmLevels Cascade::Batch::levels() const {
    FirmLevels levels;
    for (const std::uint32_t p : network_.position_of_firm) {
        levels.downstream.push_back(down_[p][0]);
        levels.upstream.push_back(up_[p][0]);
    }
    return levels;
}

}  // namespace adic::shock
