#include "adic/registry/release/seen_record.hpp"

#include "adic/base/text.hpp"
#include "adic/model/provenance.hpp"
#include "adic/registry/release/seen_property.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace adic::registry {
namespace {

using Json = nlohmann::ordered_json;
using model::FieldValue;

constexpr std::array provenance_keys{
    model::field_source,
    model::field_period,
    model::field_confidence,
    model::field_note};

struct ToJson {
    Json operator()(std::monostate) const { return nullptr; }

    Json operator()(const std::string& text) const { return text; }

    Json operator()(double number) const { return number; }

    Json operator()(std::int64_t whole) const { return whole; }

    Json operator()(bool yes) const { return yes; }

    Json operator()(std::chrono::sys_days day) const {
        return model::to_text(model::Period{{day}, {day}});
    }

    Json operator()(const model::Words& words) const { return words; }
};

struct ToText {
    std::string_view between;

    std::string operator()(std::monostate) const { return {}; }

    std::string operator()(const std::string& text) const { return text; }

    std::string operator()(double number) const { return to_shortest(number); }

    std::string operator()(std::int64_t whole) const { return std::to_string(whole); }

    std::string operator()(bool yes) const { return yes ? "yes" : "no"; }

    std::string operator()(std::chrono::sys_days day) const {
        return model::to_text(model::Period{{day}, {day}});
    }

    std::string operator()(const model::Words& words) const {
        std::string text;
        for (const std::string& word : words) {
            text += text.empty() ? std::string_view{} : between;
            text += word;
        }
        return text;
    }
};

Json property_json(const SeenProperty& seen) {
    Json one = Json::object();
    if (seen.disclosure != model::Disclosure::full) {
        one["disclosure"] = model::name_of(seen.disclosure);
    }
    if (seen.property.figure) {
        one["value"] = *seen.property.figure;
    } else if (seen.disclosure != model::Disclosure::exists) {
        one["value"] = seen.property.words;
    }
    if (!seen.property.unit.empty()) {
        one["unit"] = seen.property.unit;
    }
    return one;
}

Json properties_json(const SeenField& field) {
    Json all = Json::object();
    for (const SeenProperty& seen : properties_of(field)) {
        all[seen.property.key] = property_json(seen);
    }
    return all;
}

bool are_properties(const model::RecordType& type, std::size_t field) {
    return field < type.fields.size() && type.fields[field].kind == model::FieldKind::properties;
}

Json field_json(const SeenField& field) {
    if (field.disclosure == model::Disclosure::full) {
        return std::visit(ToJson{}, field.value);
    }
    Json less = {{"disclosure", model::name_of(field.disclosure)}};
    if (field.disclosure == model::Disclosure::generalised) {
        less["value"] = std::visit(ToJson{}, field.value);
    }
    return less;
}

Error broken(std::string_view where) {
    return Error{ErrorCode::invalid_argument, "a record cannot be read: " + std::string(where), {}};
}

Result<FieldValue> read_words(const Json& json) {
    model::Words words;
    for (const Json& word : json) {
        if (!word.is_string()) {
            return broken("a list of texts");
        }
        words.push_back(word.get<std::string>());
    }
    return FieldValue{std::move(words)};
}

Result<FieldValue> read_day(const std::string& text) {
    const auto period = model::parse_period(text);
    if (!period || period->first != period->last) {
        return broken("a day");
    }
    return FieldValue{std::chrono::sys_days{period->first}};
}

/// A value in full. Beyond the fields of the type all are texts.
Result<FieldValue> read_value(const model::RecordType& type, std::size_t field, const Json& json) {
    const auto kind = field < type.fields.size() ? type.fields[field].kind : model::FieldKind::text;
    if (json.is_array()) {
        return read_words(json);
    }
    if (json.is_string() && kind == model::FieldKind::date) {
        return read_day(json.get_ref<const std::string&>());
    }
    if (json.is_number_float() && kind == model::FieldKind::number) {
        return FieldValue{json.get<double>()};
    }
    if (json.is_number_integer() && kind == model::FieldKind::whole) {
        return FieldValue{json.get<std::int64_t>()};
    }
    if (json.is_boolean() && kind == model::FieldKind::yes_no) {
        return FieldValue{json.get<bool>()};
    }
    if (json.is_string()) {
        return FieldValue{json.get<std::string>()};
    }
    return broken(seen_field_key(type, field));
}

Result<SeenProperty> read_property(const std::string& key, const Json& json) {
    SeenProperty seen{model::Disclosure::full, {key}};
    if (!json.is_object()) {
        return broken("a property");
    }
    if (json.contains("disclosure")) {
        const auto disclosure = json["disclosure"].is_string()
                                    ? model::parse_disclosure(json["disclosure"].get<std::string>())
                                    : std::nullopt;
        if (!disclosure) {
            return broken("what is shown of a property");
        }
        seen.disclosure = *disclosure;
    }
    const Json value = json.value("value", Json());
    if (value.is_number()) {
        seen.property.figure = value.get<double>();
    } else if (value.is_string()) {
        seen.property.words = value.get<std::string>();
    }
    if (const Json unit = json.value("unit", Json()); unit.is_string()) {
        seen.property.unit = unit.get<std::string>();
    }
    return parse_seen_property(to_text(seen)) == seen ? Result(std::move(seen))
                                                      : broken("a property");
}

Result<SeenField> read_properties(const Json& json) {
    std::vector<SeenProperty> all;
    if (!json.is_object()) {
        return broken("properties");
    }
    for (const auto& [key, value] : json.items()) {
        ADIC_TRY(SeenProperty seen, read_property(key, value));
        all.push_back(std::move(seen));
    }
    return field_of(all);
}

Result<SeenField> read_field(const model::RecordType& type, std::size_t field, const Json& json) {
    if (are_properties(type, field)) {
        return read_properties(json);
    }
    if (!json.is_object()) {
        ADIC_TRY(FieldValue value, read_value(type, field, json));
        return SeenField{model::Disclosure::full, std::move(value)};
    }
    const std::string disclosure = json.value("disclosure", Json()).is_string()
                                       ? json["disclosure"].get<std::string>()
                                       : std::string{};
    if (disclosure == model::name_of(model::Disclosure::exists)) {
        return SeenField{model::Disclosure::exists, {}};
    }
    if (disclosure != model::name_of(model::Disclosure::generalised)
        || !json.value("value", Json()).is_string()) {
        return broken(seen_field_key(type, field));
    }
    return SeenField{model::Disclosure::generalised, json["value"].get<std::string>()};
}

std::optional<std::size_t> find_seen_field(const model::RecordType& type, std::string_view key) {
    for (std::size_t f = 0; f < seen_fields(type); ++f) {
        if (seen_field_key(type, f) == key) {
            return f;
        }
    }
    return std::nullopt;
}

std::string text_in(const Json& json, const char* key) {
    return json.contains(key) && json[key].is_string() ? json[key].get<std::string>()
                                                       : std::string{};
}

}  // namespace

std::size_t seen_fields(const model::RecordType& type) {
    return type.fields.size() + provenance_keys.size();
}

std::string_view seen_field_key(const model::RecordType& type, std::size_t field) {
    return field < type.fields.size() ? type.fields[field].key
                                      : provenance_keys.at(field - type.fields.size());
}

std::string to_text(const SeenField& field, std::string_view between) {
    return field.disclosure == model::Disclosure::exists ? "(not shown)"
                                                         : std::visit(ToText{between}, field.value);
}

std::string to_json(const SeenRecord& record) {
    Json fields = Json::object();
    for (std::size_t f = 0; f < record.fields.size(); ++f) {
        if (record.fields[f].disclosure != model::Disclosure::none) {
            fields[std::string(seen_field_key(*record.type, f))] =
                are_properties(*record.type, f) ? properties_json(record.fields[f])
                                                : field_json(record.fields[f]);
        }
    }
    Json object = {{"id", record.id}, {"type", record.type->key}, {"owner", record.owner}};
    if (!record.organisation.empty()) {
        object["organisation"] = record.organisation;
    }
    object["fields"] = std::move(fields);
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<SeenRecord> parse_seen_record(std::string_view json) {
    const Json object = Json::parse(json, nullptr, false);
    if (!object.is_object() || !object.contains("fields") || !object["fields"].is_object()) {
        return broken("it is no object with fields");
    }
    SeenRecord record;
    record.id = text_in(object, "id");
    record.owner = text_in(object, "owner");
    record.organisation = text_in(object, "organisation");
    record.type = model::find_record_type(text_in(object, "type"));
    if (record.id.empty() || record.owner.empty() || record.type == nullptr) {
        return broken("it has an identifier, an owner, and a type that this version knows");
    }
    record.fields.resize(seen_fields(*record.type));
    for (const auto& [key, value] : object["fields"].items()) {
        const auto field = find_seen_field(*record.type, key);
        if (!field) {
            return broken("its type has no such field");
        }
        ADIC_TRY(record.fields[*field], read_field(*record.type, *field, value));
    }
    if (to_json(record) != json) {
        return broken("it is not in its one spelling");
    }
    return record;
}

}  // namespace adic::registry
