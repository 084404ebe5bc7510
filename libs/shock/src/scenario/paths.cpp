#include "adic/shock/scenario/paths.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <utility>

namespace adic::shock {
namespace {

using model::RecoveryShape;
using model::ShockKind;

constexpr double endless = std::numeric_limits<double>::infinity();
constexpr std::uint32_t days_of_week = 7;

/// The integral of what is left, r, from 0 to x (E1).
double left_over(RecoveryShape shape, double x) {
    constexpr double twentieth = 20.0;
    const double y = std::min(x, 1.0);
    switch (shape) {
    case RecoveryShape::step: return 0;
    case RecoveryShape::linear: return y - y * y / 2;
    case RecoveryShape::exponential:
        return -std::expm1(-x * std::log(twentieth)) / std::log(twentieth);
    case RecoveryShape::s_curve: return y - y * y * y + y * y * y * y / 2;
    }
    return 0;
}

/// The integral of the intensity from the event's start to `days` after it.
double intensity_until(const model::ShockEvent& event, const EventOutcome& outcome, double days) {
    if (days <= outcome.duration_days) {
        return std::max(days, 0.0);
    }
    const double after = days - outcome.duration_days;
    const double back =
        outcome.recovery_days > 0
            ? outcome.recovery_days * left_over(event.recovery.shape, after / outcome.recovery_days)
            : 0;
    return outcome.duration_days + back;
}

/// An end of an estimate: the one that is worse for the buyer, the other, or the likely one.
double worse(Estimate value, Harshness harshness) {
    switch (harshness) {
    case Harshness::mild: return value.low();
    case Harshness::likely: return value.likely();
    case Harshness::harsh: return value.high();
    }
    return value.likely();
}

double better(Estimate value, Harshness harshness) {
    switch (harshness) {
    case Harshness::mild: return value.high();
    case Harshness::likely: return value.likely();
    case Harshness::harsh: return value.low();
    }
    return value.likely();
}

void set_control(EventOutcome& outcome, const model::ShockEvent& event, Harshness harshness) {
    if (!event.control) {
        return;
    }
    const model::ExportControl& control = *event.control;
    outcome.processing_days = worse(control.processing_days.value, harshness);
    outcome.approved_share = event.kind == ShockKind::licence_delay
                                 ? 1 - outcome.severity
                                 : better(control.approved_share.value, harshness);
    if (control.quota) {
        outcome.quota = better(control.quota->value, harshness);
    }
    if (control.backlog_share) {
        outcome.backlog_share = better(control.backlog_share->value, harshness);
    }
    if (control.backlog_days) {
        outcome.backlog_days = worse(control.backlog_days->value, harshness);
    }
}

/// One event over the days of the horizon.
struct Series {
    std::vector<double> loss;      ///< part of what it reaches that does not come (E3, E8)
    std::vector<double> dearness;  ///< rate times intensity
    std::uint32_t first = 0;       ///< the days on which either is above 0
    std::uint32_t last = 0;        ///< one past
    std::vector<double> waiting;   ///< of a control: part that waits for a licence (E9)
    double wait_end = 0;           ///< of a control: the day z of (E9)
    double backlog = 0;            ///< of a control: the part of what waited that comes later
    double backlog_days = 0;
};

bool is_control(const model::ShockEvent& event) {
    return event.control.has_value();
}

/// (E8): the part of the goods that the control has got hold of, when old contracts run out.
double phase_of(const model::ShockEvent& event, std::uint32_t day) {
    constexpr double half = 0.5;
    const double age = static_cast<double>(day) - event.start_day;
    return event.control->phase_in_days == 0
               ? 1.0
               : std::clamp((age + half) / event.control->phase_in_days, 0.0, 1.0);
}

/// (E8), (E9) of a control, from its intensity.
void fill_control(
    Series& series,
    const model::ShockEvent& event,
    const EventOutcome& outcome,
    const std::vector<double>& intensity
) {
    const double licensed = std::min({outcome.approved_share, outcome.quota, 1.0});
    series.wait_end = event.start_day + std::min(outcome.processing_days, outcome.duration_days);
    series.backlog = outcome.backlog_share * licensed;
    series.backlog_days = std::max(outcome.backlog_days, 1.0);
    series.loss.assign(intensity.size(), 0.0);
    series.waiting.assign(intensity.size(), 0.0);
    for (std::uint32_t t = series.first; t < series.last; ++t) {
        const double wait = event.start_day + outcome.processing_days - t;
        const double held = intensity[t] * phase_of(event, t);
        series.loss[t] = held * (1 - (1 - std::clamp(wait, 0.0, 1.0)) * licensed);
        series.waiting[t] = held * std::clamp(series.wait_end - t, 0.0, 1.0);
    }
}

Series
series_of(const model::ShockEvent& event, const EventOutcome& outcome, std::uint32_t horizon) {
    Series series;
    if (!outcome.happens || event.kind == ShockKind::stock_loss) {
        return series;
    }
    std::vector<double> intensity = daily_intensity(event, outcome, horizon);
    const auto is_on = [](double x) { return x > 0; };
    const auto first = std::ranges::find_if(intensity, is_on);
    series.first = static_cast<std::uint32_t>(first - intensity.begin());
    series.last = horizon;
    while (series.last > series.first && intensity[series.last - 1] <= 0) {
        --series.last;
    }
    const auto scaled = [&](double factor) {
        for (std::uint32_t t = series.first; t < series.last; ++t) {
            intensity[t] *= factor;
        }
        return std::move(intensity);
    };
    if (event.kind == ShockKind::tariff) {
        series.dearness = scaled(outcome.rate);
    } else if (is_control(event)) {
        fill_control(series, event, outcome, intensity);
    } else {
        series.loss = scaled(outcome.severity);
    }
    return series;
}

/// Where a part lies between its bounds.
double part_at(Estimate part, double reach) {
    constexpr double half = 0.5;
    return reach <= half ? part.low() + (part.likely() - part.low()) * (reach / half)
                         : part.likely() + (part.high() - part.likely()) * ((reach - half) / half);
}

/// What one event does to one supply.
struct Hit {
    const Series* series;
    double part;
    double delayed;  ///< of `part`, what comes later by `detour`
    double detour;
};

/// Spreads what comes between two times over the days between them.
void spread(std::vector<double>& days, double from, double to, double amount) {
    const double end = std::min(to, static_cast<double>(days.size()));
    for (auto day = static_cast<std::size_t>(std::max(from, 0.0)); static_cast<double>(day) < end;
         ++day) {
        const auto begin = static_cast<double>(day);
        const double overlap = std::min(begin + 1, to) - std::max(begin, from);
        days[day] += amount * std::max(overlap, 0.0) / (to - from);
    }
}

/// The days of one supply or item, filled by its hits and read off by weeks.
class DayTable {
  public:
    explicit DayTable(std::uint32_t horizon) : horizon_(horizon) {}

    void clear() {
        availability_.assign(horizon_, 1.0);
        late_.assign(horizon_, 0.0);
        price_.assign(horizon_, 1.0);
        delay_.assign(horizon_, 0.0);
    }

    void fill(std::span<const Hit> hits) {
        clear();
        for (const Hit& hit : hits) {
            take_off(hit);
        }
        for (const Hit& hit : hits) {
            add_late(hit, hits);
        }
    }

    void read_weeks(SupplyPath& path) const {
        read(availability_, path.availability);
        read(late_, path.late);
        read(price_, path.price);
        read(delay_, path.delay_days);
    }

    void read_weeks(ItemPath& path) const {
        read(availability_, path.availability);
        read(price_, path.price);
    }

  private:
    void take_off(const Hit& hit) {
        const Series& series = *hit.series;
        if (!series.loss.empty()) {
            for (std::uint32_t t = series.first; t < series.last; ++t) {
                availability_[t] *= 1 - hit.part * series.loss[t];  // (E6)
                delay_[t] += hit.delayed * series.loss[t] * hit.detour;
            }
        }
        if (!series.dearness.empty()) {
            for (std::uint32_t t = series.first; t < series.last; ++t) {
                price_[t] *= 1 + hit.part * series.dearness[t];  // (E10)
            }
        }
    }

    /// The part of a day that the other events leave.
    static double left_by_others(const Hit& hit, std::span<const Hit> hits, std::uint32_t day) {
        double left = 1;
        for (const Hit& other : hits) {
            if (&other != &hit && !other.series->loss.empty()) {
                left *= 1 - other.part * other.series->loss[day];
            }
        }
        return left;
    }

    /// (E7), with fractions of a day divided between two.
    void add_detour(const Hit& hit, std::span<const Hit> hits) {
        const Series& series = *hit.series;
        const double whole = std::floor(hit.detour);
        const double fraction = hit.detour - whole;
        if (whole >= horizon_) {
            return;
        }
        const auto shift = static_cast<std::uint32_t>(whole);
        for (std::uint32_t t = series.first; t < series.last && t + shift < horizon_; ++t) {
            const double held = hit.delayed * series.loss[t] * left_by_others(hit, hits, t);
            late_[t + shift] += held * (1 - fraction);
            if (t + shift + 1 < horizon_) {
                late_[t + shift + 1] += held * fraction;
            }
        }
    }

    void add_late(const Hit& hit, std::span<const Hit> hits) {
        const Series& series = *hit.series;
        if (hit.delayed > 0 && !series.loss.empty()) {  // (E7)
            add_detour(hit, hits);
        }
        if (series.backlog > 0) {  // (E9)
            double held = 0;
            for (std::uint32_t t = series.first; t < series.last && series.waiting[t] > 0; ++t) {
                held += hit.part * series.waiting[t] * left_by_others(hit, hits, t);
            }
            const double from = std::ceil(series.wait_end);
            if (held > 0 && from < horizon_) {
                spread(late_, from, from + series.backlog_days, series.backlog * held);
            }
        }
    }

    void read(const std::vector<double>& days, std::vector<double>& weeks) const {
        weeks.resize((horizon_ + days_of_week - 1) / days_of_week);
        for (std::size_t week = 0; week < weeks.size(); ++week) {
            const std::size_t first = week * days_of_week;
            const std::size_t last = std::min<std::size_t>(first + days_of_week, horizon_);
            double sum = 0;
            for (std::size_t t = first; t < last; ++t) {
                sum += days[t];
            }
            weeks[week] = sum / static_cast<double>(last - first);
        }
    }

    std::uint32_t horizon_;
    std::vector<double> availability_;
    std::vector<double> late_;
    std::vector<double> price_;
    std::vector<double> delay_;
};

/// Whether two supplies are reached in the same way, so that they have the same path.
bool is_same(std::span<const SupplyEffect> a, std::span<const SupplyEffect> b) {
    return std::ranges::equal(a, b, [](const SupplyEffect& x, const SupplyEffect& y) {
        return x.event == y.event && x.part == y.part && x.detour_days == y.detour_days;
    });
}

std::uint64_t fingerprint(std::span<const SupplyEffect> effects) {
    std::uint64_t print = effects.size();
    for (const SupplyEffect& effect : effects) {
        print = mix(print ^ effect.event);
        for (const double x :
             {effect.part.low(),
              effect.part.likely(),
              effect.part.high(),
              effect.detour_days.value_or(-1)}) {
            print = mix(print ^ std::bit_cast<std::uint64_t>(x));
        }
    }
    return print;
}

/// What the effects of one event do to one supply together.
Hit hit_of(std::span<const SupplyEffect> effects, const Series& series, double reach) {
    double lost = 0;
    double delayed = 0;
    double detour = 0;
    for (const SupplyEffect& effect : effects) {
        const double part = part_at(effect.part, reach);
        (effect.detour_days ? delayed : lost) += part;
        detour = effect.detour_days.value_or(detour);
    }
    lost = std::min(lost, 1.0);
    delayed = std::min(delayed, 1 - lost);
    return {&series, lost + delayed, delayed, detour};
}

/// The hits of one supply, one for each event.
void collect_hits(
    std::span<const SupplyEffect> effects,
    const std::vector<Series>& series,
    std::span<const EventOutcome> outcomes,
    std::vector<Hit>& hits
) {
    hits.clear();
    while (!effects.empty()) {
        const std::uint32_t event = effects.front().event;
        const auto is_other = [&](const SupplyEffect& effect) { return effect.event != event; };
        const auto count =
            static_cast<std::size_t>(std::ranges::find_if(effects, is_other) - effects.begin());
        hits.push_back(hit_of(effects.first(count), series[event], outcomes[event].reach));
        effects = effects.subspan(count);
    }
}

class Tracer {
  public:
    Tracer(const ResolvedScenario& scenario, std::span<const EventOutcome> outcomes)
        : scenario_(&scenario)
        , outcomes_(outcomes)
        , days_(scenario.horizon_days) {
        series_.reserve(outcomes.size());
        for (std::size_t e = 0; e < outcomes.size(); ++e) {
            series_.push_back(
                series_of(scenario.events[e].event, outcomes[e], scenario.horizon_days)
            );
        }
    }

    void trace_supplies(std::vector<SupplyPath>& paths) {
        const std::span<const SupplyEffect> all = scenario_->supply_effects;
        std::unordered_map<std::uint64_t, Traced> traced;
        std::size_t count = 0;
        for (std::size_t first = 0; first < all.size();) {
            std::size_t last = first;
            bool is_reached = false;
            for (; last < all.size() && all[last].supply == all[first].supply; ++last) {
                is_reached = is_reached || outcomes_[all[last].event].happens;
            }
            const std::span<const SupplyEffect> effects = all.subspan(first, last - first);
            first = last;
            if (!is_reached) {
                continue;
            }
            if (count == paths.size()) {
                paths.emplace_back();
            }
            // Supplies of one origin are mostly reached alike; each kind is traced once.
            const auto [kind, is_new] =
                traced.try_emplace(fingerprint(effects), Traced{effects, count});
            if (is_new || !is_same(kind->second.effects, effects)) {
                collect_hits(effects, series_, outcomes_, hits_);
                days_.fill(hits_);
                days_.read_weeks(paths[count]);
            } else {
                paths[count] = paths[kind->second.path];
            }
            paths[count].supply = effects.front().supply;
            ++count;
        }
        paths.resize(count);
    }

    void trace_items(std::vector<ItemPath>& paths) {
        const std::span<const ItemEffect> effects = scenario_->item_effects;
        paths.clear();
        for (std::size_t i = 0; i < effects.size();) {
            hits_.clear();
            const model::ItemIndex item = effects[i].item;
            for (; i < effects.size() && effects[i].item == item; ++i) {
                hits_.push_back({&series_[effects[i].event], 1, 0, 0});
            }
            days_.fill(hits_);
            paths.push_back({item, {}, {}});
            days_.read_weeks(paths.back());
        }
    }

    void trace_stocks(std::vector<StockLoss>& losses) const {
        losses.clear();
        for (const StockEffect& effect : scenario_->stock_effects) {
            const EventOutcome& outcome = outcomes_[effect.event];
            if (outcome.happens) {
                const double kept = 1 - outcome.severity * part_at(effect.part, outcome.reach);
                losses.push_back(
                    {effect.stock, scenario_->events[effect.event].event.start_day, kept}
                );
            }
        }
        std::ranges::stable_sort(losses, {}, [](const StockLoss& loss) {
            return std::pair{loss.stock, loss.day};
        });
    }

  private:
    struct Traced {
        std::span<const SupplyEffect> effects;
        std::size_t path;
    };

    const ResolvedScenario* scenario_;
    std::span<const EventOutcome> outcomes_;
    DayTable days_;
    std::vector<Series> series_;
    std::vector<Hit> hits_;
};

}  // namespace

EventOutcome outcome_of(const ResolvedEvent& resolved, Harshness harshness) {
    const model::ShockEvent& event = resolved.event;
    EventOutcome outcome;
    outcome.severity = event.kind == ShockKind::halt ? 1 : 0;
    if (event.severity) {
        outcome.severity = worse(event.severity->value, harshness);
    }
    outcome.rate = event.rate ? worse(event.rate->value, harshness) : 0;
    outcome.duration_days =
        event.duration_days ? worse(event.duration_days->value, harshness) : endless;
    outcome.recovery_days = event.recovery.days ? worse(event.recovery.days->value, harshness) : 0;
    set_control(outcome, event, harshness);
    constexpr std::array<double, 3> reaches{0, 0.5, 1};
    outcome.reach = reaches[static_cast<std::size_t>(harshness)];
    return outcome;
}

std::vector<EventOutcome> list_outcomes(const ResolvedScenario& scenario, Harshness harshness) {
    std::vector<EventOutcome> outcomes;
    outcomes.reserve(scenario.events.size());
    for (const ResolvedEvent& event : scenario.events) {
        outcomes.push_back(outcome_of(event, harshness));
    }
    return outcomes;
}

std::vector<double> daily_intensity(
    const model::ShockEvent& event,
    const EventOutcome& outcome,
    std::uint32_t horizon_days
) {
    std::vector<double> days(horizon_days, 0.0);
    const auto first = static_cast<std::uint32_t>(std::max(event.start_day, 0));
    double before = intensity_until(event, outcome, static_cast<double>(first) - event.start_day);
    for (std::uint32_t t = first; t < horizon_days; ++t) {
        const double after =
            intensity_until(event, outcome, static_cast<double>(t) + 1 - event.start_day);
        days[t] = std::clamp(after - before, 0.0, 1.0);  // (E2)
        before = after;
    }
    return days;
}

const SupplyPath* ScenarioPaths::find(std::uint32_t supply) const {
    const auto found = std::ranges::lower_bound(supplies, supply, {}, &SupplyPath::supply);
    return found != supplies.end() && found->supply == supply ? &*found : nullptr;
}

void trace_paths_into(
    const ResolvedScenario& scenario,
    std::span<const EventOutcome> outcomes,
    ScenarioPaths& paths
) {
    assert(outcomes.size() == scenario.events.size());
    Tracer tracer(scenario, outcomes);
    paths.weeks = scenario.weeks();
    tracer.trace_supplies(paths.supplies);
    tracer.trace_items(paths.items);
    tracer.trace_stocks(paths.stock_losses);
}

ScenarioPaths
trace_paths(const ResolvedScenario& scenario, std::span<const EventOutcome> outcomes) {
    ScenarioPaths paths;
    trace_paths_into(scenario, outcomes, paths);
    return paths;
}

}  // namespace adic::shock
