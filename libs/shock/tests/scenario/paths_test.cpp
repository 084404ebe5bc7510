#include "adic/shock/scenario/paths.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace adic::shock {
namespace {

using model::RecoveryShape;
using model::ShockKind;
using testing::DoubleNear;
using testing::ElementsAreArray;
using testing::Pointwise;

constexpr double rounding = 1e-12;

model::ScenarioFigure figure(double value) {
    return {Estimate::exactly(value)};
}

model::ShockEvent event(ShockKind kind, std::int32_t start, double duration) {
    model::ShockEvent event{.id = "event", .kind = kind, .target = {}};
    event.start_day = start;
    event.duration_days = figure(duration);
    return event;
}

model::ShockEvent loss(double severity, std::int32_t start, double duration) {
    model::ShockEvent made = event(ShockKind::capacity_loss, start, duration);
    made.severity = figure(severity);
    return made;
}

model::ShockEvent recovering(model::ShockEvent made, RecoveryShape shape, double days) {
    made.recovery = {shape, figure(days)};
    return made;
}

struct Terms {
    double wait = 0;
    double approved = 0;
    double backlog = 0;
    double backlog_days = 0;
    double quota = 1;
    std::uint32_t phase_in = 0;
};

model::ShockEvent control(std::int32_t start, double duration, const Terms& terms) {
    model::ShockEvent made = event(ShockKind::export_control, start, duration);
    made.control = model::ExportControl{
        .phase_in_days = terms.phase_in,
        .processing_days = figure(terms.wait),
        .approved_share = figure(terms.approved),
        .quota = figure(terms.quota),
        .backlog_share = figure(terms.backlog),
        .backlog_days = figure(terms.backlog_days)};
    return made;
}

model::ShockEvent tariff(double rate, std::int32_t start, double duration) {
    model::ShockEvent made = event(ShockKind::tariff, start, duration);
    made.rate = figure(rate);
    return made;
}

/// All of one supply is reached by all events, unless said otherwise.
struct Reached {
    model::ShockEvent event;
    double part = 1;
    std::optional<double> detour = {};
};

ResolvedScenario scenario_of(const std::vector<Reached>& all, std::uint32_t horizon) {
    ResolvedScenario scenario{};
    scenario.horizon_days = horizon;
    for (std::uint32_t e = 0; e < all.size(); ++e) {
        scenario.events.push_back({all[e].event, Estimate::exactly(1), std::nullopt, 1});
        scenario.supply_effects.push_back(
            {7, e, Estimate::exactly(all[e].part), all[e].detour, Reach::named, {}}
        );
    }
    return scenario;
}

SupplyPath path_of(const std::vector<Reached>& all, std::uint32_t horizon) {
    const ResolvedScenario scenario = scenario_of(all, horizon);
    return *trace_paths(scenario, list_outcomes(scenario, Harshness::likely)).find(7);
}

struct Case {
    const char* name;
    std::vector<Reached> events;
    std::vector<double> availability;
    std::vector<double> late;
};

void expect_paths(const std::vector<Case>& cases) {
    for (const Case& c : cases) {
        const auto horizon = static_cast<std::uint32_t>(7 * c.availability.size());
        const SupplyPath path = path_of(c.events, horizon);
        EXPECT_THAT(path.availability, Pointwise(DoubleNear(rounding), c.availability)) << c.name;
        EXPECT_THAT(path.late, Pointwise(DoubleNear(rounding), c.late)) << c.name;
    }
}

TEST(ScenarioPaths, FollowTheIntensityByHand) {
    const model::ShockEvent halt = event(ShockKind::halt, 0, 7);
    const double root = std::sqrt(20.0);  // 20^(1/2): what an exponential loses in half its days
    expect_paths({
        {"a week", {{halt}}, {0, 1, 1}, {0, 0, 0}},
        {"half a week", {{event(ShockKind::halt, 0, 3.5)}}, {0.5, 1}, {0, 0}},
        {"began before", {{event(ShockKind::halt, -7, 14)}}, {0, 1}, {0, 0}},
        {"half is reached", {{halt, 0.5}}, {0.5, 1}, {0, 0}},
        {"half, back in 14 days: 1 - 0.5 * (1, 0.75, 0.25, 0)",
         {{recovering(loss(0.5, 0, 7), RecoveryShape::linear, 14)}},
         {0.5, 0.625, 0.875, 1},
         {0, 0, 0, 0}},
        {"S curve: integral of 1 - 3x^2 + 2x^3 to 1/2 is 0.40625, to 1 is 0.5",
         {{recovering(halt, RecoveryShape::s_curve, 14)}},
         {0, 1 - 0.8125, 1 - 0.1875, 1},
         {0, 0, 0, 0}},
        {"exponential: integral of 20^-x to 1/2 is (1 - 1/root) / ln 20",
         {{recovering(halt, RecoveryShape::exponential, 14)}},
         {0, 1 - 2 * (1 - 1 / root) / std::log(20.0)},
         {0, 0}},
        {"two events, each of what the other leaves: 0.5 * 0.6",
         {{loss(0.5, 0, 7)}, {loss(0.4, 0, 14)}},
         {0.3, 0.6, 1},
         {0, 0, 0}},
        {"one after the other within a week: 3 and 4 days of half",
         {{loss(0.5, 0, 3)}, {loss(0.5, 3, 4)}},
         {0.5, 1},
         {0, 0}},
    });
}

TEST(ScenarioPaths, SendGoodsRoundByHand) {
    const model::ShockEvent closed = event(ShockKind::halt, 0, 14);
    expect_paths({
        {"a gap of the detour, then all late, then both",
         {{closed, 1, 7}},
         {0, 0, 1, 1},
         {0, 1, 1, 0}},
        {"half a week longer", {{event(ShockKind::halt, 0, 7), 1, 3.5}}, {0, 1}, {0.5, 0.5}},
        {"too late for the horizon", {{closed, 1, 70}}, {0, 0, 1}, {0, 0, 0}},
        {"what another event takes does not come later: 1 * 0.5",
         {{closed, 1, 7}, {loss(0.5, 0, 14)}},
         {0, 0, 1},
         {0, 0.5, 0.5}},
    });
    const SupplyPath path = path_of({{closed, 0.5, 7}}, 28);
    EXPECT_THAT(path.delay_days, ElementsAreArray({3.5, 3.5, 0.0, 0.0}));
}

TEST(ScenarioPaths, KeepTheTermsOfAControlByHand) {
    const double forever = 10'000;
    expect_paths({
        {"nothing is approved", {{control(7, forever, {})}}, {1, 0, 0}, {0, 0, 0}},
        {"two weeks of waiting, then half",
         {{control(7, forever, {.wait = 14, .approved = 0.5})}},
         {1, 0, 0, 0.5, 0.5},
         {0, 0, 0, 0, 0}},
        {"half of 14 days is delivered within the week after them: 0.5 * 14 / 7",
         {{control(7, forever, {.wait = 14, .approved = 0.5, .backlog = 1, .backlog_days = 7})}},
         {1, 0, 0, 0.5, 0.5},
         {0, 0, 0, 1, 0}},
        {"a quota of 0.6",
         {{control(0, forever, {.approved = 1, .quota = 0.6})}},
         {0.6, 0.6},
         {0, 0}},
        {"contracts run out over 14 days: 0.25 and 0.75 gone",
         {{control(0, forever, {.phase_in = 14})}},
         {0.75, 0.25, 0},
         {0, 0, 0}},
        {"lifted before the first licence: 7 days of half come at once",
         {{control(0, 7, {.wait = 30, .approved = 0.5, .backlog = 1, .backlog_days = 7})}},
         {0, 1, 1},
         {0, 0.5, 0}},
    });
}

TEST(ScenarioPaths, MakeDearerByHand) {
    const SupplyPath path = path_of({{tariff(0.2, 0, 7), 0.5}, {tariff(0.5, 0, 14)}}, 21);
    EXPECT_THAT(path.price, Pointwise(DoubleNear(rounding), {1.1 * 1.5, 1.5, 1.0}));
    EXPECT_THAT(path.availability, ElementsAreArray({1.0, 1.0, 1.0}));
}

TEST(ScenarioPaths, DestroyStocksAndHitItemsByHand) {
    ResolvedScenario scenario = scenario_of({}, 14);
    model::ShockEvent fire = event(ShockKind::stock_loss, 3, 1);
    fire.severity = figure(0.8);
    scenario.events.push_back({fire, Estimate::exactly(1), {}, 1});
    scenario.events.push_back({loss(0.5, 0, 7), Estimate::exactly(1), {}, 1});
    scenario.stock_effects = {{4, 0, Estimate::exactly(0.5), {}}};
    scenario.item_effects = {{model::ItemIndex{2}, 1, {}}};
    std::vector<EventOutcome> outcomes = list_outcomes(scenario, Harshness::likely);
    const ScenarioPaths paths = trace_paths(scenario, outcomes);
    ASSERT_EQ(paths.stock_losses.size(), 1U);
    EXPECT_EQ(paths.stock_losses[0].day, 3);
    EXPECT_NEAR(paths.stock_losses[0].kept, 1 - 0.8 * 0.5, rounding);
    ASSERT_EQ(paths.items.size(), 1U);
    EXPECT_THAT(paths.items[0].availability, ElementsAreArray({0.5, 1.0}));
    outcomes[0].happens = false;
    EXPECT_TRUE(trace_paths(scenario, outcomes).stock_losses.empty());
}

TEST(ScenarioPaths, TakeTheEndOfEveryEstimateThatHurtsMost) {
    model::ShockEvent made = control(0, 10, {});
    made.control->processing_days.value = *Estimate::create(10, 20, 40);
    made.control->approved_share.value = *Estimate::create(0.2, 0.5, 0.9);
    made.duration_days->value = *Estimate::create(5, 10, 20);
    const ResolvedEvent resolved{made, Estimate::exactly(1), {}, 1};
    const EventOutcome harsh = outcome_of(resolved, Harshness::harsh);
    EXPECT_EQ(harsh.processing_days, 40);
    EXPECT_EQ(harsh.approved_share, 0.2);
    EXPECT_EQ(harsh.duration_days, 20);
    EXPECT_EQ(harsh.reach, 1);
    const EventOutcome mild = outcome_of(resolved, Harshness::mild);
    EXPECT_EQ(mild.processing_days, 10);
    EXPECT_EQ(mild.approved_share, 0.9);
}

// --- laws ---------------------------------------------------------------------------------------

/// A few events of all kinds with all shapes of recovery.
std::vector<Reached> draw(RandomStream& random) {
    std::vector<Reached> all;
    const std::uint64_t count = 1 + random.below(4);
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto start = static_cast<std::int32_t>(random.below(60)) - 20;
        const double duration = 20 + 60 * random.uniform();
        const std::uint64_t kind = random.below(4);
        Reached reached{loss(random.uniform(), start, duration), random.uniform(), std::nullopt};
        if (kind == 1) {
            reached.event = control(
                start,
                duration,
                {.wait = 40 * random.uniform(),
                 .approved = random.uniform(),
                 .backlog = random.uniform(),
                 .backlog_days = 50 * random.uniform(),
                 .quota = 1.2 * random.uniform(),
                 .phase_in = static_cast<std::uint32_t>(random.below(30))}
            );
        } else if (kind == 2) {
            reached.detour = 30 * random.uniform();
        } else if (kind == 3) {
            reached.event = tariff(random.uniform(), start, duration);
        }
        const auto shape = model::all_recovery_shapes[random.below(4)];
        if (shape != RecoveryShape::step) {
            reached.event = recovering(reached.event, shape, 1 + 50 * random.uniform());
        }
        all.push_back(reached);
    }
    return all;
}

constexpr std::uint32_t drawn_horizon = 200;

std::vector<double> running_arrivals(const SupplyPath& path) {
    std::vector<double> sums;
    double sum = 0;
    for (std::size_t week = 0; week < path.availability.size(); ++week) {
        // The last week of 200 days has only four.
        const double days = std::min(7.0, drawn_horizon - 7.0 * static_cast<double>(week));
        sum += (path.availability[week] + path.late[week]) * days;
        sums.push_back(sum);
    }
    return sums;
}

/// `worse` never has more than `better`, on any week and up to any week.
void expect_no_gain(const SupplyPath& better, const SupplyPath& worse, const std::string& what) {
    const std::vector<double> some = running_arrivals(worse);
    const std::vector<double> most = running_arrivals(better);
    for (std::size_t week = 0; week < some.size(); ++week) {
        ASSERT_LE(worse.availability[week], better.availability[week] + rounding) << what;
        ASSERT_LE(some[week], most[week] + 1e-9) << what << ", week " << week;
        ASSERT_GE(worse.price[week], better.price[week] - rounding) << what;
    }
}

TEST(ScenarioPaths, NeverGainByALargerOrLongerEvent) {
    const std::vector<std::pair<const char*, std::function<void(EventOutcome&)>>> changes{
        {"larger", [](EventOutcome& o) { o.severity = std::min(1.0, o.severity * 1.3 + 0.01); }},
        {"longer", [](EventOutcome& o) { o.duration_days += 11.3; }},
        {"slower back", [](EventOutcome& o) { o.recovery_days *= 1.4; }},
        {"dearer", [](EventOutcome& o) { o.rate *= 1.5; }},
        {"longer wait", [](EventOutcome& o) { o.processing_days += 9.7; }},
        {"less approved", [](EventOutcome& o) { o.approved_share *= 0.7; }},
        {"smaller quota", [](EventOutcome& o) { o.quota *= 0.7; }},
        {"less delivered later", [](EventOutcome& o) { o.backlog_share *= 0.5; }},
        {"delivered slower", [](EventOutcome& o) { o.backlog_days += 20; }},
    };
    RandomStream random(3, 1);
    for (int round = 0; round < 500; ++round) {
        const ResolvedScenario scenario = scenario_of(draw(random), drawn_horizon);
        const std::vector<EventOutcome> outcomes = list_outcomes(scenario, Harshness::likely);
        const SupplyPath before = *trace_paths(scenario, outcomes).find(7);
        const std::vector<double> arrivals = running_arrivals(before);
        for (std::size_t week = 0; week < arrivals.size(); ++week) {
            ASSERT_GE(before.availability[week], 0);
            ASSERT_LE(before.availability[week], 1);
            ASSERT_LE(
                arrivals[week],
                std::min(7.0 * (static_cast<double>(week) + 1), 200.0) + 1e-9
            );
        }
        for (const auto& [name, change] : changes) {
            std::vector<EventOutcome> changed = outcomes;
            change(changed[random.below(changed.size())]);
            expect_no_gain(before, *trace_paths(scenario, changed).find(7), name);
        }
    }
}

TEST(ScenarioPaths, AreNotListedWhereNothingHappens) {
    RandomStream random(4, 1);
    const ResolvedScenario scenario = scenario_of(draw(random), drawn_horizon);
    std::vector<EventOutcome> outcomes = list_outcomes(scenario, Harshness::harsh);
    for (EventOutcome& outcome : outcomes) {
        outcome.happens = false;
    }
    EXPECT_EQ(trace_paths(scenario, outcomes).find(7), nullptr);
}

TEST(ScenarioPaths, AreTheSameInMemoryThatWasUsedBefore) {
    RandomStream random(5, 1);
    ScenarioPaths used;
    for (int round = 0; round < 50; ++round) {
        const ResolvedScenario scenario = scenario_of(draw(random), drawn_horizon);
        const auto outcomes = list_outcomes(scenario, Harshness::likely);
        trace_paths_into(scenario, outcomes, used);
        const SupplyPath fresh = *trace_paths(scenario, outcomes).find(7);
        EXPECT_EQ(used.find(7)->availability, fresh.availability);
        EXPECT_EQ(used.find(7)->late, fresh.late);
    }
}

TEST(ScenarioPaths, AreAlikeForSuppliesThatAreReachedAlikeAndOnlyForThose) {
    RandomStream random(7, 1);
    for (int round = 0; round < 50; ++round) {
        const std::vector<Reached> some = draw(random);
        ResolvedScenario scenario = scenario_of(some, drawn_horizon);
        const std::vector<SupplyEffect> first = scenario.supply_effects;
        for (const std::uint32_t supply : {8U, 9U}) {
            for (SupplyEffect effect : first) {
                effect.supply = supply;
                if (supply == 9) {
                    effect.part = Estimate::exactly(effect.part.likely() / 2);
                }
                scenario.supply_effects.push_back(effect);
            }
        }
        const auto outcomes = list_outcomes(scenario, Harshness::likely);
        const ScenarioPaths paths = trace_paths(scenario, outcomes);
        EXPECT_EQ(paths.find(7)->availability, paths.find(8)->availability);
        EXPECT_EQ(paths.find(7)->late, paths.find(8)->late);
        scenario.supply_effects.erase(
            scenario.supply_effects.begin(),
            scenario.supply_effects.begin() + static_cast<std::ptrdiff_t>(2 * first.size())
        );
        const SupplyPath alone = *trace_paths(scenario, outcomes).find(9);
        EXPECT_EQ(paths.find(9)->availability, alone.availability);
        EXPECT_EQ(paths.find(9)->late, alone.late);
    }
}

// --- an independent slow way --------------------------------------------------------------------

/// The equations as they are written, by small steps of time and one day after the other.
class SlowPath {
  public:
    SlowPath(const std::vector<Reached>& all, std::uint32_t horizon)
        : all_(all)
        , late(horizon, 0.0) {
        for (std::uint32_t t = 0; t < horizon; ++t) {
            double product = 1;
            for (const Reached& reached : all_) {
                product *= 1 - reached.part * lost(reached, t);
            }
            availability.push_back(product);
        }
        for (std::size_t e = 0; e < all_.size(); ++e) {
            add_late(e, horizon);
        }
    }

    const std::vector<Reached>& all_;  // NOLINT: set before what is computed from it
    std::vector<double> availability;
    std::vector<double> late;

  private:
    static double left(RecoveryShape shape, double x) {
        if (shape == RecoveryShape::exponential) {
            return std::pow(20.0, -x);
        }
        if (x >= 1 || shape == RecoveryShape::step) {
            return 0;
        }
        return shape == RecoveryShape::linear ? 1 - x : 1 - 3 * x * x + 2 * x * x * x;
    }

    static double intensity(const model::ShockEvent& event, std::uint32_t day) {
        constexpr int steps = 4000;
        double sum = 0;
        for (int i = 0; i < steps; ++i) {
            const double age = day + (i + 0.5) / steps - event.start_day;
            const double after = age - event.duration_days->value.likely();
            const double days = event.recovery.days ? event.recovery.days->value.likely() : 1.0;
            sum += age < 0 ? 0 : (after < 0 ? 1 : left(event.recovery.shape, after / days));
        }
        return sum / steps;
    }

    static double licensed(const model::ExportControl& control) {
        return std::min({control.approved_share.value.likely(), control.quota->value.likely(), 1.0}
        );
    }

    static double phase(const model::ExportControl& control, double age) {
        return control.phase_in_days == 0
                   ? 1
                   : std::clamp((age + 0.5) / control.phase_in_days, 0.0, 1.0);
    }

    static double lost(const Reached& reached, std::uint32_t day) {
        const model::ShockEvent& event = reached.event;
        if (event.kind == ShockKind::tariff) {
            return 0;
        }
        const double on = intensity(event, day);
        if (!event.control) {
            return on * event.severity->value.likely();
        }
        const model::ExportControl& control = *event.control;
        const double age = static_cast<double>(day) - event.start_day;
        const double waiting = std::clamp(control.processing_days.value.likely() - age, 0.0, 1.0);
        return on * phase(control, age) * (1 - (1 - waiting) * licensed(control));
    }

    double others(std::size_t e, std::uint32_t day) const {
        double left = 1;
        for (std::size_t other = 0; other < all_.size(); ++other) {
            left *= other == e ? 1 : 1 - all_[other].part * lost(all_[other], day);
        }
        return left;
    }

    /// Puts an amount evenly between two times, day by day.
    void put(double from, double to, double amount) {
        for (std::size_t day = 0; day < late.size(); ++day) {
            const double begin = std::max(from, static_cast<double>(day));
            const double end = std::min(to, static_cast<double>(day) + 1);
            late[day] += end > begin ? amount * (end - begin) / (to - from) : 0;
        }
    }

    void add_late(std::size_t e, std::uint32_t horizon) {
        const Reached& reached = all_[e];
        if (reached.detour) {
            for (std::uint32_t t = 0; t < horizon; ++t) {
                put(t + *reached.detour,
                    t + *reached.detour + 1,
                    reached.part * lost(reached, t) * others(e, t));
            }
        } else if (reached.event.control) {
            const model::ExportControl& control = *reached.event.control;
            const double waited = std::min(
                control.processing_days.value.likely(),
                reached.event.duration_days->value.likely()
            );
            double sum = 0;
            for (std::uint32_t t = 0; t < horizon; ++t) {
                const double age = static_cast<double>(t) - reached.event.start_day;
                const double part_of_day = std::clamp(waited - age, 0.0, 1.0);
                sum += reached.part * intensity(reached.event, t) * phase(control, age)
                       * part_of_day * others(e, t);
            }
            const double z = std::ceil(reached.event.start_day + waited);
            const double days = std::max(control.backlog_days->value.likely(), 1.0);
            put(z, z + days, control.backlog_share->value.likely() * licensed(control) * sum);
        }
    }
};

TEST(ScenarioPaths, AreThoseOfTheWrittenEquations) {
    constexpr std::uint32_t horizon = 70;
    RandomStream random(6, 1);
    for (int round = 0; round < 12; ++round) {
        const std::vector<Reached> all = draw(random);
        const SlowPath slow(all, horizon);
        const SupplyPath path = path_of(all, horizon);
        for (std::size_t week = 0; week < path.availability.size(); ++week) {
            const auto mean = [&](const std::vector<double>& days) {
                const auto first = days.begin() + static_cast<std::ptrdiff_t>(7 * week);
                return std::accumulate(first, first + 7, 0.0) / 7;
            };
            constexpr double step = 5e-4;  // of a day, where an event begins or ends within one
            ASSERT_NEAR(path.availability[week], mean(slow.availability), step) << round;
            ASSERT_NEAR(path.late[week], mean(slow.late), 5 * step) << round << " " << week;
        }
    }
}

}  // namespace
}  // namespace adic::shock
