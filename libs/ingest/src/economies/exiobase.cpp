#include "adic/base/text.hpp"

#include "economies/economy_builder.hpp"
#include "economies/readers.hpp"
#include "rules.hpp"
#include "side_by_side.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

constexpr std::size_t names = 2;  // a row begins with its region and its sector

std::optional<std::filesystem::path>
text_in(const std::filesystem::path& folder, std::string_view name) {
    return table_beside(folder, name, {".txt", ".txt.gz", ".txt.zst"});
}

/// A table of tab-separated text whose columns have two names each, its rows too.
class TwoNamed {
  public:
    static Result<TwoNamed>
    open(const std::filesystem::path& folder, std::string_view name, ImportReport& report) {
        const auto file = text_in(folder, name);
        if (!file) {
            return Error{
                ErrorCode::not_found,
                fmt::format("'{}' has no '{}.txt'", folder.string(), name),
                {}};
        }
        ADIC_TRY(CsvReader reader, CsvReader::open(*file, report, {'\t', longest_table_row}));
        return TwoNamed(std::move(reader), report);
    }

    const std::string& file() const { return reader_.name(); }

    const std::vector<IndustryLabel>& columns() const { return columns_; }

    std::uint64_t row() const { return reader_.row(); }

    std::string_view cell(std::size_t column) const { return reader_.fields()[names + column]; }

    IndustryLabel name() const {
        return {
            std::string(trimmed(reader_.fields()[0])),
            std::string(trimmed(reader_.fields()[1]))};
    }

    /// The two rows at the top: regions, then sectors or uses. False, and reported, if they are not
    /// there.
    bool take_header() {
        if (!next_names()) {
            return false;
        }
        const auto first = reader_.fields().subspan(names);
        const std::vector<std::string> regions(first.begin(), first.end());
        if (!next_names()) {
            return false;
        }
        const auto second = reader_.fields().subspan(names);
        if (second.size() != regions.size()) {
            complain(rules::table_row, {}, too_wide(regions.size()));
            return false;
        }
        for (std::size_t i = 0; i < regions.size(); ++i) {
            columns_.push_back({std::string(trimmed(regions[i])), std::string(trimmed(second[i]))});
        }
        return true;
    }

    /// Moves to the next row with a cell for each column; the row that names the names of rows is
    /// passed over.
    bool next() {
        while (reader_.next()) {
            const auto fields = reader_.fields();
            const bool is_caption =
                fields.size() >= names && fields[0] == "region"
                && std::ranges::all_of(fields.subspan(names), &std::string_view::empty);
            if (is_caption) {
                continue;
            }
            if (fields.size() == columns_.size() + names) {
                return true;
            }
            complain(rules::table_row, {}, too_wide(columns_.size()));
        }
        return false;
    }

    /// The next row, which is that of an industry. Reported if it is of another.
    bool next_of(const IndustryAxis& axis, std::size_t industry) {
        if (!next()) {
            return false;
        }
        const IndustryLabel found = name();
        if (!axis.has_at(industry, found)) {
            complain(
                rules::table_row,
                found.region + " " + found.sector,
                industry < axis.size() ? "this is the place of " + axis.name_of(industry)
                                       : "there are no more industries"
            );
        }
        return true;
    }

    double number(std::size_t column) {
        const IndustryLabel& of = columns_[column];
        return flow_in(cell(column), of.region + " " + of.sector, reader_, *report_);
    }

    void complain(const ImportRule& rule, std::string value, std::string message) {
        report_->add(
            {Severity::error, rule.id, file(), row(), {}, std::move(value), std::move(message)}
        );
    }

  private:
    TwoNamed(CsvReader reader, ImportReport& report)
        : reader_(std::move(reader))
        , report_(&report) {}

    bool next_names() {
        if (reader_.next() && reader_.fields().size() > names) {
            return true;
        }
        complain(rules::no_header, {}, "the first two rows must name the columns");
        return false;
    }

    std::string too_wide(std::size_t columns) const {
        return fmt::format(
            "{} cells; the first row has {}",
            reader_.fields().size(),
            columns + names
        );
    }

    CsvReader reader_;
    ImportReport* report_;
    std::vector<IndustryLabel> columns_;
};

/// The output of each industry; none, and reported, if a row is wrong.
Result<std::vector<double>>
read_outputs(const std::filesystem::path& file, const IndustryAxis& axis, ImportReport& report) {
    ADIC_TRY(CsvReader reader, CsvReader::open(file, report, {'\t', longest_table_row}));
    std::vector<double> outputs;
    const auto complain = [&](std::string_view value, std::string message) {
        report.add(
            {Severity::error,
             rules::table_row.id,
             reader.name(),
             reader.row(),
             {},
             std::string(value),
             std::move(message)}
        );
    };
    reader.next();  // names the columns
    while (reader.next()) {
        const auto fields = reader.fields();
        if (fields.size() != names + 1) {
            complain({}, "write region, sector and output, as in IDN<tab>Steel<tab>1250.5");
            continue;
        }
        const IndustryLabel name{std::string(trimmed(fields[0])), std::string(trimmed(fields[1]))};
        if (!axis.has_at(outputs.size(), name)) {
            complain(fields[1], "outputs stand in the order of the matrix");
        }
        outputs.push_back(flow_in(fields[names], "output", reader, report));
    }
    if (outputs.size() != axis.size()) {
        complain({}, fmt::format("{} rows; there are {} industries", outputs.size(), axis.size()));
        outputs.resize(axis.size(), 0.0);
    }
    return outputs;
}

/// What stands in the folder.
struct Files {
    TwoNamed matrix;
    bool is_per_output;  ///< `A`: of a unit of the buyer's output
    TwoNamed demand;
};

Result<Files> open_files(const std::filesystem::path& folder, ImportReport& report) {
    const bool has_flows = text_in(folder, "Z").has_value();
    ADIC_TRY(TwoNamed matrix, TwoNamed::open(folder, has_flows ? "Z" : "A", report));
    ADIC_TRY(TwoNamed demand, TwoNamed::open(folder, "Y", report));
    return Files{std::move(matrix), !has_flows, std::move(demand)};
}

class ExiobaseReader {
  public:
    ExiobaseReader(Files files, ImportReport& report)
        : files_(std::move(files))
        , report_(&report)
        , errors_before_(report.errors()) {}

    Result<model::InputOutputTable> read(const std::filesystem::path& folder) && {
        const bool has_headers = files_.matrix.take_header() && files_.demand.take_header();
        std::optional<IndustryAxis> axis = has_headers ? axis_of_matrix() : std::nullopt;
        if (!axis) {
            return model::InputOutputTable();
        }
        if (const auto file = text_in(folder, "x")) {
            ADIC_TRY(outputs_, read_outputs(*file, *axis, *report_));
        } else if (files_.is_per_output) {
            return Error{
                ErrorCode::not_found,
                fmt::format(
                    "'{}' has no 'x.txt', the outputs by which A.txt is multiplied",
                    folder.string()
                ),
                {}};
        }
        EconomyBuilder builder(*std::move(axis), files_.matrix.file(), *report_);
        add_rows(builder);
        model::InputOutputTable table = std::move(builder).finish();
        return report_->errors() == errors_before_ ? std::move(table) : model::InputOutputTable();
    }

  private:
    std::optional<IndustryAxis> axis_of_matrix() {
        const auto& columns = files_.matrix.columns();
        auto axis = industries_in(columns, files_.matrix.file(), files_.matrix.row(), *report_);
        if (axis && axis->size() != columns.size()) {
            files_.matrix.complain(
                rules::table_industries,
                columns[axis->size()].region,
                "the columns of a region stand together"
            );
            return std::nullopt;
        }
        return axis;
    }

    void add_rows(EconomyBuilder& builder) {
        const IndustryAxis& axis = builder.axis();
        while (files_.matrix.next_of(axis, builder.rows()) && !builder.is_full()) {
            if (!files_.demand.next_of(axis, builder.rows())) {
                files_.demand.complain(
                    rules::table_row,
                    {},
                    fmt::format("{} rows; there are {} industries", builder.rows(), axis.size())
                );
                return;
            }
            builder.add(seller_row(builder.rows()));
        }
        if (builder.is_full()) {
            files_.demand.next_of(axis, builder.rows());
        }
    }

    SellerRow seller_row(std::size_t industry) {
        sales_.clear();
        for (std::size_t buyer = 0; buyer < files_.matrix.columns().size(); ++buyer) {
            const double value = files_.matrix.number(buyer);
            sales_.push_back(files_.is_per_output ? value * outputs_[buyer] : value);
        }
        SellerRow row{files_.matrix.row(), sales_, 0.0};
        for (std::size_t use = 0; use < files_.demand.columns().size(); ++use) {
            row.final_demand += files_.demand.number(use);
        }
        if (!outputs_.empty()) {
            row.output = outputs_[industry];
        }
        return row;
    }

    Files files_;
    ImportReport* report_;
    std::uint64_t errors_before_;
    std::vector<double> outputs_;
    std::vector<double> sales_;
};

}  // namespace

bool is_exiobase(const std::filesystem::path& path) {
    std::error_code none;
    return std::filesystem::is_directory(path, none) && text_in(path, "Y")
           && (text_in(path, "Z") || text_in(path, "A"));
}

Result<model::InputOutputTable>
read_exiobase(const std::filesystem::path& path, ImportReport& report) {
    ADIC_TRY(Files files, open_files(path, report));
    return ExiobaseReader(std::move(files), report).read(path);
}

}  // namespace adic::ingest
