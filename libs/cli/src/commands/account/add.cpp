#include "adic/app/registry.hpp"

#include "access/account_parts.hpp"
#include "frame/chosen.hpp"
#include "list_commands.hpp"

#include <fmt/format.h>

namespace adic::cli {
namespace {

using access::AccountBook;

constexpr std::array<std::string_view, 2> description{
    "Adds an account. It signs in once it has a password (adic account password) or is linked to "
    "the login service of its ministry (adic account link).",
    "The first account of a registry is made here, and is an administrator's; others may be made "
    "in the program. docs/reference/access.md says what each role may do."};

constexpr std::array options{
    Option{
        .name = "--state",
        .value = "STATE",
        .help = "that it is an official of, or that its organisation belongs to; without it, an "
                "organisation of no state"},
    roles_option,
    Option{
        .name = "--organisation",
        .value = "ORGANISATION",
        .help = "that it speaks for instead of the state: org: and its identifier"},
    Option{.name = "--display-name", .value = "TEXT", .help = "how it is shown"},
    cap_option,
    accounts_option,
    changed_by_option,
};

constexpr std::array examples{
    Example{
        "adic account add siti --state MYS --roles administrator --accounts "
        "my-registry-accounts.db",
        "The first account."},
    Example{
        "adic account add desk --organisation org:secretariat --roles reader --accounts "
        "my-registry-accounts.db",
        "The region's secretariat, which is of no state."},
    Example{
        "adic account add ptx --state MYS --organisation org:PTX --roles reader,editor --accounts "
        "my-registry-accounts.db",
        "A firm that keeps its own records."},
};

Result<std::string> chosen_state(const Invocation& words, const Session& session) {
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    const auto today = std::chrono::floor<std::chrono::days>(session.around.now);
    ADIC_TRY(const model::Reader reader, app::find_reader(data, words.text("--state"), today));
    if (!reader.is_official) {
        return Error{ErrorCode::invalid_argument, "--state is a state", {}};
    }
    return reader.state;
}

/// Without its "org:".
Result<std::string> chosen_organisation(const Invocation& words) {
    constexpr std::string_view prefix = "org:";
    const std::string& text = words.text("--organisation");
    if (!words.has("--organisation")) {
        return std::string{};
    }
    if (!text.starts_with(prefix) || text.size() == prefix.size()) {
        return Error{
            ErrorCode::invalid_argument,
            "--organisation is org: and the identifier of an organisation",
            {}};
    }
    return text.substr(prefix.size());
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    const bool is_of_state = words.has("--state");
    if ((!is_of_state && !words.has("--organisation")) || !words.has("--roles")) {
        return Error{ErrorCode::invalid_argument, "--state and --roles must be given", {}};
    }
    access::NewAccount wanted;
    wanted.name = chosen_account(words);
    wanted.display_name = words.text("--display-name");
    if (is_of_state) {
        ADIC_TRY(wanted.state, chosen_state(words, session));
    }
    ADIC_TRY(wanted.organisation, chosen_organisation(words));
    ADIC_TRY(wanted.roles, access::parse_roles(words.text("--roles")));
    wanted.widest = chosen_cap(words);
    ADIC_TRY(AccountBook book, open_chosen_book(words, AccountBook::IfMissing::make));
    ADIC_TRY(const access::Account made, book.add(wanted, chosen_actor(words), session.around.now));
    return Outcome{fmt::format(
        "The account '{}' reads as {} with the roles {}, and may release to {}.\nIt has no "
        "password yet: 'adic account password {}' gives it one.\n",
        made.name,
        access::reader_name(access::principal_of(made, true)),
        access::to_text(made.roles),
        access::name_of_cap(made.widest),
        made.name
    )};
}

}  // namespace

Command account_add_command() {
    return {
        .name = "account add",
        .summary = "add an account that may sign in to a registry",
        .description = description,
        .arguments = account_arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
