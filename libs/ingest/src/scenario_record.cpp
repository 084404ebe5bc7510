#include "adic/ingest/scenario_record.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/scenario_file.hpp"

#include "json_texts.hpp"
#include "new_record.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adic::ingest {
namespace {

using json = nlohmann::ordered_json;

/// A member of a scenario file that is a field of its own in a record.
struct OwnField {
    const char* member;
    std::string_view field;
};

constexpr std::array<OwnField, 4> own_fields{{
    {"title", "name"},
    {"description", "about"},
    {"start", "start"},
    {"horizon_days", "horizon_days"},
}};

std::size_t place_of(std::string_view field) {
    return *model::find_record_type(model::scenario_type)->find_field(field);
}

/// Null if the field is empty, or of another kind than it takes.
template <typename Value>
const Value* find_value(std::span<const model::FieldValue> fields, std::string_view field) {
    return std::get_if<Value>(&fields[place_of(field)]);
}

std::string text_or(std::span<const model::FieldValue> fields, std::string_view field) {
    const auto* text = find_value<std::string>(fields, field);
    return text == nullptr ? std::string{} : *text;
}

std::string joined(const model::Words& texts) {
    std::string all;
    for (const std::string& text : texts) {
        all += text;
    }
    return all;
}

/// The scenario file: the members that have fields, put before those of the content. So one that
/// stands in the content as well is found as one that is there twice.
std::string file_of(const json& own, std::string_view content) {
    std::string file = own.dump();
    file.pop_back();
    const std::string_view rest = content.substr(1);
    if (!trimmed(rest).starts_with('}')) {
        file += ',';
    }
    return file.append(rest);
}

std::string sentence_of(const Issue& issue) {
    for (const OwnField& own : own_fields) {
        if (issue.column.empty() && issue.value == own.member) {
            return fmt::format(
                "field 'content': '{}' stands in the field '{}'; leave it out here",
                own.member,
                own.field
            );
        }
        if (issue.column == fmt::format("/{}", own.member)) {
            return fmt::format("field '{}': {}", own.field, issue.message);
        }
    }
    const std::string place = issue.column.empty() ? "" : issue.column + ' ';
    const std::string value = issue.value.empty() ? "" : '\'' + issue.value + "': ";
    return fmt::format("field 'content': {}{}{}", place, value, issue.message);
}

/// Escapes of JSON hide from whoever looks at the field what they show where they are read.
bool steers(const json& value) {
    if (const auto* text = value.get_ptr<const std::string*>()) {
        return has_steering_character(*text);
    }
    return value.is_structured() && std::ranges::any_of(value, steers);
}

/// Empty: the report says why.
Result<std::vector<model::Record>>
record_of(Result<model::Scenario> scenario, const RecordDefaults& defaults, ImportReport& report) {
    std::vector<model::Record> records;
    if (!report.may_commit()) {
        return records;
    }
    if (!scenario) {
        return scenario.error();
    }
    model::Record record;
    record.id = defaults.owner + '.' + scenario->id;
    record.type = defaults.type;
    record.owner = defaults.owner;
    record.fields = fields_of(*scenario);
    record.policy.record = defaults.release;
    for (FieldProblem& problem : problems_of_new(record)) {
        report.add(
            {Severity::error,
             rules::record_not_right.id,
             {},
             0,
             std::string(problem.field),
             std::move(problem.value),
             std::move(problem.message)}
        );
    }
    if (report.may_commit()) {
        records.push_back(std::move(record));
    }
    return records;
}

}  // namespace

std::vector<model::FieldValue> fields_of(const model::Scenario& scenario) {
    json content = json::parse(write_scenario(scenario));
    for (const OwnField& own : own_fields) {
        content.erase(own.member);
    }
    std::vector<model::FieldValue> fields(
        model::find_record_type(model::scenario_type)->fields.size()
    );
    fields[place_of("name")] = scenario.title;
    if (!scenario.description.empty()) {
        fields[place_of("about")] = scenario.description;
    }
    fields[place_of("start")] = scenario.start;
    fields[place_of("horizon_days")] = std::int64_t{scenario.horizon_days};
    fields[place_of("content")] = in_texts(content.dump());
    return fields;
}

RecordedScenario scenario_of(std::span<const model::FieldValue> fields) {
    const auto* start = find_value<std::chrono::sys_days>(fields, "start");
    const auto* horizon = find_value<std::int64_t>(fields, "horizon_days");
    const auto* texts = find_value<model::Words>(fields, "content");
    const std::string title = text_or(fields, "name");
    const std::string about = text_or(fields, "about");
    const bool is_readable = model::is_storable_text(title) && model::is_storable_text(about)
                             && texts != nullptr
                             && std::ranges::all_of(*texts, model::is_storable_text);
    if (start == nullptr || horizon == nullptr || !is_readable) {
        return {};
    }
    const std::string content = joined(*texts);
    if (!content.starts_with('{')) {
        return {
            {},
            {"field 'content': must be an object, { ... }, with the id, events, causes and sources "
             "of a scenario file"}};
    }
    const std::chrono::year_month_day day{*start};
    // A title that is missing has been said; what happens is looked at all the same.
    const json own{
        {"title", title.empty() ? "-" : title},
        {"description", about},
        {"start", model::to_text(model::Period{day, day})},
        {"horizon_days", *horizon}};
    ImportReport report;
    auto scenario = parse_scenario(file_of(own, content), "the scenario", report);
    RecordedScenario answer;
    std::ranges::transform(report.issues(), std::back_inserter(answer.problems), sentence_of);
    if (!scenario) {
        return answer;
    }
    if (steers(json::parse(content))) {
        answer.problems.push_back("field 'content': " + std::string(steering_problem));
    } else if (!title.empty()) {
        answer.scenario = *std::move(scenario);
    }
    return answer;
}

Result<std::vector<model::Record>> read_scenario_record(
    const std::filesystem::path& file,
    const RecordDefaults& defaults,
    ImportReport& report
) {
    return record_of(read_scenario(file, report), defaults, report);
}

Result<std::vector<model::Record>>
parse_scenario_record(std::string_view text, const RecordDefaults& defaults, ImportReport& report) {
    return record_of(parse_scenario(text, "the scenario", report), defaults, report);
}

}  // namespace adic::ingest
