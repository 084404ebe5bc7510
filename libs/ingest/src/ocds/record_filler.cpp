#include "ocds/record_filler.hpp"

#include "adic/model/provenance.hpp"

#include "json_texts.hpp"
#include "new_record.hpp"
#include "rules.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

using model::FieldKind;
using model::FieldSpec;
using model::FieldValue;
using model::OcdsLayout;
using nlohmann::json;

constexpr std::string_view more_field = "more";

std::optional<std::chrono::sys_days> day_of(const std::string& text) {
    constexpr std::size_t letters = 10;
    const std::string day = text.substr(0, letters);
    const bool is_alone = text.size() == letters || (text.size() > letters && text[letters] == 'T');
    const auto period =
        is_alone && day.size() == letters ? model::parse_period(day) : model::parse_period("");
    const bool is_day = period && period->first == period->last;
    return is_day ? std::optional{std::chrono::sys_days{period->first}} : std::nullopt;
}

/// Whether a day says as much.
bool is_whole_day(const std::string& text) {
    const std::size_t letters = 10;
    const std::string_view rest = std::string_view(text).substr(letters);
    return rest.empty() || rest == "T00:00:00Z" || rest == "T00:00:00+00:00";
}

/// A whole number beyond this has more digits than a number of ours keeps.
bool is_kept_exactly(const json& value) {
    constexpr std::int64_t largest = std::int64_t{1} << 53U;
    if (value.is_number_unsigned()) {
        return value.get<std::uint64_t>() <= static_cast<std::uint64_t>(largest);
    }
    return !value.is_number_integer()
           || (value.get<std::int64_t>() <= largest && value.get<std::int64_t>() >= -largest);
}

}  // namespace

RecordFiller::RecordFiller(
    const OcdsLayout& layout,
    Part& part,
    const RecordDefaults& defaults,
    OcdsComplaints& complaints
)
    : part_(part)
    , complaints_(complaints) {
    record_.type = model::find_record_type(layout.type);
    record_.owner = defaults.owner;
    record_.policy.record = defaults.release;
    record_.fields.resize(record_.type->fields.size());
    for (const model::OcdsPlace& place : layout.places) {
        fill(place);
    }
    take_provenance();
}

void RecordFiller::set(std::string_view field, FieldValue value) {
    record_.fields[*record_.type->find_field(field)] = std::move(value);
}

void RecordFiller::keep_rest(std::string_view list) {
    if (part_.object.empty()) {
        return;
    }
    note_unread(list);
    set(more_field, in_texts(part_.object.dump(-1, ' ', true)));
    record_.policy.fields.push_back({std::string(more_field), {}});
}

void RecordFiller::check() {
    for (FieldProblem& problem : problems_of_new(record_)) {
        if (problem.field == more_field) {
            continue;  // nobody reads it: it goes back into a file as it came
        }
        const std::string field = problem.field.empty() ? "" : fmt::format("'{}': ", problem.field);
        complaints_.add(
            rules::record_not_right,
            part_.place,
            std::move(problem.value),
            field + problem.message
        );
    }
}

void RecordFiller::note_unread(std::string_view list) {
    json unread = part_.object;
    for (const std::string_view path : hours_) {
        static_cast<void>(take(unread, path));
    }
    for (const auto& [key, value] : unread.items()) {
        const std::string path = list.empty() ? key : std::string(list) + "/*/" + key;
        if (list.empty() && value.is_object()) {
            for (const auto& [inner, ignored] : value.items()) {
                complaints_.note_kept(path.substr(0, 80) + "/" + inner.substr(0, 80));
            }
        } else {
            complaints_.note_kept(path.substr(0, 160));
        }
    }
}

void RecordFiller::complain(std::string_view path, const json& value, std::string message) {
    complaints_.add(
        rules::ocds_type,
        part_.place + "/" + std::string(path),
        shown_value(value),
        std::move(message)
    );
}

void RecordFiller::fill(const model::OcdsPlace& place) {
    const auto value = take(part_.object, place.path);
    if (value && !(place.is_required && *value == model::ocds_not_stated)) {
        fill_value(place, *value);
    }
}

void RecordFiller::fill_from(json& object, const model::OcdsPlace& place, std::string_view prefix) {
    if (const auto value = take(object, place.path)) {
        const std::string path = std::string(prefix) + std::string(place.path);
        fill_value({place.field, path}, *value);
    }
}

void RecordFiller::fill_value(const model::OcdsPlace& place, const json& value) {
    const FieldSpec& field = record_.type->fields[*record_.type->find_field(place.field)];
    if (field.takes_several) {
        fill_words(place, value);
        return;
    }
    switch (field.kind) {
    case FieldKind::number: fill_number(place, value); break;
    case FieldKind::date: fill_day(place, value); break;
    case FieldKind::choice: fill_choice(place, field, value); break;
    case FieldKind::text:
    case FieldKind::whole:
    case FieldKind::yes_no:
    case FieldKind::state:
    case FieldKind::code:
    case FieldKind::reference:
    case FieldKind::grants:
    case FieldKind::properties: fill_text(place, value); break;
    }
}

void RecordFiller::fill_words(const model::OcdsPlace& place, const json& value) {
    model::Words words;
    for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        if (const auto* text = value[i].get_ptr<const std::string*>()) {
            words.push_back(*text);
        }
    }
    if (!value.is_array() || words.size() != value.size()) {
        complain(place.path, value, "must be a list of texts, [ \"...\" ]");
    } else if (!words.empty()) {
        set(place.field, std::move(words));
    }
}

void RecordFiller::fill_number(const model::OcdsPlace& place, const json& value) {
    const bool is_number = value.is_number() && std::isfinite(value.get<double>());
    if (!is_number || !is_kept_exactly(value)) {
        complain(
            place.path,
            value,
            is_number ? "has more digits than can be kept: at most 2^53"
                      : "must be a number, without quotes or currency"
        );
        return;
    }
    set(place.field, value.get<double>());
}

void RecordFiller::fill_day(const model::OcdsPlace& place, const json& value) {
    const auto* text = value.get_ptr<const std::string*>();
    const auto day = text == nullptr ? std::nullopt : day_of(*text);
    if (!day) {
        complain(place.path, value, "must be a date such as \"2026-01-31T00:00:00Z\"");
        return;
    }
    set(place.field, *day);
    if (!is_whole_day(*text)) {
        put(part_.object, place.path, value);
        hours_.push_back(place.path);
    }
}

void RecordFiller::fill_choice(
    const model::OcdsPlace& place,
    const FieldSpec& field,
    const json& value
) {
    const auto* text = value.get_ptr<const std::string*>();
    if (text == nullptr || std::ranges::find(field.choices, *text) == field.choices.end()) {
        std::string list;
        for (const std::string_view choice : field.choices) {
            list += (list.empty() ? "" : ", ") + std::string(choice);
        }
        complaints_.add(
            rules::ocds_code,
            part_.place + "/" + std::string(place.path),
            shown_value(value),
            "is none of " + list
        );
        return;
    }
    set(place.field, *text);
}

void RecordFiller::fill_text(const model::OcdsPlace& place, const json& value) {
    const bool is_identifier = place.path.ends_with("id") || place.path.ends_with("ID");
    if (const auto* text = value.get_ptr<const std::string*>()) {
        if (!text->empty()) {
            set(place.field, *text);
        }
    } else if (is_identifier && value.is_number_integer()) {
        set(place.field, value.dump());
    } else {
        complain(place.path, value, "must be a text, in quotes");
    }
}

void RecordFiller::take_provenance() {
    if (auto text = take_text("adic_source")) {
        record_.source = *std::move(text);
    }
    if (auto text = take_text("adic_note")) {
        record_.note = *std::move(text);
    }
    if (const auto text = take_text("adic_confidence")) {
        const auto confidence = model::parse_confidence(*text);
        record_.confidence = confidence.value_or(model::Confidence::e);
        if (!confidence) {
            complain("adic_confidence", *text, "must be a letter from A to E");
        }
    }
    if (const auto text = take_text("adic_period")) {
        const auto period = model::parse_period(*text);
        record_.period = period ? std::optional{*period} : std::nullopt;
        if (!period) {
            complain("adic_period", *text, period.error().message);
        }
    }
}

std::optional<std::string> RecordFiller::take_text(std::string_view member) {
    const auto value = take(part_.object, member);
    if (!value) {
        return std::nullopt;
    }
    if (const auto* text = value->get_ptr<const std::string*>()) {
        return *text;
    }
    complain(member, *value, "must be a text, in quotes");
    return std::nullopt;
}

}  // namespace adic::ingest
