#include "access/account_parts.hpp"
#include "list_commands.hpp"

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 1> description{
    "Unlocks an account that was locked by hand. The lock after wrong passwords goes by itself."};

constexpr std::array options{accounts_option, changed_by_option};

constexpr std::array examples{
    Example{"adic account unlock siti --accounts my-registry-accounts.db", "Somebody is back."},
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    return set_enabled(words, session, true);
}

}  // namespace

Command account_unlock_command() {
    return {
        .name = "account unlock",
        .summary = "let a locked account sign in again",
        .description = description,
        .arguments = account_arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
