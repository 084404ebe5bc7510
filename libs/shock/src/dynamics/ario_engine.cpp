#include "ario_engine.hpp"

#include "adic/base/parallel.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace adic::shock {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// (A1): the part of its capital that is still lost in the morning of the day.
double damage_on(const CapitalLoss& loss, std::uint32_t day) {
    if (day < loss.day || loss.repair != Repair::over_time) {
        return 0.0;
    }
    if (day <= loss.repair_from || day - loss.repair_from == 1) {
        return loss.lost;
    }
    const double since = day - 1.0 - loss.repair_from;
    return loss.repair_days == 0 ? 0.0 : loss.lost * std::max(0.0, 1.0 - since / loss.repair_days);
}

bool is_on(const DemandChange& change, std::uint32_t day) {
    return day >= change.from && day < change.until;
}

/// The output that a stock allows; an empty one that limits nothing allows any.
Lanes allowed(const Lanes& stock, const Lanes& enough) {
    return combined(stock * enough, Lanes::all(infinite), [](Pair a, Pair b) {
        return a == a ? a : b;
    });
}

Pair sum_of(const Lanes& x) {
    return (x.pairs[0] + x.pairs[1]) + (x.pairs[2] + x.pairs[3]);
}

}  // namespace

Ario::Engine::Engine(
    const Table& table,
    const ArioOptions& options,
    const EconomyShock& shock,
    std::size_t threads
)
    : table_(table)
    , options_(options)
    , shock_(shock)
    , threads_(threads)
    , rebuilding_(table.bought, table.capital, table.sectors, shock)
    , stock_(table.input_part)
    , order_rate_(table.sectors, table.blocks)
    , damage_(table.output.size(), 0.0)
    , weight_(table.output.size(), 1.0)
    , next_weight_(weight_)
    , capacity_part_(table.output.size(), 1.0)
    , produced_(table.output)
    , wanted_(table.output)
    , met_(table.output.size(), 1.0)
    , orders_(table.output.size(), 0.0)
    , final_demand_(table.demand)
    , demand_(table.output)
    , limit_(table.blocks) {
    for (std::size_t s = 0; s < table.sectors; ++s) {
        const std::span<Lanes> stock = stock_.row(s);
        for (std::size_t b = 0; b < table.blocks; ++b) {
            stock[b] = Lanes::all(table.stock_days[s]) * load(table.output, b) * stock[b];
        }
        std::ranges::fill(order_rate_.row(s), Lanes::all(1.0));
    }
    for (const DemandChange& change : shock.demand) {
        if (is_on(change, 0)) {
            const double usual = final_demand_[change.industry];
            final_demand_[change.industry] *= change.factor;
            demand_[change.industry] += final_demand_[change.industry] - usual;
        }
    }
}

void Ario::Engine::step(std::uint32_t day) {
    suffer(day);
    if (day > 1) {
        adapt_capacity();
    }
    produce();
    deliver_and_order();
    ask(day);
}

void Ario::Engine::suffer(std::uint32_t day) {
    std::ranges::fill(damage_, 0.0);
    rebuilding_.lose(day);
    for (const CapitalLoss& loss : shock_.losses) {
        const double capital = table_.capital[loss.industry];
        const double missing = rebuilding_.missing(loss.industry);
        const double to_rebuild = capital > 0.0 ? std::min(1.0, missing / capital) : 0.0;
        double& damage = damage_[loss.industry];
        damage = std::max({damage, damage_on(loss, day), to_rebuild});
    }
}

/// (A2): overproduction follows the scarcity of the day before.
void Ario::Engine::adapt_capacity() {
    for (std::size_t i = 0; i < table_.industries; ++i) {
        const std::size_t s = i % table_.sectors;
        const double scarcity = demand_[i] > 0.0 ? (demand_[i] - produced_[i]) / demand_[i] : 0.0;
        const double now = capacity_part_[i];
        const double change =
            scarcity != 0.0 ? (table_.capacity_most[s] - now) * scarcity : 1.0 - now;
        capacity_part_[i] = std::max(1.0, now + change / table_.capacity_days[s]);
    }
}

/// (A1), (A3) to (A5): what is made of what was ordered, and the part of each order met.
void Ario::Engine::produce() {
    std::ranges::fill(limit_, Lanes::all(infinite));
    for (std::size_t s = 0; s < table_.sectors; ++s) {
        const std::span<const Lanes> stock = std::as_const(stock_).row(s);
        const std::span<const Lanes> enough = table_.enough.row(s);
        for (std::size_t b = 0; b < table_.blocks; ++b) {
            limit_[b] = lesser(limit_[b], allowed(stock[b], enough[b]));
        }
    }
    for (std::size_t i = 0; i < table_.industries; ++i) {
        const double capacity = table_.output[i] * (1.0 - damage_[i]) * capacity_part_[i];
        wanted_[i] = std::min(demand_[i], capacity);
        produced_[i] = std::min(wanted_[i], limit_[i / lanes][i % lanes]);
        met_[i] = demand_[i] > 0.0 ? produced_[i] / demand_[i] : 1.0;
        next_weight_[i] = options_.split == OrderSplit::by_capacity && table_.output[i] > 0.0
                              ? capacity / table_.output[i]
                              : 1.0;
    }
}

/// (A6) to (A8): sectors of inputs do not touch each other, so any thread may take any.
void Ario::Engine::deliver_and_order() {
    const auto pass = [&](std::size_t begin, std::size_t end) {
        Work work(table_.regions);
        for (std::size_t s = begin; s < end; ++s) {
            pass_sector(s, work);
        }
    };
    constexpr std::size_t worth_a_thread = 1U << 20U;  // pairs of industries
    const bool is_large = table_.industries * table_.industries > worth_a_thread;
    parallel_ranges(table_.sectors, 1, pass, is_large ? threads_ : 1);
    rebuilding_.deliver(met_);
    weight_ = next_weight_;
}

/// Each strip of the table twice: from memory for what of the last orders arrives and what the new
/// ones are divided by, and while it is at hand for the new orders.
void Ario::Engine::pass_sector(std::size_t sector, Work& work) {
    for (std::size_t region = 0; region < table_.regions; ++region) {
        const std::size_t i = region * table_.sectors + sector;
        work.met[region] = weight_[i] * met_[i];
        work.next[region] = next_weight_[i];
        work.orders[region] = Pair{};
    }
    for (std::size_t b = 0; b < table_.blocks; ++b) {
        const std::span<const Lanes> strip = table_.strip(sector, b);
        Lanes came{};
        Lanes norm{};
        for (std::size_t region = 0; region < table_.regions; ++region) {
            add_scaled(came, work.met[region], strip[region]);
            add_scaled(norm, work.next[region], strip[region]);
        }
        const Lanes rate = restocked(sector, b, came, norm);
        for (std::size_t region = 0; region < table_.regions; ++region) {
            work.orders[region] += sum_of(strip[region] * rate);
        }
    }
    for (std::size_t region = 0; region < table_.regions; ++region) {
        const std::size_t i = region * table_.sectors + sector;
        orders_[i] = next_weight_[i] * (work.orders[region][0] + work.orders[region][1]);
    }
}

/// (A6), (A7): the new rate of orders.
Lanes Ario::Engine::restocked(
    std::size_t sector,
    std::size_t block,
    const Lanes& came,
    const Lanes& norm
) {
    Lanes& stock = stock_.row(sector)[block];
    Lanes& rate = order_rate_.row(sector)[block];
    const Lanes& part = table_.input_part.row(sector)[block];
    const Lanes used = load(produced_, block) * part;
    stock = stock + rate * came - used;
    const Lanes wanted = Lanes::all(table_.stock_days[sector]) * load(wanted_, block) * part;
    const Lanes gap = greater(Lanes{}, wanted - stock);
    const Lanes order = gap * Lanes::all(table_.part_a_day[sector]) + used;
    rate = combined(order, norm, [](Pair a, Pair n) {
        const Pair none{};
        return n > none ? a / n : none;
    });
    return rate;
}

/// (A9), (A10), (A14): what is asked for tomorrow.
void Ario::Engine::ask(std::uint32_t day) {
    unmet_part_ = final_demand_;
    for (std::size_t i = 0; i < table_.industries; ++i) {
        unmet_part_[i] *= 1.0 - met_[i];
        const double dearer = price_of(i) - 1.0;
        const double left = std::max(0.0, 1.0 - options_.demand_response * dearer);
        final_demand_[i] = table_.demand[i] * left;
    }
    for (const DemandChange& change : shock_.demand) {
        if (is_on(change, day + 1)) {
            final_demand_[change.industry] *= change.factor;
        }
    }
    for (std::size_t i = 0; i < table_.industries; ++i) {
        demand_[i] = final_demand_[i] + orders_[i];
    }
    rebuilding_.order(day, weight_, demand_);
}

double Ario::Engine::unmet_demand() const {
    double unmet = 0.0;
    for (std::size_t i = 0; i < table_.industries; ++i) {
        unmet += unmet_part_[i];
    }
    return unmet;
}

double Ario::Engine::capital_lost() const {
    double lost = 0.0;
    for (std::size_t i = 0; i < table_.industries; ++i) {
        lost += damage_[i] * table_.capital[i];
    }
    return lost;
}

/// (A13).
double Ario::Engine::price_of(std::size_t industry) const {
    return 1.0 + options_.price_rise * (1.0 - met_[industry]);
}

bool Ario::Engine::is_whole(std::uint32_t day) const {
    constexpr double remainder = 1e-3;
    const auto is_missing = [](double damage) { return damage > remainder; };
    const auto is_changed = [&](const DemandChange& change) {
        return change.factor != 1.0 && is_on(change, day);
    };
    return std::ranges::none_of(damage_, is_missing)
           && std::ranges::none_of(shock_.demand, is_changed);
}

}  // namespace adic::shock
