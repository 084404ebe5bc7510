#include "commands/project/export.hpp"

#include "adic/app/project_rooms.hpp"

#include "frame/files.hpp"
#include "registry/registry_parts.hpp"

#include <array>
#include <utility>

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 3> description{
    "The room of one project, as a reader sees it, as a release package of the Open Contracting "
    "Data Standard 1.1.5, so that nobody types it again into a national system: the states as "
    "parties, what each takes, the papers with their signatures, and the common specification. "
    "docs/reference/ocds.md has every field.",
    "'adic registry add FILE --type project' takes such a file: of it the owner's own words, for "
    "no state says what another one says.",
    "The file is for that reader, as it says under adic_releasedTo."};

constexpr std::array arguments{
    Argument{.name = "PROJECT", .help = "identifier of the project's record"}};

constexpr std::array options{
    Option{
        .name = "--into",
        .value = "FILE",
        .help = "where it is written; a dash writes it to standard output",
        .standard = "-",
        .completes = Completes::file},
    reader_option,
    store_option,
    audit_option,
    bundles_option,
};

constexpr std::array examples{
    Example{
        "adic project export MYS.patrol-craft --as PHL --into craft.json --store my-registry.db",
        "A project of Malaysia's, for the procurement system of the Philippines."},
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const model::Reader reader, chosen_registry_reader(words, session));
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, false));
    ADIC_TRY(
        std::string package,
        app::export_project(
            *registry.store,
            reader,
            words.text("--as"),
            words.text("PROJECT"),
            session.around.now,
            registry.viewing
        )
    );
    return put_into(words.text("--into"), std::move(package), "The project is");
}

}  // namespace

Command project_export_command() {
    return {
        .name = "project export",
        .summary = "write the room of one project as OCDS, as a reader sees it",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
