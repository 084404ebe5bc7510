#include "adic/model/item_class.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <tuple>

namespace adic::model {
namespace {

using Kind = PropertySpec::Kind;

std::string with_unit(double figure, const std::string& unit) {
    return to_shortest(figure) + (unit.empty() ? "" : ' ' + unit);
}

std::string range_of(const PropertySpec& spec) {
    if (spec.least && spec.most) {
        return "from " + with_unit(*spec.least, spec.unit) + " to "
               + with_unit(*spec.most, spec.unit);
    }
    return spec.least ? "at least " + with_unit(*spec.least, spec.unit)
                      : "at most " + with_unit(*spec.most, spec.unit);
}

std::string list_of(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

/// What is wrong with a figure in the unit of its class; empty: nothing.
std::string problem_of_figure(const PropertySpec& spec, double figure) {
    if (spec.kind == Kind::whole && figure != std::floor(figure)) {
        return "write a whole number";
    }
    const bool is_outside =
        (spec.least && figure < *spec.least) || (spec.most && figure > *spec.most);
    return is_outside ? "is outside its range: " + range_of(spec) : std::string{};
}

/// Puts the figure into the unit of the class. Gives what is wrong; empty: nothing.
std::string fit_figure(const PropertySpec& spec, Property& property) {
    if (!property.figure) {
        return spec.unit.empty() ? "write a number without a unit"
                                 : "write a number and a unit, as in '1.5 " + spec.unit + "'";
    }
    if (property.unit.empty()) {
        property.unit = spec.unit;  // who gives none means that of the class
    }
    const auto figure = spec.unit.empty() && !property.unit.empty()
                            ? std::nullopt
                            : converted(*property.figure, property.unit, spec.unit);
    if (!figure) {
        return "'" + property.unit + "' does not measure it: write "
               + (spec.unit.empty() ? "a number without a unit"
                                    : "a number in " + spec.unit + " or a unit that is so many");
    }
    property.figure = *figure;
    property.unit = spec.unit;
    return problem_of_figure(spec, *figure);
}

std::string fit_words(const PropertySpec& spec, const Property& property) {
    if (property.figure) {
        return spec.kind == Kind::text ? "takes words, not a number"
                                       : "is none of: " + list_of(spec.choices);
    }
    if (spec.kind == Kind::yes_no && property.words != "yes" && property.words != "no") {
        return "write yes or no";
    }
    const bool is_other = spec.kind == Kind::choice
                          && std::ranges::find(spec.choices, property.words) == spec.choices.end();
    return is_other ? "is none of: " + list_of(spec.choices) : std::string{};
}

bool takes_figure(const PropertySpec& spec) {
    return spec.kind == Kind::number || spec.kind == Kind::whole;
}

std::string unknown_property(const ItemClass& of, const std::string& key) {
    std::vector<std::string_view> keys;
    for (const PropertySpec& spec : of.properties) {
        keys.push_back(spec.key);
    }
    std::string message = "the class " + of.name() + " has no such property";
    if (const auto near = nearest_word(key, keys)) {
        message += "; did you mean '" + std::string(*near) + "'?";
    }
    return message;
}

std::string value_of(const Property& property) {
    return to_text(property).substr(property.key.size() + 2);
}

}  // namespace

std::string_view name_of(Kind kind) {
    switch (kind) {
    case Kind::number: return "number";
    case Kind::whole: return "whole";
    case Kind::text: return "text";
    case Kind::choice: return "choice";
    case Kind::yes_no: return "yes_no";
    }
    std::abort();
}

const PropertySpec* ItemClass::find(std::string_view property) const {
    const auto found = std::ranges::find(properties, property, &PropertySpec::key);
    return found == properties.end() ? nullptr : &*found;
}

std::string ItemClass::name() const {
    return key + '/' + std::to_string(version);
}

ItemClasses::ItemClasses(std::vector<ItemClass> classes) : classes_(std::move(classes)) {
    std::ranges::sort(classes_, [](const ItemClass& a, const ItemClass& b) {
        return std::tie(a.key, a.version) < std::tie(b.key, b.version);
    });
}

const ItemClass* ItemClasses::find(std::string_view name) const {
    const ItemClass* latest = nullptr;
    for (const ItemClass& one : classes_) {
        if (one.name() == name) {
            return &one;
        }
        latest = one.key == name ? &one : latest;
    }
    return latest;
}

FittedProperties fitted(const ItemClass& of, std::span<const std::string> given) {
    FittedProperties result;
    std::vector<std::string> kept(of.properties.size());
    for (const std::string& text : given) {
        auto property = parse_property(text);
        const PropertySpec* spec = property ? of.find(property->key) : nullptr;
        if (spec == nullptr) {
            const std::string key = property ? property->key : text;
            result.problems.push_back(
                {key, property ? value_of(*property) : text, unknown_property(of, key)}
            );
            continue;
        }
        const std::string as_given = value_of(*property);
        std::string problem =
            takes_figure(*spec) ? fit_figure(*spec, *property) : fit_words(*spec, *property);
        if (!problem.empty()) {
            result.problems.push_back({spec->key, as_given, std::move(problem)});
        }
        kept[static_cast<std::size_t>(spec - of.properties.data())] = to_text(*property);
    }
    for (std::size_t p = 0; p < kept.size(); ++p) {
        if (!kept[p].empty()) {
            result.properties.push_back(std::move(kept[p]));
        } else if (of.properties[p].is_required) {
            result.problems.push_back(
                {of.properties[p].key, {}, "the class " + of.name() + " asks for it"}
            );
        }
    }
    return result;
}

}  // namespace adic::model
