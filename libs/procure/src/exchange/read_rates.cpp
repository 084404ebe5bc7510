#include "adic/base/text.hpp"
#include "adic/procure/day.hpp"
#include "adic/procure/exchange.hpp"

#include "tables/named_rows.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace adic::procure {
namespace {

using ingest::CsvReader;
using ingest::ImportReport;
using std::chrono::sys_days;

enum RateColumn : std::size_t { base, currency, day, rate, until };

constexpr std::array rate_columns{
    NamedColumn{"base"},
    NamedColumn{"currency"},
    NamedColumn{"day"},
    NamedColumn{"rate"},
    NamedColumn{"until", false},
};

constexpr std::array<std::string_view, 12> months{
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"};

/// A weekend and holidays, and no more: an old rate is worse than none.
constexpr std::chrono::days standard_age{7};

bool is_currency(std::string_view code) {
    return code.size() == 3
           && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// "2026-11-25", or "25 November 2026" as the bank's file of one day has it.
std::optional<sys_days> day_of(std::string_view text) {
    const auto parts = split(text, ' ');
    if (parts.size() != 3) {
        return parse_day(text);
    }
    const auto month = std::ranges::find(months, parts[1]);
    const auto number = parse_whole(parts[0]);
    const auto year = parse_whole(parts[2]);
    if (month == months.end() || !number || !year || *number > 31 || *year > 9999) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year{static_cast<int>(*year)},
        std::chrono::month{static_cast<unsigned>(month - months.begin()) + 1},
        std::chrono::day{static_cast<unsigned>(*number)}};
    return date.ok() ? std::optional{sys_days{date}} : std::nullopt;
}

/// Rows of the European Central Bank: a day, then what one euro was on it in each currency.
class BankReader {
  public:
    BankReader(CsvReader rows, ImportReport& report) : rows_(std::move(rows)), report_(report) {}

    std::vector<ExchangeQuote> read() && {
        if (rows_.next()) {
            for (const std::string_view field : rows_.fields()) {
                names_.emplace_back(trimmed(field));
            }
        }
        for (std::size_t i = 1; i < names_.size(); ++i) {
            if (!names_[i].empty() && !is_currency(names_[i])) {
                complain("PR-001", names_[i], "", "is no currency (ISO 4217)");
            }
        }
        while (rows_.next()) {
            take();
        }
        return std::move(quotes_);
    }

  private:
    void take() {
        const auto fields = rows_.fields();
        const std::string_view text = trimmed(fields[0]);
        const auto on = day_of(text);
        if (!on) {
            complain("PR-002", "Date", text, "must be a day, as 2026-11-25");
            return;
        }
        if (!days_.insert(*on).second) {
            complain("PR-002", "Date", text, "is there already");
        }
        for (std::size_t i = 1; i < fields.size(); ++i) {
            const std::string_view cell = trimmed(fields[i]);
            if (cell.empty() || cell == "N/A") {
                continue;
            }
            const auto value = i < names_.size() ? parse_fraction(cell) : std::nullopt;
            if (!value || *value <= 0) {
                complain(
                    "PR-002",
                    i < names_.size() ? names_[i] : "",
                    cell,
                    "must be a rate above 0, as 1.0512, or N/A"
                );
                continue;
            }
            quotes_.push_back({"EUR", names_[i], *on, *on + standard_age, *value});
        }
    }

    void complain(
        std::string_view rule,
        std::string_view column,
        std::string_view value,
        std::string message
    ) {
        report_.add(
            {ingest::Severity::error,
             rule,
             rows_.name(),
             rows_.row(),
             std::string(column),
             std::string(value.substr(0, 80)),
             std::move(message)}
        );
    }

    CsvReader rows_;
    ImportReport& report_;
    std::vector<std::string> names_;
    std::set<sys_days> days_;
    std::vector<ExchangeQuote> quotes_;
};

std::vector<ExchangeQuote> read_own(CsvReader rows, ImportReport& report) {
    constexpr std::uint32_t most = 1'000'000'000;
    NamedRows row(std::move(rows), rate_columns, report);
    std::vector<ExchangeQuote> quotes;
    std::set<std::tuple<std::string, std::string, sys_days>> seen;
    while (row.next()) {
        ExchangeQuote one;
        one.base = row.text(base);
        one.currency = row.text(currency);
        one.from = row.day(day).value_or(sys_days{});
        one.until = row.day(until).value_or(one.from + standard_age);
        one.rate = row.fraction_or(rate, most, 1);
        for (const std::size_t column : {std::size_t{base}, std::size_t{currency}}) {
            if (!is_currency(row.text(column))) {
                row.complain(column, "must be the three letters of a currency (ISO 4217), as USD");
            }
        }
        if (one.base == one.currency) {
            row.complain(currency, "is the base");
        }
        if (one.rate == 0) {
            row.complain(rate, "must be above 0");
            one.rate = 1;
        }
        if (one.until < one.from) {
            row.complain(until, "is before the day");
        }
        if (!seen.emplace(one.base, one.currency, one.from).second) {
            row.complain(day, "is there already for this pair");
        }
        quotes.push_back(std::move(one));
    }
    return quotes;
}

ExchangeRates
read_either(CsvReader rows, CsvReader again, std::uint64_t errors, ImportReport& report) {
    const bool is_bank =
        rows.next() && !rows.fields().empty() && trimmed(rows.fields()[0]) == "Date";
    auto quotes =
        is_bank ? BankReader(std::move(again), report).read() : read_own(std::move(again), report);
    return report.errors() == errors ? ExchangeRates{std::move(quotes)} : ExchangeRates{};
}

}  // namespace

ExchangeRates
parse_exchange_rates(std::string_view text, const std::string& name, ImportReport& report) {
    const std::uint64_t errors = report.errors();
    ImportReport first_row;
    CsvReader peek = CsvReader::over(name, text, first_row);
    return read_either(std::move(peek), CsvReader::over(name, text, report), errors, report);
}

Result<ExchangeRates> read_exchange_rates(const std::filesystem::path& file, ImportReport& report) {
    const std::uint64_t errors = report.errors();
    ImportReport first_row;
    ADIC_TRY(CsvReader peek, CsvReader::open(file, first_row));
    ADIC_TRY(CsvReader rows, CsvReader::open(file, report));
    return read_either(std::move(peek), std::move(rows), errors, report);
}

}  // namespace adic::procure
