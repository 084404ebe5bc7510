#include "adic/model/property.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace adic::model {
namespace {

constexpr std::array units{
    PropertyUnit{"m", "length"},
    PropertyUnit{"mm", "length", 1e-3},
    PropertyUnit{"cm", "length", 1e-2},
    PropertyUnit{"km", "length", 1e3},
    PropertyUnit{"in", "length", 0.0254},
    PropertyUnit{"ft", "length", 0.3048},
    PropertyUnit{"nmi", "length", 1852.0},
    PropertyUnit{"m2", "area"},
    PropertyUnit{"cm2", "area", 1e-4},
    PropertyUnit{"ha", "area", 1e4},
    PropertyUnit{"km2", "area", 1e6},
    PropertyUnit{"ft2", "area", 0.3048 * 0.3048},
    PropertyUnit{"m3", "volume"},
    PropertyUnit{"l", "volume", 1e-3},
    PropertyUnit{"ml", "volume", 1e-6},
    PropertyUnit{"kg", "mass"},
    PropertyUnit{"g", "mass", 1e-3},
    PropertyUnit{"t", "mass", 1e3},
    PropertyUnit{"lb", "mass", 0.45359237},
    PropertyUnit{"m/s", "speed"},
    PropertyUnit{"km/h", "speed", 1.0 / 3.6},
    PropertyUnit{"kn", "speed", 1852.0 / 3600.0},
    PropertyUnit{"W", "power"},
    PropertyUnit{"kW", "power", 1e3},
    PropertyUnit{"MW", "power", 1e6},
    PropertyUnit{"hp", "power", 745.6999},
    PropertyUnit{"J", "energy"},
    PropertyUnit{"kJ", "energy", 1e3},
    PropertyUnit{"MJ", "energy", 1e6},
    PropertyUnit{"Wh", "energy", 3600.0},
    PropertyUnit{"kWh", "energy", 3.6e6},
    PropertyUnit{"kcal", "energy", 4184.0},
    PropertyUnit{"s", "time"},
    PropertyUnit{"min", "time", 60.0},
    PropertyUnit{"h", "time", 3600.0},
    PropertyUnit{"days", "time", 86400.0},
    PropertyUnit{"Hz", "frequency"},
    PropertyUnit{"kHz", "frequency", 1e3},
    PropertyUnit{"MHz", "frequency", 1e6},
    PropertyUnit{"GHz", "frequency", 1e9},
    PropertyUnit{"Pa", "pressure"},
    PropertyUnit{"kPa", "pressure", 1e3},
    PropertyUnit{"bar", "pressure", 1e5},
    PropertyUnit{"V", "voltage"},
    PropertyUnit{"A", "current"},
    PropertyUnit{"K", "temperature"},
    PropertyUnit{"degC", "temperature", 1.0, 273.15},
    PropertyUnit{"degF", "temperature", 5.0 / 9.0, 459.67 * 5.0 / 9.0},
    PropertyUnit{"%", "part"},
};

/// To twelve digits: a conversion is not more exact, and its rounding is not shown to people.
double rounded(double value) {
    constexpr int digits = 12;
    std::array<char, 40> text{};
    const auto written =
        std::to_chars(text.begin(), text.end(), value, std::chars_format::general, digits);
    double read = value;
    std::from_chars(text.begin(), written.ptr, read);
    return read;
}

bool is_key_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

}  // namespace

std::span<const PropertyUnit> property_units() {
    return units;
}

const PropertyUnit* find_property_unit(std::string_view name) {
    const auto* const found = std::ranges::find(units, name, &PropertyUnit::name);
    return found == units.end() ? nullptr : found;
}

std::optional<double> converted(double figure, std::string_view from, std::string_view to) {
    if (from == to) {
        return figure;
    }
    const PropertyUnit* a = find_property_unit(from);
    const PropertyUnit* b = find_property_unit(to);
    if (a == nullptr || b == nullptr || a->dimension != b->dimension) {
        return std::nullopt;
    }
    const double result = rounded((figure * a->size + a->zero - b->zero) / b->size);
    return std::isfinite(result) ? std::optional{result} : std::nullopt;
}

bool is_property_key(std::string_view text) {
    constexpr std::size_t longest = 60;
    return !text.empty() && text.size() <= longest && text[0] >= 'a' && text[0] <= 'z'
           && std::ranges::all_of(text, is_key_letter);
}

std::optional<Property> parse_property(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view key = trimmed(text.substr(0, colon));
    const std::string_view value = trimmed(text.substr(colon + 1));
    const bool is_one_line = value.find_first_of("\n\r|") == std::string_view::npos;
    if (!is_property_key(key) || value.empty() || !is_one_line || !is_utf8(value)) {
        return std::nullopt;
    }
    Property property{std::string(key)};
    const std::size_t blank = value.find(' ');
    const std::string_view unit =
        blank == std::string_view::npos ? std::string_view{} : trimmed(value.substr(blank));
    const auto figure = parse_decimal(value.substr(0, blank));
    if (figure && std::isfinite(*figure) && (unit.empty() || find_property_unit(unit) != nullptr)) {
        property.figure = *figure;
        property.unit = unit;
    } else {
        property.words = value;
    }
    return property;
}

std::string to_text(const Property& property) {
    std::string text = property.key + ": ";
    if (!property.figure) {
        return text + property.words;
    }
    text += to_shortest(*property.figure);
    return property.unit.empty() ? text : text + ' ' + property.unit;
}

}  // namespace adic::model
