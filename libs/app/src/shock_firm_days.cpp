#include "adic/app/shock_firm_days.hpp"

#include "adic/ingest/firm_figures_reader.hpp"
#include "adic/ingest/firm_network_reader.hpp"

#include "named_losses.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

using model::FirmNetwork;

Error refusal(std::string message) {
    return Error{ErrorCode::invalid_argument, std::move(message), {}};
}

/// What is wrong with the parameters, if anything.
std::optional<Error> wrong_in(const ShockFirmDaysRequest& request, const FirmNetwork& network) {
    constexpr double most = 1e6;
    const std::size_t count = request.stock_days.size();
    if (count != 1 && count != network.sectors()) {
        return refusal(fmt::format(
            "days of stock: {} values; give one, or one for each of the {} sectors",
            count,
            network.sectors()
        ));
    }
    for (const double days : request.stock_days) {
        if (!(days > 0.0 && days <= most)) {
            return refusal(fmt::format("days of stock: {} is not above 0", days));
        }
    }
    if (!(request.restock_days >= 1.0 && request.restock_days <= most)) {
        return refusal(fmt::format("days of restocking: {} is not at least 1", request.restock_days)
        );
    }
    return std::nullopt;
}

Result<std::vector<double>>
final_demand_of(const ShockFirmDaysRequest& request, ShockFirmDaysAnswer& answer) {
    std::optional<std::filesystem::path> file = ingest::find_final_demand(request.network);
    if (!request.final_demand.empty()) {
        file = request.final_demand;
    }
    if (!file) {
        return refusal(fmt::format(
            "there is no table final_demand beside '{}': name one, with columns firm and "
            "final_demand",
            request.network.string()
        ));
    }
    return ingest::read_final_demand(*file, answer.network, answer.report);
}

Result<std::vector<shock::FirmLoss>>
losses_of(const ShockFirmDaysRequest& request, ShockFirmDaysAnswer& answer) {
    double back = 0.0;
    if (request.repair_days) {
        back = 1.0 / std::max<std::uint32_t>(1, *request.repair_days);
    }
    std::vector<shock::FirmLoss> losses;
    if (!request.losses_file.empty()) {
        ADIC_TRY(
            const std::vector<model::FirmFigure> read,
            ingest::read_capacity_losses(request.losses_file, answer.network, answer.report)
        );
        for (const model::FirmFigure& loss : read) {
            losses.push_back({loss.firm, loss.value, back});
        }
    }
    ADIC_TRY(const auto named, resolve_losses(answer.network, request.losses));
    for (const shock::CapacityLoss& loss : named) {
        if (!(loss.lost >= 0.0 && loss.lost <= 1.0)) {
            return refusal(fmt::format("a firm cannot lose a part of {}", loss.lost));
        }
        losses.push_back({loss.firm, loss.lost, back});
    }
    return losses;
}

/// Follows one output through the days; `on_day` gives it.
template <typename OnDay>
OutputLoss loss_of(std::uint32_t position, double usual, std::size_t days, const OnDay& on_day) {
    OutputLoss loss{position, usual, 0.0, 1.0, 0};
    for (std::size_t day = 0; usual > 0.0 && day < days; ++day) {
        const double part = on_day(day) / usual;
        loss.days_lost += 1.0 - part;
        if (part < loss.lowest) {
            loss.lowest = part;
            loss.lowest_day = static_cast<std::uint32_t>(day);
        }
    }
    return loss;
}

void rank_firms(std::span<const double> usual, ShockFirmDaysAnswer& answer) {
    const std::size_t firms = usual.size();
    for (std::uint32_t firm = 0; firm < firms; ++firm) {
        answer.firms.push_back(loss_of(firm, usual[firm], answer.run.steps(), [&](std::size_t day) {
            return answer.run.by_firm[day * firms + firm];
        }));
    }
    std::ranges::stable_sort(answer.firms, [](const OutputLoss& a, const OutputLoss& b) {
        return a.days_lost * a.usual > b.days_lost * b.usual;
    });
}

void add_up_sectors(std::span<const double> usual, ShockFirmDaysAnswer& answer) {
    const std::size_t firms = usual.size();
    const std::size_t sectors = answer.network.sectors();
    const std::size_t days = answer.run.steps();
    std::vector<double> usual_by_sector(sectors, 0.0);
    answer.output_by_sector.assign(days * sectors, 0.0);
    for (std::uint32_t firm = 0; firm < firms; ++firm) {
        const std::uint32_t sector = answer.network.sector_of(firm);
        usual_by_sector[sector] += usual[firm];
        for (std::size_t day = 0; day < days; ++day) {
            answer.output_by_sector[day * sectors + sector] +=
                answer.run.by_firm[day * firms + firm];
        }
    }
    for (std::uint32_t sector = 0; sector < sectors; ++sector) {
        if (usual_by_sector[sector] > 0.0) {
            answer.sectors
                .push_back(loss_of(sector, usual_by_sector[sector], days, [&](std::size_t day) {
                    return answer.output_by_sector[day * sectors + sector];
                }));
        }
    }
}

}  // namespace

double ShockFirmDaysAnswer::unmet_part(std::size_t day) const {
    return run.consumption_before > 0.0 ? 1.0 - run.consumption[day] / run.consumption_before : 0.0;
}

Result<ShockFirmDaysAnswer>
shock_firm_days(const ShockFirmDaysRequest& request, const Progress& progress) {
    ShockFirmDaysAnswer answer;
    ADIC_TRY(answer.network, ingest::read_firm_network(request.network, answer.report));
    if (!answer.report.may_commit()) {
        return answer;
    }
    if (auto wrong = wrong_in(request, answer.network)) {
        return *std::move(wrong);
    }
    ADIC_TRY(const std::vector<double> final_demand, final_demand_of(request, answer));
    ADIC_TRY(answer.shock, losses_of(request, answer));
    if (!answer.report.may_commit()) {
        return answer;
    }
    const shock::FirmDynamics dynamics(
        answer.network,
        final_demand,
        {.steps = request.days,
         .stock_steps = request.stock_days,
         .restock_steps = request.restock_days,
         .keep = shock::Keep::every_firm}
    );
    answer.run = dynamics.run(answer.shock, {.threads = 1, .progress = progress, .stop = {}});
    rank_firms(dynamics.usual_output(), answer);
    add_up_sectors(dynamics.usual_output(), answer);
    return answer;
}

}  // namespace adic::app
