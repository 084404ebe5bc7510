#include "adic/ingest/remedies_reader.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/csv_reader.hpp"

#include "row_reader.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adic::ingest {
namespace {

using model::Remedy;
using model::RemedyKind;
using model::StateIndex;
using model::SupplyMap;

constexpr Range above_zero{.low = 0.0, .high = 520.0, .without_low = true};
constexpr Range any_delay{.low = 0.0, .high = 5'200.0};
constexpr Range any_cost{.low = 0.0, .high = 1e5};

constexpr Column money_column(std::string_view name, std::string_view help) {
    return {
        .name = name,
        .kind = CellKind::estimate,
        .must = Must::yes,
        .help = help,
        .example = "2|3|5",
        .range = any_cost};
}

constexpr Column item_column(std::string_view name, Must must, std::string_view help) {
    return {
        .name = name,
        .kind = CellKind::reference,
        .must = must,
        .help = help,
        .example = "antimony",
        .refers = Refers::items};
}

enum RemedyColumn {
    remedy,
    kind,
    item,
    states,
    amount,
    limit,
    cost,
    upkeep,
    delay,
    replaced_by,
    without,
    payers
};

constexpr std::array own_columns{
    Column{
        .name = "remedy",
        .kind = CellKind::identifier,
        .must = Must::yes,
        .help = "names it, once",
        .example = "antimony-store"},
    Column{
        .name = "kind",
        .kind = CellKind::word,
        .must = Must::yes,
        .help = "what is done",
        .example = "stockpile",
        .words = "stockpile|second_source|capacity|recycling|substitution|redesign"},
    item_column("item", Must::yes, "what is stored, made, won back, replaced or redesigned"),
    Column{
        .name = "states",
        .help = "who holds or makes it: states and blocs, separated by `;`; empty: all inside",
        .example = "IDN;MYS"},
    Column{
        .name = "amount",
        .kind = CellKind::number,
        .must = Must::yes,
        .help = "what the cost buys: weeks of normal use, or a part of the usual",
        .example = "4",
        .range = above_zero},
    Column{
        .name = "limit",
        .kind = CellKind::number,
        .help = "the most that can be had, in the same unit; empty: the amount once",
        .example = "12",
        .range = above_zero},
    money_column("cost_musd", "once, for the amount, in million USD"),
    money_column("upkeep_musd", "a year, for the amount, in million USD"),
    Column{
        .name = "delay_weeks",
        .kind = CellKind::estimate,
        .must = Must::yes,
        .help = "from the decision until it works",
        .example = "13|26|52",
        .range = any_delay},
    item_column("replaced_by", Must::no, "of a substitution: what takes its place"),
    item_column("without", Must::no, "of a redesign: the input that is no longer needed"),
    Column{
        .name = "payers",
        .help = "who pays: states with their weights, separated by `;`; empty: `states`, in equal "
                "parts",
        .example = "IDN:2;MYS:1"},
};

constexpr auto columns = tables::with_provenance(own_columns);
constexpr Table remedies_table{"remedies", "", "remedy", Must::yes, true, columns};

/// What one file can ask for. Each purchase is a decision, and each decision is looked at.
constexpr std::uint32_t most_purchases = 16;
constexpr std::size_t most_remedies = 1'000;

/// The names of a map, as references look them up.
void add_names(const SupplyMap& map, Identifiers& ids) {
    const auto add = [](const auto& catalogue, auto& table) {
        for (const auto& record : catalogue) {
            table.add(record.id, 0);
        }
    };
    add(map.sources, ids.sources);
    add(map.states, ids.states);
    add(map.blocs, ids.blocs);
    add(map.organisations, ids.organisations);
    add(map.items, ids.items);
}

/// The most of an amount that makes sense: nothing is replaced twice.
double most_of(RemedyKind kind) {
    constexpr double weeks = 520.0;
    constexpr double times_the_usual = 10.0;
    switch (kind) {
    case RemedyKind::stockpile: return weeks;
    case RemedyKind::second_source:
    case RemedyKind::capacity: return times_the_usual;
    case RemedyKind::recycling:
    case RemedyKind::substitution:
    case RemedyKind::redesign: break;
    }
    return 1.0;
}

class RemediesReader {
  public:
    RemediesReader(const SupplyMap& map, ImportReport& report)
        : map_(map)
        , import_{&report, nullptr, report.errors()} {
        add_names(map, import_.ids);
    }

    std::vector<Remedy> read(CsvReader rows) && {
        RowReader row(remedies_table, rows.name(), import_);
        if (!rows.next()) {
            row.complain(
                rules::no_header,
                {Severity::error, {}, {}, 1, {}, {}, "the first row must name the columns"}
            );
        } else if (row.bind(rows.fields(), rows.row())) {
            while (rows.next()) {
                if (row.take(rows.fields(), rows.row())) {
                    take_remedy(row);
                }
            }
        }
        return import_.is_clean() ? std::move(remedies_) : std::vector<Remedy>{};
    }

  private:
    void take_remedy(RowReader& row) {
        const auto id = row.identifier(remedy);
        const auto sort = row.word<RemedyKind>(kind, model::parse_remedy_kind);
        const auto of = row.item(item);
        const auto who = read_states(row);
        const auto once = row.number(amount);
        const auto most = row.number(limit);
        const auto price = row.estimate(cost);
        const auto yearly = row.estimate(upkeep);
        const auto wait = row.estimate(delay);
        const auto other = sort ? read_other(row, *sort, of) : std::nullopt;
        auto bill = read_payers(row);
        const auto from = row.provenance();
        if (id) {
            check_once(row, *id);
        }
        const std::uint32_t times = sort && once ? purchases(row, *sort, *once, most) : 1;
        if (!row.is_wanted()) {
            return;
        }
        if (remedies_.size() == most_remedies) {
            row.complain(rules::too_many_rows, remedy, "a file may have 1,000 remedies");
            return;
        }
        remedies_.push_back(
            {std::string(*id),
             *sort,
             *of,
             who,
             *once,
             times,
             *price,
             *yearly,
             *wait,
             other,
             std::move(bill),
             *from}
        );
    }

    void check_once(RowReader& row, std::string_view id) {
        const auto [first, is_new] = rows_.emplace(id, row.row());
        if (!is_new) {
            row.complain(
                rules::taken_identifier,
                remedy,
                "row " + std::to_string(first->second) + " has this name already"
            );
        }
    }

    /// How often it can be bought within its limit.
    static std::uint32_t
    purchases(RowReader& row, RemedyKind kind, double once, std::optional<double> most) {
        constexpr double rounding = 1e-9;
        const double all = most.value_or(once);
        if (once > most_of(kind) || all > most_of(kind)) {
            row.complain(
                rules::out_of_range,
                all > most_of(kind) ? std::size_t{limit} : std::size_t{amount},
                "at most " + to_shortest(most_of(kind)) + " of a "
                    + std::string(model::name_of(kind))
            );
            return 1;
        }
        const double times = std::floor(all / once + rounding);
        if (times < 1 || times > most_purchases) {
            row.complain(
                rules::out_of_range,
                limit,
                "the limit must be between 1 and " + std::to_string(most_purchases)
                    + " times the amount"
            );
            return 1;
        }
        return static_cast<std::uint32_t>(times);
    }

    /// The item that the kind needs beside its own; a cell of another kind is a mistake.
    std::optional<model::ItemIndex>
    read_other(RowReader& row, RemedyKind kind, std::optional<model::ItemIndex> of) {
        std::optional<model::ItemIndex> found;
        for (const auto& [column, its_kind] :
             {std::pair{replaced_by, RemedyKind::substitution},
              std::pair{without, RemedyKind::redesign}}) {
            const auto named = row.item(column);
            if (kind == its_kind && row.raw(column).empty()) {
                row.complain(rules::empty_cell, column, "name it");
            }
            if (kind != its_kind && !row.raw(column).empty()) {
                row.complain(
                    rules::remedy_disagrees,
                    column,
                    "a " + std::string(model::name_of(kind)) + " has none"
                );
            }
            if (kind == its_kind) {
                found = named;
            }
        }
        if (found && of && found == of) {
            row.complain(rules::remedy_disagrees, item, "an item cannot stand in for itself");
        }
        if (kind == RemedyKind::redesign && found && of && !needs(*of, *found)) {
            row.complain(
                rules::remedy_disagrees,
                without,
                "by the map '" + map_.items[*of].id + "' does not need it"
            );
        }
        return found;
    }

    bool needs(model::ItemIndex user, model::ItemIndex input) {
        if (inputs_.empty()) {
            for (const model::Need& need : map_.needs) {
                inputs_.emplace(map_[need.group].item, need.input);
            }
        }
        return inputs_.contains({user, input});
    }

    std::string unknown_state(std::string_view name) {
        std::vector<std::string_view> names;
        if (import_.suggester.may_search(name, import_.ids.states.size())) {
            import_.ids.states.append_to(names);
            import_.ids.blocs.append_to(names);
        }
        return "'" + std::string(name.substr(0, 64)) + "' is neither a state nor a bloc of the map"
               + import_.suggester.suggest(name, names);
    }

    std::vector<StateIndex> read_states(RowReader& row) {
        std::vector<StateIndex> found;
        const std::string_view cell = row.text(states);
        if (cell.empty()) {
            return found;
        }
        for (const std::string_view part : split(cell, ';')) {
            const std::string_view name = trimmed(part);
            if (const auto state = import_.ids.states.find(name)) {
                found.push_back(*state);
            } else if (const auto bloc = import_.ids.blocs.find(name)) {
                const auto& members = map_.blocs[*bloc].members;
                found.insert(found.end(), members.begin(), members.end());
            } else {
                row.complain(rules::unknown_reference, states, unknown_state(name));
                return {};
            }
        }
        std::ranges::sort(found);
        if (std::ranges::adjacent_find(found) != found.end()) {
            row.complain(rules::member_twice, states, "a state stands there twice");
        }
        return found;
    }

    std::vector<model::Payer> read_payers(RowReader& row) {
        constexpr double heaviest = 1e6;
        std::vector<model::Payer> found;
        const std::string_view cell = row.text(payers);
        if (cell.empty()) {
            return found;
        }
        for (const std::string_view part : split(cell, ';')) {
            const auto colon = std::min(part.find(':'), part.size());
            const std::string_view name = trimmed(part.substr(0, colon));
            const auto state = import_.ids.states.find(name);
            const auto weight = colon == part.size()
                                    ? std::optional{1.0}
                                    : parse_decimal(trimmed(part.substr(colon + 1)));
            if (!state) {
                row.complain(rules::unknown_reference, payers, unknown_state(name));
                return {};
            }
            if (!weight || !(*weight > 0) || *weight > heaviest) {
                row.complain(
                    rules::bad_number,
                    payers,
                    "write a state and a weight above 0, as in 'IDN:2;MYS:1'"
                );
                return {};
            }
            found.push_back({*state, *weight});
        }
        std::ranges::stable_sort(found, {}, &model::Payer::state);
        if (std::ranges::adjacent_find(found, {}, &model::Payer::state) != found.end()) {
            row.complain(rules::member_twice, payers, "a state stands there twice");
        }
        return found;
    }

    const SupplyMap& map_;
    Import import_;
    std::vector<Remedy> remedies_;
    std::map<std::string, std::uint64_t, std::less<>> rows_;          ///< in which each name stands
    std::set<std::pair<model::ItemIndex, model::ItemIndex>> inputs_;  ///< item and what it needs
};

}  // namespace

Result<std::vector<Remedy>>
read_remedies(const std::filesystem::path& file, const SupplyMap& map, ImportReport& report) {
    ADIC_TRY(CsvReader rows, CsvReader::open(file, report));
    return RemediesReader(map, report).read(std::move(rows));
}

}  // namespace adic::ingest
