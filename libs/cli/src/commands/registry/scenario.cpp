#include "adic/app/recorded_scenario.hpp"
#include "adic/ingest/scenario_file.hpp"

#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 2> description{
    "A scenario that somebody keeps in the registry and shows to the reader, as a scenario file "
    "(docs/reference/scenarios.md): 'adic shock run' takes it. 'adic registry add' with --type "
    "scenario keeps one.",
    "One of which the reader is not shown all is not written: a part of what happens would run as "
    "if it were all of it."};

constexpr std::array arguments{
    Argument{.name = "RECORD", .help = "identifier of the record with the scenario"}};

constexpr std::array options{reader_option, store_option, audit_option, bundles_option};

constexpr std::array examples{
    Example{
        "adic registry scenario MYS.two-straits --as SGP --store my-registry.db > two-straits.json",
        "What Malaysia shares with Singapore, to be run."},
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const model::Reader reader, chosen_registry_reader(words, session));
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, false));
    ADIC_TRY(
        const auto scenario,
        app::find_recorded_scenario(*registry.store, reader, words.text("RECORD"), registry.viewing)
    );
    return Outcome{ingest::write_scenario(scenario)};
}

}  // namespace

Command registry_scenario_command() {
    return {
        .name = "registry scenario",
        .summary = "write a scenario that somebody shares as a file, as a reader sees it",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
