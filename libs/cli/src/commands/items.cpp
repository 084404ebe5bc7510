#include "adic/app/list_items.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "list_commands.hpp"

#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array columns{
    Column{"item", "item", "identifier of the item", Show::word},
    Column{"name", "name", "its name"},
    Column{
        "kind",
        "kind",
        "system, component, material, mineral, tool, software or service",
        Show::word},
    Column{
        "tier",
        "tier",
        "fewest needs between it and a system; not known: no system needs it",
        Show::count},
    Column{"inputs", "takes", "different items that it takes directly", Show::count},
    Column{"users", "used by", "different items that take it directly", Show::count},
    Column{
        "known_share",
        "origin known",
        "part of the world's supply of it whose origin is known",
        Show::share},
    Column{"codes", "", "its codes, each with the scheme", Show::text, 0, In::data},
};

constexpr std::array shapes{Shape{"items", columns}};

constexpr std::array<std::string_view, 1> description{
    "Without words, every item, systems first, then tier by tier. With words, the items whose name "
    "or identifier contains all of them, in any case of letters."};

constexpr std::array arguments{Argument{
    .name = "WORD",
    .help = "a part of the name or identifier",
    .is_required = false,
    .is_repeated = true}};

constexpr std::array<std::string_view, 7>
    kinds{"system", "component", "material", "mineral", "tool", "software", "service"};

constexpr std::array options{
    Option{.name = "--kind", .value = "KIND", .help = "only items of this kind", .choices = kinds},
    Option{.name = "--tier", .value = "N", .help = "only items this many needs below a system"},
    map_option,
    as_option,
    format_option,
};

constexpr std::array examples{
    Example{"adic items magnet", "The items that have 'magnet' in their name or identifier."},
    Example{
        "adic items --kind mineral --format csv",
        "All minerals of the map, for a spreadsheet."},
};

Result<app::ListItemsRequest> request_of(const Invocation& words) {
    app::ListItemsRequest request{.words = words.texts("WORD")};
    if (words.has("--kind")) {
        request.kind = model::parse_item_kind(words.text("--kind"));
    }
    if (words.has("--tier")) {
        constexpr std::uint64_t deepest = 1'000'000;
        ADIC_TRY(const std::uint64_t tier, words.whole("--tier", 0, deepest));
        request.tier = static_cast<std::uint32_t>(tier);
    }
    return request;
}

/// What stands in nomenclatures for each item of the map.
std::vector<Words> codes_of(const model::SupplyMap& map) {
    std::vector<Words> codes(map.items.size());
    for (const model::ItemCode& code : map.codes) {
        codes[code.item.value()].push_back(code.scheme + ' ' + code.code);
    }
    return codes;
}

Row row_of(const model::SupplyMap& map, const app::ListedItem& listed, Words codes) {
    const model::Item& item = map.items[listed.item];
    return {
        item.id,
        item.name,
        std::string(model::name_of(item.kind)),
        listed.tier ? Cell{std::uint64_t{*listed.tier}} : Cell{},
        std::uint64_t{listed.inputs},
        std::uint64_t{listed.users},
        listed.known_share > 0 ? Cell{listed.known_share} : Cell{},
        std::move(codes)};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const app::ListItemsRequest request, request_of(words));
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    const app::ListItemsAnswer answer = app::list_items(opened->index(), request);
    Section section{"", &shapes[0], {}, "No item of the map matches.", {}};
    const std::vector<Words> codes = codes_of(opened->map());
    for (const app::ListedItem& listed : answer.items) {
        section.rows.push_back(row_of(opened->map(), listed, codes[listed.item.value()]));
    }
    section.notes.push_back(fmt::format(
        "{} of {} items. Some origin is known for {} of the {}.",
        answer.items.size(),
        answer.items_of_map,
        answer.items_with_origin,
        answer.items_of_map
    ));
    return Outcome{Report{{}, {std::move(section)}, {}}};
}

}  // namespace

Command items_command() {
    return {
        .name = "items",
        .summary = "list the items of a map: what kind, how deep, how much is known",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
