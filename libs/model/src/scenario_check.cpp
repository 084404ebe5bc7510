#include "adic/model/scenario_check.hpp"

#include "adic/base/text.hpp"
#include "adic/model/record.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace adic::model {
namespace {

constexpr double most = std::numeric_limits<double>::max();

std::string at(const std::string& place, std::size_t position) {
    return place + "/" + std::to_string(position);
}

std::string text_of(Estimate value) {
    return value.is_exact() ? to_shortest(value.likely())
                            : to_shortest(value.low()) + " to " + to_shortest(value.high());
}

/// What both kinds of check share: the list, and the names that figures may refer to.
class Findings {
  public:
    explicit Findings(const Scenario& scenario) : scenario_(&scenario) {
        for (const ScenarioSource& source : scenario.sources) {
            sources_.insert(source.id);
        }
    }

    const Scenario& scenario() const { return *scenario_; }

    void add(ScenarioFault fault, std::string place, std::string value, std::string message) {
        problems_.push_back({fault, std::move(place), std::move(value), std::move(message)});
    }

    void check_source(const std::string& place, const std::string& id) {
        if (!sources_.contains(id)) {
            add(ScenarioFault::reference, place, id, "is no source of this scenario");
        }
    }

    void check_figure(
        const std::string& place,
        const std::optional<ScenarioFigure>& figure,
        double lowest,
        double highest
    ) {
        if (!figure) {
            return;
        }
        if (figure->value.low() < lowest || figure->value.high() > highest) {
            const std::string limits = highest == most ? "must be at least " + to_shortest(lowest)
                                                       : "must be from " + to_shortest(lowest)
                                                             + " to " + to_shortest(highest);
            add(ScenarioFault::range, place, text_of(figure->value), limits);
        }
        if (!figure->source.empty()) {
            check_source(place + "/source", figure->source);
        }
    }

    /// Every id a good one, and none twice.
    void check_id(const std::string& place, const std::string& id, std::set<std::string>& taken) {
        if (!is_scenario_id(id)) {
            add(ScenarioFault::identifier, place, id, "must be 1 to 64 of A-Z a-z 0-9 . _ -");
        } else if (!taken.insert(id).second) {
            add(ScenarioFault::identifier, place, id, "is taken; every id stands for one thing");
        }
    }

    std::vector<ScenarioProblem> take() { return std::move(problems_); }

  private:
    const Scenario* scenario_;
    std::set<std::string, std::less<>> sources_;
    std::vector<ScenarioProblem> problems_;
};

/// Which figures an event of a kind states.
enum class Stated { must, may, never };

struct KindRule {
    Stated severity;
    Stated rate;
    Stated control;
};

constexpr KindRule rule_of(ShockKind kind) {
    switch (kind) {
    case ShockKind::halt: return {Stated::may, Stated::never, Stated::never};
    case ShockKind::capacity_loss: return {Stated::must, Stated::never, Stated::never};
    case ShockKind::licence_delay: return {Stated::may, Stated::never, Stated::must};
    case ShockKind::export_control: return {Stated::never, Stated::never, Stated::must};
    case ShockKind::tariff: return {Stated::never, Stated::must, Stated::never};
    case ShockKind::stock_loss: return {Stated::must, Stated::never, Stated::never};
    }
    return {Stated::may, Stated::may, Stated::may};
}

class EventCheck {
  public:
    EventCheck(Findings& findings, const ShockEvent& event, std::string place)
        : findings_(&findings)
        , event_(&event)
        , place_(std::move(place)) {}

    void run() {
        check_figures();
        check_time();
        check_target();
        check_passages();
        if (event_->control) {
            check_terms(*event_->control);
            check_destinations(*event_->control);
        }
        for (std::size_t i = 0; i < event_->sources.size(); ++i) {
            findings_->check_source(at(place_ + "/sources", i), event_->sources[i]);
        }
    }

  private:
    void add(ScenarioFault fault, const char* member, std::string value, std::string message) {
        findings_->add(fault, place_ + member, std::move(value), std::move(message));
    }

    void check_stated(const char* member, Stated stated, bool is_there) {
        const std::string kind{name_of(event_->kind)};
        if (stated == Stated::must && !is_there) {
            add(ScenarioFault::figure,
                member,
                {},
                "is missing; an event of kind " + kind + " cannot be without");
        }
        if (stated == Stated::never && is_there) {
            add(ScenarioFault::figure,
                member,
                {},
                "has no meaning for an event of kind " + kind + "; take it out");
        }
    }

    void check_figures() {
        const KindRule rule = rule_of(event_->kind);
        check_stated("/severity", rule.severity, event_->severity.has_value());
        check_stated("/rate", rule.rate, event_->rate.has_value());
        check_stated("/control", rule.control, event_->control.has_value());
        findings_->check_figure(place_ + "/severity", event_->severity, 0, 1);
        findings_->check_figure(place_ + "/rate", event_->rate, 0, most);
        findings_->check_figure(place_ + "/probability", event_->probability, 0, 1);
        findings_->check_figure(
            place_ + "/duration_days",
            event_->duration_days,
            std::numeric_limits<double>::lowest(),
            longest_days
        );
        findings_->check_figure(place_ + "/recovery/days", event_->recovery.days, 0, longest_days);
    }

    void check_time() {
        const std::int64_t start = event_->start_day;
        const Scenario& scenario = findings_->scenario();
        const bool is_too_late =
            scenario.horizon_days > 0 && start >= std::int64_t{scenario.horizon_days};
        if (is_too_late || start < -longest_days) {
            add(ScenarioFault::time,
                "/start_day",
                std::to_string(start),
                start < 0 ? "is more than 100 years before the scenario"
                          : "is after the horizon of " + std::to_string(scenario.horizon_days)
                                + " days: it would never be felt");
        }
        if (event_->duration_days && event_->duration_days->value.low() <= 0) {
            add(ScenarioFault::time,
                "/duration_days",
                text_of(event_->duration_days->value),
                "must be above 0: the event would end before it starts");
        } else if (event_->duration_days && event_->kind != ShockKind::stock_loss) {
            check_felt(*event_->duration_days);
        }
        check_recovery();
    }

    void check_felt(const ScenarioFigure& duration) {
        const double recovery = event_->recovery.days ? event_->recovery.days->value.high() : 0;
        if (event_->start_day + duration.value.high() + recovery <= 0) {
            add(ScenarioFault::time,
                "/duration_days",
                text_of(duration.value),
                "is over before the scenario starts: it would never be felt");
        }
    }

    void check_recovery() {
        const RecoveryCurve& recovery = event_->recovery;
        if (event_->kind == ShockKind::stock_loss
            && (event_->duration_days || recovery != RecoveryCurve{})) {
            add(ScenarioFault::time,
                event_->duration_days ? "/duration_days" : "/recovery",
                {},
                "has no meaning for a stock_loss: it happens on one day, and only deliveries fill "
                "the stock again");
        }
        if (recovery.shape == RecoveryShape::step) {
            if (recovery.days) {
                add(ScenarioFault::time,
                    "/recovery/days",
                    text_of(recovery.days->value),
                    "belongs to a linear, exponential or s_curve recovery; after a step all is "
                    "back at once");
            }
            return;
        }
        if (!recovery.days || recovery.days->value.low() <= 0) {
            add(ScenarioFault::time,
                "/recovery/days",
                recovery.days ? text_of(recovery.days->value) : std::string{},
                "must be above 0 for this shape of recovery");
        }
        if (!event_->duration_days) {
            add(ScenarioFault::time,
                "/recovery",
                std::string{name_of(recovery.shape)},
                "never begins, since the event has no duration_days; state them, or take the "
                "recovery out");
        }
    }

    void check_names(const char* member, const std::vector<std::string>& names) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i].empty()) {
                findings_
                    ->add(ScenarioFault::target, at(place_ + member, i), {}, "must not be empty");
            }
        }
    }

    void check_target() {
        const ShockTarget& target = event_->target;
        check_names("/target/origins", target.origins);
        check_names("/target/organisations", target.organisations);
        check_names("/target/chokepoints", target.chokepoints);
        check_names("/target/items/ids", target.items.ids);
        for (std::size_t i = 0; i < target.items.codes.size(); ++i) {
            if (target.items.codes[i].scheme.empty()) {
                findings_->add(
                    ScenarioFault::target,
                    at(place_ + "/target/items/codes", i) + "/scheme",
                    {},
                    "must name a scheme of codes, such as HS"
                );
            }
        }
        if (target.origins.empty() && target.organisations.empty() && target.items.is_empty()
            && target.chokepoints.empty() && target.routes.empty()) {
            add(ScenarioFault::target,
                "/target",
                {},
                "names nothing, so it would hit everything; name origins, organisations, items, "
                "chokepoints or routes");
        }
    }

    void check_passages() {
        const ShockTarget& target = event_->target;
        for (std::size_t i = 0; i < target.routes.size(); ++i) {
            const TradeRoute& route = target.routes[i];
            if (route.from == route.to) {
                findings_->add(
                    ScenarioFault::target,
                    at(place_ + "/target/routes", i),
                    route.from,
                    route.from.empty() ? "leads from anywhere to anywhere; name an end of it"
                                       : "leads from a place to itself"
                );
            }
        }
        const bool has_way = !target.chokepoints.empty() || !target.routes.empty();
        if (has_way && (event_->control || event_->kind == ShockKind::stock_loss)) {
            add(ScenarioFault::target,
                target.chokepoints.empty() ? "/target/routes" : "/target/chokepoints",
                {},
                event_->control ? "has no meaning for a control, which goes by origins and "
                                  "control/destinations"
                                : "has no meaning for a stock_loss; goods in store are not under "
                                  "way");
        }
    }

    void check_terms(const ExportControl& control) {
        const std::string place = place_ + "/control";
        findings_
            ->check_figure(place + "/processing_days", control.processing_days, 0, longest_days);
        findings_->check_figure(place + "/approved_share", control.approved_share, 0, 1);
        findings_->check_figure(place + "/quota", control.quota, 0, most);
        findings_->check_figure(place + "/backlog_share", control.backlog_share, 0, 1);
        findings_->check_figure(place + "/backlog_days", control.backlog_days, 0, longest_days);
        if (control.backlog_days && !control.backlog_share) {
            add(ScenarioFault::control,
                "/control/backlog_days",
                text_of(control.backlog_days->value),
                "says when, but there is no backlog_share to say how much comes later");
        }
        if (control.phase_in_days > std::uint32_t{longest_days}) {
            add(ScenarioFault::range,
                "/control/phase_in_days",
                std::to_string(control.phase_in_days),
                "must be from 0 to " + std::to_string(longest_days));
        }
        const auto in_force = findings_->scenario().start + std::chrono::days{event_->start_day};
        if (control.announced && *control.announced > in_force) {
            add(ScenarioFault::control,
                "/control/announced",
                {},
                "is after the day from which the control is in force");
        }
        check_de_minimis(control);
    }

    void check_de_minimis(const ExportControl& control) {
        if (!control.de_minimis) {
            return;
        }
        if (!(*control.de_minimis >= 0 && *control.de_minimis <= 1)) {
            add(ScenarioFault::range,
                "/control/de_minimis",
                to_shortest(*control.de_minimis),
                "must be from 0 to 1: a part of the value");
        }
        if (event_->target.items.is_empty()) {
            add(ScenarioFault::control,
                "/control/de_minimis",
                to_shortest(*control.de_minimis),
                "asks for the part of a value that is controlled goods, but target/items names no "
                "goods");
        }
    }

    void check_destinations(const ExportControl& control) {
        check_names("/control/destinations", control.destinations);
        check_names("/control/exempt", control.exempt);
        if (event_->target.origins.empty()) {
            add(ScenarioFault::control,
                "/target/origins",
                {},
                "must name whose exports are controlled");
        }
        const std::set<std::string> exempt(control.exempt.begin(), control.exempt.end());
        const auto is_exempt = [&](const std::string& name) { return exempt.contains(name); };
        if (!control.destinations.empty() && std::ranges::all_of(control.destinations, is_exempt)) {
            add(ScenarioFault::control,
                "/control/exempt",
                {},
                "takes out every destination that the control names: it controls nothing");
        }
    }

    Findings* findings_;
    const ShockEvent* event_;
    std::string place_;
};

class CauseCheck {
  public:
    explicit CauseCheck(Findings& findings) : findings_(&findings) {
        const Scenario& scenario = findings.scenario();
        for (const ShockEvent& event : scenario.events) {
            events_.emplace(event.id, &event);
        }
        for (const CommonCause& cause : scenario.causes) {
            causes_.insert(cause.id);
        }
    }

    void check(const CommonCause& cause, const std::string& place) {
        findings_->check_figure(place + "/probability", cause.probability, 0, 1);
        findings_->check_figure(place + "/correlation", cause.correlation, 0, 1);
        if (cause.correlation && cause.correlation->value.high() == 1) {
            add(place + "/correlation", "1", "must be below 1: write such events as one event");
        }
        if (cause.probability.has_value() == cause.correlation.has_value()) {
            add(place,
                {},
                cause.probability ? "has a probability and a correlation; it can be a cause of its "
                                    "members or a correlation between them, not both"
                                  : "has neither a probability of its own nor a correlation");
        }
        const std::size_t fewest = cause.correlation ? 2 : 1;
        if (cause.members.size() < fewest) {
            add(place + "/members",
                {},
                "must name at least " + std::to_string(fewest)
                    + (fewest == 1 ? " event" : " events"));
        }
        for (std::size_t i = 0; i < cause.members.size(); ++i) {
            check_member(cause, cause.members[i], at(place + "/members", i));
        }
    }

  private:
    void add(std::string place, std::string value, std::string message) {
        findings_
            ->add(ScenarioFault::group, std::move(place), std::move(value), std::move(message));
    }

    void
    check_member(const CommonCause& cause, const CauseMember& member, const std::string& place) {
        findings_->check_figure(place + "/conditional", member.conditional, 0, 1);
        const auto found = events_.find(member.event);
        if (found == events_.end()) {
            report_unknown(cause, member, place + "/event");
            return;
        }
        if (!grouped_.insert(member.event).second) {
            add(place + "/event",
                member.event,
                "is in a group already; an event can hang on one common cause only");
        }
        if (cause.correlation && !cause.probability) {
            check_correlated(*found->second, member, place);
        } else if (cause.probability && !cause.correlation) {
            check_caused(cause, *found->second, member, place);
        }
    }

    void
    report_unknown(const CommonCause& cause, const CauseMember& member, const std::string& place) {
        if (member.event == cause.id) {
            add(place, member.event, "is the cause itself: nothing can be its own cause");
        } else if (causes_.contains(member.event)) {
            add(place,
                member.event,
                "is a common cause; causes of causes could go in a circle, so members are events");
        } else {
            findings_->add(
                ScenarioFault::reference,
                place,
                member.event,
                "is no event of this scenario"
            );
        }
    }

    void
    check_correlated(const ShockEvent& event, const CauseMember& member, const std::string& place) {
        if (member.conditional) {
            add(place + "/conditional",
                text_of(member.conditional->value),
                "belongs to a cause with a probability; in a correlation events state their own");
        }
        if (!event.probability) {
            add(place + "/event",
                event.id,
                "is sure to happen, so it cannot be correlated; give the event a probability");
        }
    }

    void check_caused(
        const CommonCause& cause,
        const ShockEvent& event,
        const CauseMember& member,
        const std::string& place
    ) {
        if (member.conditional.has_value() == event.probability.has_value()) {
            add(member.conditional ? place + "/conditional" : place + "/event",
                event.id,
                member.conditional ? "the event states a probability as well; one follows from the "
                                     "other, so state one"
                                   : "is sure to happen, even without its cause; state a "
                                     "conditional here or a probability with the event");
            return;
        }
        if (!event.probability) {
            return;
        }
        const std::uint32_t horizon = findings_->scenario().horizon_days;
        const Estimate own = clamped(event.probability->value);
        const Estimate of_cause = clamped(cause.probability->value);
        const Estimate own_over = probability_over(own, event.per, horizon);
        const Estimate cause_over = probability_over(of_cause, cause.per, horizon);
        constexpr double rounding = 1e-12;
        if (own_over.likely() > cause_over.likely() + rounding
            || own_over.low() > cause_over.low() + rounding
            || own_over.high() > cause_over.high() + rounding) {
            add(place + "/event",
                text_of(own_over),
                "is more likely than its cause (" + text_of(cause_over)
                    + "), and cannot be: no member happens without the cause");
        }
    }

    /// Probabilities out of range are reported elsewhere; here they must not spread.
    static Estimate clamped(Estimate value) {
        const auto part = [](double x) { return std::clamp(x, 0.0, 1.0); };
        return *Estimate::create(part(value.low()), part(value.likely()), part(value.high()));
    }

    Findings* findings_;
    std::map<std::string_view, const ShockEvent*> events_;
    std::set<std::string_view> causes_;
    std::set<std::string_view> grouped_;
};

void check_sources(const Scenario& scenario, Findings& findings) {
    std::set<std::string> taken;
    for (std::size_t i = 0; i < scenario.sources.size(); ++i) {
        const ScenarioSource& source = scenario.sources[i];
        const std::string place = at("/sources", i);
        findings.check_id(place + "/id", source.id, taken);
        if (source.title.empty()) {
            findings.add(ScenarioFault::figure, place + "/title", {}, "must not be empty");
        }
        if (source.year < 1000 || source.year > 9999) {
            findings.add(
                ScenarioFault::range,
                place + "/year",
                std::to_string(source.year),
                "must be a year of four digits"
            );
        }
    }
}

/// A registry keeps both as texts of a record.
void check_texts(const Scenario& scenario, Findings& findings) {
    constexpr std::string_view wanted = "must have 1 to 10 000 bytes of UTF-8 without U+0000";
    if (scenario.title.empty() || !is_storable_text(scenario.title)) {
        findings.add(ScenarioFault::figure, "/title", {}, std::string(wanted));
    }
    if (!is_storable_text(scenario.description)) {
        findings.add(ScenarioFault::figure, "/description", {}, std::string(wanted));
    }
}

}  // namespace

bool is_scenario_id(std::string_view text) {
    constexpr std::string_view marks = "._-";
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || marks.find(c) != std::string_view::npos;
    });
}

Estimate probability_over(Estimate probability, ProbabilitySpan span, std::uint32_t horizon_days) {
    if (span == ProbabilitySpan::horizon) {
        return probability;
    }
    constexpr double days_of_year = 365.25;
    const double years = horizon_days / days_of_year;
    // (E11) by log1p and expm1: small probabilities keep their digits.
    const auto over = [&](double p) {
        return p >= 1 ? 1.0 : std::clamp(-std::expm1(years * std::log1p(-p)), 0.0, 1.0);
    };
    const double low = over(probability.low());
    const double likely = std::max(low, over(probability.likely()));
    return *Estimate::create(low, likely, std::max(likely, over(probability.high())));
}

std::vector<ScenarioProblem> list_problems(const Scenario& scenario) {
    Findings findings(scenario);
    std::set<std::string> own;
    findings.check_id("/id", scenario.id, own);
    check_texts(scenario, findings);
    if (scenario.horizon_days < 1 || scenario.horizon_days > std::uint32_t{longest_days}) {
        findings.add(
            ScenarioFault::range,
            "/horizon_days",
            std::to_string(scenario.horizon_days),
            "must be from 1 to " + std::to_string(longest_days)
        );
    }
    check_sources(scenario, findings);
    if (scenario.events.empty()) {
        findings.add(ScenarioFault::target, "/events", {}, "must have at least one event");
    }
    std::set<std::string> ids;  // of events and causes: members must not be ambiguous
    for (std::size_t i = 0; i < scenario.events.size(); ++i) {
        const std::string place = at("/events", i);
        findings.check_id(place + "/id", scenario.events[i].id, ids);
        EventCheck(findings, scenario.events[i], place).run();
    }
    CauseCheck causes(findings);
    for (std::size_t i = 0; i < scenario.causes.size(); ++i) {
        const std::string place = at("/causes", i);
        findings.check_id(place + "/id", scenario.causes[i].id, ids);
        causes.check(scenario.causes[i], place);
    }
    return findings.take();
}

}  // namespace adic::model
