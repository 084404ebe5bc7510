#include "adic/base/text.hpp"
#include "adic/ingest/csv_reader.hpp"
#include "adic/ingest/scenario_file.hpp"

#include "rules.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace adic::ingest {
namespace {

constexpr double longest_voyage = 366;  // days
constexpr std::size_t most_chokepoints = 1000;

struct Table {
    CsvReader reader;
    ImportReport* report;

    std::string_view cell(std::size_t column) const { return reader.fields()[column]; }

    void complain(
        const ImportRule& rule,
        std::string_view column,
        std::string_view value,
        std::string message
    ) const {
        report->add(
            {Severity::error,
             rule.id,
             reader.name(),
             reader.row(),
             std::string(column),
             std::string(value.substr(0, 80)),
             std::move(message)}
        );
    }

    /// The first row has to be these columns in this order, and every other as wide.
    bool open(std::span<const std::string_view> columns) {
        const bool is_right = reader.next() && std::ranges::equal(reader.fields(), columns);
        if (!is_right) {
            complain(rules::route_cell, {}, {}, "the first row must be the columns of this table");
        }
        return is_right;
    }

    bool next(std::size_t columns) {
        while (reader.next()) {
            if (reader.fields().size() == columns) {
                return true;
            }
            complain(rules::route_cell, {}, {}, "the row must have a cell for each column");
        }
        return false;
    }

    std::optional<double> number(std::size_t column, std::string_view name, double highest) const {
        const auto value = parse_decimal(cell(column));
        if (!value || *value <= 0 || *value > highest) {
            complain(
                rules::route_cell,
                name,
                cell(column),
                "must be a number above 0, at most " + to_shortest(highest)
            );
            return std::nullopt;
        }
        return value;
    }
};

std::vector<model::Chokepoint> read_chokepoints(Table& table) {
    constexpr std::array<std::string_view, 2> columns{"id", "name"};
    std::vector<model::Chokepoint> all;
    std::set<std::string, std::less<>> taken;
    if (!table.open(columns)) {
        return all;
    }
    while (table.next(columns.size())) {
        if (table.cell(0).empty()) {
            table.complain(rules::route_cell, columns[0], {}, "must not be empty");
        } else if (all.size() == most_chokepoints) {
            table.complain(
                rules::route_cell,
                columns[0],
                table.cell(0),
                "there can be no more than 1000"
            );
            return all;
        } else if (!taken.emplace(table.cell(0)).second) {
            table.complain(rules::route_disagrees, columns[0], table.cell(0), "is there already");
        } else {
            all.push_back({std::string(table.cell(0)), std::string(table.cell(1))});
        }
    }
    return all;
}

/// Puts the rows of each pair of states together.
class RouteRows {
  public:
    RouteRows(Table& table, const std::vector<model::Chokepoint>& chokepoints) : table_(&table) {
        for (const model::Chokepoint& known : chokepoints) {
            known_.insert(known.id);
        }
    }

    std::vector<model::SeaRoute> read() {
        if (table_->open(columns)) {
            while (table_->next(columns.size())) {
                take_row();
            }
        }
        std::vector<model::SeaRoute> all;
        all.reserve(routes_.size());
        for (auto& [ends, route] : routes_) {
            all.push_back(std::move(route));
        }
        return all;
    }

  private:
    enum Column : std::size_t { origin, destination, days, chokepoint, share, detour };

    static constexpr std::array<std::string_view, 6>
        columns{"origin", "destination", "days", "chokepoint", "share", "detour_days"};

    void take_row() {
        const std::string from{table_->cell(origin)};
        const std::string to{table_->cell(destination)};
        if (from.empty() || to.empty() || from == to) {
            table_->complain(
                rules::route_cell,
                columns[origin],
                from,
                "must be two different states"
            );
            return;
        }
        const auto length = table_->number(days, columns[days], longest_voyage);
        if (!length) {
            return;
        }
        const auto [place, is_new] =
            routes_.try_emplace({from, to}, model::SeaRoute{from, to, *length, {}});
        if (place->second.days != *length) {
            table_->complain(
                rules::route_disagrees,
                columns[days],
                table_->cell(days),
                "differs from the days of this route above"
            );
        }
        take_passage(place->second, is_new);
    }

    void take_passage(model::SeaRoute& route, bool is_new) {
        const std::string_view name = table_->cell(chokepoint);
        if (name.empty()) {
            if (!is_new || !table_->cell(share).empty() || !table_->cell(detour).empty()) {
                table_->complain(
                    rules::route_cell,
                    columns[chokepoint],
                    {},
                    "can be empty only in the one row of a route without passages"
                );
            }
            return;
        }
        const bool is_twice = std::ranges::any_of(route.passages, [&](const auto& passage) {
            return passage.chokepoint == name;
        });
        if (!known_.contains(name) || is_twice) {
            table_->complain(
                rules::route_chokepoint,
                columns[chokepoint],
                name,
                is_twice ? "is on this route already" : "is not in chokepoints.csv"
            );
            return;
        }
        const auto part = table_->number(share, columns[share], 1);
        std::optional<double> longer;
        if (!table_->cell(detour).empty()) {
            longer = table_->number(detour, columns[detour], longest_voyage);
        }
        if (part) {
            route.passages.push_back({std::string(name), Estimate::exactly(*part), longer});
        }
    }

    Table* table_;
    std::set<std::string, std::less<>> known_;
    std::map<std::pair<std::string, std::string>, model::SeaRoute> routes_;
};

}  // namespace

Result<model::SeaRoutes>
read_sea_routes(const std::filesystem::path& folder, ImportReport& report) {
    const std::uint64_t errors = report.errors();
    ADIC_TRY(CsvReader names, CsvReader::open(folder / "chokepoints.csv", report));
    ADIC_TRY(CsvReader rows, CsvReader::open(folder / "sea_routes.csv", report));
    Table chokepoint_table{std::move(names), &report};
    Table route_table{std::move(rows), &report};
    std::vector<model::Chokepoint> chokepoints = read_chokepoints(chokepoint_table);
    std::vector<model::SeaRoute> routes = RouteRows(route_table, chokepoints).read();
    if (report.errors() != errors) {
        return Error{
            ErrorCode::invalid_argument,
            "the sea routes cannot be read: " + std::to_string(report.errors() - errors)
                + " errors",
            {}};
    }
    return model::SeaRoutes(std::move(chokepoints), std::move(routes));
}

}  // namespace adic::ingest
