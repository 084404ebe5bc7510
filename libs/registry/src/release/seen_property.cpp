#include "adic/registry/release/seen_property.hpp"

#include <algorithm>
#include <utility>

namespace adic::registry {
namespace {

using model::Disclosure;

constexpr std::string_view less = " (generalised): ";
constexpr std::string_view hidden = " (not shown)";

std::string with_unit(const model::Property& band) {
    return band.unit.empty() ? band.words : band.words + ' ' + band.unit;
}

model::Property band_of(std::string_view key, std::string_view text) {
    const std::size_t blank = text.rfind(' ');
    const std::string_view last =
        blank == std::string_view::npos ? std::string_view{} : text.substr(blank + 1);
    if (model::find_property_unit(last) == nullptr) {
        return {std::string(key), {}, {}, std::string(text)};
    }
    return {std::string(key), {}, std::string(last), std::string(text.substr(0, blank))};
}

}  // namespace

std::string to_text(const SeenProperty& seen) {
    switch (seen.disclosure) {
    case Disclosure::full: return model::to_text(seen.property);
    case Disclosure::generalised:
        return seen.property.key + std::string(less) + with_unit(seen.property);
    case Disclosure::exists:
    case Disclosure::none: break;
    }
    return seen.property.key + std::string(hidden);
}

std::optional<SeenProperty> parse_seen_property(std::string_view text) {
    std::optional<SeenProperty> seen;
    if (auto property = model::parse_property(text)) {
        seen = SeenProperty{Disclosure::full, *std::move(property)};
    } else if (text.ends_with(hidden)) {
        const std::string_view key = text.substr(0, text.size() - hidden.size());
        seen = SeenProperty{Disclosure::exists, {std::string(key)}};
    } else if (const std::size_t mark = text.find(less); mark != std::string_view::npos) {
        seen = SeenProperty{
            Disclosure::generalised,
            band_of(text.substr(0, mark), text.substr(mark + less.size()))};
    }
    const bool is_right =
        seen && model::is_property_key(seen->property.key) && to_text(*seen) == text;
    return is_right ? seen : std::nullopt;
}

std::vector<SeenProperty> properties_of(const SeenField& field) {
    std::vector<SeenProperty> all;
    if (const auto* words = std::get_if<model::Words>(&field.value)) {
        for (const std::string& word : *words) {
            if (auto seen = parse_seen_property(word)) {
                all.push_back(*std::move(seen));
            }
        }
    }
    return all;
}

SeenField field_of(const std::vector<SeenProperty>& properties) {
    SeenField field;
    model::Words words;
    for (const SeenProperty& one : properties) {
        field.disclosure = std::max(field.disclosure, one.disclosure);
        words.push_back(to_text(one));
    }
    if (!words.empty()) {
        field.value = std::move(words);
    }
    return field;
}

SeenField one_property(const SeenField& field, std::string_view key) {
    for (const SeenProperty& one : properties_of(field)) {
        if (one.property.key != key) {
            continue;
        }
        if (one.disclosure == Disclosure::full && one.property.figure) {
            return {one.disclosure, *one.property.figure};
        }
        if (one.disclosure == Disclosure::exists) {
            return {one.disclosure, {}};
        }
        return {one.disclosure, with_unit(one.property)};
    }
    return {};
}

}  // namespace adic::registry
