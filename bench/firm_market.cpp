#include "firm_market.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace adic::bench {
namespace {

using model::FirmLink;
using model::InputClass;

/// A position whose chance falls about as 1/(rank + firms/200).
std::uint32_t drawn(RandomStream& random, std::uint32_t firms) {
    const double head = static_cast<double>(firms) / 200.0;
    const double x = head * (std::pow(1.0 + firms / head, random.uniform()) - 1.0);
    return std::min(firms - 1, static_cast<std::uint32_t>(x));
}

}  // namespace

model::FirmNetwork firm_market(const FirmMarketSize& size) {
    RandomStream random{size.seed, 0};
    std::vector<std::string> names;
    std::vector<std::uint32_t> sectors;
    // Ranks of sellers and of buyers are two shufflings of the firms.
    std::vector<std::uint32_t> buyer(size.firms);
    for (std::uint32_t firm = 0; firm < size.firms; ++firm) {
        names.push_back("f" + std::to_string(firm));
        sectors.push_back(static_cast<std::uint32_t>(random.below(size.sectors)));
        const std::uint64_t other = random.below(firm + 1);
        buyer[firm] = buyer[other];
        buyer[other] = firm;
    }
    std::vector<InputClass> classes;
    for (std::uint32_t pair = 0; pair < size.sectors * size.sectors; ++pair) {
        classes.push_back(static_cast<InputClass>(random.below(3)));
    }
    std::vector<FirmLink> links;
    while (links.size() < size.links) {
        const std::uint32_t supplier = drawn(random, size.firms);
        const std::uint32_t customer = buyer[drawn(random, size.firms)];
        if (supplier != customer) {
            const double weight = std::floor(1.0 + 10.0 / (1.02 - random.uniform()));
            links.push_back({supplier, customer, weight});
        }
    }
    return {
        std::move(names),
        std::move(sectors),
        size.sectors,
        std::move(classes),
        std::move(links)};
}

}  // namespace adic::bench
