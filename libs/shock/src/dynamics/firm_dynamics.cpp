#include "adic/shock/dynamics/firm_dynamics.hpp"

#include "recovery.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

namespace adic::shock {

/// Links by customer, then by the supplier's sector, then by supplier: what a customer has of one
/// sector is one group.
struct FirmDynamics::Network {
    Network(
        const model::FirmNetwork& network,
        std::span<const double> final_demand,
        const FirmDynamicsOptions& options
    );

    struct Group {
        std::size_t end;     ///< of its links
        double usual;        ///< A: what the customer uses of the sector in a usual step
        double stock_steps;  ///< n
    };

    std::vector<std::uint32_t> supplier;
    std::vector<double> usual;  ///< a, by link
    std::vector<Group> groups;
    std::vector<std::size_t> groups_end;  ///< by firm
    std::vector<double> final_demand;
    std::vector<double> output;  ///< P0
};

FirmDynamics::Network::Network(
    const model::FirmNetwork& network,
    std::span<const double> demanded,
    const FirmDynamicsOptions& options
)
    : final_demand(demanded.begin(), demanded.end())
    , output(final_demand) {
    const std::span<const model::FirmLink> links = network.links();
    std::vector<std::size_t> order(links.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto sector_of = [&](std::size_t link) {
        return network.sector_of(links[link].supplier);
    };
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return std::tuple(links[a].customer, sector_of(a), a)
               < std::tuple(links[b].customer, sector_of(b), b);
    });
    groups_end.assign(network.firms(), 0);
    for (std::size_t at = 0; at < order.size(); ++at) {
        const model::FirmLink& link = links[order[at]];
        const bool is_next = at > 0 && links[order[at - 1]].customer == link.customer
                             && sector_of(order[at - 1]) == sector_of(order[at]);
        if (!is_next) {
            const bool is_one = options.stock_steps.size() == 1;
            groups.push_back({at, 0.0, options.stock_steps[is_one ? 0 : sector_of(order[at])]});
        }
        supplier.push_back(link.supplier);
        usual.push_back(link.weight);
        groups.back().end = at + 1;
        groups.back().usual += link.weight;
        groups_end[link.customer] = groups.size();
        output[link.supplier] += link.weight;
    }
    for (std::size_t firm = 1; firm < groups_end.size(); ++firm) {
        groups_end[firm] = std::max(groups_end[firm], groups_end[firm - 1]);
    }
}

/// The state of one run, step by step.
class FirmDynamics::Engine {
  public:
    Engine(const Network& network, double restock_steps)
        : network_(network)
        , part_a_step_(1.0 / restock_steps)
        , stock_(network.usual)
        , order_(network.usual)
        , produced_(network.output)
        , met_(network.output.size(), 1.0) {
        std::size_t link = 0;
        for (const Network::Group& group : network.groups) {
            group_stock_.push_back(group.stock_steps * group.usual);
            for (; link < group.end; ++link) {
                stock_[link] *= group.stock_steps;
            }
        }
    }

    void step(const std::vector<double>& lost) {
        limit_.assign(produced_.size(), std::numeric_limits<double>::infinity());
        demand_ = network_.final_demand;
        std::size_t group = 0;
        for (std::size_t firm = 0; firm < produced_.size(); ++firm) {
            const double usual = network_.output[firm];
            // Who sells nothing takes what it always takes.
            const double level = usual > 0.0 ? produced_[firm] / usual : 1.0;
            for (; group < network_.groups_end[firm]; ++group) {
                const double stock = turn_over(group, level);
                limit_[firm] = std::min(limit_[firm], stock / network_.groups[group].usual * usual);
            }
        }
        produce(lost);
    }

    const std::vector<double>& produced() const { return produced_; }

    double consumed() const {
        double sum = 0.0;
        for (std::size_t firm = 0; firm < met_.size(); ++firm) {
            sum += network_.final_demand[firm] * met_[firm];
        }
        return sum;
    }

  private:
    /// (F2), (F3) for the links of a group: what arrived and what was used since the step before,
    /// and what is ordered now. The stock of the group afterwards.
    double turn_over(std::size_t group, double level) {
        const Network::Group& g = network_.groups[group];
        const double before = group_stock_[group];
        const double left = before > 0.0 ? 1.0 - level * g.usual / before : 0.0;
        const double wanted = g.stock_steps * level;
        double sum = 0.0;
        for (std::size_t l = group == 0 ? 0 : network_.groups[group - 1].end; l < g.end; ++l) {
            const std::uint32_t supplier = network_.supplier[l];
            const double usual = network_.usual[l];
            const double stock = std::max(0.0, stock_[l] * left + order_[l] * met_[supplier]);
            const double gap = std::max(0.0, wanted * usual - stock);
            const double order = usual * level + gap * part_a_step_;
            stock_[l] = stock;
            order_[l] = order;
            demand_[supplier] += order;
            sum += stock;
        }
        group_stock_[group] = sum;
        return sum;
    }

    /// (F1), (F4) to (F6).
    void produce(const std::vector<double>& lost) {
        for (std::size_t firm = 0; firm < produced_.size(); ++firm) {
            const double capacity = network_.output[firm] * (1.0 - lost[firm]);
            produced_[firm] = std::min({capacity, limit_[firm], demand_[firm]});
            met_[firm] = demand_[firm] > 0.0 ? produced_[firm] / demand_[firm] : 1.0;
        }
    }

    const Network& network_;
    double part_a_step_;
    std::vector<double> stock_;        ///< S, by link
    std::vector<double> order_;        ///< by link
    std::vector<double> group_stock_;  ///< sum of S
    std::vector<double> produced_;     ///< P
    std::vector<double> met_;          ///< part of every order of the firm
    std::vector<double> limit_;        ///< output that the stocks allow
    std::vector<double> demand_;
};

namespace {

/// (F7): what each firm has lost of its capacity, falling step by step.
class Losses {
  public:
    Losses(std::size_t firms, std::span<const FirmLoss> losses)
        : losses_(losses.begin(), losses.end())
        , by_firm_(firms, 0.0) {
        spread();
    }

    const std::vector<double>& by_firm() const { return by_firm_; }

    bool is_whole() const { return is_whole_; }

    void recover() {
        ++steps_;
        spread();
    }

  private:
    void spread() {
        is_whole_ = true;
        for (const FirmLoss& loss : losses_) {
            by_firm_[loss.firm] = 0.0;
        }
        for (const FirmLoss& loss : losses_) {
            const double left = loss.lost * std::max(0.0, 1.0 - steps_ * loss.back_a_step);
            by_firm_[loss.firm] = std::max(by_firm_[loss.firm], left);
            constexpr double rounding = 1e-12;
            is_whole_ = is_whole_ && left <= rounding;
        }
    }

    std::vector<FirmLoss> losses_;
    std::vector<double> by_firm_;
    double steps_ = 0.0;
    bool is_whole_ = true;
};

double sum_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

void record(FirmRun& run, std::span<const double> produced, Keep keep) {
    run.production.push_back(sum_of(produced));
    for (std::size_t firm = 0; firm < produced.size(); ++firm) {
        run.made[firm] += produced[firm];
        run.lowest[firm] = std::min(run.lowest[firm], produced[firm]);
    }
    if (keep == Keep::every_firm) {
        run.by_firm.insert(run.by_firm.end(), produced.begin(), produced.end());
    }
}

}  // namespace

FirmDynamics::FirmDynamics(
    const model::FirmNetwork& network,
    std::span<const double> final_demand,
    const FirmDynamicsOptions& options
)
    : network_(std::make_unique<const Network>(network, final_demand, options))
    , options_(options) {}

FirmDynamics::FirmDynamics(FirmDynamics&&) noexcept = default;
FirmDynamics& FirmDynamics::operator=(FirmDynamics&&) noexcept = default;
FirmDynamics::~FirmDynamics() = default;

std::span<const double> FirmDynamics::usual_output() const {
    return network_->output;
}

FirmRun FirmDynamics::run(std::span<const FirmLoss> losses, const Run& how) const {
    Engine engine(*network_, options_.restock_steps);
    Losses lost(network_->output.size(), losses);
    Recovery recovery;
    FirmRun run;
    run.made.assign(network_->output.size(), 0.0);
    run.lowest = network_->output;
    run.production_before = sum_of(network_->output);
    run.consumption_before = sum_of(network_->final_demand);
    for (std::uint32_t step = 0; step < options_.steps && !how.stop.stop_requested(); ++step) {
        engine.step(lost.by_firm());
        record(run, engine.produced(), options_.keep);
        run.consumption.push_back(engine.consumed());
        const double output = run.production.back();
        if (recovery.has_failed(lost.is_whole(), output, run.production_before) && !run.collapse) {
            run.collapse = step;
        }
        lost.recover();
        if (how.progress) {
            how.progress("steps", (step + 1.0) / options_.steps);
        }
    }
    return run;
}

double FirmRun::steps_of_output_lost() const {
    const auto all = static_cast<double>(steps());
    return production_before > 0.0 ? all - sum_of(production) / production_before : 0.0;
}

}  // namespace adic::shock
