#include "adic/access/password.hpp"

#include "access/account_parts.hpp"
#include "frame/secret_input.hpp"
#include "list_commands.hpp"

#include <fmt/format.h>

namespace adic::cli {
namespace {

using access::AccountBook;

constexpr std::array<std::string_view, 2> description{
    "Gives an account a password, which its owner has to change when signing in for the first "
    "time, and ends its sessions. The password is asked for without showing it, or is the first "
    "line of standard input: on the command line others could see it.",
    "A password has 12 to 1024 characters of any kind. Refused is what is tried first: obvious "
    "words, the names of the account, keys in a row."};

constexpr std::array options{
    Option{
        .name = "--own",
        .value = "",
        .help = "it is your own account: the password need not be changed"},
    Option{
        .name = "--known",
        .value = "FILE",
        .help = "a list of passwords that others use, one on each line: none of them is taken",
        .completes = Completes::file},
    accounts_option,
    changed_by_option,
};

constexpr std::array examples{
    Example{"adic account password siti --own --accounts my-registry-accounts.db", "Your own."},
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(AccountBook book, open_chosen_book(words, AccountBook::IfMissing::refuse));
    const std::string name = chosen_account(words);
    ADIC_TRY(const auto account, book.find(name));
    if (!account) {
        return Error{ErrorCode::not_found, "there is no such account", {}};
    }
    access::PasswordRules rules;
    if (words.has("--known")) {
        ADIC_TRY(rules, access::rules_with_list(words.text("--known")));
    }
    ADIC_TRY(const std::string password, read_secret("Password of " + name));
    const access::PasswordHasher hasher;
    access::Passwords passwords(book, hasher, std::move(rules));
    const bool must_change = !words.has("--own");
    if (auto problem =
            passwords.set(name, password, must_change, chosen_actor(words), session.around.now)) {
        return *std::move(problem);
    }
    return Outcome{fmt::format(
        "The account '{}' has a new password{}.\n",
        name,
        must_change ? ", to be changed when it signs in" : ""
    )};
}

}  // namespace

Command account_password_command() {
    return {
        .name = "account password",
        .summary = "give an account a password",
        .description = description,
        .arguments = account_arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
