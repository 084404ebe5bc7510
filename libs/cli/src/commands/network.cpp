#include "adic/supply/network.hpp"

#include "adic/app/opened_map.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "list_commands.hpp"
#include "render/cells.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using model::SupplyMap;

constexpr std::array item_columns{
    Column{"item", "item", "identifier of the item", Show::word},
    Column{"name", "", "its name", Show::text, 0, In::data},
    Column{"kind", "", "system, component, material, ...", Show::word, 0, In::data},
    Column{
        "side",
        "side",
        "asked: it is asked about; below: it goes into that; above: that goes into it",
        Show::word,
        0,
        In::data},
    Column{"tier", "tier", "fewest needs between it and an item asked about", Show::count},
    Column{"known_share", "known", "share of its supply whose origin is known", Show::share},
    Column{"inside_share", "inside", "share of its supply that comes from inside", Show::share},
    Column{
        "concentration",
        "HHI",
        "sum of squared shares by state; not known: no share is",
        Show::number,
        2},
    Column{"largest_state", "largest", "state outside that supplies most of it", Show::word},
    Column{
        "largest_share",
        "its share",
        "likely share of that state",
        Show::share,
        0,
        In::all,
        true},
    Column{
        "origins",
        "",
        "states named as its suppliers, the largest likely share first",
        Show::text,
        0,
        In::data},
    Column{
        "enough",
        "",
        "part of its supply below which it is short, where the map has one of its own",
        Show::share,
        0,
        In::data},
    Column{"confidence", "sure", "A to E: the weakest of the facts of its supply", Show::word},
    Column{"sources", "", "the sources of those facts", Show::text, 0, In::data},
};

constexpr std::array need_columns{
    Column{"item", "item", "identifier of the item that needs", Show::word},
    Column{"group", "group", "what it needs: one of its groups", Show::text},
    Column{
        "take",
        "",
        "how many of the alternatives of the group it takes",
        Show::count,
        0,
        In::data},
    Column{"of", "", "how many alternatives the group has", Show::count, 0, In::data},
    Column{"input", "input", "identifier of this alternative", Show::word},
    Column{"role", "", "consumed, or equipment that makes it", Show::word, 0, In::data},
    Column{"essential", "essential", "whether the item stops without the group", Show::word},
    Column{
        "value_share",
        "value",
        "part of the item's value that the input is",
        Show::share,
        0,
        In::all,
        true},
    Column{"confidence", "sure", "A to E: of the need", Show::word},
    Column{"source", "source", "of the need", Show::word},
};

constexpr std::array shapes{Shape{"items", item_columns}, Shape{"needs", need_columns}};

constexpr std::array<std::string_view, 2> description{
    "All that an item is made of, over any number of tiers, and who supplies each of them: the "
    "network that a picture is drawn from. Needs may go round in circles; the tier is the fewest "
    "needs between the two.",
    "With --users, what is made of the item as well. 'adic facts' has what is known of one item."};

constexpr std::array arguments{items_argument};

constexpr std::array options{
    Option{.name = "--users", .value = "", .help = "also what takes it, over any number of tiers"},
    one_inside_option,
    map_option,
    as_option,
    format_option,
};

constexpr std::array examples{
    Example{"adic network vhf-field-radio", "What a radio is made of, tier by tier."},
    Example{
        "adic network gallium --users --inside IDN --format json",
        "What is made of gallium, as data, with Indonesia alone inside."},
};

std::string_view word_of(supply::Side side) {
    switch (side) {
    case supply::Side::asked: return "asked";
    case supply::Side::below: return "below";
    case supply::Side::above: return "above";
    }
    std::abort();
}

std::vector<model::ProvenanceIndex>
facts_of(const SupplyMap& map, const std::vector<std::uint32_t>& supplies) {
    std::vector<model::ProvenanceIndex> facts;
    facts.reserve(supplies.size());
    for (const std::uint32_t supply : supplies) {
        facts.push_back(map.supplies[supply].provenance);
    }
    return facts;
}

Words states_of(const SupplyMap& map, const std::vector<model::StateIndex>& states) {
    Words words;
    for (const model::StateIndex state : states) {
        words.push_back(map.states[state].id);
    }
    return words;
}

Row item_row(
    const supply::MapIndex& index,
    const supply::NetworkItem& one,
    const supply::SupplyPicture& seen
) {
    const SupplyMap& map = index.map();
    const model::Item& item = map.items[one.item];
    const auto facts = facts_of(map, seen.supplies);
    const auto share_of = [&](double share) { return seen.concentration ? Cell{share} : Cell{}; };
    return {
        item.id,
        item.name,
        std::string(model::name_of(item.kind)),
        std::string(word_of(one.side)),
        std::uint64_t{one.tier},
        share_of(seen.known_share),
        share_of(seen.inside_share),
        cell_of(seen.concentration),
        seen.largest ? Cell{map.states[seen.largest->state].id} : Cell{},
        seen.largest ? Cell{seen.largest->share} : Cell{},
        states_of(map, seen.origins),
        cell_of(item.enough),
        confidence_of(map, facts),
        sources_of(map, facts)};
}

Row need_row(const supply::MapIndex& index, const model::Need& need) {
    const SupplyMap& map = index.map();
    const model::NeedGroup& group = map[need.group];
    const model::Provenance& fact = map[need.provenance];
    return {
        map.items[group.item].id,
        group.name,
        std::uint64_t{group.take},
        std::uint64_t{index.needs_of(need.group).size()},
        map.items[need.input].id,
        std::string(model::name_of(group.role)),
        std::string(model::name_of(group.essential)),
        cell_of(need.value_share),
        std::string(1, model::letter(fact.confidence)),
        map.sources[fact.source].id};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    ADIC_TRY(const auto from, app::find_targets(opened->index(), words.texts("ITEM")));
    ADIC_TRY(const supply::Viewpoint viewpoint, chosen_viewpoint(words, session, opened->map()));
    const auto follow =
        words.has("--users") ? supply::Follow::needs_and_users : supply::Follow::needs;
    const supply::SupplyNetwork network = supply::network_of(opened->index(), from, follow);
    Section items{"", &shapes[0], {}, "The map has no item.", {}};
    std::size_t unknown = 0;
    for (const supply::NetworkItem& one : network.items) {
        const auto seen = supply::picture_supply(opened->index(), one.item, viewpoint);
        unknown += seen.concentration ? 0U : 1U;
        items.rows.push_back(item_row(opened->index(), one, seen));
    }
    items.notes.push_back(fmt::format(
        "{} items and {} needs, {}. No supplier's share is known for {} of the items.",
        network.items.size(),
        network.needs.size(),
        seen_from(viewpoint),
        unknown
    ));
    Section needs{"Needs", &shapes[1], {}, "None of them needs anything.", {}};
    for (const std::uint32_t need : network.needs) {
        needs.rows.push_back(need_row(opened->index(), opened->map().needs[need]));
    }
    return Outcome{Report{{}, {std::move(items), std::move(needs)}, {}}};
}

}  // namespace

Command network_command() {
    return {
        .name = "network",
        .summary = "list all that an item is made of, tier by tier, and who supplies it",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
