#include "plain_cascade.hpp"

#include <algorithm>
#include <vector>

namespace adic::bench {
namespace {

using model::FirmLink;
using model::FirmNetwork;
using model::InputClass;
using shock::SystemicRisk;

using Numbers = std::vector<double>;

/// The purchases of all firms: by customer, then by the supplier's sector.
std::vector<FirmLink> purchases_of(const FirmNetwork& network) {
    std::vector<FirmLink> links(network.links().begin(), network.links().end());
    std::ranges::stable_sort(links, [&](const FirmLink& a, const FirmLink& b) {
        const auto sector_a = network.sector_of(a.supplier);
        const auto sector_b = network.sector_of(b.supplier);
        return a.customer != b.customer ? a.customer < b.customer : sector_a < sector_b;
    });
    return links;
}

class Plain {
  public:
    Plain(const FirmNetwork& network, std::uint32_t closed)
        : network_(network)
        , purchases_(purchases_of(network))
        , sold_(network.firms(), 0.0)
        , bought_(network.firms(), 0.0)
        , most_(network.firms(), 1.0) {
        for (const FirmLink& link : purchases_) {
            sold_[link.supplier] += link.weight;
            bought_[link.customer] += link.weight;
        }
        most_[closed] = 0.0;
        down_ = most_;
        up_ = most_;
    }

    SystemicRisk run(double tolerance) {
        SystemicRisk risk;
        double fall = 0.0;
        do {
            const Numbers down = next_down();
            const Numbers up = next_up();
            fall = 0.0;
            for (std::size_t i = 0; i < down.size(); ++i) {
                fall = std::max({fall, down_[i] - down[i], up_[i] - up[i]});
            }
            down_ = down;
            up_ = up;
            ++risk.steps;
        } while (fall > tolerance);
        add_up(risk);
        return risk;
    }

  private:
    Numbers felt() const {
        Numbers selling(network_.sectors(), 0.0);
        for (std::uint32_t i = 0; i < network_.firms(); ++i) {
            selling[network_.sector_of(i)] += sold_[i] * down_[i];
        }
        Numbers felt(network_.firms());
        for (std::uint32_t i = 0; i < network_.firms(); ++i) {
            const double market = selling[network_.sector_of(i)];
            felt[i] = std::min(1.0, sold_[i] / (market > 1e-10 ? market : 1.0)) * (1.0 - down_[i]);
        }
        return felt;
    }

    Numbers next_down() const {
        const Numbers felt_of = felt();
        Numbers worst(network_.firms(), 0.0);
        Numbers non_essential(network_.firms(), 0.0);
        for (std::size_t first = 0; first < purchases_.size();) {
            const std::uint32_t customer = purchases_[first].customer;
            const std::uint32_t sector = network_.sector_of(purchases_[first].supplier);
            double bought = 0.0;
            double lost = 0.0;
            for (; first < purchases_.size(); ++first) {
                const FirmLink& link = purchases_[first];
                if (link.customer != customer || network_.sector_of(link.supplier) != sector) {
                    break;
                }
                bought += link.weight;
                lost += link.weight * felt_of[link.supplier];
            }
            const InputClass input = network_.class_of(sector, network_.sector_of(customer));
            if (input == InputClass::essential) {
                worst[customer] = std::max(worst[customer], lost / bought);
            } else if (input == InputClass::non_essential) {
                non_essential[customer] += lost / bought_[customer];
            }
        }
        return limited(worst, non_essential);
    }

    Numbers next_up() const {
        Numbers lost(network_.firms(), 0.0);
        for (const FirmLink& link : network_.links()) {
            lost[link.supplier] += link.weight / sold_[link.supplier] * (1.0 - up_[link.customer]);
        }
        return limited(lost, lost);
    }

    Numbers limited(const Numbers& lost, const Numbers& lost_too) const {
        Numbers level(network_.firms());
        for (std::size_t i = 0; i < level.size(); ++i) {
            level[i] = std::max(0.0, std::min({most_[i], 1.0 - lost[i], 1.0 - lost_too[i]}));
        }
        return level;
    }

    void add_up(SystemicRisk& risk) const {
        double all = 0.0;
        for (std::size_t i = 0; i < sold_.size(); ++i) {
            all += sold_[i];
            risk.total += sold_[i] * (1.0 - std::min(down_[i], up_[i]));
            risk.downstream += sold_[i] * (1.0 - down_[i]);
            risk.upstream += sold_[i] * (1.0 - up_[i]);
        }
        risk.total /= all;
        risk.downstream /= all;
        risk.upstream /= all;
    }

    const FirmNetwork& network_;
    std::vector<FirmLink> purchases_;
    Numbers sold_;
    Numbers bought_;
    Numbers most_;
    Numbers down_;
    Numbers up_;
};

}  // namespace

SystemicRisk plain_cascade(const FirmNetwork& network, std::uint32_t closed, double tolerance) {
    return Plain(network, closed).run(tolerance);
}

}  // namespace adic::bench
