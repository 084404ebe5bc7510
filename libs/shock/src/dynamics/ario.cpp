#include "adic/shock/dynamics/ario.hpp"

#include "lanes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <utility>

namespace adic::shock {
namespace {

constexpr double days_a_year = 365.0;

/// A row of numbers, one for each industry, in lanes; the last are filled up with zeros.
using Row = std::span<Lanes>;

Lanes load(const std::vector<double>& values, std::size_t block) {
    Lanes lanes_of_block;
    std::memcpy(&lanes_of_block, values.data() + block * lanes, sizeof(Lanes));
    return lanes_of_block;
}

double sum_of(const Lanes& x) {
    double sum = 0.0;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        sum += x[lane];
    }
    return sum;
}

/// A number for each sector of inputs and each industry.
class Inputs {
  public:
    Inputs(std::size_t sectors, std::size_t blocks)
        : blocks_(blocks)
        , cells_(sectors * blocks, Lanes{}) {}

    Row row(std::size_t sector) { return std::span(cells_).subspan(sector * blocks_, blocks_); }

    std::span<const Lanes> row(std::size_t sector) const {
        return std::span(cells_).subspan(sector * blocks_, blocks_);
    }

    double at(std::size_t sector, std::size_t industry) const {
        return cells_[sector * blocks_ + industry / lanes][industry % lanes];
    }

    void set(std::size_t sector, std::size_t industry, double value) {
        cells_[sector * blocks_ + industry / lanes].set(industry % lanes, value);
    }

    void add(std::size_t sector, std::size_t industry, double value) {
        set(sector, industry, at(sector, industry) + value);
    }

  private:
    std::size_t blocks_;
    std::vector<Lanes> cells_;
};

}  // namespace

/// The table by the day, in lanes.
struct Ario::Table {
    Table(const model::InputOutputTable& table, const ArioOptions& options);

    std::size_t industries;
    std::size_t sectors;
    std::size_t blocks;              ///< of lanes in a row
    std::vector<Lanes> flows;        ///< by seller, row after row
    std::vector<double> output;      ///< X, with zeros up to a whole block, as all that follow
    std::vector<double> demand;      ///< F
    std::vector<double> stock_days;  ///< by sector
    Inputs flow_of_sector;           ///< sum of the sellers of a sector
    Inputs input_part;               ///< T: of an input for a unit of output
    Inputs
        enough;  ///< 1 / (psi n T): output that a unit of stock allows; infinite if it never limits

    std::span<const Lanes> sales_of(std::size_t industry) const {
        return std::span(flows).subspan(industry * blocks, blocks);
    }
};

Ario::Table::Table(const model::InputOutputTable& table, const ArioOptions& options)
    : industries(table.industries())
    , sectors(table.sectors().size())
    , blocks((industries + lanes - 1) / lanes)
    , flows(industries * blocks, Lanes{})
    , output(blocks * lanes, 0.0)
    , demand(blocks * lanes, 0.0)
    , stock_days(options.stock_days)
    , flow_of_sector(sectors, blocks)
    , input_part(sectors, blocks)
    , enough(sectors, blocks) {
    stock_days.resize(sectors, options.stock_days.front());
    for (std::size_t i = 0; i < industries; ++i) {
        output[i] = table.output()[i] / days_a_year;
        demand[i] = table.final_demand()[i] / days_a_year;
        const auto sales = table.sales_of(i);
        for (std::size_t j = 0; j < industries; ++j) {
            const double flow = sales[j] / days_a_year;
            flows[i * blocks + j / lanes].set(j % lanes, flow);
            flow_of_sector.add(table.sector_of(i), j, flow);
        }
    }
    constexpr double negligible = 1e-5 / days_a_year;  // of a day's output
    for (std::size_t s = 0; s < sectors; ++s) {
        for (std::size_t j = 0; j < blocks * lanes; ++j) {
            const double flow = flow_of_sector.at(s, j);
            const double part = output[j] > 0.0 ? flow / output[j] : 0.0;
            input_part.set(s, j, part);
            const bool limits = flow > negligible * output[j];
            enough.set(
                s,
                j,
                limits ? 1.0 / (options.stock_needed * stock_days[s] * part)
                       : std::numeric_limits<double>::infinity()
            );
        }
    }
}

/// The state of one run, day by day.
class Ario::Engine {
  public:
    Engine(const Table& table, const ArioOptions& options)
        : table_(table)
        , options_(options)
        , stock_(table.input_part)
        , order_rate_(table.sectors, table.blocks)
        , weight_(table.output.size(), 1.0)
        , next_weight_(weight_)
        , capacity_part_(table.output.size(), 1.0)
        , produced_(table.output)
        , wanted_(table.output)
        , fill_(table.output.size(), 1.0)
        , demand_(table.output.size(), 0.0)
        , limit_(table.blocks)
        , delivered_(table.blocks)
        , norm_(table.blocks) {
        for (std::size_t s = 0; s < table.sectors; ++s) {
            const Row stock = stock_.row(s);
            for (std::size_t b = 0; b < table.blocks; ++b) {
                const Lanes days = Lanes::all(table.stock_days[s]);
                stock[b] = days * load(table.output, b) * stock[b];
            }
            std::ranges::fill(order_rate_.row(s), Lanes::all(1.0));
        }
        add_up_demand();
    }

    void step(std::uint32_t day, const std::vector<double>& damage) {
        if (day > 1) {
            adapt_capacity();
        }
        produce(damage);
        deliver_and_order();
        add_up_demand();
    }

    const std::vector<double>& produced() const { return produced_; }

    double unmet_demand() const {
        double unmet = 0.0;
        for (std::size_t i = 0; i < table_.industries; ++i) {
            unmet += table_.demand[i] * (1.0 - fill_[i]);
        }
        return unmet;
    }

  private:
    /// (A2): overproduction follows the scarcity of the day before.
    void adapt_capacity() {
        for (std::size_t i = 0; i < table_.industries; ++i) {
            const double scarcity =
                demand_[i] > 0.0 ? (demand_[i] - produced_[i]) / demand_[i] : 0.0;
            const double now = capacity_part_[i];
            const double change =
                scarcity != 0.0 ? (options_.capacity_most - now) * scarcity : 1.0 - now;
            capacity_part_[i] = std::max(1.0, now + change / options_.capacity_days);
        }
    }

    /// (A1), (A3) to (A5): what is made of what was ordered, and the part of each order met.
    void produce(const std::vector<double>& damage) {
        std::ranges::fill(limit_, Lanes::all(std::numeric_limits<double>::infinity()));
        for (std::size_t s = 0; s < table_.sectors; ++s) {
            const std::span<const Lanes> stock = std::as_const(stock_).row(s);
            const std::span<const Lanes> enough = table_.enough.row(s);
            for (std::size_t b = 0; b < table_.blocks; ++b) {
                limit_[b] = lesser(limit_[b], allowed(stock[b], enough[b]));
            }
        }
        for (std::size_t i = 0; i < table_.industries; ++i) {
            const double capacity = table_.output[i] * (1.0 - damage[i]) * capacity_part_[i];
            wanted_[i] = std::min(demand_[i], capacity);
            produced_[i] = std::min(wanted_[i], limit_[i / lanes][i % lanes]);
            fill_[i] = demand_[i] > 0.0 ? produced_[i] / demand_[i] : 1.0;
            next_weight_[i] = options_.split == OrderSplit::by_capacity && table_.output[i] > 0.0
                                  ? capacity / table_.output[i]
                                  : 1.0;
        }
    }

    /// The output that a stock allows; an empty one that limits nothing allows any.
    static Lanes allowed(const Lanes& stock, const Lanes& enough) {
        const Lanes product = stock * enough;
        const Lanes any = Lanes::all(std::numeric_limits<double>::infinity());
        return combined(product, any, [](Pair a, Pair b) { return a == a ? a : b; });
    }

    /// (A6) to (A8), for each sector of inputs in one pass over what its industries sell: what of
    /// the last orders arrives, and what the new ones will be divided by.
    void deliver_and_order() {
        for (std::size_t s = 0; s < table_.sectors; ++s) {
            std::ranges::fill(delivered_, Lanes{});
            std::ranges::fill(norm_, Lanes{});
            for (std::size_t i = s; i < table_.industries; i += table_.sectors) {
                add_sales(i);
            }
            restock(s);
        }
        weight_ = next_weight_;
    }

    void add_sales(std::size_t seller) {
        const std::span<const Lanes> sales = table_.sales_of(seller);
        const Lanes met = Lanes::all(weight_[seller] * fill_[seller]);
        const Lanes next = Lanes::all(next_weight_[seller]);
        for (std::size_t b = 0; b < table_.blocks; ++b) {
            const Lanes flow = sales[b];
            delivered_[b] = delivered_[b] + met * flow;
            norm_[b] = norm_[b] + next * flow;
        }
    }

    void restock(std::size_t sector) {
        const Row stock = stock_.row(sector);
        const Row rate = order_rate_.row(sector);
        const std::span<const Lanes> part = table_.input_part.row(sector);
        const Lanes days = Lanes::all(table_.stock_days[sector]);
        const Lanes tau = Lanes::all(1.0 / options_.restock_days);
        for (std::size_t b = 0; b < table_.blocks; ++b) {
            const Lanes used = load(produced_, b) * part[b];
            stock[b] = stock[b] + rate[b] * delivered_[b] - used;
            const Lanes gap = days * load(wanted_, b) * part[b] - stock[b];
            const Lanes order = greater(Lanes{}, gap) * tau + used;
            rate[b] = combined(order, norm_[b], [](Pair a, Pair n) {
                const Pair none{};
                return n > none ? a / n : none;
            });
        }
    }

    /// (A9): final demand, and the orders of all industries.
    void add_up_demand() {
        for (std::size_t i = 0; i < table_.industries; ++i) {
            const std::span<const Lanes> sales = table_.sales_of(i);
            const std::span<const Lanes> rate = std::as_const(order_rate_).row(i % table_.sectors);
            Lanes sum{};
            for (std::size_t b = 0; b < table_.blocks; ++b) {
                sum = sum + sales[b] * rate[b];
            }
            demand_[i] = table_.demand[i] + weight_[i] * sum_of(sum);
        }
    }

    const Table& table_;
    const ArioOptions& options_;
    Inputs stock_;
    /// An order of industry j from seller i is weight_i * rate_sj * flow_ij, so it is never kept.
    Inputs order_rate_;
    std::vector<double> weight_;         ///< of the seller, when the orders were placed
    std::vector<double> next_weight_;    ///< of the orders that are being placed
    std::vector<double> capacity_part_;  ///< alpha
    std::vector<double> produced_;
    std::vector<double> wanted_;
    std::vector<double> fill_;
    std::vector<double> demand_;
    std::vector<Lanes> limit_;
    std::vector<Lanes> delivered_;
    std::vector<Lanes> norm_;
};

namespace {

/// (A1): the part of its capital that is still lost in the morning of the day.
double damage_on(const CapitalLoss& loss, std::uint32_t day) {
    if (day < loss.day) {
        return 0.0;
    }
    if (day <= loss.repair_from + 1) {
        return loss.lost;
    }
    const double since = day - 1.0 - loss.repair_from;
    return loss.repair_days == 0 ? 0.0 : loss.lost * std::max(0.0, 1.0 - since / loss.repair_days);
}

/// With all capital whole an economy only recovers. One that falls by a twentieth of its usual
/// output, or makes no more after a month than on the first day, goes down by the equations alone.
class Recovery {
  public:
    /// To be asked day by day.
    bool has_failed(bool is_whole, double output, double usual) {
        constexpr double part = 0.05;
        constexpr int month = 30;
        if (!is_whole) {
            days_ = 0;
            return false;
        }
        first_ = days_ == 0 ? output : first_;
        most_ = days_ == 0 ? output : std::max(most_, std::min(output, usual));
        ++days_;
        const bool is_low = output < (1.0 - part) * usual;
        return is_low && (output < most_ - part * usual || (days_ > month && output <= first_));
    }

  private:
    int days_ = 0;
    double first_ = 0.0;
    double most_ = 0.0;
};

}  // namespace

Ario::Ario(const model::InputOutputTable& table, const ArioOptions& options)
    : table_(std::make_unique<const Table>(table, options))
    , options_(options) {}

Ario::Ario(Ario&&) noexcept = default;
Ario& Ario::operator=(Ario&&) noexcept = default;
Ario::~Ario() = default;

ArioRun Ario::run(std::span<const CapitalLoss> losses, const Progress& progress) const {
    Engine engine(*table_, options_);
    ArioRun run;
    run.industries = table_->industries;
    run.output_before = std::accumulate(table_->output.begin(), table_->output.end(), 0.0);
    std::vector<double> damage(table_->output.size(), 0.0);
    Recovery recovery;
    for (std::uint32_t day = 0; day < options_.days; ++day) {
        std::ranges::fill(damage, 0.0);
        for (const CapitalLoss& loss : losses) {
            damage[loss.industry] = std::max(damage[loss.industry], damage_on(loss, day));
        }
        engine.step(day, damage);
        const auto made = std::span(engine.produced()).first(run.industries);
        run.production.insert(run.production.end(), made.begin(), made.end());
        run.unmet_demand.push_back(engine.unmet_demand());
        const bool is_whole = std::ranges::none_of(damage, [](double d) { return d > 0.0; });
        const double output = std::accumulate(made.begin(), made.end(), 0.0);
        if (!run.collapse && recovery.has_failed(is_whole, output, run.output_before)) {
            run.collapse = day;
        }
        if (progress) {
            progress("days", (day + 1.0) / options_.days);
        }
    }
    return run;
}

double ArioRun::days_of_output_lost() const {
    const double made = std::accumulate(production.begin(), production.end(), 0.0);
    return output_before > 0.0 ? static_cast<double>(days()) - made / output_before : 0.0;
}

}  // namespace adic::shock
