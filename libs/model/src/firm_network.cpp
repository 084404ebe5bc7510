#include "adic/model/firm_network.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>
#include <utility>

namespace adic::model {
namespace {

/// By supplier and customer, each pair once.
std::vector<FirmLink> merged(std::vector<FirmLink> links) {
    std::ranges::stable_sort(links, [](const FirmLink& a, const FirmLink& b) {
        return std::tie(a.supplier, a.customer) < std::tie(b.supplier, b.customer);
    });
    std::size_t kept = 0;
    for (const FirmLink& link : links) {
        const bool again = kept > 0 && links[kept - 1].supplier == link.supplier
                           && links[kept - 1].customer == link.customer;
        if (again) {
            links[kept - 1].weight += link.weight;
        } else {
            links[kept++] = link;
        }
    }
    links.resize(kept);
    return links;
}

}  // namespace

FirmNetwork::FirmNetwork(
    std::vector<std::string> names,
    std::vector<std::uint32_t> sector_of,
    std::uint32_t sectors,
    std::vector<InputClass> classes,
    std::vector<FirmLink> links
)
    : names_(std::move(names))
    , sector_of_(std::move(sector_of))
    , sectors_(sectors)
    , classes_(std::move(classes))
    , links_(merged(std::move(links))) {
    assert(sector_of_.size() == names_.size());
    assert(classes_.size() == std::size_t{sectors} * sectors);
    first_sale_.assign(names_.size() + 1, 0);
    for (const FirmLink& link : links_) {
        ++first_sale_[link.supplier + 1];
    }
    for (std::size_t firm = 0; firm < names_.size(); ++firm) {
        first_sale_[firm + 1] += first_sale_[firm];
    }
}

}  // namespace adic::model
