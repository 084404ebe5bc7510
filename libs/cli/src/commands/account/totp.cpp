#include "adic/access/second_factor.hpp"

#include "access/account_parts.hpp"
#include "list_commands.hpp"

#include <fmt/format.h>

namespace adic::cli {
namespace {

using access::AccountBook;

constexpr std::array<std::string_view, 3> description{
    "Gives an account a second factor, in two steps. The first prints a key for an authenticator "
    "app, as text and as an address that apps read. The second, with --code and the code that "
    "the app shows, makes it count and prints ten recovery codes, each good for one sign-in "
    "without the app: they are shown this once.",
    "Releasers, auditors and administrators may do what their role is for only after a second "
    "factor.",
    "With --remove, takes it away: for somebody who has lost both app and codes."};

constexpr std::array options{
    Option{.name = "--code", .value = "CODE", .help = "the code that the app shows now"},
    Option{.name = "--remove", .value = "", .help = "take the second factor away"},
    Option{
        .name = "--issuer",
        .value = "TEXT",
        .help = "the name under which the app lists it",
        .standard = "adic"},
    accounts_option,
    changed_by_option,
};

constexpr std::array examples{
    Example{"adic account totp siti --accounts my-registry-accounts.db", "A key for the app."},
    Example{
        "adic account totp siti --code 123456 --accounts my-registry-accounts.db",
        "From now on it counts."},
};

Result<Outcome> begin(access::SecondFactors& factors, const std::string& name) {
    ADIC_TRY(const access::Enrolment enrolment, factors.begin(name));
    return Outcome{fmt::format(
        "Key:     {}\nAddress: {}\n\nPut it into an authenticator app, then give the code that it "
        "shows:\n  adic account totp {} --code CODE\n",
        enrolment.secret,
        enrolment.uri,
        name
    )};
}

Result<Outcome> confirm(
    access::SecondFactors& factors,
    const std::string& name,
    const Invocation& words,
    std::chrono::sys_seconds now
) {
    ADIC_TRY(const auto codes, factors.confirm(name, words.text("--code"), now));
    return Outcome{fmt::format(
        "The account '{}' has a second factor. Recovery codes, each good once:\n\n  {}\n",
        name,
        fmt::join(codes, "\n  ")
    )};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    if (words.has("--code") && words.has("--remove")) {
        return Error{ErrorCode::invalid_argument, "either --code or --remove", {}};
    }
    ADIC_TRY(AccountBook book, open_chosen_book(words, AccountBook::IfMissing::refuse));
    access::SecondFactors factors(book, access::system_random(), words.text("--issuer"));
    const std::string name = chosen_account(words);
    if (words.has("--code")) {
        return confirm(factors, name, words, session.around.now);
    }
    if (!words.has("--remove")) {
        return begin(factors, name);
    }
    if (auto problem = factors.remove(name, chosen_actor(words), session.around.now)) {
        return *std::move(problem);
    }
    return Outcome{fmt::format("The account '{}' has no second factor any more.\n", name)};
}

}  // namespace

Command account_totp_command() {
    return {
        .name = "account totp",
        .summary = "give an account a second factor: codes of an authenticator app",
        .description = description,
        .arguments = account_arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
