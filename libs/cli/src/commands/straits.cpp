#include "adic/ingest/scenario_file.hpp"

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

constexpr std::array strait_columns{
    Column{"strait", "strait", "its identifier, as a scenario takes it", Show::word},
    Column{"name", "name", "its name"},
    Column{"routes", "routes", "of all routes that are recorded, those that pass it", Show::count},
    Column{"arrivals", "into", "states that a route reaches through it", Show::count},
    Column{"without_way_round", "no way round", "routes that have no other way", Show::count},
    Column{
        "longest_detour_days",
        "longest detour",
        "days that the longest way round takes more",
        Show::number,
        1},
};

constexpr std::array passage_columns{
    Column{"origin", "from", "state where the goods come from", Show::word},
    Column{"destination", "to", "state where they go", Show::word},
    Column{"days", "days", "at sea", Show::number, 1},
    Column{"strait", "passes", "identifier of the strait", Show::word},
    Column{"share", "share", "part of the goods that passes it", Show::share, 0, In::all, true},
    Column{"detour_days", "detour", "days that the way round takes more", Show::number, 1},
};

constexpr std::array shapes{Shape{"straits", strait_columns}, Shape{"passages", passage_columns}};

constexpr std::array<std::string_view, 1> description{
    "The straits and canals that a scenario can close, and how many routes by sea pass each. With "
    "--to, the routes into one state and what they pass."};

constexpr std::array options{
    Option{.name = "--to", .value = "STATE", .help = "list the routes into this state (IDN)"},
    format_option};

constexpr std::array examples{
    Example{"adic straits", "What can be closed, and how many routes pass it."},
    Example{"adic straits --to IDN --format csv", "The routes into Indonesia, for a spreadsheet."}};

/// What the routes say of one strait.
struct Tally {
    std::uint64_t routes = 0;
    std::uint64_t without_way_round = 0;
    std::set<std::string> arrivals = {};
    std::optional<double> longest = {};

    void add(const model::SeaRoute& route, const model::SeaPassage& passage) {
        ++routes;
        arrivals.insert(route.destination);
        without_way_round += passage.detour_days ? 0U : 1U;
        if (passage.detour_days) {
            longest = std::max(longest.value_or(0.0), *passage.detour_days);
        }
    }
};

Tally tally_of(const model::SeaRoutes& routes, std::string_view strait) {
    Tally tally;
    for (const model::SeaRoute& route : routes.routes()) {
        const auto passage =
            std::ranges::find(route.passages, strait, &model::SeaPassage::chokepoint);
        if (passage != route.passages.end()) {
            tally.add(route, *passage);
        }
    }
    return tally;
}

Section straits_section(const model::SeaRoutes& routes) {
    Section section{"", &shapes[0], {}, "No strait came with the program.", {}};
    for (const model::Chokepoint& strait : routes.chokepoints()) {
        const Tally tally = tally_of(routes, strait.id);
        section.rows.push_back(
            {strait.id,
             strait.name,
             tally.routes,
             std::uint64_t{tally.arrivals.size()},
             tally.without_way_round,
             cell_of(tally.longest)}
        );
    }
    section.notes.push_back(fmt::format("{} routes are recorded.", routes.routes().size()));
    return section;
}

Section passages_section(const model::SeaRoutes& routes, const std::string& to) {
    Section section{
        fmt::format("Routes into {}", to),
        &shapes[1],
        {},
        fmt::format("No route into {} passes a strait, or none is recorded.", to),
        {}};
    for (const model::SeaRoute& route : routes.routes()) {
        if (route.destination != to) {
            continue;
        }
        for (const model::SeaPassage& passage : route.passages) {
            section.rows.push_back(
                {route.origin,
                 route.destination,
                 route.days,
                 passage.chokepoint,
                 passage.share,
                 cell_of(passage.detour_days)}
            );
        }
    }
    return section;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    ingest::ImportReport report;
    ADIC_TRY(const model::SeaRoutes routes, ingest::read_sea_routes(data / "reference", report));
    std::vector<Section> sections;
    sections.push_back(straits_section(routes));
    if (words.has("--to")) {
        sections.push_back(passages_section(routes, words.text("--to")));
    }
    return Outcome{Report{{}, std::move(sections), {}}};
}

}  // namespace

Command straits_command() {
    return {
        .name = "straits",
        .summary = "list the straits and canals that a scenario can close, and who depends on them",
        .description = description,
        .arguments = {},
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
