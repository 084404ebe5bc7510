#include "adic/ingest/map_tables.hpp"

#include <algorithm>

namespace adic::ingest {
namespace {

constexpr std::array all_tables{
    Table{
        "sources",
        "The works that figures were read from.",
        "id",
        Must::yes,
        false,
        tables::sources},
    Table{"states", "The states that the map speaks of.", "id", Must::yes, false, tables::states},
    Table{
        "blocs",
        "Named sets of states: one row for each member. All rows of a bloc carry the same name.",
        "bloc, state",
        Must::no,
        false,
        tables::blocs},
    Table{
        "organisations",
        "Who makes, keeps or buys.",
        "id",
        Must::no,
        true,
        tables::organisations},
    Table{"items", "What is made, mined, written or done.", "id", Must::yes, true, tables::items},
    Table{"codes", "Codes of items.", "item, scheme, code", Must::no, true, tables::codes},
    Table{
        "needs",
        "What one unit of an item takes, in groups: all groups of an item are needed; a group is "
        "met by "
        "any `take` of its rows. Rows of one group agree in `take`, `role` and `essential`; `take` "
        "is at "
        "most the number of rows. The likely value shares of an item's inputs add up to at most 1, "
        "where "
        "of each group its `take` largest count (0.001 is allowed for rounding). An item may need "
        "itself "
        "in a circle (steel takes machine tools, machine tools take steel).",
        "item, group, input",
        Must::no,
        true,
        tables::needs},
    Table{
        "supplies",
        "Where items come from, and how much of them. The likely shares of one item on one market "
        "add up to "
        "at most 1 (0.001 is allowed for rounding); what is missing to 1 is unknown.",
        "item, origin, organisation, market",
        Must::no,
        true,
        tables::supplies},
    Table{
        "stocks",
        "What lies in store.",
        "item, holder, organisation",
        Must::no,
        true,
        tables::stocks},
    Table{
        "recoveries",
        "How fast a state, bloc, organisation or item is back.",
        "subject_kind, subject",
        Must::no,
        true,
        tables::recoveries},
    Table{
        "hazards",
        "How likely a state, bloc, organisation or item stops.",
        "subject_kind, subject",
        Must::no,
        true,
        tables::hazards},
    Table{
        "trade",
        "What a state made, bought, sold or took out of stock.",
        "item, state, flow, partner, unit, period",
        Must::no,
        true,
        tables::trade},
    Table{"figures", "Any other figure about a subject.", "", Must::no, true, tables::figures},
};

}  // namespace

std::span<const Table> map_tables() {
    return all_tables;
}

const Table* find_table(std::string_view name) {
    const auto found = std::ranges::find(all_tables, name, &Table::name);
    return found == all_tables.end() ? nullptr : &*found;
}

std::vector<std::string> cell_names(const Table& table) {
    std::vector<std::string> names;
    for (const Column& column : table.columns) {
        const std::string name(column.name);
        if (column.kind == CellKind::estimate) {
            names.insert(names.end(), {name + "_low", name, name + "_high"});
        } else {
            names.push_back(name);
        }
    }
    return names;
}

}  // namespace adic::ingest
