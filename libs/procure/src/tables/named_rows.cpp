#include "tables/named_rows.hpp"

#include "adic/base/text.hpp"
#include "adic/procure/money.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::procure {
namespace {

constexpr std::string_view of_columns = "PR-001";
constexpr std::string_view of_cells = "PR-002";
constexpr std::size_t most_digits = 15;

bool is_all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::int64_t> parse_cents(std::string_view text) {
    const bool is_negative = text.starts_with('-');
    const std::string_view digits = text.substr(is_negative ? 1 : 0);
    const auto point = digits.find('.');
    const std::string_view units = digits.substr(0, point);
    std::string parts(point == std::string_view::npos ? "" : digits.substr(point + 1));
    const bool has_parts = point == std::string_view::npos || (!parts.empty() && parts.size() <= 2);
    if (units.empty() || units.size() > most_digits || !is_all_digits(units) || !has_parts
        || !is_all_digits(parts)) {
        return std::nullopt;
    }
    parts.resize(2, '0');
    const std::int64_t whole = static_cast<std::int64_t>(*parse_whole(units)) * 100;
    const std::int64_t cents = whole + static_cast<std::int64_t>(*parse_whole(parts));
    return is_negative ? -cents : cents;
}

std::string money_text(std::int64_t cents) {
    const std::int64_t size = std::abs(cents);
    return fmt::format("{}{}.{:02}", cents < 0 ? "-" : "", size / 100, size % 100);
}

std::optional<std::chrono::sys_days> parse_day(std::string_view text) {
    const auto parts = split(text, '-');
    if (text.size() != 10 || parts.size() != 3 || parts[0].size() != 4 || parts[1].size() != 2) {
        return std::nullopt;
    }
    const auto year = parse_whole(parts[0]);
    const auto month = parse_whole(parts[1]);
    const auto day = parse_whole(parts[2]);
    if (!year || !month || !day) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year{static_cast<int>(*year)},
        std::chrono::month{static_cast<unsigned>(*month)},
        std::chrono::day{static_cast<unsigned>(*day)}};
    return date.ok() ? std::optional{std::chrono::sys_days{date}} : std::nullopt;
}

std::string day_text(std::chrono::sys_days day) {
    const std::chrono::year_month_day date{day};
    return fmt::format(
        "{:04}-{:02}-{:02}",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
}

NamedRows::NamedRows(
    ingest::CsvReader rows,
    std::span<const NamedColumn> columns,
    ingest::ImportReport& report
)
    : rows_(std::move(rows))
    , columns_(columns)
    , report_(&report)
    , places_(columns.size()) {
    bind();
}

void NamedRows::note(
    std::string_view rule,
    std::string_view column,
    std::string_view value,
    std::string message
) {
    is_good_ = false;
    report_->add(
        {ingest::Severity::error,
         rule,
         rows_.name(),
         rows_.row(),
         std::string(column),
         std::string(value.substr(0, 80)),
         std::move(message)}
    );
}

void NamedRows::bind() {
    if (!rows_.next()) {
        note(of_columns, "", "", "the first row must name the columns");
        return;
    }
    std::vector<std::string_view> names;
    for (const NamedColumn& column : columns_) {
        names.push_back(column.name);
    }
    is_bound_ = true;
    for (std::size_t field = 0; field < rows_.fields().size(); ++field) {
        const std::string_view name = trimmed(rows_.fields()[field]);
        const auto found = std::ranges::find(names, name);
        if (found == names.end()) {
            const auto near = nearest_word(name, names);
            note(
                of_columns,
                name,
                "",
                near ? fmt::format("is no column, did you mean '{}'?", *near)
                     : fmt::format("is no column: {}", fmt::join(names, ", "))
            );
            is_bound_ = false;
            continue;
        }
        auto& place = places_[static_cast<std::size_t>(found - names.begin())];
        if (place) {
            note(of_columns, name, "", "is there twice");
            is_bound_ = false;
        }
        place = field;
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (columns_[i].is_required && !places_[i]) {
            note(of_columns, columns_[i].name, "", "is missing");
            is_bound_ = false;
        }
    }
}

bool NamedRows::next() {
    is_good_ = true;
    return is_bound_ && rows_.next();
}

std::string_view NamedRows::text(std::size_t column) {
    const auto place = places_[column];
    const std::string_view cell = place && *place < rows_.fields().size()
                                      ? trimmed(rows_.fields()[*place])
                                      : std::string_view{};
    if (cell.empty() && columns_[column].is_required) {
        complain(column, "has to have a value");
    }
    return cell;
}

std::optional<double> NamedRows::number(std::size_t column, Limits limits) {
    const std::string_view cell = text(column);
    if (cell.empty()) {
        return std::nullopt;
    }
    const auto value = parse_decimal(cell);
    if (!value || *value < limits.low || *value > limits.high) {
        complain(
            column,
            fmt::format(
                "must be a number from {} to {}",
                to_shortest(limits.low),
                to_shortest(limits.high)
            )
        );
        return std::nullopt;
    }
    return value;
}

std::optional<Fraction> NamedRows::fraction(std::size_t column, std::uint32_t most) {
    const std::string_view cell = text(column);
    auto value = parse_fraction(cell);
    if (cell.empty()) {
        return std::nullopt;
    }
    if (!value || *value < 0 || *value > most) {
        complain(
            column,
            fmt::format("must be a number from 0 to {} with at most nine decimals", most)
        );
        return std::nullopt;
    }
    return value;
}

Fraction NamedRows::fraction_or(std::size_t column, std::uint32_t most, std::uint32_t standard) {
    Fraction value = standard;
    if (const auto given = fraction(column, most)) {
        value = *given;
    }
    return value;
}

std::optional<std::int64_t> NamedRows::cents(std::size_t column, bool may_be_negative) {
    const std::string_view cell = text(column);
    if (cell.empty()) {
        return std::nullopt;
    }
    const auto value = parse_cents(cell);
    if (!value || (*value < 0 && !may_be_negative)) {
        complain(
            column,
            may_be_negative ? "must be an amount with at most two decimals, as 1200.50"
                            : "must be an amount from 0 on with at most two decimals, as 1200.50"
        );
        return std::nullopt;
    }
    return value;
}

std::optional<std::int32_t> NamedRows::year(std::size_t column) {
    const std::string_view cell = text(column);
    const auto value = parse_whole(cell);
    if (cell.empty()) {
        return std::nullopt;
    }
    if (!value || *value < 1900 || *value > 2999) {
        complain(column, "must be a year, as 2027");
        return std::nullopt;
    }
    return static_cast<std::int32_t>(*value);
}

std::optional<std::chrono::sys_days> NamedRows::day(std::size_t column) {
    const std::string_view cell = text(column);
    const auto value = parse_day(cell);
    if (!cell.empty() && !value) {
        complain(column, "must be a day, as 2027-06-30");
    }
    return value;
}

std::string_view NamedRows::word(std::size_t column, std::span<const std::string_view> choices) {
    const std::string_view cell = text(column);
    if (!cell.empty() && std::ranges::find(choices, cell) == choices.end()) {
        complain(column, fmt::format("must be one of {}", fmt::join(choices, ", ")));
    }
    return cell;
}

void NamedRows::complain(std::size_t column, std::string message) {
    const auto place = places_[column];
    const std::string_view value =
        place && *place < rows_.fields().size() ? rows_.fields()[*place] : std::string_view{};
    note(of_cells, columns_[column].name, value, std::move(message));
}

}  // namespace adic::procure
