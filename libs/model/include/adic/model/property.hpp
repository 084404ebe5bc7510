#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace adic::model {

/// A unit in which a property of an item may be given.
struct PropertyUnit {
    std::string_view name;       ///< "kn"
    std::string_view dimension;  ///< "speed"
    double size = 1.0;           ///< in the first unit of its dimension
    double zero = 0.0;           ///< its 0 in the first unit: of temperatures alone not 0
};

/// All units, those of one dimension together.
///
/// Source: Bureau International des Poids et Mesures, "The International System of Units", 9th ed.
///         (2019), tables 2 to 8; factors of feet, pounds, horsepower: NIST Special Publication
///         811 (2008), appendix B.8.
std::span<const PropertyUnit> property_units();

/// Null if nobody knows it.
const PropertyUnit* find_property_unit(std::string_view name);

/// A figure in another unit of the same dimension, to twelve digits; empty if one does not measure
/// what the other does.
std::optional<double> converted(double figure, std::string_view from, std::string_view to);

/// A property of an item: a figure, with its unit if it has one, or words.
struct Property {
    std::string key;                    ///< "length"
    std::optional<double> figure = {};  ///< empty: words
    std::string unit = {};              ///< of the figure; empty: it only counts
    std::string words = {};             ///< of a figure empty

    friend bool operator==(const Property&, const Property&) = default;
};

/// Whether it can name a property: small letters, digits and hyphens, a letter first, at most 60.
bool is_property_key(std::string_view text);

/// Reads "length: 28 m", "crew: 12" or "hull: aluminium". A number with an unknown unit is words.
/// Empty if it is none.
std::optional<Property> parse_property(std::string_view text);

/// The one spelling that `parse_property` reads as the same: to_text(Property{"length", 28.0, "m"})
/// is "length: 28 m".
std::string to_text(const Property& property);

/// How a release speaks of one property: "properties.length".
inline constexpr std::string_view property_prefix = "properties.";

}  // namespace adic::model
