#include "site_chain.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace adic::bench {
namespace {

using model::PartIndex;
using model::SiteNetwork;

class Maker {
  public:
    Maker(const SiteChainShape& shape, std::uint64_t seed) : shape_(shape), random_(seed, 0) {}

    SiteNetwork make() {
        for (std::uint32_t part = 0; part < shape_.parts; ++part) {
            network_.parts.push_back({"part" + std::to_string(part), ""});
            add_groups(part);
        }
        for (std::uint32_t part = first_of(shape_.layers - 1); part < shape_.parts; ++part) {
            const double per_day = 10.0 + static_cast<double>(random_.below(90));
            const double margin = 1.0 + static_cast<double>(random_.below(50));
            network_.demands.push_back({PartIndex{part}, around(per_day), around(margin)});
        }
        add_sites();
        return std::move(network_);
    }

  private:
    std::uint32_t first_of(std::uint32_t layer) const {
        return layer * shape_.parts / shape_.layers;
    }

    Estimate around(double value) {
        if (!shape_.intervals) {
            return Estimate::exactly(value);
        }
        const double low = value * (0.8 + 0.2 * random_.uniform());
        return *Estimate::create(low, value, value * (1.0 + 0.2 * random_.uniform()));
    }

    PartIndex input_below(std::uint32_t layer) {
        const std::uint32_t first = first_of(layer < 2 ? 0 : layer - 2);
        const std::uint32_t last = first_of(layer);
        return PartIndex{first + static_cast<std::uint32_t>(random_.below(last - first))};
    }

    void add_groups(std::uint32_t part) {
        std::uint32_t layer = 0;
        while (layer + 1 < shape_.layers && first_of(layer + 1) <= part) {
            ++layer;
        }
        const std::uint64_t groups = layer == 0 ? 0 : 1 + random_.below(3);
        for (std::uint64_t g = 0; g < groups; ++g) {
            model::InputGroup group{PartIndex{part}, 1, {}};
            const int choices = random_.uniform() < shape_.alternatives ? 2 : 1;
            for (int c = 0; c < choices; ++c) {
                const double quantity = static_cast<double>(1 + random_.below(3));
                group.choices.push_back({input_below(layer), around(quantity)});
            }
            network_.groups.push_back(std::move(group));
        }
    }

    std::vector<double> needs() const {
        std::vector<double> need(shape_.parts, 0.0);
        for (const model::PartDemand& demand : network_.demands) {
            need[demand.part.value()] += demand.per_day.likely();
        }
        for (std::size_t g = network_.groups.size(); g-- > 0;) {  // users come after inputs
            const model::InputGroup& group = network_.groups[g];
            for (const model::InputChoice& choice : group.choices) {
                need[choice.input.value()] += need[group.part.value()] * choice.quantity.likely();
            }
        }
        return need;
    }

    void add_sites() {
        const std::vector<double> need = needs();
        for (std::uint32_t part = 0; part < shape_.parts; ++part) {
            const std::uint64_t sites = 1 + random_.below(shape_.most_sites);
            for (std::uint64_t s = 0; s < sites; ++s) {
                const double usual = need[part] / static_cast<double>(sites);
                network_.sites.push_back(
                    {"site" + std::to_string(network_.sites.size()),
                     PartIndex{part},
                     "country" + std::to_string(random_.below(shape_.countries)),
                     "",
                     around(usual * (1.05 + 0.6 * random_.uniform())),
                     around(usual * 60.0 * random_.uniform())}
                );
            }
        }
    }

    const SiteChainShape& shape_;
    RandomStream random_;
    SiteNetwork network_;
};

}  // namespace

SiteNetwork site_chain(const SiteChainShape& shape, std::uint64_t seed) {
    return Maker(shape, seed).make();
}

}  // namespace adic::bench
