#include "adic/access/api_token.hpp"

#include "access/account_parts.hpp"
#include "list_commands.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace adic::cli {
namespace {

using access::AccountBook;

constexpr std::array<std::string_view, 2> description{
    "Makes a token with which a program uses the API in the name of an account, and prints it, "
    "this once. It may do no more than its scopes and the roles of the account both allow, and "
    "never approves a release, changes a password or makes tokens.",
    "With --revoke, makes a token worthless: adic account NAME lists them."};

constexpr std::array options{
    Option{
        .name = "--scope",
        .value = "SCOPES",
        .help = "read, write, release, audit, admin, separated by commas",
        .standard = "read"},
    Option{.name = "--days", .value = "N", .help = "how long it lives, 1 to 365", .standard = "90"},
    Option{.name = "--label", .value = "TEXT", .help = "what it is for"},
    Option{.name = "--revoke", .value = "TOKEN", .help = "make this one worthless instead"},
    accounts_option,
    changed_by_option,
};

constexpr std::array examples{
    Example{
        "adic account token siti --scope read --days 90 --label 'nightly report' --accounts "
        "my-registry-accounts.db",
        "For a program that reads."},
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(AccountBook book, open_chosen_book(words, AccountBook::IfMissing::refuse));
    access::ApiTokens tokens(book, access::system_random());
    const std::string name = chosen_account(words);
    const access::Actor actor = chosen_actor(words);
    if (words.has("--revoke")) {
        const std::string& id = words.text("--revoke");
        if (auto problem = tokens.revoke(name, id, actor, session.around.now)) {
            return *std::move(problem);
        }
        return Outcome{fmt::format("The token {} is worthless from now on.\n", id)};
    }
    constexpr std::uint64_t longest = 365;
    ADIC_TRY(const std::uint64_t days, words.whole("--days", 1, longest));
    access::NewToken wanted;
    wanted.label = words.text("--label");
    wanted.life = std::chrono::days{days};
    ADIC_TRY(wanted.scopes, access::parse_scopes(words.text("--scope")));
    ADIC_TRY(const access::MadeToken made, tokens.make(name, wanted, actor, session.around.now));
    return Outcome{fmt::format(
        "{}\n\nThis is the token {} of '{}', for {}, until {:%Y-%m-%d}. It is shown this once.\n",
        made.text,
        made.token.id,
        name,
        access::to_text(made.token.scopes),
        made.token.expires
    )};
}

}  // namespace

Command account_token_command() {
    return {
        .name = "account token",
        .summary = "make or revoke a token for programs that use the API",
        .description = description,
        .arguments = account_arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
