#include "adic/ingest/material_plan_reader.hpp"

#include "adic/ingest/csv_reader.hpp"

#include "plain_tables.hpp"
#include "row_reader.hpp"
#include "rules.hpp"
#include "side_by_side.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adic::ingest {
namespace {

using model::MaterialPlan;
using MaterialIndex = Index<struct MaterialTag>;

constexpr Range any_year{.low = 0.0, .high = 9'999.0};

constexpr Column material_column{
    .name = "material",
    .kind = CellKind::identifier,
    .must = Must::yes,
    .help = "a row of materials",
    .example = "antimony"};

constexpr Column source_column{
    .name = "source",
    .help = "who says so, of which year, under which licence; or that it is judgement",
    .example = "USGS 2025, public domain"};

constexpr Column amount_column(std::string_view name, std::string_view help) {
    return {
        .name = name,
        .kind = CellKind::estimate,
        .must = Must::yes,
        .help = help,
        .example = "90|100|120",
        .range = tables::not_negative};
}

constexpr Column part_column(std::string_view name, std::string_view help) {
    return {
        .name = name,
        .kind = CellKind::estimate,
        .must = Must::yes,
        .help = help,
        .example = "|0.5|",
        .range = tables::any_share};
}

enum MaterialColumn { material, unit, stock, source_of_material };

constexpr std::array material_columns{
    material_column,
    Column{.name = "unit", .must = Must::yes, .help = "of all its amounts", .example = "t"},
    amount_column("stock", "at the start of the first year"),
    source_column,
};

enum YearColumn { of_year, year, military, civilian, home, source_of_year };

constexpr std::array year_columns{
    material_column,
    Column{
        .name = "year",
        .kind = CellKind::whole,
        .must = Must::yes,
        .help = "of the scenario",
        .example = "2027",
        .range = any_year},
    amount_column("military_demand", "in the year"),
    amount_column("civilian_demand", "the essential part"),
    amount_column("home_supply", "made at home"),
    source_column,
};

enum ForeignColumn { of_foreign, in_year, origin, amount, share, reliability, source_of_foreign };

constexpr std::array foreign_columns{
    material_column,
    Column{
        .name = "year",
        .kind = CellKind::whole,
        .help = "empty: every year",
        .example = "2027",
        .range = any_year},
    Column{.name = "origin", .must = Must::yes, .help = "the state", .example = "CHN"},
    amount_column("amount", "made or exported there"),
    part_column("share", "part that the buyer can get at all"),
    part_column("reliability", "part of that which still comes"),
    source_column,
};

enum MeasureColumn { of_measure, measure, kind, unit_cost, most, first_year, source_of_measure };

constexpr std::array measure_columns{
    material_column,
    Column{
        .name = "measure",
        .kind = CellKind::identifier,
        .must = Must::yes,
        .help = "names it",
        .example = "recycling"},
    Column{
        .name = "kind",
        .kind = CellKind::word,
        .must = Must::yes,
        .help = "whether it comes by itself",
        .example = "mitigation",
        .words = "market_response|mitigation"},
    amount_column("unit_cost", "of a unit"),
    amount_column("most_per_year", "of it"),
    Column{
        .name = "first_year",
        .kind = CellKind::whole,
        .must = Must::yes,
        .help = "nothing before it",
        .example = "2028",
        .range = any_year},
    source_column,
};

constexpr Table
table_of(std::string_view name, std::string_view key, std::span<const Column> columns) {
    return {name, "", key, Must::yes, false, columns};
}

constexpr Table materials_table = table_of("materials", "material", material_columns);
constexpr Table years_table = table_of("years", "material, year", year_columns);
constexpr Table foreign_table = table_of("foreign", "material, year, origin", foreign_columns);
constexpr Table measures_table = table_of("measures", "material, measure", measure_columns);

/// A row of foreign supplies, until all years are known.
struct ForeignRow {
    MaterialIndex material;
    std::optional<std::int32_t> year;
    model::ForeignSupply supply;
};

class PlansReader {
  public:
    explicit PlansReader(ImportReport& report) : import_{&report, nullptr, report.errors()} {}

    void read_materials(CsvReader rows) {
        read_rows(std::move(rows), materials_table, import_, materials_, [this](RowReader& row) {
            take_material(row);
        });
    }

    void read_years(CsvReader rows) {
        read_rows(std::move(rows), years_table, import_, materials_, [this](RowReader& row) {
            take_year(row);
        });
        for (MaterialPlan& plan : plans_) {
            std::ranges::sort(plan.years, {}, &model::PlanYear::year);
        }
    }

    void read_foreign(CsvReader rows) {
        const std::string file = rows.name();
        read_rows(std::move(rows), foreign_table, import_, materials_, [this](RowReader& row) {
            take_foreign(row);
        });
        check_size(file);
    }

    void read_measures(CsvReader rows) {
        read_rows(std::move(rows), measures_table, import_, materials_, [this](RowReader& row) {
            take_measure(row);
        });
    }

    std::vector<MaterialPlan> finish() && {
        if (!import_.is_clean()) {
            return {};
        }
        for (const ForeignRow& row : foreign_) {
            for (model::PlanYear& one : plans_[row.material.value()].years) {
                if (!row.year || *row.year == one.year) {
                    one.foreign.push_back(row.supply);
                }
            }
        }
        return std::move(plans_);
    }

  private:
    void take_material(RowReader& row) {
        row.text(source_of_material);  // for people
        const auto id = row.identifier(material);
        const std::string_view counted = row.text(unit);
        const auto stored = row.estimate(stock);
        if (!id) {
            materials_.set_unread();
            return;
        }
        if (!add_name(row, material, *id, materials_)) {
            return;
        }
        plans_.push_back({std::string(*id), std::string(counted)});
        plans_.back().stock = stored.value_or(Estimate::exactly(0.0));
    }

    std::optional<MaterialIndex> find_material(RowReader& row, std::size_t column) {
        return find_name(row, column, materials_, "the table materials has no");
    }

    /// Reports the row if another states the same.
    void check_once(RowReader& row, std::size_t column, const std::string& key) {
        const auto [first, is_new] = rows_.emplace(key, row.row());
        if (!is_new) {
            row.complain(
                rules::fact_twice,
                column,
                "row " + std::to_string(first->second) + " states this already"
            );
        }
    }

    static std::string key_of(char table, MaterialIndex of, std::string_view rest) {
        return table + std::to_string(of.value()) + "," + std::string(rest);
    }

    void take_year(RowReader& row) {
        row.text(source_of_year);  // for people
        const auto of = find_material(row, of_year);
        const auto when = row.whole(year);
        const auto armed = row.estimate(military);
        const auto other = row.estimate(civilian);
        const auto made = row.estimate(home);
        if (!of || !when) {
            return;
        }
        check_once(row, year, key_of('y', *of, std::to_string(*when)));
        if (row.is_wanted()) {
            plans_[of->value()].years.push_back(
                {static_cast<std::int32_t>(*when), *armed, *other, *made}
            );
        }
    }

    void take_foreign(RowReader& row) {
        row.text(source_of_foreign);  // for people
        const auto of = find_material(row, of_foreign);
        const auto when = row.whole(in_year);
        const std::string_view from = row.text(origin);
        const auto made = row.estimate(amount);
        const auto part = row.estimate(share);
        const auto sure = row.estimate(reliability);
        if (!of) {
            return;
        }
        const std::string year_key = when ? std::to_string(*when) : std::string("*");
        check_once(row, origin, key_of('f', *of, year_key + "," + std::string(from)));
        check_year(row, *of, when);
        if (row.is_wanted()) {
            foreign_.push_back(
                {*of,
                 when ? std::optional{static_cast<std::int32_t>(*when)} : std::nullopt,
                 {std::string(from), *made, *part, *sure}}
            );
        }
    }

    /// A row for every year becomes one for each: a small file must not become a large memory.
    void check_size(const std::string& file) const {
        constexpr std::size_t most = 10'000'000;
        std::size_t all = 0;
        for (const ForeignRow& row : foreign_) {
            all += row.year ? 1 : plans_[row.material.value()].years.size();
        }
        if (all > most) {
            import_.report->add(
                {Severity::error,
                 rules::too_many_rows.id,
                 file,
                 0,
                 "year",
                 {},
                 "rows for every year are more than 10,000,000 with a row for each; name the years"}
            );
        }
    }

    void check_year(RowReader& row, MaterialIndex of, std::optional<std::uint32_t> when) {
        if (!when || !import_.is_clean()) {
            return;
        }
        const auto wanted = static_cast<std::int32_t>(*when);
        const auto& years = plans_[of.value()].years;
        if (!std::ranges::binary_search(years, wanted, {}, &model::PlanYear::year)) {
            row.complain(
                rules::unknown_reference,
                in_year,
                "the table years has no such year of '" + plans_[of.value()].id + "'"
            );
        }
    }

    void take_measure(RowReader& row) {
        row.text(source_of_measure);  // for people
        const auto of = find_material(row, of_measure);
        const auto id = row.identifier(measure);
        const auto sort = row.word<model::MeasureKind>(kind, model::parse_measure_kind);
        const auto cost = row.estimate(unit_cost);
        const auto limit = row.estimate(most);
        const auto from = row.whole(first_year);
        if (!of || !id) {
            return;
        }
        check_once(row, measure, key_of('m', *of, *id));
        if (row.is_wanted()) {
            plans_[of->value()].measures.push_back(
                {std::string(*id), *sort, *cost, *limit, static_cast<std::int32_t>(*from)}
            );
        }
    }

    Import import_;
    std::vector<MaterialPlan> plans_;
    IdTable<MaterialIndex> materials_;
    std::vector<ForeignRow> foreign_;
    std::map<std::string, std::uint64_t> rows_;  ///< in which each fact stands
};

Result<CsvReader>
open_table(const std::filesystem::path& path, std::string_view name, ImportReport& report) {
    constexpr std::string_view all =
        "materials.csv and years.csv, or the common beginning of two such names";
    return open_beside(path, name, all, report);
}

}  // namespace

Result<std::vector<MaterialPlan>>
read_material_plans(const std::filesystem::path& path, ImportReport& report) {
    ADIC_TRY(CsvReader materials, open_table(path, "materials", report));
    ADIC_TRY(CsvReader years, open_table(path, "years", report));
    PlansReader reader(report);
    reader.read_materials(std::move(materials));
    reader.read_years(std::move(years));
    if (table_beside(path, "foreign")) {
        ADIC_TRY(CsvReader foreign, open_table(path, "foreign", report));
        reader.read_foreign(std::move(foreign));
    }
    if (table_beside(path, "measures")) {
        ADIC_TRY(CsvReader measures, open_table(path, "measures", report));
        reader.read_measures(std::move(measures));
    }
    return std::move(reader).finish();
}

}  // namespace adic::ingest
