#include "adic/ingest/site_network_reader.hpp"

#include "adic/ingest/csv_reader.hpp"

#include "row_reader.hpp"
#include "rules.hpp"
#include "side_by_side.hpp"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adic::ingest {
namespace {

using model::PartIndex;
using model::SiteNetwork;

Result<CsvReader>
open_table(const std::filesystem::path& path, std::string_view name, ImportReport& report) {
    if (const auto file = table_beside(path, name)) {
        return CsvReader::open(*file, report);
    }
    return Error{
        ErrorCode::not_found,
        "'" + path.string() + "' has no table '" + std::string(name)
            + "': give a folder with sites.csv, bom.csv and demand.csv, or the common beginning of "
              "three such names",
        {}};
}

constexpr Range above_zero{.low = 0.0, .without_low = true};

enum SiteColumn { site, made_part, country, organisation, unit, capacity, inventory, recovery };

constexpr std::array site_columns{
    Column{
        .name = "site",
        .kind = CellKind::identifier,
        .must = Must::yes,
        .help = "names it",
        .example = "1"},
    Column{
        .name = "part",
        .kind = CellKind::identifier,
        .must = Must::yes,
        .help = "it makes",
        .example = "hull"},
    Column{.name = "country", .help = "where it is", .example = "IDN"},
    Column{.name = "organisation", .help = "who runs it", .example = "Example Yard"},
    Column{.name = "unit", .help = "in which the part is counted", .example = "piece"},
    Column{
        .name = "capacity_per_day",
        .kind = CellKind::estimate,
        .must = Must::yes,
        .help = "what it can make in a day",
        .example = "4|5|6",
        .range = tables::not_negative},
    Column{
        .name = "inventory",
        .kind = CellKind::estimate,
        .must = Must::yes,
        .help = "what is stored there of the part",
        .example = "|40|",
        .range = tables::not_negative},
    Column{
        .name = "recovery_days",
        .kind = CellKind::estimate,
        .help = "until it is back after it failed",
        .example = "90|182|365",
        .range = above_zero},
};

enum BomColumn { user, input, quantity, group, take };

constexpr std::array bom_columns{
    Column{
        .name = "part",
        .kind = CellKind::identifier,
        .must = Must::yes,
        .help = "takes it",
        .example = "hull"},
    Column{
        .name = "input",
        .kind = CellKind::identifier,
        .must = Must::yes,
        .help = "is taken",
        .example = "steel"},
    Column{
        .name = "qty",
        .kind = CellKind::estimate,
        .must = Must::yes,
        .help = "units of the input for one unit of the part",
        .example = "|5.5|",
        .range = above_zero},
    Column{.name = "group", .help = "rows with the same are alternatives", .example = "engine"},
    Column{
        .name = "take",
        .kind = CellKind::whole,
        .help = "how many of its group are taken",
        .example = "1",
        .range = {.low = 1.0, .high = 1e9}},
};

enum DemandColumn { wanted, per_day, margin };

constexpr std::array demand_columns{
    Column{
        .name = "part",
        .kind = CellKind::identifier,
        .must = Must::yes,
        .help = "is wanted",
        .example = "hull"},
    Column{
        .name = "demand_per_day",
        .kind = CellKind::estimate,
        .must = Must::yes,
        .help = "how much of it",
        .example = "|2|",
        .range = tables::not_negative},
    Column{
        .name = "unit_margin",
        .kind = CellKind::estimate,
        .help = "what a unit that is not delivered costs",
        .example = "|1|",
        .range = tables::not_negative},
};

constexpr Table
    sites_table{"sites", "sites that make parts", "site", Must::yes, false, site_columns};
constexpr Table bom_table{"bom", "what parts take", "part, input", Must::yes, false, bom_columns};
constexpr Table demand_table{"demand", "what is wanted", "part", Must::yes, false, demand_columns};

/// The rows of a group, as far as they have been read.
struct OpenGroup {
    std::size_t position;  ///< in SiteNetwork::groups
    std::uint64_t first_row;
};

class NetworkReader {
  public:
    explicit NetworkReader(ImportReport& report) : import_{&report, nullptr, report.errors()} {}

    void read_sites(CsvReader rows) {
        read(rows, sites_table, [this](RowReader& row) { take_site(row); });
    }

    void read_bom(CsvReader rows) {
        const std::string file = rows.name();
        read(rows, bom_table, [this](RowReader& row) { take_input(row); });
        check_groups(file);
    }

    void read_demand(CsvReader rows) {
        read(rows, demand_table, [this](RowReader& row) { take_demand(row); });
    }

    SiteNetwork finish() && { return import_.is_clean() ? std::move(network_) : SiteNetwork{}; }

  private:
    template <typename Take>
    void read(CsvReader& rows, const Table& table, const Take& take_row) {
        RowReader row(table, rows.name(), import_);
        if (!rows.next()) {
            row.complain(
                rules::no_header,
                {Severity::error, {}, {}, 1, {}, {}, "the first row must name the columns"}
            );
            parts_.set_unread();
            return;
        }
        if (!row.bind(rows.fields(), rows.row())) {
            parts_.set_unread();
            return;
        }
        while (next_row(rows, row)) {
            take_row(row);
        }
    }

    /// Moves to the next row that has its cells. A site lost on the way may have been the only one
    /// that makes a part, so that parts are no longer called unknown.
    bool next_row(CsvReader& rows, RowReader& row) {
        const std::uint64_t errors = import_.report->errors();
        bool has_row = false;
        bool is_taken = false;
        do {
            has_row = rows.next();
            is_taken = has_row && row.take(rows.fields(), rows.row());
        } while (has_row && !is_taken);
        if (import_.report->errors() != errors) {
            parts_.set_unread();
        }
        return has_row;
    }

    // --- sites ------------------------------------------------------------------------------

    void take_site(RowReader& row) {
        const auto id = row.identifier(site);
        const auto part = row.identifier(made_part);
        const std::string_view place = row.text(country);
        const std::string_view who = row.text(organisation);
        const std::string_view counted = row.text(unit);
        const auto able = row.estimate(capacity);
        const auto stored = row.estimate(inventory);
        const auto back = row.estimate(recovery);
        if (id) {
            check_new(row, sites_, site, *id);
        }
        if (!part) {
            parts_.set_unread();  // it may be the one that is named elsewhere
            return;
        }
        const PartIndex index = part_of(row, *part, counted);
        if (row.is_wanted()) {
            network_.sites.push_back(
                {std::string(*id),
                 index,
                 std::string(place),
                 std::string(who),
                 *able,
                 *stored,
                 back}
            );
        }
    }

    template <typename Index>
    static void
    check_new(RowReader& row, IdTable<Index>& ids, std::size_t column, std::string_view id) {
        const auto [index, is_new] = ids.add(id, row.row());
        if (!is_new) {
            row.complain(
                rules::taken_identifier,
                column,
                "row " + std::to_string(ids.row_of(index)) + " has this name already"
            );
        }
    }

    PartIndex part_of(RowReader& row, std::string_view id, std::string_view counted) {
        const auto [part, is_new] = parts_.add(id, row.row());
        if (is_new) {
            network_.parts.push_back({std::string(id), std::string(counted)});
        } else if (!counted.empty() && network_[part].unit != counted) {
            row.complain(
                rules::wrong_unit,
                unit,
                "row " + std::to_string(parts_.row_of(part)) + " counts this part in '"
                    + network_[part].unit + "'"
            );
        }
        return part;
    }

    std::optional<PartIndex> find_part(RowReader& row, std::size_t column) {
        const auto id = row.identifier(column);
        if (!id) {
            return std::nullopt;
        }
        const auto found = parts_.find(*id);
        if (!found && !parts_.is_unread()) {
            std::vector<std::string_view> names;
            if (import_.suggester.may_search(*id, parts_.size())) {
                parts_.append_to(names);
            }
            row.complain(
                rules::unknown_reference,
                column,
                "no site makes '" + std::string(*id) + "'" + import_.suggester.suggest(*id, names)
            );
        }
        return found;
    }

    // --- what parts take ----------------------------------------------------------------------

    void take_input(RowReader& row) {
        const auto part = find_part(row, user);
        const auto taken = find_part(row, input);
        const auto units = row.estimate(quantity);
        const std::string_view name = row.text(group);
        const auto count = row.whole(take);
        if (!part || !taken) {
            return;
        }
        if (name.empty()) {
            take_single(row, *part, *taken, units, count);
        } else {
            take_alternative(row, {part->value(), std::string(name)}, *taken, units, count);
        }
    }

    void take_single(
        RowReader& row,
        PartIndex part,
        PartIndex taken,
        const std::optional<Estimate>& units,
        std::optional<std::uint32_t> count
    ) {
        const auto [first, is_new] =
            singles_.emplace(std::pair{part.value(), taken.value()}, row.row());
        if (!is_new) {
            row.complain(
                rules::fact_twice,
                input,
                "row " + std::to_string(first->second) + " states this already"
            );
        }
        if (count && *count != 1) {
            row.complain(rules::takes_too_many, take, "a row without a group is taken once");
        }
        if (row.is_wanted() && units) {
            network_.groups.push_back({part, 1, {{taken, *units}}});
        }
    }

    void take_alternative(
        RowReader& row,
        std::pair<std::uint32_t, std::string> key,
        PartIndex taken,
        const std::optional<Estimate>& units,
        std::optional<std::uint32_t> count
    ) {
        const PartIndex part{key.first};
        const auto [open, is_new] =
            groups_.emplace(std::move(key), OpenGroup{network_.groups.size(), row.row()});
        if (is_new) {
            network_.groups.push_back({part, count.value_or(1), {}});
        }
        model::InputGroup& to = network_.groups[open->second.position];
        if (count.value_or(1) != to.take) {
            row.complain(
                rules::group_disagrees,
                take,
                "row " + std::to_string(open->second.first_row) + " of the group takes "
                    + std::to_string(to.take)
            );
        }
        if (!members_.emplace(open->second.position, taken.value()).second) {
            row.complain(rules::input_twice, input, "the group has this input already");
        }
        if (row.is_good() && units) {
            to.choices.push_back({taken, *units});
        }
    }

    void check_groups(const std::string& file) {
        if (!import_.is_clean()) {
            return;  // a row that was left out may have been the choice that is missing
        }
        for (const auto& [key, open] : groups_) {
            const model::InputGroup& made = network_.groups[open.position];
            if (made.take > made.choices.size()) {
                import_.report->add(
                    {Severity::error,
                     rules::takes_too_many.id,
                     file,
                     open.first_row,
                     "take",
                     std::to_string(made.take),
                     "the group '" + key.second.substr(0, 64) + "' has "
                         + std::to_string(made.choices.size()) + " rows"}
                );
            }
        }
    }

    // --- demand -------------------------------------------------------------------------------

    void take_demand(RowReader& row) {
        const auto part = find_part(row, wanted);
        const auto amount = row.estimate(per_day);
        const auto worth = row.estimate(margin);
        if (!part) {
            return;
        }
        check_new(row, demanded_, wanted, network_[*part].id);
        if (row.is_wanted()) {
            network_.demands.push_back({*part, *amount, worth.value_or(Estimate::exactly(1.0))});
        }
    }

    Import import_;
    SiteNetwork network_;
    IdTable<PartIndex> parts_;
    IdTable<model::SiteIndex> sites_;
    IdTable<PartIndex> demanded_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> singles_;
    std::map<std::pair<std::uint32_t, std::string>, OpenGroup> groups_;
    std::set<std::pair<std::size_t, std::uint32_t>> members_;
};

}  // namespace

Result<SiteNetwork> read_site_network(const std::filesystem::path& path, ImportReport& report) {
    ADIC_TRY(CsvReader site_rows, open_table(path, "sites", report));
    ADIC_TRY(CsvReader bom_rows, open_table(path, "bom", report));
    ADIC_TRY(CsvReader demand_rows, open_table(path, "demand", report));
    NetworkReader reader(report);
    reader.read_sites(std::move(site_rows));
    reader.read_bom(std::move(bom_rows));
    reader.read_demand(std::move(demand_rows));
    return std::move(reader).finish();
}

}  // namespace adic::ingest
