#include "adic/app/shock_firms.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/firm_network_reader.hpp"

#include "firm_assumptions.hpp"
#include "named_losses.hpp"

#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

using model::FirmNetwork;
using shock::CapacityLoss;

Error unknown_firm(std::string_view name, const std::vector<std::string_view>& names) {
    std::string message = fmt::format("the network has no firm '{}'", name);
    if (const auto nearest = nearest_word(name, names)) {
        message += fmt::format("; did you mean '{}'?", *nearest);
    }
    return Error{ErrorCode::not_found, std::move(message), {}};
}

}  // namespace

Result<std::vector<CapacityLoss>>
resolve_losses(const FirmNetwork& network, const std::vector<NamedLoss>& losses) {
    std::map<std::string_view, std::uint32_t> positions;
    std::vector<std::string_view> names;
    for (std::uint32_t firm = 0; firm < network.firms(); ++firm) {
        positions.emplace(network.name_of(firm), firm);
        names.push_back(network.name_of(firm));
    }
    std::vector<CapacityLoss> shock;
    for (const NamedLoss& loss : losses) {
        const auto found = positions.find(loss.firm);
        if (found == positions.end()) {
            return unknown_firm(loss.firm, names);
        }
        shock.push_back({found->second, loss.lost});
    }
    return shock;
}

Result<ShockFirmsAnswer> shock_firms(const ShockFirmsRequest& request) {
    ShockFirmsAnswer answer;
    ADIC_TRY(answer.network, ingest::read_firm_network(request.network, answer.report));
    if (!answer.report.may_commit()) {
        return answer;
    }
    ADIC_TRY(answer.shock, resolve_losses(answer.network, request.losses));
    const FirmAssumptions under(answer.network, request.tolerance);
    answer.risk = {
        0,
        under.replaced.risk(answer.shock),
        under.alone.risk(answer.shock),
        under.broken_off.risk(answer.shock)};
    answer.replaced_levels = under.replaced.levels(answer.shock);
    answer.alone_levels = under.alone.levels(answer.shock);
    return answer;
}

}  // namespace adic::app
