#include "adic/ingest/scenario_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adic::ingest {
namespace {

using json = nlohmann::ordered_json;

std::string date_text(std::chrono::sys_days day) {
    const std::chrono::year_month_day date{day};
    return fmt::format(
        "{:04}-{:02}-{:02}",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
}

void put_text(json& object, const char* key, const std::string& text) {
    if (!text.empty()) {
        object[key] = text;
    }
}

void put_names(json& object, const char* key, const std::vector<std::string>& names) {
    if (!names.empty()) {
        object[key] = names;
    }
}

json json_of(const model::ScenarioFigure& figure) {
    const bool is_bare = figure.value.is_exact() && figure.confidence == model::Confidence::d
                         && figure.source.empty() && figure.note.empty();
    if (is_bare) {
        return figure.value.likely();
    }
    json object = json::object();
    if (!figure.value.is_exact()) {
        object["low"] = figure.value.low();
    }
    object["likely"] = figure.value.likely();
    if (!figure.value.is_exact()) {
        object["high"] = figure.value.high();
    }
    object["confidence"] = std::string(1, model::letter(figure.confidence));
    put_text(object, "source", figure.source);
    put_text(object, "note", figure.note);
    return object;
}

void put_figure(json& object, const char* key, const std::optional<model::ScenarioFigure>& figure) {
    if (figure) {
        object[key] = json_of(*figure);
    }
}

json json_of(const model::ShockTarget& target) {
    json object = json::object();
    put_names(object, "origins", target.origins);
    put_names(object, "organisations", target.organisations);
    if (target.items != model::ItemList{}) {
        json items = json::object();
        put_text(items, "name", target.items.name);
        put_names(items, "ids", target.items.ids);
        for (const model::CodePrefix& code : target.items.codes) {
            json entry{{"scheme", code.scheme}};
            put_text(entry, "prefix", code.prefix);
            items["codes"].push_back(std::move(entry));
        }
        object["items"] = std::move(items);
    }
    put_names(object, "chokepoints", target.chokepoints);
    for (const model::TradeRoute& route : target.routes) {
        json ends = json::object();
        put_text(ends, "from", route.from);
        put_text(ends, "to", route.to);
        object["routes"].push_back(std::move(ends));
    }
    return object;
}

json json_of(const model::ExportControl& control) {
    json object = json::object();
    if (control.announced) {
        object["announced"] = date_text(*control.announced);
    }
    put_names(object, "destinations", control.destinations);
    put_names(object, "exempt", control.exempt);
    if (control.phase_in_days != 0) {
        object["phase_in_days"] = control.phase_in_days;
    }
    object["processing_days"] = json_of(control.processing_days);
    object["approved_share"] = json_of(control.approved_share);
    put_figure(object, "quota", control.quota);
    put_figure(object, "backlog_share", control.backlog_share);
    put_figure(object, "backlog_days", control.backlog_days);
    if (control.de_minimis) {
        object["de_minimis"] = *control.de_minimis;
    }
    return object;
}

json json_of(const model::ShockEvent& event) {
    json object{{"id", event.id}};
    put_text(object, "title", event.title);
    object["kind"] = std::string(name_of(event.kind));
    object["target"] = json_of(event.target);
    put_figure(object, "severity", event.severity);
    put_figure(object, "rate", event.rate);
    object["start_day"] = event.start_day;
    put_figure(object, "duration_days", event.duration_days);
    if (event.recovery != model::RecoveryCurve{}) {
        json recovery{{"shape", std::string(name_of(event.recovery.shape))}};
        put_figure(recovery, "days", event.recovery.days);
        object["recovery"] = std::move(recovery);
    }
    put_figure(object, "probability", event.probability);
    if (event.per != model::ProbabilitySpan::horizon) {
        object["per"] = std::string(name_of(event.per));
    }
    if (event.control) {
        object["control"] = json_of(*event.control);
    }
    if (event.may_miss) {
        object["may_miss"] = true;
    }
    put_names(object, "sources", event.sources);
    put_text(object, "note", event.note);
    return object;
}

json json_of(const model::CommonCause& cause) {
    json object{{"id", cause.id}};
    put_text(object, "title", cause.title);
    put_figure(object, "probability", cause.probability);
    if (cause.per != model::ProbabilitySpan::horizon) {
        object["per"] = std::string(name_of(cause.per));
    }
    put_figure(object, "correlation", cause.correlation);
    object["members"] = json::array();
    for (const model::CauseMember& member : cause.members) {
        json entry{{"event", member.event}};
        put_figure(entry, "conditional", member.conditional);
        object["members"].push_back(std::move(entry));
    }
    return object;
}

json json_of(const model::ScenarioSource& source) {
    json object{{"id", source.id}, {"title", source.title}};
    put_text(object, "publisher", source.publisher);
    object["year"] = source.year;
    put_text(object, "url", source.url);
    return object;
}

}  // namespace

std::string write_scenario(const model::Scenario& scenario) {
    json root{{"id", scenario.id}, {"title", scenario.title}};
    put_text(root, "description", scenario.description);
    root["start"] = date_text(scenario.start);
    root["horizon_days"] = scenario.horizon_days;
    for (const model::ScenarioSource& source : scenario.sources) {
        root["sources"].push_back(json_of(source));
    }
    root["events"] = json::array();
    for (const model::ShockEvent& event : scenario.events) {
        root["events"].push_back(json_of(event));
    }
    for (const model::CommonCause& cause : scenario.causes) {
        root["causes"].push_back(json_of(cause));
    }
    return root.dump(2) + "\n";
}

}  // namespace adic::ingest
