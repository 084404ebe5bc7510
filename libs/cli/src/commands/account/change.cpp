#include "access/account_parts.hpp"
#include "list_commands.hpp"

#include <fmt/format.h>

namespace adic::cli {
namespace {

using access::AccountBook;

constexpr std::array<std::string_view, 1> description{
    "Changes the roles of an account, the widest audience that it may release to, or how it is "
    "shown. Its sessions end when its rights change. The last administrator stays one."};

constexpr std::array options{
    roles_option,
    cap_option,
    Option{.name = "--display-name", .value = "TEXT", .help = "how it is shown"},
    accounts_option,
    changed_by_option,
};

constexpr std::array examples{
    Example{
        "adic account change siti --roles reader,releaser --cap everyone --accounts "
        "my-registry-accounts.db",
        "Who may release to everyone."},
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    access::AccountChange change;
    if (words.has("--roles")) {
        ADIC_TRY(change.roles, access::parse_roles(words.text("--roles")));
    }
    if (words.has("--display-name")) {
        change.display_name = words.text("--display-name");
    }
    change.widest = chosen_cap(words);
    if (!change.roles && !change.display_name && !change.widest) {
        return Error{
            ErrorCode::invalid_argument,
            "nothing is to be changed: --roles, --cap and --display-name say what",
            {}};
    }
    ADIC_TRY(AccountBook book, open_chosen_book(words, AccountBook::IfMissing::refuse));
    ADIC_TRY(
        const access::Account changed,
        book.change(chosen_account(words), change, chosen_actor(words), session.around.now)
    );
    return Outcome{fmt::format(
        "The account '{}' ({}) has the roles {}, and may release to {}.\n",
        changed.name,
        changed.display_name,
        access::to_text(changed.roles),
        access::name_of_cap(changed.widest)
    )};
}

}  // namespace

Command account_change_command() {
    return {
        .name = "account change",
        .summary = "change what an account may do",
        .description = description,
        .arguments = account_arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
