#include "adic/model/aggregate.hpp"

#include "aggregate_fields.hpp"

#include <algorithm>

namespace adic::model {
namespace {

constexpr std::array<Measure, 1> all_measures{
    Measure{measure_keys[0], "demand", "quantity", "pieces"},
};

constexpr std::size_t place_of(std::string_view key) {
    return static_cast<std::size_t>(
        std::ranges::find(aggregate_fields, key, &FieldSpec::key) - aggregate_fields.begin()
    );
}

/// Null if nobody said: that is a problem of the field alone.
const std::int64_t* whole_of(std::span<const FieldValue> fields, std::string_view key) {
    return std::get_if<std::int64_t>(&fields[place_of(key)]);
}

struct Bounds {
    std::string_view field;
    std::int64_t least;
    std::int64_t most;
};

constexpr std::array<Bounds, 5> bounds{{
    {"first_year", 1900, 2200},
    {"last_year", 1900, 2200},
    {"smallest_group", fewest_states, 1'000},
    {"protection", least_protection, 100},
    {"rounding", 1, 1'000'000'000},
}};

/// Why an audience is none of a result; empty if it is one.
std::string problem_of_audience(const std::string& text) {
    const auto grants = parse_grants(text, {});
    if (!grants) {
        return {};  // the field itself says so
    }
    const auto is_plain = [](const Grant& grant) {
        return grant.disclosure == Disclosure::full && !grant.from && !grant.until;
    };
    return !grants->empty() && std::ranges::all_of(*grants, is_plain)
               ? std::string{}
               : "field 'audience': takes names alone, as in 'ASEAN' or 'MYS;IDN;THA': a result is "
                 "shown as a whole, from the day on which it is published";
}

}  // namespace

std::span<const Measure> measures() {
    return all_measures;
}

std::vector<std::string> problems_of_aggregate(std::span<const FieldValue> fields) {
    std::vector<std::string> problems;
    for (const Bounds& one : bounds) {
        const std::int64_t* value = whole_of(fields, one.field);
        if (value != nullptr && (*value < one.least || *value > one.most)) {
            problems.push_back(
                "field '" + std::string(one.field) + "': takes " + std::to_string(one.least)
                + " to " + std::to_string(one.most) + ", not " + std::to_string(*value)
            );
        }
    }
    const std::int64_t* first = whole_of(fields, "first_year");
    const std::int64_t* last = whole_of(fields, "last_year");
    if (first != nullptr && last != nullptr && *last < *first) {
        problems.emplace_back("field 'last_year': is not before 'first_year'");
    }
    if (const auto* text = std::get_if<std::string>(&fields[place_of("audience")])) {
        if (std::string problem = problem_of_audience(*text); !problem.empty()) {
            problems.push_back(std::move(problem));
        }
    }
    return problems;
}

}  // namespace adic::model
