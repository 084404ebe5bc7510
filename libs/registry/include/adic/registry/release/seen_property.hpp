#pragma once

#include "adic/model/property.hpp"
#include "adic/model/release.hpp"
#include "adic/registry/release/seen_record.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::registry {

/// A property of an item as a reader sees it.
struct SeenProperty {
    model::Disclosure disclosure = model::Disclosure::none;
    /// In full: as it is. Generalised: the words are the band, the unit is that of the figure.
    /// Exists: the key alone.
    model::Property property = {};

    friend bool operator==(const SeenProperty&, const SeenProperty&) = default;
};

/// As people read it, and as it stands in a SeenField: "length: 28 m", "length (generalised): 20 to
/// 50 m", "length (not shown)". No property has such a key: the three cannot be mixed up.
std::string to_text(const SeenProperty& seen);

/// Reads what `to_text` writes; empty if it is something else.
std::optional<SeenProperty> parse_seen_property(std::string_view text);

/// The properties of a seen field of kind properties; none of any other.
std::vector<SeenProperty> properties_of(const SeenField& field);

/// The field that the properties are: full if one of them is seen in full, otherwise as much as of
/// the best of them; none without any.
SeenField field_of(const std::vector<SeenProperty>& properties);

/// One property as a field of its own: a figure as a number.
SeenField one_property(const SeenField& field, std::string_view key);

}  // namespace adic::registry
