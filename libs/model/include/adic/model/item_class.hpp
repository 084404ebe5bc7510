#pragma once

#include "adic/model/property.hpp"
#include "adic/model/provenance.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::model {

/// What a class says of one property of its items.
struct PropertySpec {
    enum class Kind { number, whole, text, choice, yes_no };

    std::string key;
    std::string title;
    Kind kind = Kind::text;
    std::string unit = {};  ///< in which figures are kept; empty: they only count
    std::optional<double> least = {};
    std::optional<double> most = {};
    std::vector<std::string> choices = {};
    bool is_required = false;
    std::string source = {};  ///< where its range and unit come from
    Confidence confidence = Confidence::e;
    std::string note = {};
};

std::string_view name_of(PropertySpec::Kind kind);

/// The template of a class of items, as patrol vessels: which properties they have. A version never
/// changes: what is said of an item is said in the terms of one version.
struct ItemClass {
    std::string key;  ///< "patrol-vessel"
    std::uint64_t version = 1;
    std::string title;
    std::vector<PropertySpec> properties;  ///< in the order in which people meet them

    const PropertySpec* find(std::string_view property) const;

    /// "patrol-vessel/1"
    std::string name() const;
};

/// What is wrong with a property of an item.
struct PropertyProblem {
    std::string key;      ///< of the property
    std::string value;    ///< as it was given; empty if it is missing
    std::string message;  ///< what would be right
};

/// All versions of all classes.
class ItemClasses {
  public:
    ItemClasses() = default;

    /// Requires: each name once.
    explicit ItemClasses(std::vector<ItemClass> classes);

    /// "patrol-vessel" is its latest version, "patrol-vessel/1" that one; null if there is none.
    const ItemClass* find(std::string_view name) const;

    /// By key, then by version.
    std::span<const ItemClass> all() const { return classes_; }

  private:
    std::vector<ItemClass> classes_;
};

/// The properties of an item in the units and the order of its class, as far as they fit it.
struct FittedProperties {
    std::vector<std::string> properties;  ///< as `to_text` writes them
    std::vector<PropertyProblem> problems;
};

/// Requires: each text is one that `parse_property` reads.
/// Cost:     O(given * properties of the class).
FittedProperties fitted(const ItemClass& of, std::span<const std::string> given);

}  // namespace adic::model
