#include "frame/files.hpp"
#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 2> description{
    "The procurements of a registry, as a reader sees them, as a release package of the Open "
    "Contracting Data Standard 1.1.5. What the reader does not see is not in the file; of what it "
    "sees "
    "in part an extension says so. docs/reference/ocds.md has every field.",
    "The file is for that reader: it says so under adic_releasedTo."};

constexpr std::array<std::string_view, 1> forms{"ocds"};

constexpr std::array arguments{
    Argument{.name = "FORM", .help = "ocds: procurements as OCDS, in JSON", .choices = forms}};

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
};

constexpr std::array examples{
    Example{
        "adic registry export ocds --as everyone --into my-tenders.json --store my-registry.db",
        "What everyone may see of procurements, for a portal."},
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const model::Reader reader, chosen_registry_reader(words, session));
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, false));
    ADIC_TRY(
        const std::string package,
        app::export_ocds(
            *registry.store,
            reader,
            words.text("--as"),
            session.around.now,
            registry.viewing
        )
    );
    const std::string& file = words.text("--into");
    if (file == "-") {
        return Outcome{package};
    }
    if (const auto problem = write_file(file, package)) {
        return *problem;
    }
    return Outcome{fmt::format("The procurements are in {}.\n", file)};
}

}  // namespace

Command registry_export_command() {
    return {
        .name = "registry export",
        .summary = "write procurements as OCDS, as a reader sees them",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
