#pragma once

#include "adic/model/record.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::model {

/// What an aggregate sums: a field of a type of records. A later one is a row here.
struct Measure {
    std::string_view key;  ///< as the record names it
    std::string_view type;
    std::string_view field;  ///< a number
    std::string_view unit;
};

std::span<const Measure> measures();

/// Bounds of a definition, whoever writes it.
inline constexpr std::int64_t fewest_states = 3;
inline constexpr std::int64_t least_protection = 10;

/// A named question about what states hide: the total of a field over those of them that agree. The
/// words are those of statistical disclosure control.
///
/// Source: Hundepool, Domingo-Ferrer, Franconi, Giessing, Schulte Nordholt, Spicer, de Wolf:
///         Statistical Disclosure Control (2012), ch. 4: the minimum frequency rule, the p% rule,
///         rounding.
struct Aggregate {
    std::string id;
    std::string owner;  ///< the state that asks
    std::string name;
    std::string measure;  ///< key of a Measure
    std::string item;
    std::int64_t first_year = 0;
    std::int64_t last_year = 0;       ///< this one too
    std::int64_t smallest_group = 0;  ///< states that have to agree: at least `fewest_states`
    std::int64_t protection = 0;      ///< p of the p% rule, in per cent
    std::int64_t rounding = 0;        ///< the total is a multiple of it
    std::string audience;             ///< of the result, as `parse_grants` reads it

    friend bool operator==(const Aggregate&, const Aggregate&) = default;
};

/// The types of records that an aggregate is made of.
inline constexpr std::string_view aggregate_type = "aggregate";
inline constexpr std::string_view consent_type = "consent";
inline constexpr std::string_view aggregate_result_type = "aggregate-result";

/// What is wrong with the fields of a definition together, each as a sentence. Requires: one value
/// for each field of the type, each of them right by itself.
std::vector<std::string> problems_of_aggregate(std::span<const FieldValue> fields);

}  // namespace adic::model
