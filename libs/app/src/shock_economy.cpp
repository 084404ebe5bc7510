#include "adic/app/shock_economy.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/input_output_reader.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

using model::InputOutputTable;
using shock::CapitalLoss;

bool is_meant(const InputOutputTable& table, std::size_t industry, std::string_view name) {
    return name == table.name_of(industry) || name == table.regions()[table.region_of(industry)]
           || name == table.sectors()[table.sector_of(industry)];
}

Error unknown_industry(const InputOutputTable& table, std::string_view name) {
    return Error{
        ErrorCode::not_found,
        fmt::format(
            "the table has no industry, region or sector '{}'; its regions are {} to {}, its "
            "sectors {} to {}, an industry is '{}'",
            name,
            table.regions().front(),
            table.regions().back(),
            table.sectors().front(),
            table.sectors().back(),
            table.name_of(0)
        ),
        {}};
}

Result<std::vector<CapitalLoss>>
resolved(const InputOutputTable& table, const ShockEconomyRequest& request) {
    std::vector<CapitalLoss> losses;
    for (const NamedCapitalLoss& named : request.losses) {
        const std::size_t before = losses.size();
        for (std::size_t i = 0; i < table.industries(); ++i) {
            if (is_meant(table, i, named.industries)) {
                losses.push_back(
                    {i, named.lost, request.day, request.repair_from, request.repair_days}
                );
            }
        }
        if (losses.size() == before) {
            return unknown_industry(table, named.industries);
        }
    }
    return losses;
}

IndustryLoss loss_of(const ShockEconomyAnswer& answer, std::size_t industry) {
    IndustryLoss loss{industry, 0.0, 1.0, 0};
    constexpr double days_a_year = 365.0;
    const double usual = answer.table.output()[industry] / days_a_year;
    for (std::size_t day = 0; usual > 0.0 && day < answer.run.days(); ++day) {
        const double part = answer.run.on_day(day)[industry] / usual;
        loss.days_lost += 1.0 - part;
        if (part < loss.lowest) {
            loss.lowest = part;
            loss.lowest_day = static_cast<std::uint32_t>(day);
        }
    }
    return loss;
}

void rank_industries(ShockEconomyAnswer& answer) {
    for (std::size_t i = 0; i < answer.table.industries(); ++i) {
        answer.industries.push_back(loss_of(answer, i));
    }
    const std::vector<double>& output = answer.table.output();
    std::ranges::stable_sort(answer.industries, [&](const IndustryLoss& a, const IndustryLoss& b) {
        return a.days_lost * output[a.industry] > b.days_lost * output[b.industry];
    });
}

}  // namespace

Result<ShockEconomyAnswer>
shock_economy(const ShockEconomyRequest& request, const Progress& progress) {
    ShockEconomyAnswer answer;
    ADIC_TRY(answer.table, ingest::read_input_output_table(request.table, answer.report));
    if (!answer.report.may_commit()) {
        return answer;
    }
    ADIC_TRY(const std::vector<CapitalLoss> losses, resolved(answer.table, request));
    answer.run = shock::Ario(answer.table, request.options)
                     .run({losses}, {.threads = 0, .progress = progress});
    const auto sum = [](const std::vector<double>& values) {
        return std::accumulate(values.begin(), values.end(), 0.0);
    };
    constexpr double days_a_year = 365.0;
    const double demand = sum(answer.table.final_demand()) / days_a_year;
    answer.unmet_days = demand > 0.0 ? sum(answer.run.unmet_demand) / demand : 0.0;
    rank_industries(answer);
    return answer;
}

}  // namespace adic::app
