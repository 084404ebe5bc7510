#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "list_commands.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array columns{
    Column{"organisation", "supplier", "its identifier, as a scenario takes it", Show::word},
    Column{"name", "name", "its name"},
    Column{"state", "state", "in which it is registered", Show::word},
    Column{"items", "supplies", "identifiers of the items that it supplies", Show::text},
};

constexpr std::array shapes{Shape{"suppliers", columns}};

constexpr std::array<std::string_view, 1> description{
    "The organisations that the map names as suppliers, and of what. A scenario can stop them one "
    "by one; suppliers that nobody named fail with their state."};

constexpr std::array options{map_option, as_option, format_option};

constexpr std::array examples{
    Example{"adic suppliers --map my-map", "The suppliers that a map of your own names."}};

/// Identifiers of what each organisation supplies, once each.
std::vector<std::set<std::string>> items_by_organisation(const model::SupplyMap& map) {
    std::vector<std::set<std::string>> items(map.organisations.size());
    for (const model::Supply& supply : map.supplies) {
        if (supply.organisation) {
            items[supply.organisation->value()].insert(map.items[supply.item].id);
        }
    }
    return items;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    const model::SupplyMap& map = opened->map();
    const std::vector<std::set<std::string>> items = items_by_organisation(map);
    Section section{"", &shapes[0], {}, "The map names no supplier.", {}};
    for (std::uint32_t o = 0; o < items.size(); ++o) {
        if (items[o].empty()) {
            continue;
        }
        const model::Organisation& organisation = map.organisations[model::OrganisationIndex{o}];
        section.rows.push_back(
            {organisation.id,
             organisation.name,
             organisation.state ? Cell{map.states[*organisation.state].id} : Cell{},
             Words(items[o].begin(), items[o].end())}
        );
    }
    return Outcome{Report{{}, {std::move(section)}, {}}};
}

}  // namespace

Command suppliers_command() {
    return {
        .name = "suppliers",
        .summary = "list the organisations that a scenario can stop, and what they supply",
        .description = description,
        .arguments = {},
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
