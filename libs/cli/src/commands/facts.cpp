#include "adic/app/opened_map.hpp"

#include "answers/source_section.hpp"
#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "list_commands.hpp"
#include "render/cells.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using model::ItemIndex;
using model::SupplyMap;

constexpr Column source_column{"source", "source", "identifier of the source", Show::word};
constexpr Column period_column{"period", "period", "the time that it speaks of", Show::word};
constexpr Column confidence_column{"confidence", "sure", "A to E", Show::word};
constexpr Column note_column{"note", "", "what was said with it", Show::text, 0, In::data};

constexpr std::array item_columns{
    Column{"item", "item", "identifier of the item", Show::word},
    Column{"name", "name", "its name"},
    Column{"kind", "kind", "system, component, material, ...", Show::word},
    Column{"unit", "unit", "in which one of it is counted", Show::word},
    Column{"enough", "enough", "part of its supply below which it is short", Show::share},
    Column{"codes", "codes", "its codes, each with the scheme"},
    Column{"description", "description", "what it is"},
    source_column,
    period_column,
    confidence_column,
    note_column,
};

constexpr std::array supply_columns{
    Column{"origin", "origin", "state that it comes from; not known: nobody says", Show::word},
    Column{"organisation", "organisation", "who makes it there"},
    Column{"market", "market", "whose purchases the share is of; not known: all the world's"},
    Column{
        "share",
        "share",
        "part of all that the market takes of it",
        Show::share,
        0,
        In::all,
        true},
    Column{
        "trade_restriction",
        "restriction",
        "trade variable of the European Commission's method",
        Show::number,
        1,
        In::data},
    source_column,
    period_column,
    confidence_column,
    note_column,
};

constexpr std::array need_columns{
    Column{"group", "group", "what it needs"},
    Column{"take", "", "how many of the alternatives it takes", Show::count, 0, In::data},
    Column{"input", "input", "identifier of one alternative", Show::word},
    Column{"role", "", "consumed, or equipment that makes it", Show::word, 0, In::data},
    Column{"essential", "essential", "whether it stops without", Show::word},
    Column{
        "quantity",
        "quantity",
        "units of the input for one unit of the item",
        Show::significant,
        3,
        In::all,
        true},
    Column{
        "value_share",
        "value",
        "part of the item's value that the input is",
        Show::share,
        0,
        In::all,
        true},
    source_column,
    period_column,
    confidence_column,
    note_column,
};

constexpr std::array figure_columns{
    Column{"measure", "measure", "what is measured: docs/reference/figures.md", Show::word},
    Column{"of", "of", "whose it is, where it is not all the item's", Show::word},
    Column{"value", "value", "the figure", Show::significant, 4, In::all, true},
    Column{"unit", "unit", "in which it is counted", Show::word},
    source_column,
    period_column,
    confidence_column,
    note_column,
};

constexpr std::array shapes{
    Shape{"item", item_columns},
    Shape{"supplies", supply_columns},
    Shape{"needs", need_columns},
    Shape{"figures", figure_columns},
    Shape{"sources", source_columns},
};

constexpr std::array<std::string_view, 1> description{
    "What the map knows of one item, fact by fact: who supplies it, what it needs, every figure, "
    "each with its source, the time it speaks of, and how sure it is."};

constexpr std::array arguments{Argument{.name = "ITEM", .help = "identifier or name of the item"}};

constexpr std::array options{map_option, as_option, format_option};

constexpr std::array examples{
    Example{"adic facts gallium", "Everything that is known of gallium, and from where."}};

/// Gathers the tables, and of each fact its source.
class Facts {
  public:
    Facts(const supply::MapIndex& index, ItemIndex item)
        : index_(index)
        , map_(index.map())
        , item_(item) {}

    Report report() {
        std::vector<Section> sections;
        sections.push_back(item());
        sections.push_back(supplies());
        sections.push_back(needs());
        sections.push_back(figures());
        sections.push_back(sources());
        return {{}, std::move(sections), {}};
    }

  private:
    /// The row, and behind it where the fact comes from.
    Row with_source(Row row, model::ProvenanceIndex provenance) {
        const model::Provenance& fact = map_[provenance];
        sources_.insert(fact.source);
        row.emplace_back(map_.sources[fact.source].id);
        row.emplace_back(model::to_text(fact.period));
        row.emplace_back(std::string(1, model::letter(fact.confidence)));
        row.emplace_back(fact.note);
        return row;
    }

    Section item() {
        const model::Item& item = map_.items[item_];
        Words codes;
        for (const model::ItemCode& code : map_.codes) {
            if (code.item == item_) {
                codes.push_back(code.scheme + ' ' + code.code);
                sources_.insert(map_[code.provenance].source);
            }
        }
        Row row{
            item.id,
            item.name,
            std::string(model::name_of(item.kind)),
            item.unit,
            cell_of(item.enough),
            std::move(codes),
            item.description};
        return {item.name, &shapes[0], {with_source(std::move(row), item.provenance)}, "", {}};
    }

    Cell market_of(const model::Supply& supply) const {
        if (const auto* state = std::get_if<model::StateIndex>(&supply.market)) {
            return map_.states[*state].id;
        }
        const auto* bloc = std::get_if<model::BlocIndex>(&supply.market);
        return bloc != nullptr ? Cell{map_.blocs[*bloc].id} : Cell{};
    }

    Section supplies() {
        Section section{"Who supplies it", &shapes[1], {}, "Nobody has recorded a supplier.", {}};
        for (const std::uint32_t s : index_.supplies_of(item_)) {
            const model::Supply& supply = map_.supplies[s];
            Row row{
                supply.origin ? Cell{map_.states[*supply.origin].id} : Cell{},
                supply.organisation ? Cell{map_.organisations[*supply.organisation].name} : Cell{},
                market_of(supply),
                cell_of(supply.share),
                cell_of(supply.trade_restriction)};
            section.rows.push_back(with_source(std::move(row), supply.provenance));
        }
        return section;
    }

    Section needs() {
        Section section{"What it needs", &shapes[2], {}, "Nobody has recorded a need.", {}};
        for (const std::uint32_t g : index_.groups_of(item_)) {
            const model::NeedGroup& group = map_.groups[g];
            for (const std::uint32_t n : index_.needs_of(model::GroupIndex{g})) {
                const model::Need& need = map_.needs[n];
                Row row{
                    group.name,
                    std::uint64_t{group.take},
                    map_.items[need.input].id,
                    std::string(model::name_of(group.role)),
                    std::string(model::name_of(group.essential)),
                    cell_of(need.quantity),
                    cell_of(need.value_share)};
                section.rows.push_back(with_source(std::move(row), need.provenance));
            }
        }
        return section;
    }

    void add_figure(Section& section, Row row, model::ProvenanceIndex provenance) {
        section.rows.push_back(with_source(std::move(row), provenance));
    }

    std::string holder_of(const model::Stock& stock) const {
        const auto* state = std::get_if<model::StateIndex>(&stock.holder);
        return state != nullptr ? map_.states[*state].id
                                : map_.blocs[std::get<model::BlocIndex>(stock.holder)].id;
    }

    bool is_about(const model::Subject& subject) const {
        const auto* item = std::get_if<ItemIndex>(&subject);
        return item != nullptr && *item == item_;
    }

    Section figures() {
        Section section{"Figures", &shapes[3], {}, "Nobody has recorded another figure.", {}};
        for (const std::uint32_t f : index_.figures_of(item_)) {
            const model::Figure& figure = map_.figures[f];
            add_figure(
                section,
                {figure.measure, Cell{}, figure.value, figure.unit},
                figure.provenance
            );
        }
        for (const std::uint32_t t : index_.trades_of(item_)) {
            const model::Trade& trade = map_.trades[t];
            const std::string from = map_.states[trade.state].id;
            add_figure(
                section,
                {std::string(model::name_of(trade.flow)),
                 trade.partner ? from + '-' + map_.states[*trade.partner].id : from,
                 trade.amount,
                 trade.unit},
                trade.provenance
            );
        }
        add_scattered(section);
        return section;
    }

    void add_scattered(Section& section) {
        for (const model::Stock& stock : map_.stocks) {
            if (stock.item == item_) {
                add_figure(
                    section,
                    {std::string("stock"), holder_of(stock), stock.quantity, stock.unit},
                    stock.provenance
                );
            }
        }
        for (const model::Hazard& hazard : map_.hazards) {
            if (is_about(hazard.subject)) {
                add_figure(
                    section,
                    {std::string("hazard"), Cell{}, hazard.probability, std::string("per year")},
                    hazard.provenance
                );
            }
        }
        for (const model::Recovery& recovery : map_.recoveries) {
            if (is_about(recovery.subject)) {
                add_figure(
                    section,
                    {std::string("recovery"), Cell{}, recovery.days, std::string("days")},
                    recovery.provenance
                );
            }
        }
    }

    Section sources() const {
        Section section{"Sources", &shapes[4], {}, "", {}};
        for (const model::SourceIndex index : sources_) {
            section.rows.push_back(source_row(map_.sources[index]));
        }
        return section;
    }

    const supply::MapIndex& index_;
    const SupplyMap& map_;
    ItemIndex item_;
    std::set<model::SourceIndex> sources_;
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    ADIC_TRY(const ItemIndex item, app::find_item(opened->map(), words.text("ITEM")));
    return Outcome{Facts{opened->index(), item}.report()};
}

}  // namespace

Command facts_command() {
    return {
        .name = "facts",
        .summary = "show what is known of one item, fact by fact, with the sources",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
