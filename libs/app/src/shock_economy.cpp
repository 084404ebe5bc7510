#include "adic/app/shock_economy.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/input_output_reader.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
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

/// The positions of the industries that a name stands for.
Result<std::vector<std::size_t>>
industries_of(const InputOutputTable& table, std::string_view name) {
    std::vector<std::size_t> meant;
    for (std::size_t i = 0; i < table.industries(); ++i) {
        if (is_meant(table, i, name)) {
            meant.push_back(i);
        }
    }
    if (meant.empty()) {
        return unknown_industry(table, name);
    }
    return meant;
}

Error refusal(std::string message) {
    return Error{ErrorCode::invalid_argument, std::move(message), {}};
}

Result<std::vector<CapitalLoss>>
losses_of(const InputOutputTable& table, const ShockEconomyRequest& request) {
    const shock::Repair repair =
        request.rebuilding.empty() ? shock::Repair::over_time : shock::Repair::by_rebuilding;
    if (request.repair_from < request.day) {
        return refusal("repair cannot begin before the loss");
    }
    std::vector<CapitalLoss> losses;
    for (const NamedCapitalLoss& named : request.losses) {
        if (!(named.lost >= 0.0 && named.lost <= 1.0)) {
            return refusal(
                fmt::format("'{}' cannot lose a part of {}", named.industries, named.lost)
            );
        }
        ADIC_TRY(const std::vector<std::size_t> meant, industries_of(table, named.industries));
        for (const std::size_t industry : meant) {
            losses.push_back(
                {industry,
                 named.lost,
                 request.day,
                 request.repair_from,
                 request.repair_days,
                 repair}
            );
        }
    }
    return losses;
}

Result<std::vector<shock::DemandChange>>
demand_of(const InputOutputTable& table, const ShockEconomyRequest& request) {
    std::vector<shock::DemandChange> changes;
    for (const NamedDemandChange& named : request.demand) {
        constexpr double most = 1e6;
        if (!(named.factor >= 0.0 && named.factor <= most)) {
            return refusal(fmt::format(
                "demand for '{}' cannot be {} times the usual",
                named.industries,
                named.factor
            ));
        }
        ADIC_TRY(const std::vector<std::size_t> meant, industries_of(table, named.industries));
        for (const std::size_t industry : meant) {
            changes.push_back({industry, named.factor, named.from, named.until});
        }
    }
    return changes;
}

Result<std::vector<shock::RebuildingPart>>
rebuilding_of(const InputOutputTable& table, const ShockEconomyRequest& request) {
    std::vector<shock::RebuildingPart> parts;
    double sum = 0.0;
    for (const NamedRebuilding& named : request.rebuilding) {
        const auto found = std::ranges::find(table.sectors(), named.sector);
        if (found == table.sectors().end()) {
            return unknown_industry(table, named.sector);
        }
        if (!(named.part > 0.0 && named.part <= 1.0)) {
            return refusal(fmt::format("'{}' cannot supply a part of {}", named.sector, named.part)
            );
        }
        sum += named.part;
        parts.push_back({static_cast<std::size_t>(found - table.sectors().begin()), named.part});
    }
    constexpr double slack = 1e-9;
    if (!parts.empty() && std::abs(sum - 1.0) > slack) {
        return refusal(fmt::format("the parts that sectors rebuild add up to {}, not to 1", sum));
    }
    return parts;
}

/// A parameter that is one value, or one for each sector.
struct Listed {
    std::string_view name;
    const std::vector<double>* values;
    double above;  ///< and above it only
    double most;
};

/// What is wrong with the parameters, if anything.
std::optional<Error> wrong_in(const InputOutputTable& table, const shock::ArioOptions& options) {
    constexpr double days = 1e6;
    constexpr double below_1 = 1.0 - 1e-12;
    for (const Listed& listed : {
             Listed{"days of stock", &options.stock_days, 0.0, days},
             Listed{"part of the stock that is needed", &options.stock_needed, 0.0, 1.0},
             Listed{"days of restocking", &options.restock_days, below_1, days},
             Listed{"overproduction", &options.capacity_most, below_1, days},
             Listed{"days of overproduction", &options.capacity_days, below_1, days},
         }) {
        const std::size_t count = listed.values->size();
        if (count != 1 && count != table.sectors().size()) {
            return refusal(fmt::format(
                "{}: {} values; give one, or one for each of the {} sectors",
                listed.name,
                count,
                table.sectors().size()
            ));
        }
        for (const double value : *listed.values) {
            if (!(value > listed.above && value <= listed.most)) {
                return refusal(fmt::format("{}: {} is out of range", listed.name, value));
            }
        }
    }
    const bool is_good =
        options.price_rise >= 0.0 && options.demand_response >= 0.0 && options.capital_years > 0.0;
    if (!is_good) {
        return refusal("prices and capital cannot be below 0");
    }
    return std::nullopt;
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
    for (std::size_t day = 0; !answer.run.price.empty() && day < answer.run.days(); ++day) {
        const double price = answer.run.price_on_day(day)[industry];
        loss.highest_price = std::max(loss.highest_price.value_or(1.0), price);
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
    answer.layout =
        ingest::find_input_output_table(request.table).value_or(ingest::TableLayout::matrices);
    if (auto wrong = wrong_in(answer.table, request.options)) {
        return *std::move(wrong);
    }
    shock::EconomyShock shock;
    ADIC_TRY(shock.losses, losses_of(answer.table, request));
    ADIC_TRY(shock.demand, demand_of(answer.table, request));
    ADIC_TRY(shock.rebuilding, rebuilding_of(answer.table, request));
    answer.run = shock::Ario(answer.table, request.options)
                     .run(shock, {.threads = request.threads, .progress = progress, .stop = {}});
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
