#include "access/account_parts.hpp"
#include "list_commands.hpp"

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 1> description{
    "Locks an account: it may not sign in, and its sessions end at once; its tokens open nothing "
    "until it is unlocked. Accounts are never deleted: a name in the history stays one person's."};

constexpr std::array options{accounts_option, changed_by_option};

constexpr std::array examples{
    Example{"adic account lock siti --accounts my-registry-accounts.db", "Somebody has left."},
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    return set_enabled(words, session, false);
}

}  // namespace

Command account_lock_command() {
    return {
        .name = "account lock",
        .summary = "keep an account from signing in",
        .description = description,
        .arguments = account_arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
