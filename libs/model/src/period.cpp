#include "adic/base/text.hpp"
#include "adic/model/provenance.hpp"

#include <algorithm>

namespace adic::model {
namespace {

using std::chrono::day;
using std::chrono::last;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

Error not_a_period(std::string_view text) {
    constexpr std::size_t longest_shown = 40;  // a cell can be a megabyte, and there can be many
    const std::string shown = text.size() <= longest_shown
                                  ? "'" + std::string(text) + "'"
                                  : "a text of " + std::to_string(text.size()) + " bytes";
    return Error{
        ErrorCode::invalid_argument,
        shown + " is not a period; write 2024, 2024-06, 2024-06-30, or two of them as 2016/2020",
        {}};
}

year_month_day last_day_of(year y, month m) {
    return year_month_day{y / m / last};
}

/// Whole digits of the given width, or empty.
std::optional<unsigned> digits(std::string_view text, std::size_t width) {
    const auto value = text.size() == width ? parse_whole(text) : std::nullopt;
    return value ? std::optional{static_cast<unsigned>(*value)} : std::nullopt;
}

std::optional<Period> parse_single(std::string_view text) {
    const std::vector<std::string_view> parts = split(text, '-');
    const auto y = digits(parts[0], 4);
    if (!y || parts.size() > 3) {
        return std::nullopt;
    }
    const year in_year{static_cast<int>(*y)};
    if (parts.size() == 1) {
        return Period{in_year / 1 / 1, in_year / 12 / 31};
    }
    const auto m = digits(parts[1], 2);
    if (!m || !month{*m}.ok()) {
        return std::nullopt;
    }
    if (parts.size() == 2) {
        return Period{in_year / month{*m} / 1, last_day_of(in_year, month{*m})};
    }
    const auto d = digits(parts[2], 2);
    if (!d || !(in_year / month{*m} / day{*d}).ok()) {
        return std::nullopt;
    }
    return Period{in_year / month{*m} / day{*d}, in_year / month{*m} / day{*d}};
}

template <std::size_t width>
std::string with_digits(unsigned value) {
    const std::string text = std::to_string(value);
    return std::string(width - std::min(width, text.size()), '0') + text;
}

/// One date in the coarsest precision whose first (or last) day it is.
std::string single_text(year_month_day date, bool starts_year, bool starts_month) {
    std::string text = with_digits<4>(static_cast<unsigned>(static_cast<int>(date.year())));
    if (!starts_year) {
        text += "-" + with_digits<2>(static_cast<unsigned>(date.month()));
    }
    if (!starts_year && !starts_month) {
        text += "-" + with_digits<2>(static_cast<unsigned>(date.day()));
    }
    return text;
}

}  // namespace

Result<Period> parse_period(std::string_view text) {
    const std::vector<std::string_view> ends = split(text, '/');
    if (ends.size() > 2) {
        return not_a_period(text);
    }
    const auto first = parse_single(ends.front());
    const auto final = parse_single(ends.back());
    if (!first || !final || final->last < first->first) {
        return not_a_period(text);
    }
    return Period{first->first, final->last};
}

std::string to_text(const Period& period) {
    const bool first_of_month = period.first.day() == day{1};
    const bool first_of_year = first_of_month && period.first.month() == month{1};
    const bool last_of_month = period.last == last_day_of(period.last.year(), period.last.month());
    const bool last_of_year = last_of_month && period.last.month() == month{12};
    // Both ends in one precision, so that "2024-01/2024" never stands for a year.
    const bool years = first_of_year && last_of_year;
    const bool months = first_of_month && last_of_month;
    const std::string first = single_text(period.first, years, months);
    const std::string final = single_text(period.last, years, months);
    return first == final ? first : first + "/" + final;
}

}  // namespace adic::model
