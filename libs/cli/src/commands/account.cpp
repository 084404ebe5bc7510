#include "adic/access/api_token.hpp"
#include "adic/base/text.hpp"

#include "access/account_parts.hpp"
#include "list_commands.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace adic::cli {
namespace {

using access::Account;
using access::AccountBook;

constexpr std::array account_columns{
    Column{"name", "account", "what one types to sign in", Show::word},
    Column{"display_name", "", "how it is shown", Show::text, 0, In::data},
    Column{"reads_as", "reads as", "a state (MYS) or an organisation (org:NAME)", Show::word},
    Column{"state", "state", "whose administrators manage it", Show::word},
    Column{"roles", "roles", "what it is for"},
    Column{"cap", "releases to", "the widest audience that it may release to", Show::word},
    Column{"proof", "proves itself with", "a password, a code of a second factor"},
    Column{"locked", "locked", "may not sign in"},
};

constexpr std::array token_columns{
    Column{"id", "token", "names it; it opens nothing", Show::word},
    Column{"label", "label", "what it is for"},
    Column{"scopes", "scopes", "what it may be used for"},
    Column{"expires", "expires", "the day", Show::word},
    Column{"last_used", "last used", "the day", Show::word},
};

constexpr std::array event_columns{
    Column{"at", "at", "when", Show::word},
    Column{"by", "by", "who did it"},
    Column{"account", "account", "with which account", Show::word},
    Column{"what", "what", "was done"},
};

constexpr std::array shapes{
    Shape{"accounts", account_columns},
    Shape{"tokens", token_columns},
    Shape{"history", event_columns}};

constexpr std::array<std::string_view, 2> description{
    "The accounts of a registry: who may sign in to 'adic serve', for whom they read, and what "
    "they may do. With a name, one of them, its tokens and its history.",
    "Whoever owns the file sees all of it: no reader is asked for. It holds no password and no "
    "token, only what is needed to check one."};

constexpr std::array arguments{
    Argument{.name = "NAME", .help = "only this account", .is_required = false}};

constexpr std::array options{
    Option{.name = "--state", .value = "STATE", .help = "only accounts of this state"},
    accounts_option,
    format_option,
};

constexpr std::array examples{
    Example{"adic account --accounts my-registry-accounts.db", "Who may sign in."},
};

Words words_of(std::string_view text) {
    Words words;
    for (const std::string_view word : split(text, ',')) {
        words.emplace_back(word);
    }
    return words;
}

std::string proof_of(const Account& account) {
    std::string proof = account.has_password ? "password" : "";
    if (account.must_change_password) {
        proof += " to be changed";
    }
    if (account.has_second_factor) {
        proof += (proof.empty() ? "" : ", ") + std::string("code");
    }
    return proof;
}

Section accounts_section(const std::vector<Account>& accounts) {
    Section section{"", &shapes[0], {}, "There is no account.", {}};
    for (const Account& account : accounts) {
        section.rows.push_back(
            {account.name,
             account.display_name,
             access::reader_name(access::principal_of(account, true)),
             account.state,
             words_of(access::to_text(account.roles)),
             std::string(access::name_of_cap(account.widest)),
             proof_of(account),
             !account.is_enabled}
        );
    }
    return section;
}

Section tokens_section(const std::vector<access::ApiToken>& tokens) {
    Section section{"Tokens", &shapes[1], {}, "It has no tokens.", {}};
    for (const access::ApiToken& token : tokens) {
        section.rows.push_back(
            {token.id,
             token.label,
             words_of(access::to_text(token.scopes)),
             fmt::format("{:%Y-%m-%d}", token.expires),
             token.last_used ? Cell{fmt::format("{:%Y-%m-%d}", *token.last_used)} : Cell{}}
        );
    }
    return section;
}

Section history_section(const std::vector<access::AccountEvent>& events) {
    Section section{"History", &shapes[2], {}, "", {}};
    for (const access::AccountEvent& event : events) {
        section.rows.push_back(
            {fmt::format("{:%Y-%m-%d %H:%M:%S}", event.at), event.by, event.account, event.what}
        );
    }
    return section;
}

Result<Outcome> show_one(AccountBook& book, const std::string& name) {
    ADIC_TRY(const auto account, book.find(name));
    if (!account) {
        return Error{ErrorCode::not_found, "there is no such account", {}};
    }
    constexpr std::size_t most_events = 100;
    ADIC_TRY(
        const auto tokens,
        access::ApiTokens(book, access::system_random()).list(account->name)
    );
    ADIC_TRY(const auto events, book.history(account->name, most_events));
    return Outcome{Report{
        {},
        {accounts_section({*account}), tokens_section(tokens), history_section(events)},
        {}}};
}

Result<Outcome> run(const Invocation& words, const Session& /*session*/) {
    ADIC_TRY(AccountBook book, open_chosen_book(words, AccountBook::IfMissing::refuse));
    if (words.has("NAME")) {
        return show_one(book, chosen_account(words));
    }
    ADIC_TRY(const auto accounts, book.list(words.text("--state")));
    return Outcome{Report{{}, {accounts_section(accounts)}, {}}};
}

}  // namespace

Command account_command() {
    return {
        .name = "account",
        .summary = "list the accounts that may sign in to a registry",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
