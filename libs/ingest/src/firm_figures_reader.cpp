#include "adic/ingest/firm_figures_reader.hpp"

#include "publishers/published_table.hpp"
#include "rules.hpp"
#include "side_by_side.hpp"

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

using model::FirmFigure;
using model::FirmNetwork;

/// Above what any firm sells in any currency, so that sums stay finite.
constexpr double largest_amount = 1e18;

enum FigureColumn { of_firm, figure };

/// Rows of a firm and a number, each firm once.
class FiguresReader {
  public:
    FiguresReader(PublishedTable table, const FirmNetwork& network, double most)
        : table_(std::move(table))
        , most_(most) {
        for (std::uint32_t firm = 0; firm < network.firms(); ++firm) {
            positions_.emplace(network.name_of(firm), firm);
        }
    }

    std::vector<FirmFigure> read() {
        while (table_.next()) {
            const auto firm = firm_of_row();
            const auto value = value_of_row();
            if (firm && value) {
                figures_.push_back({*firm, *value});
            }
        }
        return std::move(figures_);
    }

    void complain(std::size_t column, const ImportRule& rule, std::string message) {
        table_.complain(Severity::error, rule.id, column, std::move(message));
    }

    const std::string& file() const { return table_.file(); }

  private:
    std::optional<std::uint32_t> firm_of_row() {
        const auto found = positions_.find(table_.cell(of_firm));
        if (found == positions_.end()) {
            complain(of_firm, rules::published_word, "the network has no firm of this name");
            return std::nullopt;
        }
        const auto [first, is_new] = rows_.emplace(found->second, table_.row());
        if (!is_new) {
            complain(
                of_firm,
                rules::published_twice,
                fmt::format("row {} states this firm already", first->second)
            );
            return std::nullopt;
        }
        return found->second;
    }

    std::optional<double> value_of_row() {
        const auto value = table_.number(figure);
        const bool is_empty = table_.cell(figure).empty();
        if (is_empty || (value && !(*value >= 0.0 && *value <= most_))) {
            complain(
                figure,
                rules::published_number,
                fmt::format("write a number from 0 to {}", most_)
            );
            return std::nullopt;
        }
        return value;
    }

    PublishedTable table_;
    double most_;
    std::map<std::string_view, std::uint32_t> positions_;
    std::map<std::uint32_t, std::uint64_t> rows_;
    std::vector<FirmFigure> figures_;
};

Result<FiguresReader> open_figures(
    const std::filesystem::path& file,
    std::string_view column,
    double most,
    const FirmNetwork& network,
    ImportReport& report
) {
    const std::array<ColumnSpec, 2> columns{{{"firm"}, {column}}};
    ADIC_TRY(PublishedTable table, PublishedTable::open(file, columns, report));
    return FiguresReader(std::move(table), network, most);
}

/// Reports firms of which nothing was stated; the first few by name.
void check_all_stated(
    const std::vector<bool>& is_stated,
    const FirmNetwork& network,
    const std::string& file,
    ImportReport& report
) {
    for (std::uint32_t firm = 0; firm < network.firms(); ++firm) {
        if (!is_stated[firm]) {
            report.add(
                {Severity::error,
                 rules::published_word.id,
                 file,
                 0,
                 "firm",
                 network.name_of(firm),
                 "no row of this firm; what sells nothing to final demand has 0"}
            );
        }
    }
}

}  // namespace

Result<std::vector<double>> read_final_demand(
    const std::filesystem::path& file,
    const FirmNetwork& network,
    ImportReport& report
) {
    const std::uint64_t errors_before = report.errors();
    ADIC_TRY(
        FiguresReader reader,
        open_figures(file, "final_demand", largest_amount, network, report)
    );
    std::vector<double> demand(network.firms(), 0.0);
    std::vector<bool> is_stated(network.firms(), false);
    for (const FirmFigure& figure : reader.read()) {
        demand[figure.firm] = figure.value;
        is_stated[figure.firm] = true;
    }
    if (report.errors() == errors_before) {
        check_all_stated(is_stated, network, reader.file(), report);
    }
    return report.errors() == errors_before ? demand : std::vector<double>();
}

Result<std::vector<FirmFigure>> read_capacity_losses(
    const std::filesystem::path& file,
    const FirmNetwork& network,
    ImportReport& report
) {
    const std::uint64_t errors_before = report.errors();
    ADIC_TRY(FiguresReader reader, open_figures(file, "delta", 1.0, network, report));
    std::vector<FirmFigure> losses = reader.read();
    return report.errors() == errors_before ? losses : std::vector<FirmFigure>();
}

std::optional<std::filesystem::path> find_final_demand(const std::filesystem::path& path) {
    return table_beside(path, "final_demand");
}

}  // namespace adic::ingest
