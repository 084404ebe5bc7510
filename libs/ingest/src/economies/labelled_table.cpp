#include "adic/base/text.hpp"

#include "economies/economy_builder.hpp"
#include "economies/readers.hpp"
#include "publishers/published_table.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

constexpr std::size_t none = SIZE_MAX;

/// Of all that is sold, in the last columns; of all that is bought, in the last rows.
bool is_output(std::string_view name) {
    constexpr std::array<std::string_view, 5> names{"out", "output", "total", "tot", "go"};
    return std::ranges::find(names, folded_heading(name)) != names.end();
}

std::optional<IndustryLabel> label_of(std::string_view text, Naming naming) {
    return naming == Naming::by_code ? split_at_underscore(text) : split_before_number(text);
}

std::size_t position_of(std::span<const std::string_view> header, std::string_view name) {
    const auto found = std::ranges::find_if(header, [name](std::string_view cell) {
        return folded_heading(cell) == name;
    });
    return found == header.end() ? none : static_cast<std::size_t>(found - header.begin());
}

/// Where things stand in a row.
struct Places {
    std::size_t code = 0;       ///< the name of the row, or the code of its sector
    std::size_t region = none;  ///< with `Naming::by_number`
    std::size_t number = none;
    std::size_t first = 1;  ///< of the deliveries
};

Places places_of(std::span<const std::string_view> header, Naming naming) {
    if (naming == Naming::by_code) {
        return {};
    }
    const std::size_t region = position_of(header, "country");
    const std::size_t number = position_of(header, "rnr");
    const std::size_t year = position_of(header, "year");
    return {
        position_of(header, "industrycode"),
        region,
        number,
        1 + std::max({region, number, year == none ? 0 : year})};
}

class LabelledReader {
  public:
    LabelledReader(CsvReader reader, Naming naming, ImportReport& report)
        : reader_(std::move(reader))
        , naming_(naming)
        , report_(&report)
        , errors_before_(report.errors()) {}

    model::InputOutputTable read() && {
        if (!reader_.next()) {
            complain(rules::no_header, {}, {}, "the first row must name the columns");
            return {};
        }
        std::optional<EconomyBuilder> builder = take_header();
        if (!builder) {
            return {};
        }
        while (reader_.next()) {
            take_row(*builder);
        }
        model::InputOutputTable table = std::move(*builder).finish();
        return report_->errors() == errors_before_ ? std::move(table) : model::InputOutputTable();
    }

  private:
    std::optional<EconomyBuilder> take_header() {
        const auto header = reader_.fields();
        places_ = places_of(header, naming_);
        std::vector<IndustryLabel> labels;
        for (std::size_t column = 0; column < header.size(); ++column) {
            const std::string_view name = trimmed(header[column]);
            columns_.emplace_back(name);
            if (column >= places_.first && is_output(name)) {
                output_ = column;
            } else if (column >= places_.first) {
                // A column without a region, such as a discrepancy, is final demand of nobody.
                labels.push_back(label_of(name, naming_).value_or(IndustryLabel{}));
            }
        }
        const auto nobody = std::ranges::find(labels, IndustryLabel{});
        const auto named = static_cast<std::size_t>(nobody - labels.begin());
        auto axis =
            industries_in(std::span{labels}.first(named), reader_.name(), reader_.row(), *report_);
        if (!axis) {
            return std::nullopt;
        }
        if (axis->size() == labels.size()) {
            complain(rules::table_industries, {}, {}, "there is no column of final demand");
        }
        return EconomyBuilder(*std::move(axis), reader_.name(), *report_);
    }

    IndustryLabel name_of_row() const {
        const auto fields = reader_.fields();
        if (naming_ == Naming::by_code) {
            const std::string_view name = trimmed(fields[0]);
            return split_at_underscore(name).value_or(IndustryLabel{{}, std::string(name)});
        }
        return {
            std::string(trimmed(fields[places_.region])),
            std::string(trimmed(fields[places_.number]))};
    }

    std::string_view code_of_row() const {
        return places_.code == none ? std::string_view{} : trimmed(reader_.fields()[places_.code]);
    }

    void take_row(EconomyBuilder& builder) {
        const auto fields = reader_.fields();
        if (fields.size() != columns_.size()) {
            complain(
                rules::table_row,
                {},
                {},
                fmt::format("{} cells; the first row has {}", fields.size(), columns_.size())
            );
            return;
        }
        const IndustryLabel name = name_of_row();
        if (builder.is_full()) {
            take_extra(builder, name);
            return;
        }
        if (!builder.axis().has_at(builder.rows(), name)) {
            complain(
                rules::table_row,
                columns_[0],
                shown(name),
                "rows stand in the order of the columns; this is the place of "
                    + builder.axis().name_of(builder.rows())
            );
        }
        if (naming_ == Naming::by_number && builder.rows() < builder.axis().sectors.size()
            && !code_of_row().empty()) {
            builder.rename_sector(builder.rows(), code_of_row());
        }
        builder.add(seller_row(builder.axis().size()));
    }

    static std::string shown(const IndustryLabel& name) {
        return name.region.empty() ? name.sector : name.region + " " + name.sector;
    }

    SellerRow seller_row(std::size_t industries) {
        sales_.clear();
        SellerRow row{reader_.row(), {}, 0.0};
        for (std::size_t column = places_.first; column < columns_.size(); ++column) {
            const double value =
                flow_in(reader_.fields()[column], columns_[column], reader_, *report_);
            if (column == output_) {
                row.output = value;
            } else if (sales_.size() < industries) {
                sales_.push_back(value);
            } else {
                row.final_demand += value;
            }
        }
        row.sales = sales_;
        return row;
    }

    /// Rows after those of the industries: taxes, value added, and output, which is compared.
    void take_extra(EconomyBuilder& builder, const IndustryLabel& name) {
        for (std::size_t i = 0; i < builder.axis().size(); ++i) {
            if (builder.axis().has_at(i, name)) {
                complain(rules::table_row, columns_[0], shown(name), "a second row of this name");
                return;
            }
        }
        const std::string_view what =
            naming_ == Naming::by_code ? std::string_view{name.sector} : code_of_row();
        if (!is_output(what)) {
            return;
        }
        std::size_t industry = 0;
        for (std::size_t column = places_.first;
             column < columns_.size() && industry < builder.axis().size();
             ++column) {
            if (column != output_) {
                const double value =
                    flow_in(reader_.fields()[column], columns_[column], reader_, *report_);
                builder.state_output(industry++, reader_.row(), value);
            }
        }
    }

    void
    complain(const ImportRule& rule, std::string column, std::string value, std::string message) {
        report_->add(
            {Severity::error,
             rule.id,
             reader_.name(),
             reader_.row(),
             std::move(column),
             std::move(value),
             std::move(message)}
        );
    }

    CsvReader reader_;
    Naming naming_;
    ImportReport* report_;
    std::uint64_t errors_before_;
    Places places_;
    std::vector<std::string> columns_;
    std::size_t output_ = none;
    std::vector<double> sales_;
};

}  // namespace

std::optional<Naming> naming_of(std::span<const std::string_view> header) {
    const bool is_described =
        position_of(header, "country") != none && position_of(header, "rnr") != none;
    if (is_described) {
        return Naming::by_number;
    }
    constexpr std::size_t fewest = 4;  // two industries, and final demand for each
    if (header.size() > fewest && split_at_underscore(trimmed(header[1]))
        && split_at_underscore(trimmed(header[2]))) {
        return Naming::by_code;
    }
    return std::nullopt;
}

Result<model::InputOutputTable>
read_labelled_table(const std::filesystem::path& path, Naming naming, ImportReport& report) {
    ADIC_TRY(CsvReader reader, CsvReader::open(path, report, {',', longest_table_row}));
    return LabelledReader(std::move(reader), naming, report).read();
}

}  // namespace adic::ingest
