#include "adic/ingest/firm_network_reader.hpp"

#include "adic/base/text.hpp"

#include "publishers/published_table.hpp"
#include "rules.hpp"
#include "side_by_side.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace adic::ingest {
namespace {

using model::FirmLink;
using model::InputClass;

/// More would not fit the matrix of classes in a gigabyte.
constexpr std::size_t most_sectors = 30'000;
constexpr std::size_t most_firms = 100'000'000;

Result<std::filesystem::path> find_table(const std::filesystem::path& path, std::string_view name) {
    if (const auto found = table_beside(path, name)) {
        return *found;
    }
    return Error{
        ErrorCode::not_found,
        fmt::format(
            "'{}' has no table '{}': give a folder with edges.csv, sectors.csv and essential.csv, "
            "or the common beginning of three such names",
            path.string(),
            name
        ),
        {}};
}

struct Firms {
    std::vector<std::string> names;
    std::vector<std::uint32_t> sector_of;
    std::map<std::string, std::uint32_t, std::less<>> positions;
};

struct Classes {
    std::vector<InputClass> matrix;
    std::uint32_t sectors = 0;
};

/// The matrix stands row by row, without a header.
class ClassesReader {
  public:
    ClassesReader(CsvReader reader, ImportReport& report)
        : reader_(std::move(reader))
        , report_(&report) {}

    Classes read() && {
        while (reader_.next()) {
            take_row();
        }
        if (classes_.sectors == 0 || rows_ != classes_.sectors) {
            complain(
                {},
                fmt::format("{} rows and {} columns; the matrix is square", rows_, classes_.sectors)
            );
        }
        return std::move(classes_);
    }

  private:
    void take_row() {
        const auto cells = reader_.fields();
        if (rows_ == 0) {
            classes_.sectors =
                static_cast<std::uint32_t>(cells.size() <= most_sectors ? cells.size() : 0);
        }
        ++rows_;
        if (cells.size() != classes_.sectors) {
            complain({}, fmt::format("{} cells; the first row has {}", cells.size(), columns()));
            return;
        }
        for (const std::string_view cell : cells) {
            const std::string_view text = trimmed(cell);
            const bool is_class = text.size() == 1 && text[0] >= '0' && text[0] <= '2';
            if (!is_class) {
                complain(text, "write 2 (essential), 1 (non-essential) or 0 (none)");
            }
            const int value = is_class ? text[0] - '0' : 0;
            if (rows_ <= classes_.sectors) {
                classes_.matrix.push_back(static_cast<InputClass>(value));
            }
        }
    }

    std::string columns() const {
        return classes_.sectors == 0 ? fmt::format("more than {}", most_sectors)
                                     : std::to_string(classes_.sectors);
    }

    void complain(std::string_view value, std::string message) {
        report_->add(
            {Severity::error,
             rules::published_word.id,
             reader_.name(),
             reader_.row(),
             {},
             std::string(value),
             std::move(message)}
        );
    }

    CsvReader reader_;
    ImportReport* report_;
    Classes classes_;
    std::size_t rows_ = 0;
};

Firms read_firms(PublishedTable table, std::uint32_t sectors) {
    enum Column { firm, sector };

    Firms firms;
    while (table.next()) {
        const std::string_view name = table.cell(firm);
        const auto number = parse_whole(table.cell(sector));
        const bool has_sector = number && *number < sectors;
        if (name.empty()) {
            table.complain(Severity::error, rules::published_word.id, firm, "name the firm");
        }
        if (!has_sector) {
            table.complain(
                Severity::error,
                rules::published_number.id,
                sector,
                fmt::format("a sector is a whole number below {}, the matrix's size", sectors)
            );
        }
        if (name.empty() || !has_sector || firms.names.size() >= most_firms) {
            continue;
        }
        const auto position = static_cast<std::uint32_t>(firms.names.size());
        if (!firms.positions.emplace(name, position).second) {
            table.complain(
                Severity::error,
                rules::published_twice.id,
                firm,
                "a second row of this firm"
            );
            continue;
        }
        firms.names.emplace_back(name);
        firms.sector_of.push_back(static_cast<std::uint32_t>(*number));
    }
    return firms;
}

std::optional<std::uint32_t>
position_of(PublishedTable& table, std::size_t column, const Firms& firms) {
    const auto found = firms.positions.find(table.cell(column));
    if (found == firms.positions.end()) {
        table.complain(
            Severity::error,
            rules::published_word.id,
            column,
            "no firm of the table of sectors has this name"
        );
        return std::nullopt;
    }
    return found->second;
}

std::vector<FirmLink> read_links(PublishedTable table, const Firms& firms) {
    enum Column { supplier, customer, weight };

    std::vector<FirmLink> links;
    while (table.next()) {
        const auto from = position_of(table, supplier, firms);
        const auto to = position_of(table, customer, firms);
        const auto amount = table.amount(weight);
        if (table.cell(weight).empty() || (amount && *amount == 0.0)) {
            table.complain(
                Severity::error,
                rules::published_number.id,
                weight,
                "a link has a weight above 0"
            );
        } else if (from && to && amount) {
            links.push_back({*from, *to, *amount});
        }
    }
    return links;
}

}  // namespace

Result<std::array<std::filesystem::path, 3>> find_firm_network_files(
    const std::filesystem::path& path
) {
    ADIC_TRY(const std::filesystem::path essential, find_table(path, "essential"));
    ADIC_TRY(const std::filesystem::path sectors, find_table(path, "sectors"));
    ADIC_TRY(const std::filesystem::path edges, find_table(path, "edges"));
    return std::array{essential, sectors, edges};
}

Result<model::FirmNetwork>
read_firm_network(const std::filesystem::path& path, ImportReport& report) {
    constexpr std::array<ColumnSpec, 2> firm_columns{{{"firm"}, {"sector"}}};
    constexpr std::array<ColumnSpec, 3> link_columns{{{"supplier"}, {"customer"}, {"weight"}}};
    ADIC_TRY(const auto files, find_firm_network_files(path));
    const auto& [essential, sectors, edges] = files;
    ADIC_TRY(CsvReader matrix, CsvReader::open(essential, report));
    ADIC_TRY(PublishedTable firms_table, PublishedTable::open(sectors, firm_columns, report));
    ADIC_TRY(PublishedTable links_table, PublishedTable::open(edges, link_columns, report));
    const std::uint64_t errors_before = report.errors();
    Classes classes = ClassesReader(std::move(matrix), report).read();
    Firms firms = read_firms(std::move(firms_table), classes.sectors);
    std::vector<FirmLink> links = read_links(std::move(links_table), firms);
    if (report.errors() != errors_before) {
        return model::FirmNetwork();
    }
    return model::FirmNetwork(
        std::move(firms.names),
        std::move(firms.sector_of),
        classes.sectors,
        std::move(classes.matrix),
        std::move(links)
    );
}

}  // namespace adic::ingest
