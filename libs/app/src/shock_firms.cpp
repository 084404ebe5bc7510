#include "adic/app/shock_firms.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/firm_network_reader.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

using model::FirmNetwork;
using shock::CapacityLoss;
using shock::Cascade;
using shock::CascadeOptions;
using shock::SystemicRisk;

Error unknown_firm(std::string_view name, const std::vector<std::string_view>& names) {
    std::string message = fmt::format("the network has no firm '{}'", name);
    if (const auto nearest = nearest_word(name, names)) {
        message += fmt::format("; did you mean '{}'?", *nearest);
    }
    return Error{ErrorCode::not_found, std::move(message), {}};
}

Result<std::vector<CapacityLoss>>
resolved(const FirmNetwork& network, const std::vector<NamedLoss>& losses) {
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

/// The three sets of assumptions, ready for use.
struct Assumptions {
    Assumptions(const FirmNetwork& network, double tolerance)
        : replaced(network, CascadeOptions{.tolerance = tolerance})
        , alone(
              network,
              CascadeOptions{
                  .tolerance = tolerance,
                  .replaceable = shock::nobody_replaceable(network)}
          )
        , broken_off(network, CascadeOptions{.tolerance = customary_tolerance}) {}

    Cascade replaced;
    Cascade alone;
    Cascade broken_off;
};

void run_shock(const Assumptions& under, ShockFirmsAnswer& answer) {
    const std::vector<CapacityLoss>& shock = answer.shock;
    answer.risks.push_back(
        {0, under.replaced.risk(shock), under.alone.risk(shock), under.broken_off.risk(shock)}
    );
    answer.replaced_levels = under.replaced.levels(shock);
    answer.alone_levels = under.alone.levels(shock);
}

/// Progress over the three sweeps, of which each is a third.
Progress third_of(const Progress& whole, double part) {
    if (!whole) {
        return {};
    }
    return [&whole, part](std::string_view step, double done) { whole(step, (part + done) / 3.0); };
}

void sweep(
    const Assumptions& under,
    const shock::Run& run,
    const Progress& progress,
    ShockFirmsAnswer& answer
) {
    const auto order = under.replaced.sweep_order();
    const auto risks_under = [&](const Cascade& cascade, double part) {
        shock::Run of_part = run;
        of_part.progress = third_of(progress, part);
        return cascade.risks_of_closing(order, of_part);
    };
    const std::vector<SystemicRisk> broken_off = risks_under(under.broken_off, 0.0);
    const std::vector<SystemicRisk> replaced = risks_under(under.replaced, 1.0);
    const std::vector<SystemicRisk> alone = risks_under(under.alone, 2.0);
    for (std::size_t i = 0; i < order.size(); ++i) {
        answer.risks.push_back({order[i], replaced[i], alone[i], broken_off[i]});
    }
    std::ranges::sort(answer.risks, [](const RiskBracket& a, const RiskBracket& b) {
        return std::tuple(-a.replaced.total, -a.alone.total, a.firm)
               < std::tuple(-b.replaced.total, -b.alone.total, b.firm);
    });
}

}  // namespace

Result<ShockFirmsAnswer> shock_firms(const ShockFirmsRequest& request, const Progress& progress) {
    ShockFirmsAnswer answer;
    ADIC_TRY(answer.network, ingest::read_firm_network(request.network, answer.report));
    if (!answer.report.may_commit()) {
        return answer;
    }
    ADIC_TRY(answer.shock, resolved(answer.network, request.losses));
    const Assumptions under(answer.network, request.tolerance);
    if (request.losses.empty()) {
        sweep(under, {.threads = request.threads, .progress = {}, .stop = {}}, progress, answer);
    } else {
        run_shock(under, answer);
    }
    return answer;
}

}  // namespace adic::app
