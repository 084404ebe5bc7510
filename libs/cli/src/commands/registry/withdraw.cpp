#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 1> description{
    "Takes a record back: nobody but the owner's side sees it or its past any more. Its versions "
    "stay in the file, and 'adic registry add' with its identifier brings it again."};

constexpr std::array arguments{Argument{.name = "RECORD", .help = "identifier of the record"}};

constexpr std::array options{owner_option, by_option, why_option, store_option, audit_option};

constexpr std::array examples{
    Example{
        "adic registry withdraw MYS.radio-7 --owner MYS --why 'out of production' --store "
        "my-registry.db",
        "A product that is no longer made."},
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const app::Authorship authorship, chosen_authorship(words, session));
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, false));
    const std::string& id = words.text("RECORD");
    if (auto problem = app::withdraw_record(*registry.store, id, authorship)) {
        return *std::move(problem);
    }
    return Outcome{fmt::format("Record '{}' is withdrawn.\n", id)};
}

}  // namespace

Command registry_withdraw_command() {
    return {
        .name = "registry withdraw",
        .summary = "take a record back",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
