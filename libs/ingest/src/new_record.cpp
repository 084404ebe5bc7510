#include "new_record.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/scenario_record.hpp"
#include "adic/model/scenario.hpp"

#include <algorithm>
#include <array>
#include <variant>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

bool steers(const model::FieldValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        return has_steering_character(*text);
    }
    const auto* words = std::get_if<model::Words>(&value);
    return words != nullptr && std::ranges::any_of(*words, has_steering_character);
}

/// "50: 92000": from at least one piece, and what each costs.
bool is_price_break(std::string_view text) {
    const auto parts = split(text, ':');
    const auto from = parts.size() == 2 ? parse_whole(trimmed(parts[0])) : std::nullopt;
    const auto price = parts.size() == 2 ? parse_decimal(trimmed(parts[1])) : std::nullopt;
    return from && *from > 0 && price && *price >= 0.0;
}

/// "1800000: 9": what one may cost, and how many are wanted then.
bool is_price_tier(std::string_view text) {
    const auto parts = split(text, ':');
    const auto price = parts.size() == 2 ? parse_decimal(trimmed(parts[0])) : std::nullopt;
    const auto quantity = parts.size() == 2 ? parse_decimal(trimmed(parts[1])) : std::nullopt;
    return price && *price >= 0.0 && quantity && *quantity >= 0.0;
}

/// A field whose lines have a form of their own.
struct LineForm {
    std::string_view field;
    bool (*is_right)(std::string_view line);
    std::string_view otherwise;  ///< what is said of a line that is not
};

constexpr std::array line_forms{
    LineForm{
        "price_breaks",
        is_price_break,
        "is no price break: write from how many pieces, and what one costs, as in '50: 92000'"},
    LineForm{
        "tiers",
        is_price_tier,
        "is no quantity by price: write what one may cost, and how many are wanted then, as in "
        "'1800000: 9'"},
};

void add_line_problems(const model::Record& record, std::vector<FieldProblem>& problems) {
    for (const LineForm& form : line_forms) {
        const auto field = record.type->find_field(form.field);
        const auto* lines = field ? std::get_if<model::Words>(&record.fields[*field]) : nullptr;
        for (const std::string& line : lines == nullptr ? model::Words{} : *lines) {
            if (!form.is_right(line)) {
                problems.push_back({form.field, fmt::format("'{}' {}", line, form.otherwise)});
            }
        }
    }
}

void add_steering_problems(const model::Record& record, std::vector<FieldProblem>& problems) {
    const auto add = [&](bool is_steering, std::string_view name) {
        if (is_steering) {
            problems.push_back({name, std::string(steering_problem)});
        }
    };
    add(has_steering_character(record.id), "id");
    for (std::size_t f = 0; f < record.fields.size(); ++f) {
        add(steers(record.fields[f]), record.type->fields[f].key);
    }
    add(has_steering_character(record.organisation), "organisation");
    add(has_steering_character(record.source), model::field_source);
    add(has_steering_character(record.note), model::field_note);
}

}  // namespace

std::vector<FieldProblem> problems_of_new(const model::Record& record) {
    std::vector<FieldProblem> problems;
    for (std::string& problem : model::problems_of(record)) {
        problems.push_back({{}, std::move(problem)});
    }
    if (record.type->key == model::scenario_type) {
        for (std::string& problem : scenario_of(record.fields).problems) {
            problems.push_back({{}, std::move(problem)});
        }
    }
    for (model::ImpossibleValue& one : model::impossible_values_of(record)) {
        problems.push_back({one.field, std::move(one.message), std::move(one.value)});
    }
    add_line_problems(record, problems);
    add_steering_problems(record, problems);
    return problems;
}

}  // namespace adic::ingest
