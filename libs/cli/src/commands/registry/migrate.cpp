#include "adic/postgres/address.hpp"
#include "adic/registry/store/postgres_store.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 2> description{
    "Changes how the tables of a registry are laid out, in one step that is done whole or not at "
    "all. Every version of every record stays.",
    "A file is brought up to the newest layout by itself when it is opened; a database on a server "
    "only by this command, with the login that owns it, when all programs that use it are ready. "
    "The way back is for an older version of adic. docs/guides/postgresql.md says what is lost on "
    "it."};

constexpr std::array options{
    Option{
        .name = "--to",
        .value = "LAYOUT",
        .help = "number of the layout, from 1; when it is not given, the newest"},
    store_option,
};

constexpr std::array examples{
    Example{
        "adic registry migrate --store my-registry.db",
        "To the layout that this version of adic uses."},
};

Result<Outcome> run(const Invocation& words, const Session& /*session*/) {
    const std::string& place = words.text("--store");
    const bool is_on_server = postgres::is_address(place);
    const std::int64_t newest =
        is_on_server ? registry::newest_postgres_layout : registry::newest_sqlite_layout;
    std::int64_t layout = newest;
    if (words.has("--to")) {
        ADIC_TRY(
            const std::uint64_t asked,
            words.whole("--to", 1, static_cast<std::uint64_t>(newest))
        );
        layout = static_cast<std::int64_t>(asked);
    }
    auto problem = is_on_server ? registry::migrate_postgres_store(place, layout)
                                : registry::migrate_sqlite_store(place, layout);
    if (problem) {
        return *std::move(problem);
    }
    return Outcome{fmt::format("The registry has layout {}.\n", layout)};
}

}  // namespace

Command registry_migrate_command() {
    return {
        .name = "registry migrate",
        .summary = "change the layout of a registry's tables",
        .description = description,
        .arguments = {},
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
