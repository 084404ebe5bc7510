#include "adic/ingest/monthly_flow_reader.hpp"

#include "adic/base/text.hpp"

#include "publishers/published_table.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

enum Column { month, reporter, partner, hs6, weight, value, direction };

constexpr std::array<ColumnSpec, 7> columns{{
    {"month", Presence::required, "period"},
    {"reporter", Presence::required, "reporteriso"},
    {"partner", Presence::required, "partneriso"},
    {"hs6", Presence::required, "cmdcode"},
    {"net_weight_kg", Presence::required, "netwgt"},
    {"value_usd", Presence::required, "primaryvalue"},
    {"flowcode", Presence::optional},
}};

constexpr std::string_view all_the_world = "W00";

/// Positions of names in the order in which they were first seen.
class Names {
  public:
    explicit Names(std::vector<std::string>& names) : names_(&names) {}

    std::size_t position(std::string_view name) {
        const auto [found, is_new] = positions_.emplace(name, names_->size());
        if (is_new) {
            names_->emplace_back(name);
        }
        return found->second;
    }

  private:
    std::vector<std::string>* names_;
    std::map<std::string, std::size_t, std::less<>> positions_;
};

bool is_digits(std::string_view text, std::size_t count) {
    return text.size() == count
           && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// "2023-08" or "202308".
std::optional<std::chrono::year_month> parse_month(std::string_view text) {
    constexpr std::size_t year_digits = 4;
    std::string digits(text);
    if (digits.size() == 7 && digits[year_digits] == '-') {
        digits.erase(year_digits, 1);
    }
    if (!is_digits(digits, 6)) {
        return std::nullopt;
    }
    const std::chrono::year_month parsed{
        std::chrono::year(std::stoi(digits.substr(0, year_digits))),
        std::chrono::month(static_cast<unsigned>(std::stoi(digits.substr(year_digits))))};
    return parsed.ok() ? std::optional(parsed) : std::nullopt;
}

class Reader {
  public:
    explicit Reader(PublishedTable table) : table_(std::move(table)) {}

    model::MonthlyFlows read() && {
        while (table_.next()) {
            if (!table_.has(direction) || table_.cell(direction) == "X") {
                take_row();
            }
        }
        return std::move(flows_);
    }

  private:
    void take_row() {
        const auto of_month = parse_month(table_.cell(month));
        if (!of_month) {
            complain(month, "not a month; write it as in 2023-08");
        }
        const bool has_code = is_digits(table_.cell(hs6), 6);
        if (!has_code) {
            complain(hs6, "an HS code has six digits, with its leading zero");
        }
        const bool has_states = check_state(reporter) && check_state(partner);
        const std::size_t quantity_given = table_.cell(weight).size();
        const auto quantity = table_.amount(weight);
        const auto amount = table_.amount(value);
        const bool is_whole =
            of_month && has_code && has_states && amount && (quantity || quantity_given == 0);
        if (is_whole && table_.cell(partner) != all_the_world) {
            add(*of_month, quantity.value_or(std::numeric_limits<double>::quiet_NaN()), *amount);
        }
    }

    bool check_state(std::size_t column) {
        constexpr std::size_t most = std::numeric_limits<std::uint16_t>::max();
        if (table_.cell(column).empty() || flows_.states.size() >= most) {
            complain(column, "write the code of a state, as in IDN");
            return false;
        }
        return true;
    }

    void add(std::chrono::year_month of_month, double quantity, double amount) {
        const auto exporter = static_cast<std::uint16_t>(states_.position(table_.cell(reporter)));
        const auto importer = static_cast<std::uint16_t>(states_.position(table_.cell(partner)));
        const auto product = static_cast<std::uint32_t>(products_.position(table_.cell(hs6)));
        if (!seen_.emplace(of_month, exporter, importer, product).second) {
            table_.complain(
                Severity::error,
                rules::published_twice.id,
                partner,
                "a second row of this month, reporter, partner and code"
            );
            return;
        }
        flows_.month.push_back(of_month);
        flows_.exporter.push_back(exporter);
        flows_.importer.push_back(importer);
        flows_.product.push_back(product);
        flows_.quantity.push_back(quantity);
        flows_.value.push_back(amount);
    }

    void complain(std::size_t column, std::string message) {
        const ImportRule& rule = column == month ? rules::published_number : rules::published_word;
        table_.complain(Severity::error, rule.id, column, std::move(message));
    }

    PublishedTable table_;
    model::MonthlyFlows flows_;
    Names states_{flows_.states};
    Names products_{flows_.products};
    std::set<std::tuple<std::chrono::year_month, std::uint16_t, std::uint16_t, std::uint32_t>>
        seen_;
};

}  // namespace

Result<model::MonthlyFlows>
read_monthly_flows(const std::filesystem::path& path, ImportReport& report) {
    ADIC_TRY(PublishedTable table, PublishedTable::open(path, columns, report));
    return Reader(std::move(table)).read();
}

}  // namespace adic::ingest
