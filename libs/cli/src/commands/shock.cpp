#include "adic/app/run_scenario.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "list_commands.hpp"
#include "shock/episodes.hpp"

#include <array>
#include <utility>

namespace adic::cli {
namespace {

constexpr std::array part_columns{
    Column{"command", "command", "how it is called", Show::word},
    Column{"does", "does", "in a few words"},
};

constexpr std::array shapes{episode_shape, Shape{"commands", part_columns}};

constexpr std::array<std::string_view, 1> description{
    "What breaks, when, and how badly, when something is cut off. This lists the episodes that "
    "come with the program and the commands that take them."};

constexpr std::array options{format_option};

constexpr std::array examples{
    Example{"adic shock", "The episodes, and what can be done with them."},
};

Section parts_section() {
    Section section{"Commands", &shapes[1], {}, "", {"'adic shock run --help' says more of one."}};
    for (const Command& command : list_commands()) {
        if (command.name.starts_with("shock ")) {
            section.rows.push_back(
                {"adic " + std::string(command.name), std::string(command.summary)}
            );
        }
    }
    return section;
}

Result<Outcome> run(const Invocation& /*words*/, const Session& session) {
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    ADIC_TRY(const std::vector<app::Episode> found, app::list_episodes(data));
    Section episodes = episodes_section(found);
    episodes.heading = "Episodes";
    return Outcome{Report{{}, {std::move(episodes), parts_section()}, {}}};
}

}  // namespace

Command shock_command() {
    return {
        .name = "shock",
        .summary = "list the episodes that come with the program, and what to do with them",
        .description = description,
        .arguments = {},
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
