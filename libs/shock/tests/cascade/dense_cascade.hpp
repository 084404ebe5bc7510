#pragma once

#include "adic/base/random.hpp"
#include "adic/shock/cascade/cascade.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace adic::shock::test {

using model::FirmLink;
using model::FirmNetwork;
using model::InputClass;

/// Firms in a few sectors, links of whole weights between a part of the pairs.
inline FirmNetwork
random_network(RandomStream& random, std::uint32_t firms, std::uint32_t sectors) {
    std::vector<std::string> names;
    std::vector<std::uint32_t> sector_of;
    for (std::uint32_t firm = 0; firm < firms; ++firm) {
        names.push_back(std::to_string(firm));
        sector_of.push_back(static_cast<std::uint32_t>(random.below(sectors)));
    }
    std::vector<InputClass> classes;
    for (std::uint32_t pair = 0; pair < sectors * sectors; ++pair) {
        classes.push_back(static_cast<InputClass>(random.below(3)));
    }
    std::vector<FirmLink> links;
    for (std::uint32_t from = 0; from < firms; ++from) {
        for (std::uint32_t to = 0; to < firms; ++to) {
            if (random.below(4) == 0) {
                links.push_back({from, to, 1.0 + static_cast<double>(random.below(20))});
            }
        }
    }
    return {std::move(names), std::move(sector_of), sectors, std::move(classes), std::move(links)};
}

/// The cascade written from its equations, over all pairs of firms and all sectors, with none of
/// the tested code.
class DenseCascade {
  public:
    DenseCascade(const FirmNetwork& network, CascadeOptions options)
        : network_(network)
        , options_(std::move(options))
        , n_(network.firms())
        , weight_(n_, std::vector<double>(n_, 0.0))
        , sold_(n_, 0.0)
        , bought_(n_, 0.0) {
        for (const FirmLink& link : network.links()) {
            weight_[link.supplier][link.customer] += link.weight;
            sold_[link.supplier] += link.weight;
            bought_[link.customer] += link.weight;
        }
    }

    SystemicRisk run(const std::vector<CapacityLoss>& shock) {
        limit(shock);
        down = most_;
        up = most_;
        SystemicRisk risk;
        double fall = 0.0;
        do {
            const auto before_down = down;
            const auto before_up = up;
            step(before_down, before_up);
            fall = 0.0;
            for (std::size_t i = 0; i < n_; ++i) {
                fall = std::max({fall, before_down[i] - down[i], before_up[i] - up[i]});
            }
            ++risk.steps;
        } while (fall > options_.tolerance);
        sum_up(risk);
        return risk;
    }

    /// One step from these levels.
    void step_from(
        const std::vector<CapacityLoss>& shock,
        const std::vector<double>& old_down,
        const std::vector<double>& old_up
    ) {
        limit(shock);
        down = old_down;
        up = old_up;
        step(old_down, old_up);
    }

    std::vector<double> down;
    std::vector<double> up;

  private:
    void limit(const std::vector<CapacityLoss>& shock) {
        most_.assign(n_, 1.0);
        for (const CapacityLoss& loss : shock) {
            most_[loss.firm] = std::min(most_[loss.firm], 1.0 - loss.lost);
        }
    }

    bool is_replaceable(std::uint32_t sector) const {
        return options_.replaceable.empty() || options_.replaceable[sector];
    }

    double share(std::uint32_t i, const std::vector<double>& level) const {
        const std::uint32_t sector = network_.sector_of(i);
        if (!is_replaceable(sector)) {
            return 1.0;
        }
        double selling = 0.0;
        for (std::uint32_t l = 0; l < n_; ++l) {
            selling += network_.sector_of(l) == sector ? sold_[l] * level[l] : 0.0;
        }
        return std::min(1.0, sold_[i] / (selling <= 1e-10 ? 1.0 : selling));
    }

    void step(const std::vector<double>& old_down, const std::vector<double>& old_up) {
        std::vector<double> felt(n_);
        for (std::uint32_t i = 0; i < n_; ++i) {
            felt[i] = share(i, old_down) * (1.0 - old_down[i]);
        }
        for (std::uint32_t j = 0; j < n_; ++j) {
            down[j] = std::max(0.0, std::min(most_[j], level_with_losses(j, felt)));
        }
        for (std::uint32_t i = 0; i < n_; ++i) {
            double lost = 0.0;
            for (std::uint32_t j = 0; j < n_ && sold_[i] > 0.0; ++j) {
                lost += weight_[i][j] / sold_[i] * (1.0 - old_up[j]);
            }
            up[i] = std::max(0.0, std::min(most_[i], 1.0 - lost));
        }
    }

    double level_with_losses(std::uint32_t j, const std::vector<double>& felt) const {
        double least = 1.0;
        double non_essential = 0.0;
        for (std::uint32_t k = 0; k < network_.sectors(); ++k) {
            double of_sector = 0.0;
            double lost = 0.0;
            for (std::uint32_t i = 0; i < n_; ++i) {
                if (network_.sector_of(i) == k) {
                    of_sector += weight_[i][j];
                    lost += weight_[i][j] * felt[i];
                }
            }
            const InputClass input = network_.class_of(k, network_.sector_of(j));
            if (of_sector > 0.0 && input == InputClass::essential) {
                least = std::min(least, 1.0 - lost / of_sector);
            } else if (of_sector > 0.0 && input == InputClass::non_essential) {
                non_essential += lost / bought_[j];
            }
        }
        return std::min(least, 1.0 - non_essential);
    }

    void sum_up(SystemicRisk& risk) const {
        double all = 0.0;
        for (std::size_t i = 0; i < n_; ++i) {
            all += sold_[i];
            risk.total += sold_[i] * (1.0 - std::min(down[i], up[i]));
            risk.downstream += sold_[i] * (1.0 - down[i]);
            risk.upstream += sold_[i] * (1.0 - up[i]);
        }
        const double base = all > 0.0 ? all : 1.0;
        risk.total /= base;
        risk.downstream /= base;
        risk.upstream /= base;
    }

    const FirmNetwork& network_;
    CascadeOptions options_;
    std::size_t n_;
    std::vector<std::vector<double>> weight_;
    std::vector<double> sold_;
    std::vector<double> bought_;
    std::vector<double> most_;
};

/// One to four firms, each loses all or a part.
inline std::vector<CapacityLoss> random_shock(RandomStream& random, std::uint32_t firms) {
    std::vector<CapacityLoss> shock;
    const std::uint64_t count = 1 + random.below(4);
    for (std::uint64_t i = 0; i < count; ++i) {
        const double lost = random.below(2) == 0 ? 1.0 : random.uniform();
        shock.push_back({static_cast<std::uint32_t>(random.below(firms)), lost});
    }
    return shock;
}

}  // namespace adic::shock::test
