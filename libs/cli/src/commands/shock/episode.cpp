#include "adic/app/run_scenario.hpp"
#include "adic/ingest/scenario_file.hpp"

#include "frame/chosen.hpp"
#include "list_commands.hpp"

#include <array>

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 1> description{
    "What an episode, or a scenario of your own, says: its text, its events, every figure with "
    "its confidence, and its sources, in the format of docs/reference/scenarios.md. To begin a "
    "scenario of your own, send it into a file and change that."};

constexpr std::array arguments{Argument{
    .name = "SCENARIO",
    .help = "an episode's name, or a file",
    .completes = Completes::file}};

constexpr std::array examples{
    Example{"adic shock episode graphite-2023", "What is said of the graphite licences."},
    Example{
        "adic shock episode malacca-closure > my-closure.json",
        "A scenario to begin one's own from."},
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    ADIC_TRY(const auto scenario, app::find_scenario(data, words.text("SCENARIO")));
    return Outcome{ingest::write_scenario(scenario)};
}

}  // namespace

Command shock_episode_command() {
    return {
        .name = "shock episode",
        .summary = "show what an episode says, as a file to begin one's own from",
        .description = description,
        .arguments = arguments,
        .options = {},
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
