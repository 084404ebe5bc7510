#include "adic/base/text.hpp"

#include "economies/economy_builder.hpp"
#include "economies/readers.hpp"
#include "publishers/published_table.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

constexpr std::array<ColumnSpec, 6> cell_columns{
    {{"year", Presence::optional},
     {"from_country"},
     {"from_industry"},
     {"to_country"},
     {"to_use"},
     {"value"}}};

enum CellColumn { year, from_country, from_industry, to_country, to_use, value };

/// Names in the order in which they came.
class Names {
  public:
    std::uint32_t add(std::string_view name) {
        const auto found = positions_.find(name);
        if (found != positions_.end()) {
            return found->second;
        }
        const auto position = static_cast<std::uint32_t>(names_.size());
        positions_.emplace(name, position);
        names_.emplace_back(name);
        return position;
    }

    std::optional<std::uint32_t> find(std::string_view name) const {
        const auto found = positions_.find(name);
        return found == positions_.end() ? std::nullopt : std::optional{found->second};
    }

    const std::vector<std::string>& all() const { return names_; }

  private:
    std::map<std::string, std::uint32_t, std::less<>> positions_;
    std::vector<std::string> names_;
};

struct Cell {
    std::uint64_t row;
    double value;
    std::uint32_t region;  ///< that sells
    std::uint32_t sector;
    std::uint32_t buyer;  ///< region
    std::uint32_t use;
};

/// A cell at its place in the matrix; final demand has columns after those of the industries.
struct Placed {
    std::uint64_t seller;
    std::uint64_t buyer;
    std::uint64_t row;
    double value;
};

class CellReader {
  public:
    CellReader(PublishedTable table, ImportReport& report)
        : table_(std::move(table))
        , report_(&report)
        , errors_before_(report.errors()) {}

    model::InputOutputTable read() && {
        while (table_.next()) {
            take_cell();
        }
        check_shape();
        if (report_->errors() != errors_before_) {
            return {};
        }
        const std::vector<Placed> cells = placed();
        if (report_->errors() != errors_before_) {
            return {};
        }
        EconomyBuilder builder({regions_.all(), sectors_.all()}, table_.file(), *report_);
        auto cell = cells.begin();
        while (!builder.is_full()) {
            const auto end = std::find_if(cell, cells.end(), [&](const Placed& one) {
                return one.seller != builder.rows();
            });
            add_seller(builder, {cell, end});
            cell = end;
        }
        return std::move(builder).finish();
    }

  private:
    void take_cell() {
        const auto sold = table_.number(value);
        const bool is_named = has_names();
        check_year();
        if (table_.cell(value).empty() || (sold && std::abs(*sold) > largest_flow)) {
            complain(rules::table_number, value, "write a number with a decimal point, as 1250.5");
        } else if (sold && is_named) {
            cells_.push_back(
                {table_.row(),
                 *sold,
                 regions_.add(table_.cell(from_country)),
                 sectors_.add(table_.cell(from_industry)),
                 buyers_.add(table_.cell(to_country)),
                 uses_.add(table_.cell(to_use))}
            );
        }
    }

    bool has_names() {
        bool has_all = true;
        for (const CellColumn column : {from_country, from_industry, to_country, to_use}) {
            if (table_.cell(column).empty()) {
                complain(rules::table_row, column, "name it");
                has_all = false;
            }
        }
        return has_all;
    }

    void check_year() {
        const std::string_view when = table_.cell(year);
        if (cells_.empty()) {
            year_ = when;
        } else if (when != year_) {
            complain(
                rules::table_row,
                year,
                fmt::format("the table began with the year '{}'; keep one year in a file", year_)
            );
        }
    }

    void complain(const ImportRule& rule, CellColumn column, std::string message) {
        table_.complain(Severity::error, rule.id, column, std::move(message));
    }

    /// Names cost a file little and a matrix much: a file that states few of its cells is none.
    void check_shape() {
        constexpr std::size_t always = 1'000'000;
        constexpr std::size_t fewest = 200;  // of so many cells, one is stated
        const std::size_t n = regions_.all().size() * sectors_.all().size();
        if (n > most_industries || n * n > always + fewest * cells_.size()) {
            refuse(fmt::format(
                "{} regions with {} sectors are {} industries: at most {} are read, and not if "
                "fewer than one cell in {} is stated",
                regions_.all().size(),
                sectors_.all().size(),
                n,
                most_industries,
                fewest
            ));
        }
        if (n == 0) {
            refuse("no cell can be read");
        }
        const bool has_demand = std::ranges::any_of(uses_.all(), [&](const std::string& use) {
            return !sectors_.find(use);
        });
        if (n > 0 && !has_demand) {
            refuse("there is no final demand: every use is an industry that sells, too");
        }
    }

    void refuse(std::string message) {
        report_->add(
            {Severity::error,
             rules::table_industries.id,
             table_.file(),
             0,
             {},
             {},
             std::move(message)}
        );
    }

    /// The column of what a region uses for something.
    std::uint64_t column_of(const Cell& cell) const {
        const auto sector = sectors_.find(uses_.all()[cell.use]);
        const auto region = regions_.find(buyers_.all()[cell.buyer]);
        const std::uint64_t sectors = sectors_.all().size();
        if (sector && region) {
            return *region * sectors + *sector;
        }
        const std::uint64_t industries = regions_.all().size() * sectors;
        return industries + std::uint64_t{cell.buyer} * uses_.all().size() + cell.use;
    }

    std::vector<Placed> placed() {
        std::vector<Placed> cells;
        for (const Cell& cell : cells_) {
            const std::uint64_t seller =
                std::uint64_t{cell.region} * sectors_.all().size() + cell.sector;
            cells.push_back({seller, column_of(cell), cell.row, cell.value});
        }
        cells_ = {};
        std::ranges::sort(cells, {}, [](const Placed& cell) {
            return std::tuple(cell.seller, cell.buyer, cell.row);
        });
        for (std::size_t i = 1; i < cells.size(); ++i) {
            if (cells[i].seller == cells[i - 1].seller && cells[i].buyer == cells[i - 1].buyer) {
                report_->add(
                    {Severity::error,
                     rules::table_row.id,
                     table_.file(),
                     cells[i].row,
                     {},
                     {},
                     fmt::format("row {} states this cell already", cells[i - 1].row)}
                );
            }
        }
        return cells;
    }

    void add_seller(EconomyBuilder& builder, std::span<const Placed> cells) {
        const std::size_t n = builder.axis().size();
        sales_.assign(n, 0.0);
        SellerRow row{cells.empty() ? 0 : cells.front().row, sales_, 0.0};
        for (const Placed& cell : cells) {
            if (cell.buyer < n) {
                sales_[cell.buyer] = cell.value;
            } else {
                row.final_demand += cell.value;
            }
        }
        builder.add(row);
    }

    PublishedTable table_;
    ImportReport* report_;
    std::uint64_t errors_before_;
    Names regions_;
    Names sectors_;
    Names buyers_;
    Names uses_;
    std::string year_;
    std::vector<Cell> cells_;
    std::vector<double> sales_;
};

}  // namespace

bool is_cell_list(std::span<const std::string_view> header) {
    const auto has = [header](std::string_view name) {
        return std::ranges::any_of(header, [name](std::string_view cell) {
            return folded_heading(cell) == name;
        });
    };
    return has("from_country") && has("from_industry") && has("to_use");
}

Result<model::InputOutputTable>
read_cell_list(const std::filesystem::path& path, ImportReport& report) {
    ADIC_TRY(PublishedTable table, PublishedTable::open(path, cell_columns, report));
    return CellReader(std::move(table), report).read();
}

}  // namespace adic::ingest
