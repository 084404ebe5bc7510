#include "frame/files.hpp"
#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 3> description{
    "With xlsx, all records that a reader sees as a workbook: a sheet for each type, with the "
    "columns "
    "that 'adic registry add' takes, and one of what is shown only in part.",
    "With ocds, the procurements of a registry, as a reader sees them, as a release package of the "
    "Open "
    "Contracting Data Standard 1.1.5. What the reader does not see is not in the file; of what it "
    "sees "
    "in part an extension says so. docs/reference/ocds.md has every field.",
    "The file is for that reader; OCDS says so under adic_releasedTo."};

constexpr std::array<std::string_view, 2> forms{"ocds", "xlsx"};

constexpr std::array arguments{Argument{
    .name = "FORM",
    .help = "ocds: procurements as OCDS, in JSON; xlsx: all records",
    .choices = forms}};

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
    Example{
        "adic registry export xlsx --as SGP --into my-records.xlsx --store my-registry.db",
        "What Singapore may see, to work on in a spreadsheet."},
};

Result<Outcome> export_sheets(
    const ChosenRegistry& registry,
    const model::Reader& reader,
    const std::string& file
) {
    if (file == "-") {
        return Error{
            ErrorCode::invalid_argument,
            "a workbook is written into a file: --into FILE",
            {}};
    }
    if (auto problem = app::export_workbook(*registry.store, reader, file, registry.viewing)) {
        return *std::move(problem);
    }
    return Outcome{fmt::format("The records are in {}.\n", file)};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const model::Reader reader, chosen_registry_reader(words, session));
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, false));
    const std::string& file = words.text("--into");
    if (words.text("FORM") == "xlsx") {
        return export_sheets(registry, reader, file);
    }
    ADIC_TRY(
        std::string package,
        app::export_ocds(
            *registry.store,
            reader,
            words.text("--as"),
            session.around.now,
            registry.viewing
        )
    );
    return put_into(file, std::move(package), "The procurements are");
}

}  // namespace

Command registry_export_command() {
    return {
        .name = "registry export",
        .summary = "write records as a workbook, or procurements as OCDS, as a reader sees them",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
