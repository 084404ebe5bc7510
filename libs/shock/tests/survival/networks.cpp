#include "survival/networks.hpp"

#include "adic/solver/model.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace adic::shock {
namespace {

using model::PartIndex;
using model::SiteNetwork;
using solver::LinearModel;

Estimate around(RandomStream& random, double value, bool interval) {
    if (!interval) {
        return Estimate::exactly(value);
    }
    const double low = value * (0.7 + 0.3 * random.uniform());
    return *Estimate::create(low, value, value * (1.0 + 0.3 * random.uniform()));
}

struct Layers {
    const RandomShape& shape;

    std::uint32_t of(std::uint32_t part) const { return part * shape.layers / shape.parts; }
};

void add_groups(SiteNetwork& network, const RandomShape& shape, RandomStream& random) {
    const Layers layers{shape};
    for (std::uint32_t part = 0; part < shape.parts; ++part) {
        std::uint32_t earlier = 0;
        while (earlier < part && layers.of(earlier) < layers.of(part)) {
            ++earlier;
        }
        for (std::uint64_t g = earlier == 0 ? 0 : 1 + random.below(3); g > 0; --g) {
            model::InputGroup group{PartIndex{part}, 1, {}};
            const std::uint64_t choices = shape.alternatives ? 1 + random.below(3) : 1;
            for (std::uint64_t c = 0; c < choices; ++c) {
                const PartIndex input{static_cast<std::uint32_t>(random.below(earlier))};
                const double quantity = static_cast<double>(1 + random.below(3));
                group.choices.push_back({input, around(random, quantity, shape.intervals)});
            }
            group.take = static_cast<std::uint32_t>(1 + random.below(choices));
            network.groups.push_back(std::move(group));
        }
    }
}

/// What demand takes of each part if all choices are taken in full.
std::vector<double> needs_of(const SiteNetwork& network) {
    std::vector<double> need(network.parts.size(), 0.0);
    for (const model::PartDemand& demand : network.demands) {
        need[demand.part.value()] += demand.per_day.likely();
    }
    for (std::size_t part = need.size(); part-- > 0;) {  // users have higher numbers
        for (const model::InputGroup& group : network.groups) {
            for (const model::InputChoice& choice : group.choices) {
                if (group.part.value() == part) {
                    need[choice.input.value()] += need[part] * choice.quantity.likely();
                }
            }
        }
    }
    return need;
}

double left_of(const SiteNetwork& network, const Disruption& disruption, std::size_t site) {
    const bool is_hit =
        std::ranges::count(disruption.sites, model::SiteIndex{static_cast<std::uint32_t>(site)})
        > 0;
    const double kept = is_hit ? 1.0 - disruption.severity.likely() : 1.0;
    return network.sites[site].capacity_per_day.likely() * kept;
}

double stock_of(const SiteNetwork& network, const Disruption& disruption, std::size_t site) {
    const bool is_hit =
        std::ranges::count(disruption.sites, model::SiteIndex{static_cast<std::uint32_t>(site)})
        > 0;
    const bool is_lost = is_hit && disruption.stock == StockFate::lost;
    return is_lost ? 0.0 : network.sites[site].stock.likely();
}

/// The program of sites and shipments. Variables: 0 the time; then output of each site, shipments
/// to customers, lost units, and shipments between sites as they come.
class BySites {
  public:
    BySites(const SiteNetwork& network, const Disruption& disruption) : network_(network) {
        const auto sites = static_cast<std::uint32_t>(network.sites.size());
        add_variables(1 + 2 * sites);  // time, output, deliveries
        lost_ = add_variables(static_cast<std::uint32_t>(network.demands.size()));
        for (std::uint32_t site = 0; site < sites; ++site) {
            // output <= capacity t; shipments + deliveries <= output + stock
            model.constraints.push_back(
                {-solver::infinity,
                 0.0,
                 {{output(site), 1.0}, {0, -left_of(network, disruption, site)}}}
            );
        }
        first_flow_ = static_cast<std::uint32_t>(model.constraints.size());
        for (std::uint32_t site = 0; site < sites; ++site) {
            model.constraints.push_back(
                {-solver::infinity,
                 stock_of(network, disruption, site),
                 {{output(site), -1.0}, {delivery(site), 1.0}}}
            );
        }
        add_demands();
        for (std::uint32_t site = 0; site < sites; ++site) {
            for (const model::InputGroup& group : network.groups) {
                if (group.part == network.sites[site].part) {
                    add_group(site, group);
                }
            }
        }
    }

    LinearModel model;

    std::uint32_t lost(std::size_t demand) const {
        return lost_ + static_cast<std::uint32_t>(demand);
    }

  private:
    std::uint32_t add_variables(std::uint32_t count) {
        const auto first = static_cast<std::uint32_t>(model.variables.size());
        model.variables.resize(model.variables.size() + count);
        return first;
    }

    std::uint32_t output(std::uint32_t site) const { return 1 + site; }

    std::uint32_t delivery(std::uint32_t site) const {
        return 1 + static_cast<std::uint32_t>(network_.sites.size()) + site;
    }

    void add_demands() {
        for (std::size_t d = 0; d < network_.demands.size(); ++d) {
            const model::PartDemand& demand = network_.demands[d];
            solver::Constraint met{
                0.0,
                solver::infinity,
                {{0, -demand.per_day.likely()}, {lost(d), 1.0}}};
            for (std::uint32_t site = 0; site < network_.sites.size(); ++site) {
                if (network_.sites[site].part == demand.part) {
                    met.terms.push_back({delivery(site), 1.0});
                }
            }
            model.constraints.push_back(std::move(met));
        }
    }

    /// Each choice is used in units of the output; shipments feed it.
    void add_group(std::uint32_t site, const model::InputGroup& group) {
        solver::Constraint enough{
            0.0,
            solver::infinity,
            {{output(site), -static_cast<double>(group.take)}}};
        for (const model::InputChoice& choice : group.choices) {
            const std::uint32_t used = add_variables(1);
            enough.terms.push_back({used, 1.0});
            model.constraints.push_back(
                {-solver::infinity, 0.0, {{used, 1.0}, {output(site), -1.0}}}
            );
            solver::Constraint fed{0.0, solver::infinity, {{used, -choice.quantity.likely()}}};
            for (std::uint32_t from = 0; from < network_.sites.size(); ++from) {
                if (network_.sites[from].part == choice.input) {
                    const std::uint32_t shipment = add_variables(1);
                    fed.terms.push_back({shipment, 1.0});
                    model.constraints[first_flow_ + from].terms.push_back({shipment, 1.0});
                }
            }
            model.constraints.push_back(std::move(fed));
        }
        model.constraints.push_back(std::move(enough));
    }

    const SiteNetwork& network_;
    std::uint32_t lost_ = 0;
    std::uint32_t first_flow_ = 0;
};

double optimum_of(const LinearModel& model) {
    const auto outcome = solver::solve_with_cbc(model, {});
    if (!outcome || !std::holds_alternative<solver::Optimum>(*outcome)) {
        throw std::runtime_error("the reference program has no optimum");
    }
    return std::get<solver::Optimum>(*outcome).objective;
}

}  // namespace

SiteNetwork random_network(const RandomShape& shape, std::uint64_t seed) {
    RandomStream random{seed, 1};
    SiteNetwork network;
    for (std::uint32_t part = 0; part < shape.parts; ++part) {
        network.parts.push_back({"p" + std::to_string(part), ""});
    }
    add_groups(network, shape, random);
    const Layers layers{shape};
    for (std::uint32_t part = 0; part < shape.parts; ++part) {
        const bool is_last = layers.of(part) + 1 == shape.layers;
        if (is_last || part == shape.parts / 2) {
            network.demands.push_back(
                {PartIndex{part},
                 around(random, 5.0 + std::floor(20.0 * random.uniform()), shape.intervals),
                 around(random, 1.0 + std::floor(9.0 * random.uniform()), shape.intervals)}
            );
        }
    }
    const std::vector<double> need = needs_of(network);
    for (std::uint32_t part = 0; part < shape.parts; ++part) {
        const std::uint64_t sites = 1 + random.below(3);
        for (std::uint64_t s = 0; s < sites; ++s) {
            const double capacity =
                need[part] * (0.5 + 1.3 * random.uniform()) / static_cast<double>(sites);
            network.sites.push_back(
                {"s" + std::to_string(network.sites.size()),
                 PartIndex{part},
                 "c" + std::to_string(random.below(4)),
                 "",
                 around(random, capacity, shape.intervals),
                 around(random, need[part] * 30.0 * random.uniform(), shape.intervals)}
            );
        }
    }
    return network;
}

SiteNetwork worked_example() {
    const auto exactly = [](double value) { return Estimate::exactly(value); };
    const PartIndex product{0};
    const PartIndex e{1};
    const PartIndex m{2};
    const PartIndex r{3};
    SiteNetwork network;
    network.parts = {{"product", ""}, {"E", ""}, {"M", ""}, {"R", ""}};
    network.sites = {
        {"p1", product, "A", "", exactly(1000), exactly(15)},
        {"e1", e, "A", "", exactly(6), exactly(8)},
        {"e2", e, "B", "", exactly(5), exactly(0)},
        {"m1", m, "B", "", exactly(24), exactly(30)},
        {"r1", r, "C", "", exactly(24), exactly(40)},
    };
    network.groups = {
        {product, 1, {{e, exactly(1)}}},
        {product, 1, {{m, exactly(2)}}},
        {m, 1, {{r, exactly(1)}}},
    };
    network.demands = {{product, exactly(10), exactly(1)}};
    return network;
}

Disruption shut(const SiteNetwork& network, const std::string& site, double recovery_days) {
    Disruption disruption;
    disruption.name = site;
    disruption.recovery_days = Estimate::exactly(recovery_days);
    for (std::uint32_t i = 0; i < network.sites.size(); ++i) {
        if (network.sites[i].id == site) {
            disruption.sites.push_back(model::SiteIndex{i});
        }
    }
    return disruption;
}

double time_to_survive_by_sites(
    const SiteNetwork& network,
    const Disruption& disruption,
    double longest_days
) {
    BySites program(network, disruption);
    program.model.variables[0] = {0.0, longest_days, -1.0, {}};
    for (std::size_t d = 0; d < network.demands.size(); ++d) {
        program.model.variables[program.lost(d)].upper = 0.0;
    }
    return -optimum_of(program.model);
}

double least_loss_by_sites(const SiteNetwork& network, const Disruption& disruption, double days) {
    BySites program(network, disruption);
    program.model.variables[0] = {days, days, 0.0, {}};
    for (std::size_t d = 0; d < network.demands.size(); ++d) {
        program.model.variables[program.lost(d)].cost = network.demands[d].margin.likely();
    }
    return optimum_of(program.model);
}

double time_to_survive_by_halving(
    const SiteNetwork& network,
    const Disruption& disruption,
    double longest_days
) {
    std::vector<double> capacity(network.parts.size(), 0.0);
    std::vector<double> stock(network.parts.size(), 0.0);
    for (std::size_t site = 0; site < network.sites.size(); ++site) {
        capacity[network.sites[site].part.value()] += left_of(network, disruption, site);
        stock[network.sites[site].part.value()] += stock_of(network, disruption, site);
    }
    const auto is_met = [&](double days) {
        std::vector<double> need(network.parts.size(), 0.0);
        for (const model::PartDemand& demand : network.demands) {
            need[demand.part.value()] += demand.per_day.likely() * days;
        }
        for (std::size_t part = need.size(); part-- > 0;) {
            const double made = std::max(0.0, need[part] - stock[part]);
            if (made > capacity[part] * days) {
                return false;
            }
            for (const model::InputGroup& group : network.groups) {
                if (group.part.value() == part) {
                    const model::InputChoice& choice = group.choices.front();
                    need[choice.input.value()] += made * choice.quantity.likely();
                }
            }
        }
        return true;
    };
    double met = 0.0;
    double unmet = longest_days;
    if (is_met(unmet)) {
        return unmet;
    }
    for (int i = 0; i < 200; ++i) {
        const double middle = 0.5 * (met + unmet);
        (is_met(middle) ? met : unmet) = middle;
    }
    return met;
}

}  // namespace adic::shock
