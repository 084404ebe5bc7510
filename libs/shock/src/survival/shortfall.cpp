#include "adic/shock/survival/shortfall.hpp"

#include "cases.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace adic::shock {
namespace {

using model::ForeignSupply;
using model::MaterialPlan;
using model::MeasureKind;
using model::PlanYear;
using model::ShortfallMeasure;

/// One year of one case.
struct CaseYear {
    double demand;
    double supply;
    double shortfall;
    double from_stock = 0.0;
    double stock_left = 0.0;
    std::vector<MeasureUse> used = {};
    double open = 0.0;
};

// --- checks -------------------------------------------------------------------------------------

Error not_a_plan(const MaterialPlan& plan, const std::string& why) {
    return {ErrorCode::invalid_argument, "the plan of '" + plan.id + "' " + why, {}};
}

bool is_part(const Estimate& estimate) {
    return estimate.low() >= 0.0 && estimate.high() <= 1.0;
}

bool is_good(const ForeignSupply& supply) {
    return supply.amount.low() >= 0.0 && is_part(supply.share) && is_part(supply.reliability);
}

bool is_good(const PlanYear& year) {
    return year.military_demand.low() >= 0.0 && year.civilian_demand.low() >= 0.0
           && year.home_supply.low() >= 0.0
           && std::ranges::all_of(year.foreign, [](const auto& s) { return is_good(s); });
}

bool is_good(const ShortfallMeasure& measure) {
    return measure.unit_cost.low() >= 0.0 && measure.most_per_year.low() >= 0.0;
}

Result<std::monostate> check(const MaterialPlan& plan) {
    if (plan.years.empty()) {
        return not_a_plan(plan, "has no years");
    }
    const auto not_after = [](const PlanYear& a, const PlanYear& b) { return a.year >= b.year; };
    if (std::ranges::adjacent_find(plan.years, not_after) != plan.years.end()) {
        return not_a_plan(plan, "does not have its years in order, each once");
    }
    const bool good =
        plan.stock.low() >= 0.0
        && std::ranges::all_of(plan.years, [](const auto& y) { return is_good(y); })
        && std::ranges::all_of(plan.measures, [](const auto& m) { return is_good(m); });
    if (!good) {
        return not_a_plan(plan, "has an amount below 0, or a part outside 0 to 1");
    }
    return std::monostate{};
}

// --- one case -----------------------------------------------------------------------------------

class CasePlan {
  public:
    CasePlan(const MaterialPlan& plan, Harshness harshness, StockRelease release)
        : plan_(&plan)
        , harshness_(harshness)
        , release_(release)
        , stock_(good(plan.stock, harshness)) {
        for (std::uint32_t m = 0; m < plan.measures.size(); ++m) {
            order_.push_back(m);
        }
        std::ranges::stable_sort(order_, [&](std::uint32_t a, std::uint32_t b) {
            return key_of(plan.measures[a]) < key_of(plan.measures[b]);
        });
    }

    std::vector<CaseYear> run() {
        std::vector<CaseYear> years;
        for (const PlanYear& year : plan_->years) {
            years.push_back(one(year));
        }
        return years;
    }

  private:
    std::pair<MeasureKind, double> key_of(const ShortfallMeasure& measure) const {
        return {measure.kind, bad(measure.unit_cost, harshness_)};
    }

    /// (K1) to (K3).
    CaseYear balance(const PlanYear& year) const {
        const double demand =
            bad(year.military_demand, harshness_) + bad(year.civilian_demand, harshness_);
        double supply = good(year.home_supply, harshness_);
        for (const ForeignSupply& foreign : year.foreign) {
            supply += good(foreign.amount, harshness_) * good(foreign.share, harshness_)
                      * good(foreign.reliability, harshness_);
        }
        return {demand, supply, std::max(0.0, demand - supply)};
    }

    CaseYear one(const PlanYear& year) {
        CaseYear result = balance(year);
        result.open = result.shortfall;
        if (release_ == StockRelease::first) {
            take_stock(result);
        }
        take_measures(year.year, result);
        if (release_ == StockRelease::last) {
            take_stock(result);
        }
        result.stock_left = stock_;
        return result;
    }

    /// (K4).
    void take_stock(CaseYear& year) {
        year.from_stock = std::min(year.open, stock_);
        year.open -= year.from_stock;
        stock_ -= year.from_stock;
    }

    /// (K5).
    void take_measures(std::int32_t year, CaseYear& result) const {
        for (const std::uint32_t position : order_) {
            const ShortfallMeasure& measure = plan_->measures[position];
            const double amount = std::min(result.open, good(measure.most_per_year, harshness_));
            if (year < measure.first_year || amount <= 0.0) {
                continue;
            }
            result.open -= amount;
            result.used.push_back({position, amount, amount * bad(measure.unit_cost, harshness_)});
        }
    }

    const MaterialPlan* plan_;
    Harshness harshness_;
    StockRelease release_;
    double stock_;
    std::vector<std::uint32_t> order_;
};

Estimate between(double a, double likely, double b) {
    return *Estimate::create(std::min({a, likely, b}), likely, std::max({a, likely, b}));
}

Estimate sum(const Estimate& a, const Estimate& b) {
    return *Estimate::create(a.low() + b.low(), a.likely() + b.likely(), a.high() + b.high());
}

}  // namespace

Result<MaterialShortfall> material_shortfall(const MaterialPlan& plan, StockRelease release) {
    ADIC_TRY(const std::monostate checked, check(plan));
    (void)checked;
    const std::vector<CaseYear> harsh = CasePlan(plan, Harshness::harsh, release).run();
    std::vector<CaseYear> likely = CasePlan(plan, Harshness::likely, release).run();
    const std::vector<CaseYear> mild = CasePlan(plan, Harshness::mild, release).run();
    MaterialShortfall result;
    for (std::size_t y = 0; y < likely.size(); ++y) {
        const auto over = [&](double CaseYear::*figure) {
            return between(mild[y].*figure, likely[y].*figure, harsh[y].*figure);
        };
        if (!std::isfinite(harsh[y].demand) || !std::isfinite(mild[y].supply)) {
            return not_a_plan(plan, "adds up to more than a number holds");
        }
        YearShortfall year{plan.years[y].year};
        year.demand = over(&CaseYear::demand);
        year.reliable_supply = over(&CaseYear::supply);
        year.shortfall = over(&CaseYear::shortfall);
        year.open = over(&CaseYear::open);
        year.from_stock = likely[y].from_stock;
        year.stock_left = likely[y].stock_left;
        for (const MeasureUse& use : likely[y].used) {
            result.cost += use.cost;
        }
        year.used = std::move(likely[y].used);
        result.stock_goal = sum(result.stock_goal, year.shortfall);
        result.open = sum(result.open, year.open);
        result.years.push_back(std::move(year));
    }
    return result;
}

}  // namespace adic::shock
