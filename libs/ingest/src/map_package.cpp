#include "adic/ingest/map_package.hpp"

#include "package_input.hpp"
#include "rules.hpp"
#include "table_reader.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace adic::ingest {
namespace {

/// One import: all tables of a package through one set of rules into one sink.
class PackageReader {
  public:
    PackageReader(PackageInput& package, Import& import, const Progress& progress)
        : package_(&package)
        , import_(&import)
        , progress_(&progress) {}

    MapCounts run() {
        if (!package_->is_open) {
            return {};
        }
        MapCounts counts;
        for (const Table& table : map_tables()) {
            const auto input = std::ranges::find(package_->tables, &table, &TableInput::table);
            if (input != package_->tables.end()) {
                counts.push_back({table.name, read(*input)});
            } else {
                miss(table);
            }
        }
        return counts;
    }

  private:
    /// Marks a table that cannot be read, so that names in it are not called unknown.
    void give_up(const Table& table) {
        Identifiers& ids = import_->ids;
        if (table.name == "sources") {
            ids.sources.set_unread();
        } else if (table.name == "states") {
            ids.states.set_unread();
        } else if (table.name == "blocs") {
            ids.blocs.set_unread();
        } else if (table.name == "organisations") {
            ids.organisations.set_unread();
        } else if (table.name == "items") {
            ids.items.set_unread();
        }
    }

    void miss(const Table& table) {
        const auto& unreadable = package_->unreadable;
        const bool is_reported = std::ranges::find(unreadable, &table) != unreadable.end();
        if (is_reported || table.must == Must::yes) {
            give_up(table);
        }
        if (!is_reported && table.must == Must::yes) {
            import_->report->add(
                {Severity::error,
                 rules::missing_table.id,
                 package_->name,
                 0,
                 {},
                 std::string(table.name),
                 "every map has the table " + std::string(table.name) + "; add it"}
            );
        }
    }

    std::uint64_t read(TableInput& input) {
        RowReader row(*input.table, input.file, *import_);
        if (!input.rows->next()) {
            row.complain(
                rules::no_header,
                {Severity::error, {}, {}, 1, {}, {}, "the first row must name the columns"}
            );
            give_up(*input.table);
            return 0;
        }
        if (!row.bind(input.rows->fields(), input.rows->row())) {
            give_up(*input.table);
            return 0;
        }
        return read_rows(*input.rows, row, *input.table);
    }

    std::uint64_t read_rows(TableRows& rows, RowReader& row, const Table& table) {
        constexpr std::uint64_t watched = std::uint64_t{1} << 14U;  // rows between two reports
        const std::unique_ptr<TableReader> reader = reader_of(table);
        std::uint64_t count = 0;
        while (next_row(rows, row, table)) {
            if (count == most_rows) {
                row.complain(
                    rules::too_many_rows,
                    {Severity::error, {}, {}, rows.row(), {}, {}, sentence(rules::too_many_rows)}
                );
                break;
            }
            reader->read(row);
            if (++count % watched == 0 && *progress_) {
                (*progress_)(table.name, rows.done());
            }
        }
        reader->finish(row);
        return count;
    }

    /// Moves to the next row that has its cells. A row lost on the way may have been the one that
    /// other tables name.
    bool next_row(TableRows& rows, RowReader& row, const Table& table) {
        bool has_row = false;
        bool is_taken = false;
        const std::uint64_t errors = import_->report->errors();
        do {
            has_row = rows.next();
            is_taken = has_row && row.take(rows.fields(), rows.row());
        } while (has_row && !is_taken);
        if (import_->report->errors() != errors) {
            give_up(table);
        }
        return has_row;
    }

    static constexpr std::uint64_t most_rows = std::numeric_limits<std::uint32_t>::max() - 1;

    PackageInput* package_;
    Import* import_;
    const Progress* progress_;
};

Error refusal(const std::filesystem::path& path, std::uint64_t errors) {
    return Error{
        ErrorCode::invalid_argument,
        path.string() + " has " + std::to_string(errors) + (errors == 1 ? " problem" : " problems"),
        {}};
}

}  // namespace

Result<model::SupplyMap> read_map_package(
    const std::filesystem::path& path,
    ImportReport& report,
    const Progress& progress
) {
    const std::uint64_t errors_before = report.errors();
    ADIC_TRY(PackageInput package, open_package(path, report));
    model::SupplyMap map;
    map.name = package.name;
    map.title = package.title;
    MapBuilder builder(map);
    Import import{&report, &builder, errors_before};
    PackageReader(package, import, progress).run();
    if (!import.is_clean()) {
        return refusal(path, report.errors() - errors_before);
    }
    return map;
}

Result<MapCounts> check_map_package(
    const std::filesystem::path& path,
    ImportReport& report,
    const Progress& progress
) {
    const std::uint64_t errors_before = report.errors();
    ADIC_TRY(PackageInput package, open_package(path, report));
    NoSink nothing;
    Import import{&report, &nothing, errors_before};
    return PackageReader(package, import, progress).run();
}

}  // namespace adic::ingest
