#include "adic/registry/release/seen_record.hpp"

#include "adic/base/text.hpp"
#include "adic/model/provenance.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace adic::registry {
namespace {

using Json = nlohmann::ordered_json;

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
            fields[std::string(seen_field_key(*record.type, f))] = field_json(record.fields[f]);
        }
    }
    const Json object = {
        {"id", record.id},
        {"type", record.type->key},
        {"owner", record.owner},
        {"fields", std::move(fields)}};
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace adic::registry
