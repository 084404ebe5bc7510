#include "adic/model/site_network.hpp"

#include <algorithm>
#include <optional>

namespace adic::model {
namespace {

Error not_a_network(const std::string& what, std::size_t position, const std::string& why) {
    return {ErrorCode::invalid_argument, what + " " + std::to_string(position) + " " + why, {}};
}

/// Empty, or what is wrong with a site.
std::string complaint(const SiteNetwork& network, const Site& site) {
    if (site.part.value() >= network.parts.size()) {
        return "makes a part that is not there";
    }
    if (site.capacity_per_day.low() < 0.0 || site.stock.low() < 0.0) {
        return "has a capacity or a stock below 0";
    }
    if (site.recovery_days && site.recovery_days->low() < 0.0) {
        return "has a recovery below 0 days";
    }
    return {};
}

std::string complaint(const SiteNetwork& network, const InputGroup& group) {
    const auto is_there = [&](PartIndex part) { return part.value() < network.parts.size(); };
    if (!is_there(group.part)) {
        return "is taken by a part that is not there";
    }
    if (group.take == 0 || group.take > group.choices.size()) {
        return "takes none, or more than it has choices";
    }
    for (const InputChoice& choice : group.choices) {
        if (!is_there(choice.input) || !(choice.quantity.low() > 0.0)) {
            return "has a choice of no part, or of a quantity that is not above 0";
        }
    }
    return {};
}

std::string
complaint(const SiteNetwork& network, const PartDemand& demand, std::vector<bool>& seen) {
    if (demand.part.value() >= network.parts.size()) {
        return "asks for a part that is not there";
    }
    if (seen[demand.part.value()]) {
        return "asks for a part a second time";
    }
    seen[demand.part.value()] = true;
    if (demand.per_day.low() < 0.0 || demand.margin.low() < 0.0) {
        return "is for less than nothing";
    }
    return {};
}

}  // namespace

Result<std::monostate> check_site_network(const SiteNetwork& network) {
    for (std::size_t i = 0; i < network.parts.size(); ++i) {
        const auto& total = network.parts[i].total_per_day;
        if (total && total->low() < 0.0) {
            return not_a_network("part", i, "has a total below 0");
        }
    }
    for (std::size_t i = 0; i < network.sites.size(); ++i) {
        if (const auto why = complaint(network, network.sites[i]); !why.empty()) {
            return not_a_network("site", i, why);
        }
    }
    for (std::size_t i = 0; i < network.groups.size(); ++i) {
        if (const auto why = complaint(network, network.groups[i]); !why.empty()) {
            return not_a_network("group", i, why);
        }
    }
    std::vector<bool> seen(network.parts.size(), false);
    for (std::size_t i = 0; i < network.demands.size(); ++i) {
        if (const auto why = complaint(network, network.demands[i], seen); !why.empty()) {
            return not_a_network("demand", i, why);
        }
    }
    return std::monostate{};
}

}  // namespace adic::model
