#include "adic/access/account_book.hpp"

#include "book_file.hpp"

#include <algorithm>
#include <array>

namespace adic::access {
namespace {

using sqlite::Database;
using sqlite::Statement;

constexpr std::size_t longest_display_name = 128;
constexpr std::size_t longest_identifier = 128;
constexpr std::size_t longest_identity = 1024;

Error invalid(std::string message) {
    return {ErrorCode::invalid_argument, std::move(message), {}};
}

bool is_line(std::string_view text, std::size_t most) {
    return text.size() <= most && std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) < ' ' || c == '\x7F';
           });
}

bool is_identifier(std::string_view text) {
    return !text.empty() && is_line(text, longest_identifier)
           && text.find(' ') == std::string_view::npos;
}

std::optional<Error> problem_of(const NewAccount& account) {
    if (!is_account_name(account.name)) {
        return invalid(
            "'" + account.name
            + "' is no name of an account: it takes small letters, digits, '.', '-', '_' and '@', "
              "64 at most, and begins with a letter or a digit"
        );
    }
    if (!is_line(account.display_name, longest_display_name)) {
        return invalid("a display name is one line of at most 128 bytes");
    }
    const bool is_of_no_state = account.state.empty() && !account.organisation.empty();
    if (!is_of_no_state && !is_identifier(account.state)) {
        return invalid("an account belongs to a state");
    }
    if (account.organisation.find_first_of(":;@") != std::string::npos) {
        return invalid("the identifier of an organisation has no ':', ';' or '@' in it");
    }
    if (account.organisation == "nobody") {
        return invalid("no organisation is called so: it is the word for none");
    }
    if (!account.organisation.empty() && !is_identifier(account.organisation)) {
        return invalid("the organisation is named by its identifier");
    }
    if (account.roles.is_empty()) {
        return invalid("an account has at least one role");
    }
    return std::nullopt;
}

/// How many enabled accounts may manage accounts, but for one.
Result<std::int64_t> other_administrators(const Database& database, std::string_view name) {
    ADIC_TRY(
        Statement count,
        prepared(
            database,
            "SELECT count(*) FROM account WHERE is_enabled = 1 AND organisation = '' "
            "AND (roles & ?) <> 0 AND name <> ?",
            std::int64_t{Roles{Role::administrator}.bits()},
            name
        )
    );
    ADIC_TRY(const bool is_there, count.step());
    return is_there ? count.number(0) : 0;
}

bool administrates(const Account& account) {
    return account.is_enabled && account.roles.has(Role::administrator)
           && account.organisation.empty();
}

Result<Account> insert(const Database& database, const Account& account) {
    ADIC_TRY(
        const std::int64_t inserted,
        execute(
            database,
            "INSERT INTO account VALUES (?, ?, ?, ?, ?, ?, 1, 0, '', 0, '', '', 0, ?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            account.name,
            account.display_name,
            account.state,
            account.organisation,
            std::int64_t{account.roles.bits()},
            static_cast<std::int64_t>(account.widest),
            to_number(account.created),
            account.created_by,
            to_number(account.changed),
            account.changed_by
        )
    );
    if (inserted == 0) {
        return Error{ErrorCode::conflict, "the name '" + account.name + "' is taken", {}};
    }
    return account;
}

/// The state that a name of an organisation belongs to, empty for one of no state.
Result<std::optional<std::string>>
state_of_organisation(const Database& database, std::string_view name) {
    ADIC_TRY(
        Statement row,
        prepared(database, "SELECT state FROM organisation WHERE name = ?", name)
    );
    ADIC_TRY(const bool is_there, row.step());
    return is_there ? std::optional{row.text(0)} : std::nullopt;
}

/// Why the account cannot speak for its organisation; empty: it can, and the name is its state's
/// from now on. To administrators it says no more than that.
std::optional<Error>
claim_organisation(const Database& database, const Account& account, const Actor& by) {
    if (account.organisation.empty()) {
        return std::nullopt;
    }
    const auto of = state_of_organisation(database, account.organisation);
    if (!of) {
        return of.error();
    }
    if (!*of) {
        return problem_in(execute(
            database,
            "INSERT INTO organisation VALUES (?, ?)",
            account.organisation,
            account.state
        ));
    }
    if (**of == account.state || (by.owns_file() && (*of)->empty())) {
        return std::nullopt;
    }
    const std::string name = "org:" + account.organisation;
    return Error{
        ErrorCode::conflict,
        by.owns_file() ? name + " belongs to " + **of
                       : name + " cannot be used for accounts of " + account.state,
        {}};
}

std::string said(const Account& account) {
    std::string text = "made for " + (account.state.empty() ? "no state" : account.state);
    if (!account.organisation.empty()) {
        text += ", org:" + account.organisation;
    }
    return text + ", roles " + to_text(account.roles) + ", releases to "
           + std::string(name_of_cap(account.widest));
}

/// What became of an account, and how it is told.
struct Changed {
    Account account;
    std::string what;
    bool rights = false;

    void say(std::string part) { what += (what.empty() ? "" : "; ") + std::move(part); }
};

Changed changed(Account account, const AccountChange& change) {
    Changed after{std::move(account), {}, false};
    if (change.display_name && *change.display_name != after.account.display_name) {
        after.account.display_name = *change.display_name;
        after.say("another display name");
    }
    if (change.roles && *change.roles != after.account.roles) {
        after.say("roles " + to_text(after.account.roles) + " -> " + to_text(*change.roles));
        after.account.roles = *change.roles;
        after.rights = true;
    }
    if (change.widest && *change.widest != after.account.widest) {
        after.say(
            "releases to " + std::string(name_of_cap(after.account.widest)) + " -> "
            + std::string(name_of_cap(*change.widest))
        );
        after.account.widest = *change.widest;
        after.rights = true;
    }
    if (change.is_enabled && *change.is_enabled != after.account.is_enabled) {
        after.say(*change.is_enabled ? "unlocked" : "locked");
        after.account.is_enabled = *change.is_enabled;
        after.rights = true;
    }
    return after;
}

std::optional<Error> problem_of(const AccountChange& change) {
    if (change.roles && change.roles->is_empty()) {
        return invalid("an account has at least one role; lock one that is no longer used");
    }
    if (change.display_name
        && (change.display_name->empty() || !is_line(*change.display_name, longest_display_name))) {
        return invalid("a display name is one line of 1 to 128 bytes");
    }
    return std::nullopt;
}

std::optional<Error> store(const Database& database, const Changed& after) {
    const Account& account = after.account;
    auto stored = execute(
        database,
        "UPDATE account SET display_name = ?, roles = ?, widest = ?, is_enabled = ?, changed = ?, "
        "changed_by = ? WHERE name = ?",
        account.display_name,
        std::int64_t{account.roles.bits()},
        static_cast<std::int64_t>(account.widest),
        std::int64_t{account.is_enabled ? 1 : 0},
        to_number(account.changed),
        account.changed_by,
        account.name
    );
    if (!stored) {
        return std::move(stored).error();
    }
    return after.rights ? end_sessions(database, account.name) : std::nullopt;
}

/// Writes what a change has become of an account, unless it takes away too much.
Result<Account> apply(
    const Database& database,
    Account before,
    const AccountChange& change,
    const Actor& by,
    std::chrono::sys_seconds at
) {
    const bool was_administrator = administrates(before);
    Changed after = changed(std::move(before), change);
    if (after.what.empty()) {
        return after.account;
    }
    if (after.rights && by.account() == after.account.name) {
        return Error{ErrorCode::conflict, "nobody changes their own rights", {}};
    }
    if (was_administrator && !administrates(after.account)) {
        ADIC_TRY(const std::int64_t others, other_administrators(database, after.account.name));
        if (others == 0) {
            return Error{
                ErrorCode::conflict,
                "this is the last administrator: make another first",
                {}};
        }
    }
    if (change.is_enabled.value_or(false)) {
        if (auto problem = claim_organisation(database, after.account, by)) {
            return *std::move(problem);
        }
    }
    after.account.changed = at;
    after.account.changed_by = by.name();
    if (auto problem = store(database, after)) {
        return *std::move(problem);
    }
    if (auto problem = note(database, {0, at, by.name(), after.account.name, after.what})) {
        return *std::move(problem);
    }
    return account_in_book(database, after.account.name);
}

AccountEvent event_in(const Statement& row) {
    return {
        static_cast<std::uint64_t>(row.number(0)),
        to_time(row.number(1)),
        row.text(2),
        row.text(3),
        row.text(4)};
}

}  // namespace

AccountBook::AccountBook(std::unique_ptr<BookFile> file) : file_(std::move(file)) {}

AccountBook::AccountBook(AccountBook&& other) noexcept = default;
AccountBook& AccountBook::operator=(AccountBook&& other) noexcept = default;
AccountBook::~AccountBook() = default;

Result<AccountBook> AccountBook::open(const std::filesystem::path& file, IfMissing missing) {
    ADIC_TRY(std::unique_ptr<BookFile> opened, BookFile::open(file, missing));
    return AccountBook(std::move(opened));
}

Result<Account>
AccountBook::add(const NewAccount& wanted, const Actor& by, std::chrono::sys_seconds at) {
    if (auto problem = problem_of(wanted)) {
        return *std::move(problem);
    }
    if (!by.may_manage(wanted.state)) {
        return Error{ErrorCode::not_found, "there is no such state", {}};
    }
    Account account;
    account.name = wanted.name;
    account.display_name = wanted.display_name.empty() ? wanted.name : wanted.display_name;
    account.state = wanted.state;
    account.organisation = wanted.organisation;
    account.roles = wanted.roles;
    account.widest = wanted.widest.value_or(usual_cap(wanted.roles));
    account.created = account.changed = at;
    account.created_by = account.changed_by = by.name();
    return file_->change([&](const Database& database) -> Result<Account> {
        ADIC_TRY(const std::int64_t others, other_administrators(database, {}));
        if (others == 0 && !administrates(account)) {
            return invalid("the first account is an administrator's, an official of a state");
        }
        if (auto problem = claim_organisation(database, account, by)) {
            return *std::move(problem);
        }
        ADIC_TRY(Account made, insert(database, account));
        if (auto problem = note(database, {0, at, by.name(), account.name, said(account)})) {
            return *std::move(problem);
        }
        return made;
    });
}

Result<std::optional<Account>> AccountBook::find(std::string_view name) const {
    return file_->read([&](const Database& database) { return find_account(database, name); });
}

Result<std::vector<Account>> AccountBook::list(std::string_view state) const {
    return file_->read([&](const Database& database) {
        return collected(
            prepared(
                database,
                "SELECT " + std::string(account_columns)
                    + " FROM account a WHERE ?1 = '' OR a.state = ?1 ORDER BY a.name",
                state
            ),
            [](const Statement& row) { return account_in(row); }
        );
    });
}

Result<Account> AccountBook::change(
    std::string_view name,
    const AccountChange& change,
    const Actor& by,
    std::chrono::sys_seconds at
) {
    if (auto problem = problem_of(change)) {
        return *std::move(problem);
    }
    return file_->change([&](const Database& database) -> Result<Account> {
        ADIC_TRY(Account before, managed_account(database, name, by));
        return apply(database, std::move(before), change, by, at);
    });
}

std::optional<Error> AccountBook::link(
    std::string_view name,
    const ExternalIdentity& identity,
    const Actor& by,
    std::chrono::sys_seconds at
) {
    if (identity.issuer.empty() || identity.subject.empty()
        || !is_line(identity.issuer, longest_identity)
        || !is_line(identity.subject, longest_identity)) {
        return invalid("an identity is an issuer and a subject, of at most 1024 bytes each");
    }
    return problem_in(file_->change([&](const Database& database) -> Result<Done> {
        ADIC_TRY(const Account account, managed_account(database, name, by));
        ADIC_TRY(
            const std::int64_t linked,
            execute(
                database,
                "INSERT INTO link VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                identity.issuer,
                identity.subject,
                account.name
            )
        );
        if (linked == 0) {
            return Error{ErrorCode::conflict, "the identity is linked already", {}};
        }
        const std::string what = "linked to '" + identity.subject + "' of " + identity.issuer;
        if (auto problem = note(database, {0, at, by.name(), account.name, what})) {
            return *std::move(problem);
        }
        return Done{};
    }));
}

std::optional<Error> AccountBook::unlink(
    std::string_view name,
    const ExternalIdentity& identity,
    const Actor& by,
    std::chrono::sys_seconds at
) {
    return problem_in(file_->change([&](const Database& database) -> Result<Done> {
        ADIC_TRY(const Account account, managed_account(database, name, by));
        ADIC_TRY(
            const std::int64_t unlinked,
            execute(
                database,
                "DELETE FROM link WHERE issuer = ? AND subject = ? AND account = ?",
                identity.issuer,
                identity.subject,
                account.name
            )
        );
        if (unlinked == 0) {
            return Error{ErrorCode::not_found, "the account has no such link", {}};
        }
        const std::string what = "unlinked from '" + identity.subject + "' of " + identity.issuer;
        if (auto problem = note(database, {0, at, by.name(), account.name, what})) {
            return *std::move(problem);
        }
        if (auto problem = end_sessions(database, account.name)) {
            return *std::move(problem);
        }
        return Done{};
    }));
}

Result<std::vector<ExternalIdentity>>
AccountBook::list_links(std::string_view name, const Actor& by) const {
    using Links = Result<std::vector<ExternalIdentity>>;
    return file_->read([&](const Database& database) -> Links {
        ADIC_TRY(const Account account, managed_account(database, name, by));
        return collected(
            prepared(
                database,
                "SELECT issuer, subject FROM link WHERE account = ? ORDER BY issuer, subject",
                account.name
            ),
            [](const Statement& row) {
                return ExternalIdentity{row.text(0), row.text(1)};
            }
        );
    });
}

Result<std::optional<Account>> AccountBook::find_linked(const ExternalIdentity& identity) const {
    return file_->read([&](const Database& database) -> Result<std::optional<Account>> {
        ADIC_TRY(
            Statement row,
            prepared(
                database,
                "SELECT " + std::string(account_columns)
                    + " FROM link l JOIN account a ON a.name = l.account WHERE l.issuer = ? AND "
                      "l.subject = ? AND a.is_enabled = 1",
                identity.issuer,
                identity.subject
            )
        );
        ADIC_TRY(const bool is_there, row.step());
        return is_there ? std::optional{account_in(row)} : std::nullopt;
    });
}

Result<std::vector<AccountEvent>> AccountBook::history(std::string_view account, std::size_t most)
    const {
    return file_->read([&](const Database& database) {
        return collected(
            prepared(
                database,
                "SELECT number, at, by, account, what FROM event WHERE ?1 = '' OR account = ?1 "
                "ORDER BY number DESC LIMIT ?2",
                account,
                static_cast<std::int64_t>(most)
            ),
            event_in
        );
    });
}

}  // namespace adic::access
