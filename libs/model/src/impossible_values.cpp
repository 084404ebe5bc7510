#include "adic/base/text.hpp"
#include "adic/model/identifiers.hpp"
#include "adic/model/record.hpp"

#include <algorithm>
#include <chrono>

namespace adic::model {
namespace {

using std::chrono::sys_days;

std::string text_of(sys_days day) {
    return to_text(Period{std::chrono::year_month_day{day}, std::chrono::year_month_day{day}});
}

std::string bounds_of(const FieldSpec& field) {
    if (field.least && field.most) {
        return "from " + to_shortest(*field.least) + " to " + to_shortest(*field.most);
    }
    return field.least ? "of at least " + to_shortest(*field.least)
                       : "of at most " + to_shortest(*field.most);
}

void check_number(const FieldSpec& field, double value, std::vector<ImpossibleValue>& found) {
    if ((field.least && value < *field.least) || (field.most && value > *field.most)) {
        found.push_back({field.key, to_shortest(value), "write a number " + bounds_of(field)});
    }
}

void check_code(
    const FieldSpec& field,
    const std::string& code,
    std::vector<ImpossibleValue>& found
) {
    // What has not even the form of a code is complained of by its form.
    if (code.size() < field.fewest_characters && form_broken(field.of, code).empty()) {
        found.push_back(
            {field.key,
             code,
             "write at least " + std::to_string(field.fewest_characters) + " characters of a code "
                 + std::string(field.of)}
        );
    }
}

void check_order(
    const Record& record,
    const FieldSpec& field,
    sys_days day,
    std::vector<ImpossibleValue>& found
) {
    const auto other = record.type->find_field(field.not_before);
    const auto* first = other ? std::get_if<sys_days>(&record.fields[*other]) : nullptr;
    if (first != nullptr && day < *first) {
        found.push_back(
            {field.key,
             text_of(day),
             "is before '" + std::string(field.not_before) + "', " + text_of(*first)
                 + ": write a day on or after it"}
        );
    }
}

}  // namespace

std::vector<ImpossibleValue> impossible_values_of(const Record& record) {
    std::vector<ImpossibleValue> found;
    const std::size_t fields = std::min(record.fields.size(), record.type->fields.size());
    for (std::size_t f = 0; f < fields; ++f) {
        const FieldSpec& field = record.type->fields[f];
        if (const auto* number = std::get_if<double>(&record.fields[f])) {
            check_number(field, *number, found);
        } else if (const auto* text = std::get_if<std::string>(&record.fields[f])) {
            check_code(field, *text, found);
        } else if (const auto* day = std::get_if<sys_days>(&record.fields[f])) {
            check_order(record, field, *day, found);
        }
    }
    return found;
}

}  // namespace adic::model
