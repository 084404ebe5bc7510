#include "trade_balance.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

namespace adic::supply {
namespace {

using model::Flow;
using model::StateIndex;
using model::Trade;

constexpr double endless = std::numeric_limits<double>::infinity();
constexpr Amount anything{0.0, 0.0, endless};

Amount to_amount(const Estimate& estimate) {
    return {estimate.low(), estimate.likely(), estimate.high()};
}

Amount less(const Amount& a, const Amount& b) {
    return {a.low - b.high, a.likely - b.likely, a.high - b.low};
}

Amount at_least_zero(Amount a) {
    return {std::max(a.low, 0.0), std::max(a.likely, 0.0), std::max(a.high, 0.0)};
}

/// What a state reported of one flow.
struct FlowReport {
    bool recorded = false;
    Amount total;
    Amount near_by;      ///< with partners in the region, outside
    Amount within;       ///< with partners inside
    Amount unallocated;  ///< with partners that are not recorded
};

/// The unit the rows are read in: the item's, or the one that most rows have, the first by name
/// among equals.
std::string_view unit_in_use(const std::vector<const Trade*>& trades, std::string_view item_unit) {
    std::map<std::string_view, std::size_t> count;
    for (const Trade* trade : trades) {
        ++count[trade->unit];
    }
    if (count.empty() || count.contains(item_unit)) {
        return item_unit;
    }
    return std::ranges::max_element(count, {}, [](const auto& e) { return e.second; })->first;
}

/// The rows about one item that count: one unit, states inside, those of one state and flow
/// together.
class TradeReader {
  public:
    TradeReader(const IndicatorContext& context, model::ItemIndex item) : context_(&context) {
        for (const std::uint32_t row : context.index().trades_of(item)) {
            const Trade& trade = context.map().trades[row];
            if (context.is_inside(trade.state)) {
                trades_.push_back(&trade);
            }
        }
        if (trades_.empty()) {
            return;
        }
        const std::string_view unit = unit_in_use(trades_, context.map().items[item].unit);
        std::erase_if(trades_, [&](const Trade* trade) { return trade->unit != unit; });
        std::ranges::stable_sort(trades_, {}, key);
    }

    bool empty() const { return trades_.empty(); }

    FlowReport report(StateIndex state, Flow flow, TradeBalance& balance) const;

  private:
    static std::pair<StateIndex, Flow> key(const Trade* trade) {
        return {trade->state, trade->flow};
    }

    std::vector<const Trade*> newest(StateIndex state, Flow flow) const;

    const IndicatorContext* context_;
    std::vector<const Trade*> trades_;
};

std::vector<const Trade*> TradeReader::newest(StateIndex state, Flow flow) const {
    const model::SupplyMap& map = context_->map();
    const auto day = [&](const Trade* trade) { return map[trade->provenance].period.last; };
    std::vector<const Trade*> found;
    const std::pair wanted{state, flow};
    const auto first = std::ranges::lower_bound(trades_, wanted, {}, key);
    const auto last = std::ranges::upper_bound(trades_, wanted, {}, key);
    for (const Trade* trade : std::span{first, last}) {
        if (!found.empty() && day(trade) > day(found.front())) {
            found.clear();
        }
        if (found.empty() || day(trade) == day(found.front())) {
            found.push_back(trade);
        }
    }
    return found;
}

FlowReport TradeReader::report(StateIndex state, Flow flow, TradeBalance& balance) const {
    FlowReport report;
    std::optional<Amount> total;
    Amount listed;
    for (const Trade* trade : newest(state, flow)) {
        const Amount amount = to_amount(trade->amount);
        balance.facts.push_back(trade->provenance);
        report.recorded = true;
        if (!trade->partner) {
            total = total ? *total : Amount{};
            *total += amount;
            continue;
        }
        listed += amount;
        if (context_->is_inside(*trade->partner)) {
            report.within += amount;
            continue;
        }
        if (context_->is_near(*trade->partner)) {
            report.near_by += amount;
        }
        if (flow == Flow::imports) {
            balance.partners.push_back({*trade->partner, amount});
        }
    }
    report.total = total.value_or(listed);
    if (total) {
        report.unallocated = at_least_zero(less(*total, listed));
    }
    return report;
}

/// The trade of one state with outside. What is unallocated may be with partners inside, unless the
/// state is alone inside.
Amount outside_of(const FlowReport& report, bool alone) {
    if (!report.recorded) {
        return anything;
    }
    Amount outside = at_least_zero(less(report.total, report.within));
    if (!alone) {
        outside.low = std::max(0.0, outside.low - report.unallocated.high);
    }
    return outside;
}

/// What a state bought from the others inside: a state alone has no others.
Amount within_of(const FlowReport& report, bool alone) {
    if (alone) {
        return {};
    }
    Amount within = report.recorded ? report.within : anything;
    within.high += report.recorded ? report.unallocated.high : 0.0;
    return within;
}

/// Of `outside`, what comes from beyond the region; what is unallocated may or may not.
Amount far_of(const FlowReport& report, const Amount& outside) {
    if (!report.recorded) {
        return anything;
    }
    Amount far = at_least_zero(less(outside, report.near_by));
    far.low = std::max(0.0, far.low - report.unallocated.high);
    return far;
}

Amount surplus_of(const FlowReport& production, const FlowReport& exports, const Amount& sold) {
    if (production.recorded && exports.recorded) {
        return less(production.total, sold);
    }
    // Re-exports are left out of trade figures here, so a state sells no more than it makes.
    return production.recorded ? production.total : anything;
}

void merge_partners(std::vector<PartnerAmount>& partners) {
    std::ranges::stable_sort(partners, {}, &PartnerAmount::partner);
    std::vector<PartnerAmount> merged;
    for (const PartnerAmount& p : partners) {
        if (merged.empty() || merged.back().partner != p.partner) {
            merged.push_back({p.partner, {}});
        }
        merged.back().amount += p.amount;
    }
    partners = std::move(merged);
}

void add_state(TradeBalance& balance, const TradeReader& reader, StateIndex state, bool alone) {
    const FlowReport production = reader.report(state, Flow::production, balance);
    const FlowReport imports = reader.report(state, Flow::imports, balance);
    const FlowReport exports = reader.report(state, Flow::exports, balance);
    const FlowReport release = reader.report(state, Flow::stock_release, balance);
    const Amount bought = outside_of(imports, alone);
    const Amount sold = outside_of(exports, alone);
    balance.production += production.recorded ? production.total : anything;
    balance.imports += bought;
    balance.imports_far += far_of(imports, bought);
    balance.imports_inside += within_of(imports, alone);
    balance.unallocated += imports.recorded ? imports.unallocated : anything;
    balance.exports += sold;
    balance.exports_all += exports.recorded ? exports.total : anything;
    balance.home_surplus += surplus_of(production, exports, sold);
    balance.stock_release += release.total;
    balance.has_production = balance.has_production || production.recorded;
    balance.has_imports = balance.has_imports || imports.recorded;
    balance.has_exports = balance.has_exports || exports.recorded;
    balance.all_exports = balance.all_exports && exports.recorded;
    for (const FlowReport* report : {&production, &imports, &exports}) {
        balance.covered += report->recorded ? 1.0 : 0.0;
    }
}

}  // namespace

Amount& Amount::operator+=(const Amount& other) {
    low += other.low;
    likely += other.likely;
    high += other.high;
    return *this;
}

TradeBalance trade_balance(const IndicatorContext& context, model::ItemIndex item) {
    TradeBalance balance;
    const TradeReader reader{context, item};
    const auto& inside = context.inside();
    if (reader.empty() || inside.empty()) {
        return balance;
    }
    balance.all_exports = true;
    for (const StateIndex state : inside) {
        add_state(balance, reader, state, inside.size() == 1);
    }
    balance.covered /= 3.0 * static_cast<double>(inside.size());
    merge_partners(balance.partners);
    return balance;
}

}  // namespace adic::supply
