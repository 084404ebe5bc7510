#include "adic/ingest/site_network_reader.hpp"

#include "adic/ingest/csv_reader.hpp"

#include "plain_tables.hpp"
#include "row_reader.hpp"
#include "rules.hpp"

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
    constexpr std::string_view all =
        "sites.csv, bom.csv and demand.csv, or the common beginning of three such names";
    return open_beside(path, name, all, report);
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
        read_rows(std::move(rows), sites_table, import_, parts_, [this](RowReader& row) {
            take_site(row);
        });
    }

    void read_bom(CsvReader rows) {
        const std::string file = rows.name();
        read_rows(std::move(rows), bom_table, import_, parts_, [this](RowReader& row) {
            take_input(row);
        });
        check_groups(file);
    }

    void read_demand(CsvReader rows) {
        read_rows(std::move(rows), demand_table, import_, parts_, [this](RowReader& row) {
            take_demand(row);
        });
    }

    SiteNetwork finish() && { return import_.is_clean() ? std::move(network_) : SiteNetwork{}; }

  private:
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
            add_name(row, site, *id, sites_);
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
        return find_name(row, column, parts_, "no site makes");
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
        add_name(row, wanted, network_[*part].id, demanded_);
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
