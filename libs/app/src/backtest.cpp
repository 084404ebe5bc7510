#include "adic/app/backtest.hpp"

#include "adic/app/opened_map.hpp"
#include "adic/app/run_scenario.hpp"
#include "adic/base/text.hpp"
#include "adic/ingest/csv_reader.hpp"
#include "adic/ingest/monthly_flow_reader.hpp"
#include "adic/ingest/scenario_file.hpp"
#include "adic/shock/scenario/paths.hpp"
#include "adic/shock/scenario/resolve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace adic::app {
namespace {

using model::MonthlyFlows;
using std::chrono::sys_days;
using std::chrono::year_month;

constexpr int year_of_months = 12;

/// A code that a control reaches, and how much of it.
struct ControlledCode {
    std::string hs6;
    std::string scheme;
    std::string code;
    Estimate part;
};

Result<std::vector<ControlledCode>> read_codes(const std::filesystem::path& data) {
    ingest::ImportReport report;
    ADIC_TRY(
        ingest::CsvReader reader,
        ingest::CsvReader::open(data / "reference" / "controlled_parts.csv", report)
    );
    std::vector<ControlledCode> codes;
    while (reader.next()) {
        const auto cells = reader.fields();
        constexpr std::size_t columns = 8;
        if (cells.size() != columns || cells[0] == "hs6") {
            continue;
        }
        const auto low = parse_decimal(cells[3]);
        const auto likely = parse_decimal(cells[4]);
        const auto high = parse_decimal(cells[5]);
        const auto part =
            Estimate::create(low.value_or(-1), likely.value_or(-1), high.value_or(-1));
        if (!part || part->low() < 0.0 || part->high() > 1.0) {
            return Error{
                ErrorCode::invalid_argument,
                fmt::format("{}:{}: the part is not within 0 and 1", reader.name(), reader.row()),
                {}};
        }
        codes.push_back({std::string(cells[0]), std::string(cells[1]), std::string(cells[2]), *part}
        );
    }
    return codes;
}

/// Before the date nobody knew what part would be approved, or delivered in the end.
model::Scenario as_known_before(model::Scenario scenario) {
    for (model::ShockEvent& event : scenario.events) {
        if (event.control) {
            const Estimate anything = *Estimate::create(0.0, 0.5, 1.0);
            event.control->approved_share.value = anything;
            if (event.control->backlog_share) {
                event.control->backlog_share->value = anything;
            }
        }
    }
    return scenario;
}

/// The day on which the first control became known.
sys_days announcement_of(const model::Scenario& scenario) {
    sys_days first = scenario.start + std::chrono::days(scenario.horizon_days);
    for (const model::ShockEvent& event : scenario.events) {
        if (event.control) {
            const sys_days start = scenario.start + std::chrono::days(event.start_day);
            first = std::min(first, event.control->announced.value_or(start));
        }
    }
    return first;
}

sys_days start_of(const model::Scenario& scenario) {
    sys_days first = scenario.start + std::chrono::days(scenario.horizon_days);
    for (const model::ShockEvent& event : scenario.events) {
        if (event.control) {
            first = std::min(first, scenario.start + std::chrono::days(event.start_day));
        }
    }
    return first;
}

year_month month_of(sys_days day) {
    const std::chrono::year_month_day date{day};
    return date.year() / date.month();
}

/// Kilograms by month of one code, to one partner or to all.
using Series = std::map<year_month, double>;

struct CodeFlows {
    Series all;
    std::map<std::string, Series> by_partner;
};

CodeFlows flows_of(const MonthlyFlows& flows, const std::string& code) {
    CodeFlows found;
    for (std::size_t i = 0; i < flows.size(); ++i) {
        if (flows.products[flows.product[i]] == code && !std::isnan(flows.quantity[i])) {
            found.all[flows.month[i]] += flows.quantity[i];
            found.by_partner[flows.states[flows.importer[i]]][flows.month[i]] += flows.quantity[i];
        }
    }
    return found;
}

/// (B1): the mean of the twelve months before `month`; a month without a flow counts as 0.
double usual_before(const Series& series, year_month month) {
    double sum = 0.0;
    for (int back = 1; back <= year_of_months; ++back) {
        const auto found = series.find(month - std::chrono::months(back));
        sum += found == series.end() ? 0.0 : found->second;
    }
    return sum / year_of_months;
}

/// (B2): how far months of the past were from the mean of the year before them: the 5th and the
/// 95th part in a hundred of their ratios.
std::pair<double, double> usual_spread(const Series& series, year_month before) {
    std::vector<double> ratios;
    for (const auto& [month, quantity] : series) {
        const bool has_year = month >= series.begin()->first + std::chrono::months(year_of_months);
        const double usual = has_year ? usual_before(series, month) : 0.0;
        if (month < before && usual > 0.0) {
            ratios.push_back(quantity / usual);
        }
    }
    if (ratios.empty()) {
        return {1.0, 1.0};
    }
    std::ranges::sort(ratios);
    const auto at = [&](double part) {
        return ratios[static_cast<std::size_t>(part * static_cast<double>(ratios.size() - 1))];
    };
    return {std::min(1.0, at(0.05)), std::max(1.0, at(0.95))};
}

/// A map of one item that one state supplies, for the ways of the scenario to be traced on.
class OneItemMap {
  public:
    OneItemMap(
        const model::SupplyMap& world,
        const ControlledCode& code,
        const std::string& origin
    ) {
        map_.states = world.states;
        map_.blocs = world.blocs;
        map_.provenances.push_back(
            {model::SourceIndex{0}, {}, model::Confidence::d, {}, "public", ""}
        );
        const model::ProvenanceIndex fact{0};
        const model::ItemIndex item =
            *map_.items.add({code.hs6, code.hs6, model::ItemKind::material, "kg", 0, {}, "", fact});
        map_.codes.push_back({item, code.scheme, code.code, fact});
        map_.supplies.push_back(
            {item, map_.states.find(origin), {}, {}, Estimate::exactly(1.0), {}, "", {}, fact}
        );
    }

    const model::SupplyMap& map() const { return map_; }

  private:
    model::SupplyMap map_;
};

/// The supply's part by week for one buyer, at the three readings of the scenario.
using Courses = std::array<std::vector<double>, 3>;

Result<Courses> courses_for(
    const model::Scenario& scenario,
    const supply::MapIndex& index,
    const model::SeaRoutes& routes,
    const std::string& buyer
) {
    ADIC_TRY(const supply::Viewpoint viewpoint, supply::parse_viewpoint(index.map(), buyer));
    ADIC_TRY(
        const shock::ResolvedScenario resolved,
        shock::resolve(scenario, index, routes, viewpoint)
    );
    Courses courses;
    constexpr std::array ends{
        shock::Harshness::harsh,
        shock::Harshness::likely,
        shock::Harshness::mild};
    for (std::size_t end = 0; end < ends.size(); ++end) {
        const auto paths = shock::trace_paths(resolved, shock::list_outcomes(resolved, ends[end]));
        const shock::SupplyPath* path = paths.find(0);
        for (std::uint32_t week = 0; week < resolved.weeks(); ++week) {
            courses[end].push_back(
                path == nullptr ? 1.0 : std::min(1.0, path->availability[week] + path->late[week])
            );
        }
    }
    return courses;
}

/// The mean over the days of the month; days outside the scenario are as usual.
double mean_in(const std::vector<double>& weeks, sys_days start, year_month month) {
    constexpr int week = 7;
    const sys_days first = month / std::chrono::day(1);
    const sys_days last = (month + std::chrono::months(1)) / std::chrono::day(1);
    double sum = 0.0;
    for (sys_days day = first; day < last; day += std::chrono::days(1)) {
        const auto since = (day - start).count();
        const auto at = static_cast<std::size_t>(since / week);
        sum += since < 0 || at >= weeks.size() ? 1.0 : weeks[at];
    }
    return sum / static_cast<double>((last - first).count());
}

/// (B3): what is left of a code of which a part is controlled; the harsh end has the larger part.
Estimate left_of(const Courses& courses, const ControlledCode& code, sys_days start, year_month m) {
    const double harsh = 1.0 - code.part.high() * (1.0 - mean_in(courses[0], start, m));
    const double likely = 1.0 - code.part.likely() * (1.0 - mean_in(courses[1], start, m));
    const double mild = 1.0 - code.part.low() * (1.0 - mean_in(courses[2], start, m));
    return *Estimate::create(
        std::min({harsh, likely, mild}),
        likely,
        std::max({harsh, likely, mild})
    );
}

double value_in(const Series& series, year_month month) {
    const auto found = series.find(month);
    return found == series.end() ? 0.0 : found->second;
}

Estimate sum_of(const Estimate& a, const Estimate& b) {
    return *Estimate::create(a.low() + b.low(), a.likely() + b.likely(), a.high() + b.high());
}

Estimate scaled(const Estimate& x, double low, double likely, double high) {
    return *Estimate::create(x.low() * low, x.likely() * likely, x.high() * high);
}

/// The forecast of one code, partner by partner.
class CodeForecast {
  public:
    CodeForecast(const model::Scenario& scenario, const ControlledCode& code, CodeFlows flows)
        : scenario_(scenario)
        , code_(code)
        , flows_(std::move(flows))
        , announced_(month_of(announcement_of(scenario)))
        , in_force_(month_of(start_of(scenario) + std::chrono::days(27))) {}

    /// Errors: no year of flows before the announcement.
    Result<bool>
    run(const supply::MapIndex& index, const model::SeaRoutes& routes, BacktestAnswer& answer) {
        if (flows_.all.empty()
            || flows_.all.begin()->first > announced_ - std::chrono::months(year_of_months)) {
            return false;
        }
        last_ = flows_.all.rbegin()->first;
        for (year_month m = announced_; m <= last_; m += std::chrono::months(1)) {
            months_.emplace(m, Estimate::exactly(0.0));
        }
        for (const auto& [partner, series] : flows_.by_partner) {
            ADIC_TRY(const Courses courses, courses_of(index, routes, partner));
            add_partner(courses, partner, series, answer);
        }
        close(answer);
        return true;
    }

  private:
    /// As usual for a partner that the map does not know: nobody can say what reaches it.
    Result<Courses> courses_of(
        const supply::MapIndex& index,
        const model::SeaRoutes& routes,
        const std::string& partner
    ) const {
        const bool is_known = index.map().states.find(partner).has_value();
        return is_known ? courses_for(scenario_, index, routes, partner) : Courses{};
    }

    void add_partner(
        const Courses& courses,
        const std::string& partner,
        const Series& series,
        BacktestAnswer& answer
    ) {
        const double usual = usual_before(series, announced_);
        ForecastPartner all{code_.hs6, partner, Estimate::exactly(0.0), 0.0};
        for (auto& [month, total] : months_) {
            const Estimate left = left_of(courses, code_, scenario_.start, month);
            const Estimate forecast = scaled(left, usual, usual, usual);
            total = sum_of(total, forecast);
            if (month >= in_force_) {
                all.forecast = sum_of(all.forecast, forecast);
                all.actual += value_in(series, month);
            }
        }
        answer.partners.push_back(std::move(all));
    }

    /// (B4): the errors, of the months in which the control was in force from early on.
    void close(BacktestAnswer& answer) {
        const auto [low, high] = usual_spread(flows_.all, announced_);
        const double usual = usual_before(flows_.all, announced_);
        ForecastError error{code_.hs6};
        for (const auto& [month, left] : months_) {
            const Estimate forecast = scaled(left, low, 1.0, high);
            const double actual = value_in(flows_.all, month);
            answer.months.push_back({code_.hs6, month, forecast, usual, actual});
            if (month >= in_force_ && usual > 0.0) {
                ++error.months;
                error.within += actual >= forecast.low() && actual <= forecast.high() ? 1U : 0U;
                error.model += std::abs(actual - forecast.likely()) / usual;
                error.naive += std::abs(actual - usual) / usual;
            }
        }
        if (error.months > 0) {
            error.model /= error.months;
            error.naive /= error.months;
        }
        answer.errors.push_back(std::move(error));
    }

    const model::Scenario& scenario_;
    const ControlledCode& code_;
    CodeFlows flows_;
    year_month announced_;
    year_month in_force_;  ///< the first month that has at least a few days of it
    year_month last_{};
    std::map<year_month, Estimate> months_;
};

/// Whether an event of the scenario controls goods with this code.
bool is_target(const model::Scenario& scenario, const ControlledCode& code) {
    return std::ranges::any_of(scenario.events, [&](const model::ShockEvent& event) {
        return event.control
               && std::ranges::any_of(
                   event.target.items.codes,
                   [&](const model::CodePrefix& prefix) {
                       return prefix.scheme == code.scheme && code.code.starts_with(prefix.prefix);
                   }
               );
    });
}

Error nothing_to_compare(const BacktestRequest& request) {
    return Error{
        ErrorCode::invalid_argument,
        fmt::format(
            "'{}' has no flow of a code that '{}' controls with a year before it was announced; "
            "data/reference/controlled_parts.csv lists the codes",
            request.flows.string(),
            request.scenario
        ),
        {}};
}

}  // namespace

Result<BacktestAnswer> backtest(const BacktestRequest& request) {
    BacktestAnswer answer;
    ADIC_TRY(const model::Scenario told, find_scenario(request.data, request.scenario));
    const model::Scenario scenario = as_known_before(told);
    ADIC_TRY(const std::vector<ControlledCode> codes, read_codes(request.data));
    ADIC_TRY(const MonthlyFlows flows, ingest::read_monthly_flows(request.flows, answer.report));
    ADIC_TRY(const auto world, open_map(request.data / "sample"));
    ingest::ImportReport routes_report;
    ADIC_TRY(
        const model::SeaRoutes routes,
        ingest::read_sea_routes(request.data / "reference", routes_report)
    );
    for (const ControlledCode& code : codes) {
        if (!is_target(scenario, code) || flows.size() == 0) {
            continue;
        }
        const OneItemMap one(world->map(), code, flows.states[flows.exporter.front()]);
        const supply::MapIndex index{one.map()};
        CodeForecast forecast(scenario, code, flows_of(flows, code.hs6));
        ADIC_TRY(const bool has_year, forecast.run(index, routes, answer));
        (void)has_year;
    }
    if (answer.months.empty()) {
        return nothing_to_compare(request);
    }
    std::ranges::stable_sort(answer.partners, [](const auto& a, const auto& b) {
        return std::pair(a.code, -a.forecast.likely()) < std::pair(b.code, -b.forecast.likely());
    });
    return answer;
}

}  // namespace adic::app
