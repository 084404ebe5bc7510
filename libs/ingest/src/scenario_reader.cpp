#include "adic/base/text.hpp"
#include "adic/ingest/scenario_file.hpp"
#include "adic/model/scenario_check.hpp"

#include "byte_source.hpp"
#include "json_input.hpp"
#include "json_lines.hpp"
#include "rules.hpp"
#include "suggestion.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace adic::ingest {
namespace {

using model::ScenarioFault;
using nlohmann::json;

constexpr std::size_t size_limit = std::size_t{4} << 20U;

/// Figures of a control are five deep; nothing that is read is deeper.
constexpr int depth_limit = 16;
constexpr std::size_t kept_value = 80;

enum class Must { yes, no };

struct Complaint {
    const ImportRule* rule;
    std::string place;
    std::string value;
    std::string message;
};

/// A value and where it stands.
struct Spot {
    const json* value;
    std::string place;
};

std::string shown(const json& value) {
    if (const auto* text = value.get_ptr<const std::string*>()) {
        return text->substr(0, kept_value);
    }
    if (value.is_structured()) {
        return value.is_array() ? "[...]" : "{...}";
    }
    return value.dump().substr(0, kept_value);
}

std::string escaped(std::string_view key) {
    std::string text;
    for (const char c : key.substr(0, kept_value)) {
        text += c == '~' ? "~0" : (c == '/' ? "~1" : std::string(1, c));
    }
    return text;
}

const ImportRule& rule_of(ScenarioFault fault) {
    switch (fault) {
    case ScenarioFault::range: return rules::scenario_range;
    case ScenarioFault::identifier: return rules::scenario_identifier;
    case ScenarioFault::reference: return rules::scenario_reference;
    case ScenarioFault::figure: return rules::scenario_figure;
    case ScenarioFault::time: return rules::scenario_time;
    case ScenarioFault::target: return rules::scenario_target;
    case ScenarioFault::control: return rules::scenario_control;
    case ScenarioFault::group: return rules::scenario_group;
    }
    return rules::scenario_type;
}

/// Takes JSON values apart and keeps every complaint.
class Fields {
  public:
    void
    complain(const ImportRule& rule, std::string place, std::string value, std::string message) {
        ++count_;
        if (complaints_.size() < ImportReport::kept_issues) {
            complaints_.push_back({&rule, std::move(place), std::move(value), std::move(message)});
        }
    }

    void complain_type(const Spot& spot, std::string message) {
        complain(rules::scenario_type, spot.place, shown(*spot.value), std::move(message));
    }

    /// Whether it is an object; members of other names are complained of.
    bool open(const Spot& spot, std::span<const std::string_view> members) {
        if (!spot.value->is_object()) {
            complain_type(spot, "must be an object, { ... }");
            return false;
        }
        for (const auto& [key, value] : spot.value->items()) {
            if (std::ranges::find(members, key) == members.end()) {
                complain(
                    rules::scenario_unknown,
                    spot.place + "/" + escaped(key),
                    key.substr(0, kept_value),
                    "is no member here" + suggester_.suggest(key, members)
                        + "; there are: " + listed(members)
                );
            }
        }
        return true;
    }

    /// Empty if it is not there, which is complained of if it must be.
    std::optional<Spot> find(const Spot& spot, const char* key, Must must) {
        const std::string place = spot.place + "/" + key;
        const auto found = spot.value->find(key);
        if (found != spot.value->end()) {
            return Spot{&*found, place};
        }
        if (must == Must::yes) {
            complain(rules::scenario_missing, place, {}, "is missing");
        }
        return std::nullopt;
    }

    std::string text(const Spot& spot, const char* key, Must must) {
        const auto found = find(spot, key, must);
        return found ? text_of(*found) : std::string{};
    }

    std::string text_of(const Spot& spot) {
        if (const auto* text = spot.value->get_ptr<const std::string*>()) {
            return *text;
        }
        complain_type(spot, "must be a text, in quotes");
        return {};
    }

    std::optional<double> number_of(const Spot& spot) {
        if (spot.value->is_number() && std::isfinite(spot.value->get<double>())) {
            return spot.value->get<double>();
        }
        complain_type(spot, "must be a number, without quotes, unit or percent sign");
        return std::nullopt;
    }

    std::optional<std::int64_t>
    whole(const Spot& spot, const char* key, Must must, std::int64_t lowest) {
        const auto found = find(spot, key, must);
        if (!found) {
            return std::nullopt;
        }
        const bool is_whole = found->value->is_number_integer();
        const bool is_huge = found->value->is_number_unsigned()
                             && found->value->get<std::uint64_t>() > std::uint64_t{INT64_MAX};
        if (!is_whole) {
            complain_type(*found, "must be a whole number");
            return std::nullopt;
        }
        const std::int64_t value = is_huge ? INT64_MAX : found->value->get<std::int64_t>();
        constexpr std::int64_t highest = std::numeric_limits<std::int32_t>::max();
        if (value < lowest || value > highest) {
            complain(
                rules::scenario_range,
                found->place,
                shown(*found->value),
                "must be from " + std::to_string(lowest) + " to " + std::to_string(highest)
            );
            return std::nullopt;
        }
        return value;
    }

    bool flag(const Spot& spot, const char* key) {
        const auto found = find(spot, key, Must::no);
        if (found && !found->value->is_boolean()) {
            complain_type(*found, "must be true or false");
            return false;
        }
        return found && found->value->get<bool>();
    }

    std::optional<std::chrono::sys_days> date(const Spot& spot, const char* key, Must must) {
        const auto found = find(spot, key, must);
        if (!found) {
            return std::nullopt;
        }
        const auto* text = found->value->get_ptr<const std::string*>();
        const auto day = text == nullptr ? std::nullopt : date_of(*text);
        if (!day) {
            complain_type(*found, "must be a day such as \"2023-12-01\"");
            return std::nullopt;
        }
        if (!day->ok()) {
            complain(rules::scenario_time, found->place, *text, "is no day of the calendar");
            return std::nullopt;
        }
        return std::chrono::sys_days{*day};
    }

    std::vector<Spot> list(const Spot& spot, const char* key, Must must) {
        const auto found = find(spot, key, must);
        std::vector<Spot> entries;
        if (found && !found->value->is_array()) {
            complain_type(*found, "must be a list, [ ... ]");
        } else if (found) {
            for (std::size_t i = 0; i < found->value->size(); ++i) {
                entries.push_back({&(*found->value)[i], found->place + "/" + std::to_string(i)});
            }
        }
        return entries;
    }

    std::vector<std::string> names(const Spot& spot, const char* key) {
        std::vector<std::string> all;
        for (const Spot& entry : list(spot, key, Must::no)) {
            all.push_back(text_of(entry));
        }
        return all;
    }

    /// One of the words that `name_of` gives.
    template <typename Word, std::size_t Count>
    std::optional<Word>
    word(const Spot& spot, const char* key, Must must, const std::array<Word, Count>& words) {
        const auto found = find(spot, key, must);
        if (!found) {
            return std::nullopt;
        }
        const auto* text = found->value->get_ptr<const std::string*>();
        std::array<std::string_view, Count> known;
        for (std::size_t i = 0; i < Count; ++i) {
            known[i] = name_of(words[i]);
            if (text != nullptr && *text == known[i]) {
                return words[i];
            }
        }
        if (text == nullptr) {
            complain_type(*found, "must be one of: " + listed(known));
        } else {
            complain(
                rules::scenario_word,
                found->place,
                shown(*found->value),
                "must be one of: " + listed(known) + suggester_.suggest(*text, known)
            );
        }
        return std::nullopt;
    }

    /// That what is counted in days stands in the file as a date, where it is to be corrected.
    void rename(std::string place, std::string as_written) {
        renamed_.emplace(std::move(place), std::move(as_written));
    }

    std::string as_written(const std::string& place) const {
        const auto found = renamed_.find(place);
        return found == renamed_.end() ? place : found->second;
    }

    std::size_t count() const { return count_; }

    std::vector<Complaint> take() { return std::move(complaints_); }

    const std::vector<Complaint>& complaints() const { return complaints_; }

  private:
    static std::optional<std::chrono::year_month_day> date_of(std::string_view text) {
        constexpr std::string_view form = "dddd-dd-dd";
        if (text.size() != form.size()) {
            return std::nullopt;
        }
        for (std::size_t i = 0; i < form.size(); ++i) {
            const bool is_digit = text[i] >= '0' && text[i] <= '9';
            if (form[i] == 'd' ? !is_digit : text[i] != '-') {
                return std::nullopt;
            }
        }
        const auto part = [&](std::size_t from, std::size_t size) {
            return static_cast<unsigned>(*parse_whole(text.substr(from, size)));
        };
        return std::chrono::year_month_day{
            std::chrono::year{static_cast<int>(part(0, 4))},
            std::chrono::month{part(5, 2)},
            std::chrono::day{part(8, 2)}};
    }

    Suggester suggester_;
    std::vector<Complaint> complaints_;
    std::map<std::string, std::string> renamed_;
    std::size_t count_ = 0;
};

class ScenarioReader {
  public:
    explicit ScenarioReader(Fields& fields) : fields_(&fields) {}

    std::optional<model::Scenario> read(const json& root) {
        static constexpr std::array<std::string_view, 9> members{
            "$schema",
            "id",
            "title",
            "description",
            "start",
            "horizon_days",
            "sources",
            "events",
            "causes"};
        const Spot top{&root, {}};
        if (!fields_->open(top, members)) {
            return std::nullopt;
        }
        fields_->text(top, "$schema", Must::no);
        model::Scenario scenario{
            .id = fields_->text(top, "id", Must::yes),
            .title = fields_->text(top, "title", Must::yes),
            .description = fields_->text(top, "description", Must::no),
            .sources = {},
            .start = fields_->date(top, "start", Must::yes).value_or(std::chrono::sys_days{}),
            .horizon_days = 0,
            .events = {},
            .causes = {}};
        start_ = scenario.start;
        const auto horizon = fields_->whole(top, "horizon_days", Must::yes, 1);
        scenario.horizon_days = static_cast<std::uint32_t>(horizon.value_or(1));
        for (const Spot& spot : fields_->list(top, "sources", Must::no)) {
            scenario.sources.push_back(source(spot));
        }
        for (const Spot& spot : fields_->list(top, "events", Must::yes)) {
            scenario.events.push_back(event(spot));
        }
        for (const Spot& spot : fields_->list(top, "causes", Must::no)) {
            scenario.causes.push_back(cause(spot));
        }
        return scenario;
    }

  private:
    model::ScenarioSource source(const Spot& spot) {
        static constexpr std::array<std::string_view, 5> members{
            "id",
            "title",
            "publisher",
            "year",
            "url"};
        model::ScenarioSource source{{}, {}, {}, 0, {}};
        if (fields_->open(spot, members)) {
            source.id = fields_->text(spot, "id", Must::yes);
            source.title = fields_->text(spot, "title", Must::yes);
            source.publisher = fields_->text(spot, "publisher", Must::no);
            source.year =
                static_cast<int>(fields_->whole(spot, "year", Must::yes, 1000).value_or(1000));
            source.url = fields_->text(spot, "url", Must::no);
        }
        return source;
    }

    model::ShockEvent event(const Spot& spot) {
        static constexpr std::array<std::string_view, 17> members{
            "id",
            "title",
            "kind",
            "target",
            "severity",
            "rate",
            "start",
            "start_day",
            "end",
            "duration_days",
            "recovery",
            "probability",
            "per",
            "control",
            "may_miss",
            "sources",
            "note"};
        model::ShockEvent event{.id = {}, .kind = model::ShockKind::halt, .target = {}};
        if (!fields_->open(spot, members)) {
            return event;
        }
        event.id = fields_->text(spot, "id", Must::yes);
        event.title = fields_->text(spot, "title", Must::no);
        event.kind = fields_->word(spot, "kind", Must::yes, model::all_shock_kinds)
                         .value_or(model::ShockKind::halt);
        if (const auto target = fields_->find(spot, "target", Must::yes)) {
            event.target = this->target(*target);
        }
        event.severity = figure(spot, "severity");
        event.rate = figure(spot, "rate");
        read_days(spot, event);
        event.probability = figure(spot, "probability");
        event.per = span(spot);
        if (const auto control = fields_->find(spot, "control", Must::no)) {
            event.control = this->control(*control);
        }
        event.may_miss = fields_->flag(spot, "may_miss");
        event.sources = fields_->names(spot, "sources");
        event.note = fields_->text(spot, "note", Must::no);
        return event;
    }

    /// Days may be stated as days of the calendar, or counted from the start.
    void read_days(const Spot& spot, model::ShockEvent& event) {
        const auto start = fields_->date(spot, "start", Must::no);
        const auto start_day =
            fields_->whole(spot, "start_day", Must::no, std::numeric_limits<std::int32_t>::min());
        if (spot.value->contains("start") && spot.value->contains("start_day")) {
            fields_->complain(
                rules::scenario_unknown,
                spot.place + "/start",
                {},
                "stands beside start_day; state one of them"
            );
        }
        if (start) {
            fields_->rename(spot.place + "/start_day", spot.place + "/start");
        }
        event.start_day = static_cast<std::int32_t>(
            start ? (*start - start_).count() : static_cast<int>(start_day.value_or(0))
        );
        event.duration_days = figure(spot, "duration_days");
        const auto end = fields_->date(spot, "end", Must::no);
        if (spot.value->contains("end") && spot.value->contains("duration_days")) {
            fields_->complain(
                rules::scenario_unknown,
                spot.place + "/end",
                {},
                "stands beside duration_days; state one of them"
            );
        } else if (end) {
            const double days = static_cast<double>((*end - start_).count()) - event.start_day;
            event.duration_days = model::ScenarioFigure{Estimate::exactly(days)};
            fields_->rename(spot.place + "/duration_days", spot.place + "/end");
        }
        if (const auto recovery = fields_->find(spot, "recovery", Must::no)) {
            static constexpr std::array<std::string_view, 2> members{"shape", "days"};
            if (fields_->open(*recovery, members)) {
                event.recovery.shape =
                    fields_->word(*recovery, "shape", Must::yes, model::all_recovery_shapes)
                        .value_or(model::RecoveryShape::step);
                event.recovery.days = figure(*recovery, "days");
            }
        }
    }

    model::ShockTarget target(const Spot& spot) {
        static constexpr std::array<std::string_view, 5> members{
            "origins",
            "organisations",
            "items",
            "chokepoints",
            "routes"};
        model::ShockTarget target;
        if (!fields_->open(spot, members)) {
            return target;
        }
        target.origins = fields_->names(spot, "origins");
        target.organisations = fields_->names(spot, "organisations");
        if (const auto list = fields_->find(spot, "items", Must::no)) {
            target.items = items(*list);
        }
        target.chokepoints = fields_->names(spot, "chokepoints");
        for (const Spot& entry : fields_->list(spot, "routes", Must::no)) {
            static constexpr std::array<std::string_view, 2> ends{"from", "to"};
            model::TradeRoute route;
            if (fields_->open(entry, ends)) {
                route.from = fields_->text(entry, "from", Must::no);
                route.to = fields_->text(entry, "to", Must::no);
            }
            target.routes.push_back(std::move(route));
        }
        return target;
    }

    model::ItemList items(const Spot& spot) {
        static constexpr std::array<std::string_view, 3> members{"name", "ids", "codes"};
        model::ItemList items;
        if (!fields_->open(spot, members)) {
            return items;
        }
        items.name = fields_->text(spot, "name", Must::no);
        items.ids = fields_->names(spot, "ids");
        for (const Spot& entry : fields_->list(spot, "codes", Must::no)) {
            static constexpr std::array<std::string_view, 2> parts{"scheme", "prefix"};
            model::CodePrefix code;
            if (fields_->open(entry, parts)) {
                code.scheme = fields_->text(entry, "scheme", Must::yes);
                code.prefix = fields_->text(entry, "prefix", Must::no);
            }
            items.codes.push_back(std::move(code));
        }
        return items;
    }

    model::ExportControl control(const Spot& spot) {
        static constexpr std::array<std::string_view, 10> members{
            "announced",
            "destinations",
            "exempt",
            "phase_in_days",
            "processing_days",
            "approved_share",
            "quota",
            "backlog_share",
            "backlog_days",
            "de_minimis"};
        model::ExportControl control;
        if (!fields_->open(spot, members)) {
            return control;
        }
        control.announced = fields_->date(spot, "announced", Must::no);
        control.destinations = fields_->names(spot, "destinations");
        control.exempt = fields_->names(spot, "exempt");
        control.phase_in_days = static_cast<std::uint32_t>(
            fields_->whole(spot, "phase_in_days", Must::no, 0).value_or(0)
        );
        control.processing_days = figure(spot, "processing_days").value_or(control.processing_days);
        control.approved_share = figure(spot, "approved_share").value_or(control.approved_share);
        control.quota = figure(spot, "quota");
        control.backlog_share = figure(spot, "backlog_share");
        control.backlog_days = figure(spot, "backlog_days");
        if (const auto part = fields_->find(spot, "de_minimis", Must::no)) {
            control.de_minimis = fields_->number_of(*part);
        }
        return control;
    }

    model::CommonCause cause(const Spot& spot) {
        static constexpr std::array<std::string_view, 6>
            members{"id", "title", "probability", "per", "correlation", "members"};
        model::CommonCause cause{.id = {}, .members = {}};
        if (!fields_->open(spot, members)) {
            return cause;
        }
        cause.id = fields_->text(spot, "id", Must::yes);
        cause.title = fields_->text(spot, "title", Must::no);
        cause.probability = figure(spot, "probability");
        cause.per = span(spot);
        cause.correlation = figure(spot, "correlation");
        for (const Spot& entry : fields_->list(spot, "members", Must::yes)) {
            static constexpr std::array<std::string_view, 2> parts{"event", "conditional"};
            model::CauseMember member{.event = {}};
            if (fields_->open(entry, parts)) {
                member.event = fields_->text(entry, "event", Must::yes);
                member.conditional = figure(entry, "conditional");
            }
            cause.members.push_back(std::move(member));
        }
        return cause;
    }

    model::ProbabilitySpan span(const Spot& spot) {
        static constexpr std::array spans{
            model::ProbabilitySpan::horizon,
            model::ProbabilitySpan::year};
        return fields_->word(spot, "per", Must::no, spans)
            .value_or(model::ProbabilitySpan::horizon);
    }

    /// A number, or an object that says how sure it is.
    std::optional<model::ScenarioFigure> figure(const Spot& owner, const char* key) {
        const auto spot = fields_->find(owner, key, Must::no);
        if (!spot) {
            return std::nullopt;
        }
        if (!spot->value->is_object()) {
            if (!spot->value->is_number()) {
                fields_->complain_type(*spot, "must be a number, or an object with `likely`");
                return std::nullopt;
            }
            const auto value = fields_->number_of(*spot);
            return value ? std::optional{model::ScenarioFigure{Estimate::exactly(*value)}}
                         : std::nullopt;
        }
        return full_figure(*spot);
    }

    std::optional<model::ScenarioFigure> full_figure(const Spot& spot) {
        static constexpr std::array<std::string_view, 6>
            members{"low", "likely", "high", "confidence", "source", "note"};
        fields_->open(spot, members);
        const auto value = estimate(spot);
        model::Confidence confidence = model::Confidence::d;
        if (const auto letter = fields_->find(spot, "confidence", Must::no)) {
            const std::string text = fields_->text_of(*letter);
            const auto parsed = model::parse_confidence(text);
            if (!parsed && letter->value->is_string()) {
                fields_->complain(
                    rules::scenario_word,
                    letter->place,
                    text.substr(0, kept_value),
                    "must be one of: A, B, C, D, E"
                );
            }
            confidence = parsed.value_or(confidence);
        }
        std::string source = fields_->text(spot, "source", Must::no);
        std::string note = fields_->text(spot, "note", Must::no);
        if (!value) {
            return std::nullopt;
        }
        return model::ScenarioFigure{*value, confidence, std::move(source), std::move(note)};
    }

    std::optional<Estimate> estimate(const Spot& spot) {
        const auto likely = fields_->find(spot, "likely", Must::yes);
        const auto low = fields_->find(spot, "low", Must::no);
        const auto high = fields_->find(spot, "high", Must::no);
        const auto number = [&](const std::optional<Spot>& part) {
            return part ? fields_->number_of(*part) : std::nullopt;
        };
        const auto likely_value = number(likely);
        const auto low_value = number(low);
        const auto high_value = number(high);
        if (low.has_value() != high.has_value()) {
            fields_->complain(
                rules::scenario_missing,
                spot.place + (low ? "/high" : "/low"),
                {},
                "is missing; low and high stand together"
            );
            return std::nullopt;
        }
        if (!likely_value || (low && (!low_value || !high_value))) {
            return std::nullopt;
        }
        if (!low) {
            return Estimate::exactly(*likely_value);
        }
        const auto value = Estimate::create(*low_value, *likely_value, *high_value);
        if (!value) {
            fields_->complain(
                rules::scenario_estimate,
                spot.place,
                {},
                "must have low <= likely <= high"
            );
            return std::nullopt;
        }
        return *value;
    }

    Fields* fields_;
    std::chrono::sys_days start_;
};

/// Which places could not be read, so that what hangs on them is not complained of again.
class UnreadPlaces {
  public:
    explicit UnreadPlaces(const std::vector<Complaint>& complaints) {
        for (const Complaint& complaint : complaints) {
            const std::string_view place = complaint.place;
            places_.insert(complaint.place);
            names_ = names_ || place.ends_with("/id");
            days_ = days_ || place == "/start" || place == "/horizon_days";
            add_owner(place);
        }
    }

    bool explain(const model::ScenarioProblem& problem) const {
        if ((problem.fault == ScenarioFault::reference && names_)
            || (problem.fault == ScenarioFault::time && days_)) {
            return true;
        }
        std::string_view place = problem.place;
        while (!place.empty() && !places_.contains(place)) {
            place = place.substr(0, place.rfind('/'));
        }
        return !place.empty();
    }

  private:
    /// An event whose kind or days are not known is not looked into.
    void add_owner(std::string_view place) {
        for (const std::string_view member : {"/kind", "/start", "/start_day", "/end"}) {
            if (place.starts_with("/events/") && place.ends_with(member)) {
                places_.emplace(place.substr(0, place.size() - member.size()));
            }
        }
    }

    std::set<std::string, std::less<>> places_;
    bool names_ = false;
    bool days_ = false;
};

/// Adds the reasons for which the scenario cannot be.
void add_faults(const model::Scenario& scenario, Fields& fields) {
    const UnreadPlaces unread(fields.complaints());
    if (fields.count() != fields.complaints().size()) {
        return;  // there is more wrong than is kept
    }
    for (model::ScenarioProblem& problem : list_problems(scenario)) {
        if (!unread.explain(problem)) {
            fields.complain(
                rule_of(problem.fault),
                fields.as_written(problem.place),
                problem.value.substr(0, kept_value),
                std::move(problem.message)
            );
        }
    }
}

void report_all(
    Fields& fields,
    std::string_view text,
    const std::string& name,
    ImportReport& report
) {
    const std::size_t all = fields.count();
    const std::vector<Complaint> complaints = fields.take();
    std::vector<std::string> places;
    places.reserve(complaints.size());
    for (const Complaint& complaint : complaints) {
        places.push_back(complaint.place);
    }
    const JsonLines found = find_json_lines(text, places);
    const auto add = [&](const ImportRule& rule, std::uint64_t line, const Complaint& complaint) {
        report.add(
            {Severity::error,
             rule.id,
             name,
             line,
             complaint.place,
             complaint.value,
             complaint.message}
        );
    };
    for (const RepeatedKey& repeated : found.repeated) {
        add(rules::scenario_unknown,
            repeated.line,
            {nullptr, repeated.object, repeated.key, "stands in this object twice; take one out"});
    }
    for (const Complaint& complaint : complaints) {
        add(*complaint.rule, found.lines.find(complaint.place)->second, complaint);
    }
    for (std::size_t i = complaints.size(); i < all; ++i) {
        add(rules::scenario_type, 0, {});  // counted, not kept
    }
}

}  // namespace

Result<model::Scenario>
parse_scenario(std::string_view text, const std::string& name, ImportReport& report) {
    const std::uint64_t errors = report.errors();
    std::optional<model::Scenario> scenario;
    const ParsedJson parsed = parse_json(text, {size_limit, "is larger than 4 MiB", depth_limit});
    if (!parsed.root) {
        report.add(
            {Severity::error,
             rules::scenario_not_json.id,
             name,
             line_of_byte(text, parsed.byte == 0 ? 0 : parsed.byte - 1),
             {},
             {},
             parsed.message}
        );
    } else {
        Fields fields;
        scenario = ScenarioReader(fields).read(*parsed.root);
        if (scenario) {
            add_faults(*scenario, fields);
        }
        report_all(fields, text, name, report);
    }
    if (report.errors() != errors) {
        return Error{
            ErrorCode::invalid_argument,
            "'" + name + "' is not a scenario that can be: "
                + std::to_string(report.errors() - errors) + " errors",
            {}};
    }
    return *std::move(scenario);
}

Result<model::Scenario> read_scenario(const std::filesystem::path& path, ImportReport& report) {
    ADIC_TRY(const auto source, open_bytes(path));
    std::string text;
    std::vector<char> block(std::size_t{64} << 10U);
    while (text.size() <= size_limit) {
        const std::size_t taken = source->read(block);
        if (taken == 0) {
            break;
        }
        text.append(block.data(), taken);
    }
    if (!source->problem().empty()) {
        return Error{
            ErrorCode::unavailable,
            "'" + path.filename().string() + "' " + std::string(source->problem()),
            {}};
    }
    return parse_scenario(text, path.filename().string(), report);
}

}  // namespace adic::ingest
