#include "adic/postgres/address.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 2> description{
    "Copies a registry as it is at one moment into another file, while a server and others go on "
    "writing, and checks the copy.",
    "To restore it, stop what uses the registry and put the copy in its place. The audit log "
    "beside "
    "it is a folder of files that only grow: copy it after the registry. A registry on PostgreSQL "
    "is "
    "backed up by pg_dump: docs/guides/postgresql.md."};

constexpr std::array options{
    Option{
        .name = "--into",
        .value = "FILE",
        .help = "the copy; must be given, and not be there",
        .completes = Completes::file},
    store_option,
};

constexpr std::array examples{
    Example{
        "adic registry backup --store my-registry.db --into my-registry-copy.db",
        "A copy to keep elsewhere."},
};

Result<Outcome> run(const Invocation& words, const Session&) {
    if (!words.has("--into")) {
        return Error{ErrorCode::invalid_argument, "--into must be given", {}};
    }
    if (postgres::is_address(words.text("--store"))) {
        return Error{
            ErrorCode::invalid_argument,
            "a registry on PostgreSQL is backed up by pg_dump, as docs/guides/postgresql.md shows",
            {}};
    }
    const std::string& into = words.text("--into");
    if (auto problem = registry::back_up_sqlite_store(words.text("--store"), into)) {
        return *std::move(problem);
    }
    return Outcome{fmt::format("The copy is in {}, and is whole.\n", into)};
}

}  // namespace

Command registry_backup_command() {
    return {
        .name = "registry backup",
        .summary = "copy a registry while it is in use",
        .description = description,
        .arguments = {},
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
