#include "steering_texts.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <string>
#include <variant>

namespace adic::ingest {
namespace {

bool steers(const model::FieldValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        return has_steering_character(*text);
    }
    const auto* words = std::get_if<model::Words>(&value);
    return words != nullptr && std::ranges::any_of(*words, has_steering_character);
}

}  // namespace

std::vector<std::string_view> steering_texts_of(const model::Record& record) {
    std::vector<std::string_view> names;
    const auto add = [&](bool is_steering, std::string_view name) {
        if (is_steering) {
            names.push_back(name);
        }
    };
    add(has_steering_character(record.id), "id");
    for (std::size_t f = 0; f < record.fields.size(); ++f) {
        add(steers(record.fields[f]), record.type->fields[f].key);
    }
    add(has_steering_character(record.organisation), "organisation");
    add(has_steering_character(record.source), model::field_source);
    add(has_steering_character(record.note), model::field_note);
    return names;
}

}  // namespace adic::ingest
