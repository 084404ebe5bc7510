#include "adic/registry/store/record_json.hpp"

#include "adic/base/text.hpp"
#include "adic/model/property.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace adic::registry {
namespace {

using model::FieldKind;
using model::FieldValue;
using model::Record;
using Json = nlohmann::ordered_json;
using std::chrono::sys_days;

std::string day_text(sys_days day) {
    return model::to_text(model::Period{{day}, {day}});
}

struct ToJson {
    Json operator()(std::monostate) const { return nullptr; }

    Json operator()(const std::string& text) const { return text; }

    Json operator()(double number) const { return number; }

    Json operator()(std::int64_t whole) const { return whole; }

    Json operator()(bool yes) const { return yes; }

    Json operator()(sys_days day) const { return day_text(day); }

    Json operator()(const model::Words& words) const { return words; }
};

Json grant_json(const model::Grant& grant) {
    Json json = {
        {"to", static_cast<int>(grant.audience.kind)},
        {"id", grant.audience.id},
        {"disclosure", model::name_of(grant.disclosure)}};
    if (grant.from) {
        json["from"] = day_text(*grant.from);
    }
    if (grant.until) {
        json["until"] = day_text(*grant.until);
    }
    return json;
}

Json grants_json(const std::vector<model::Grant>& grants) {
    Json json = Json::array();
    for (const model::Grant& grant : grants) {
        json.push_back(grant_json(grant));
    }
    return json;
}

Error broken(std::string_view where) {
    return Error{
        ErrorCode::invalid_argument,
        "a stored record cannot be read: " + std::string(where),
        {}};
}

Result<sys_days> read_day(const Json& json) {
    const auto period =
        model::parse_period(json.is_string() ? json.get_ref<const std::string&>() : std::string{});
    if (!period || period->first != period->last) {
        return broken("a day");
    }
    return sys_days{period->first};
}

Result<model::Words> read_words(const Json& json) {
    model::Words words;
    for (const Json& word : json) {
        if (!word.is_string()) {
            return broken("a list of texts");
        }
        words.push_back(word.get<std::string>());
    }
    return words;
}

Result<FieldValue> read_value(const model::FieldSpec& field, const Json& json) {
    if (json.is_array()) {
        ADIC_TRY(model::Words words, read_words(json));
        const bool are_right = field.kind != FieldKind::properties
                               || std::ranges::all_of(words, [](const std::string& word) {
                                      return model::parse_property(word).has_value();
                                  });
        return are_right ? Result(FieldValue{std::move(words)}) : broken(field.key);
    }
    switch (field.kind) {
    case FieldKind::number:
        return json.is_number() ? Result(FieldValue{json.get<double>()}) : broken(field.key);
    case FieldKind::whole:
        return json.is_number_integer() ? Result(FieldValue{json.get<std::int64_t>()})
                                        : broken(field.key);
    case FieldKind::yes_no:
        return json.is_boolean() ? Result(FieldValue{json.get<bool>()}) : broken(field.key);
    case FieldKind::date: {
        ADIC_TRY(const sys_days day, read_day(json));
        return FieldValue{day};
    }
    case FieldKind::text:
    case FieldKind::state:
    case FieldKind::code:
    case FieldKind::choice:
    case FieldKind::reference:
    case FieldKind::grants:
    case FieldKind::properties: break;
    }
    return json.is_string() ? Result(FieldValue{json.get<std::string>()}) : broken(field.key);
}

Result<model::Grant> read_grant(const Json& json) {
    constexpr int last_kind = static_cast<int>(model::Audience::Kind::everyone);
    const Json none;
    const auto part = [&](const char* key) -> const Json& {
        return json.is_object() && json.contains(key) ? json[key] : none;
    };
    const bool is_whole =
        part("to").is_number_integer() && part("id").is_string() && part("disclosure").is_string();
    if (!is_whole || part("to") < 0 || part("to") > last_kind) {
        return broken("a grant");
    }
    const auto disclosure =
        model::parse_disclosure(part("disclosure").get_ref<const std::string&>());
    if (!disclosure) {
        return broken("a grant");
    }
    model::Grant grant{
        {static_cast<model::Audience::Kind>(part("to").get<int>()), part("id").get<std::string>()},
        *disclosure};
    if (!part("from").is_null()) {
        ADIC_TRY(grant.from, read_day(part("from")));
    }
    if (!part("until").is_null()) {
        ADIC_TRY(grant.until, read_day(part("until")));
    }
    return grant;
}

Result<std::vector<model::Grant>> read_grants(const Json& json) {
    std::vector<model::Grant> grants;
    for (const Json& one : json) {
        ADIC_TRY(model::Grant grant, read_grant(one));
        grants.push_back(std::move(grant));
    }
    return grants;
}

std::string text_of(const Json& json, const char* key) {
    return json.contains(key) && json[key].is_string() ? json[key].get<std::string>()
                                                       : std::string{};
}

std::optional<Error> read_fields(const Json& fields, Record& record) {
    for (const auto& [key, value] : fields.items()) {
        const auto field = record.type->find_field(key);
        if (!field) {
            return broken("its type has no field '" + key + "'");
        }
        auto read = read_value(record.type->fields[*field], value);
        if (!read) {
            return read.error();
        }
        record.fields[*field] = *std::move(read);
    }
    return std::nullopt;
}

std::optional<Error> read_policy(const Json& json, Record& record) {
    if (json.contains("release")) {
        auto grants = read_grants(json["release"]);
        if (!grants) {
            return grants.error();
        }
        record.policy.record = *std::move(grants);
    }
    if (json.contains("field_releases")) {
        for (const auto& [field, list] : json["field_releases"].items()) {
            auto grants = read_grants(list);
            if (!grants) {
                return grants.error();
            }
            record.policy.fields.push_back({field, *std::move(grants)});
        }
    }
    return std::nullopt;
}

}  // namespace

std::string write_record_body(const Record& record) {
    Json json;
    Json fields = Json::object();
    for (std::size_t f = 0; f < record.fields.size(); ++f) {
        if (!model::is_empty(record.fields[f])) {
            fields[std::string(record.type->fields[f].key)] =
                std::visit(ToJson{}, record.fields[f]);
        }
    }
    json["fields"] = std::move(fields);
    const auto put = [&](const char* key, const std::string& text) {
        if (!text.empty()) {
            json[key] = text;
        }
    };
    put("organisation", record.organisation);
    put("source", record.source);
    put("period", record.period ? model::to_text(*record.period) : std::string{});
    put("confidence", std::string(1, model::letter(record.confidence)));
    put("note", record.note);
    if (!record.policy.record.empty()) {
        json["release"] = grants_json(record.policy.record);
    }
    for (const model::FieldRelease& field : record.policy.fields) {
        json["field_releases"][field.field] = grants_json(field.grants);
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Record> parse_record_body(std::string_view body, Record record) {
    const Json json = Json::parse(body, nullptr, false);
    if (!json.is_object() || !json.contains("fields") || !json["fields"].is_object()) {
        return broken("it is no object with fields");
    }
    record.fields.assign(record.type->fields.size(), {});
    if (auto problem = read_fields(json["fields"], record)) {
        return *std::move(problem);
    }
    record.organisation = text_of(json, "organisation");
    record.source = text_of(json, "source");
    record.note = text_of(json, "note");
    const auto confidence = model::parse_confidence(text_of(json, "confidence"));
    if (!confidence) {
        return broken("its confidence");
    }
    record.confidence = *confidence;
    if (json.contains("period")) {
        ADIC_TRY(record.period, model::parse_period(text_of(json, "period")));
    }
    if (auto problem = read_policy(json, record)) {
        return *std::move(problem);
    }
    return record;
}

}  // namespace adic::registry
