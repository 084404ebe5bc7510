#include "access/account_parts.hpp"
#include "list_commands.hpp"

#include <fmt/format.h>

namespace adic::cli {
namespace {

using access::AccountBook;

constexpr std::array<std::string_view, 1> description{
    "Says whose account it is that a ministry's own login service (OpenID Connect) names: its "
    "issuer, and the subject by which it knows the person. Without a subject, lists the links of "
    "the account."};

constexpr std::array options{
    Option{.name = "--issuer", .value = "URL", .help = "the login service, as its tokens name it"},
    Option{.name = "--subject", .value = "TEXT", .help = "by which it knows the person"},
    Option{.name = "--remove", .value = "", .help = "take the link away, and end its sessions"},
    accounts_option,
    changed_by_option,
};

constexpr std::array examples{
    Example{
        "adic account link siti --issuer https://id.example --subject 7c21 --accounts "
        "my-registry-accounts.db",
        "Siti may log in through the ministry."},
};

Result<Outcome> list(const AccountBook& book, const std::string& name, const access::Actor& actor) {
    ADIC_TRY(const auto links, book.list_links(name, actor));
    std::string text = links.empty() ? "It is linked to no login service.\n" : "";
    for (const access::ExternalIdentity& link : links) {
        text += fmt::format("{} of {}\n", link.subject, link.issuer);
    }
    return Outcome{std::move(text)};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    if (words.has("--issuer") != words.has("--subject")) {
        return Error{ErrorCode::invalid_argument, "--issuer and --subject go together", {}};
    }
    ADIC_TRY(AccountBook book, open_chosen_book(words, AccountBook::IfMissing::refuse));
    const std::string name = chosen_account(words);
    const access::Actor actor = chosen_actor(words);
    if (!words.has("--issuer")) {
        return list(book, name, actor);
    }
    const access::ExternalIdentity identity{words.text("--issuer"), words.text("--subject")};
    const bool removes = words.has("--remove");
    auto problem = removes ? book.unlink(name, identity, actor, session.around.now)
                           : book.link(name, identity, actor, session.around.now);
    if (problem) {
        return *std::move(problem);
    }
    return Outcome{fmt::format(
        "The account '{}' is {} '{}' of {}.\n",
        name,
        removes ? "no longer" : "now",
        identity.subject,
        identity.issuer
    )};
}

}  // namespace

Command account_link_command() {
    return {
        .name = "account link",
        .summary = "say whose account a ministry's login service names",
        .description = description,
        .arguments = account_arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
