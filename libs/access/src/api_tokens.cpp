#include "adic/access/api_token.hpp"
#include "adic/base/sha256.hpp"

#include "book_file.hpp"
#include "encoding.hpp"

namespace adic::access {
namespace {

using sqlite::Database;
using sqlite::Statement;
using std::chrono::sys_seconds;

constexpr std::string_view prefix = "adic_";
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t secret_characters = 43;
constexpr std::size_t checksum_bytes = 4;
constexpr std::size_t checksum_characters = 6;
constexpr std::size_t id_digits = 16;
constexpr std::size_t longest_label = 128;
constexpr std::int64_t most_of_one_account = 50;
constexpr std::chrono::days longest_life{365};

constexpr std::string_view token_columns =
    "t.id, t.account, t.label, t.scopes, t.made, t.expires, t.last_used_day";
constexpr int token_column_count = 7;

std::string checksum_of(std::string_view secret) {
    return base64url_of(sha256(std::string(prefix) + std::string(secret)).substr(0, checksum_bytes)
    );
}

ApiToken token_in(const Statement& row) {
    ApiToken token{
        row.text(0),
        row.text(1),
        row.text(2),
        Scopes::from_bits(static_cast<std::uint32_t>(row.number(3))),
        to_time(row.number(4)),
        to_time(row.number(5)),
        {}};
    if (row.number(6) != 0) {
        token.last_used = std::chrono::sys_days{std::chrono::days{row.number(6)}};
    }
    return token;
}

Error invalid(std::string message) {
    return {ErrorCode::invalid_argument, std::move(message), {}};
}

Error no_such_token() {
    return {ErrorCode::not_found, "there is no such token", {}};
}

/// Empty if the account may have a token of these scopes.
std::optional<Error>
problem_of(const NewToken& wanted, const Account& account, const SecondFactorPolicy& policy) {
    if (wanted.scopes.is_empty()) {
        return invalid("a token has at least one scope");
    }
    if (wanted.life < std::chrono::days{1} || wanted.life > longest_life) {
        return invalid("a token lives for 1 to 365 days");
    }
    const Principal principal = principal_of(account, account.has_second_factor, policy);
    for (const Scope scope :
         {Scope::read, Scope::write, Scope::release, Scope::audit, Scope::admin}) {
        const Permissions asked = permissions_of(Scopes{scope});
        if (!wanted.scopes.has(scope) || principal.permissions.has_any_of(asked)) {
            continue;
        }
        const std::string name{name_of(scope)};
        return principal.withheld.has_any_of(asked)
                   ? invalid("the scope " + name + " takes a second factor: enrol one first")
                   : invalid("the roles of the account do not give the scope " + name);
    }
    return std::nullopt;
}

Result<std::int64_t> count_of(const Database& database, std::string_view account, sys_seconds now) {
    ADIC_TRY(
        Statement row,
        prepared(
            database,
            "SELECT count(*) FROM token WHERE account = ? AND expires > ?",
            account,
            to_number(now)
        )
    );
    ADIC_TRY(const bool is_there, row.step());
    return is_there ? row.number(0) : 0;
}

struct Found {
    ApiToken token;
    Account account;
};

Result<std::optional<Found>> find_token(const Database& database, std::string_view hash) {
    ADIC_TRY(
        Statement row,
        prepared(
            database,
            "SELECT " + std::string(token_columns) + ", " + std::string(account_columns)
                + " FROM token t JOIN account a ON a.name = t.account WHERE t.hash = ?",
            hash
        )
    );
    ADIC_TRY(const bool is_there, row.step());
    if (!is_there) {
        return std::optional<Found>{};
    }
    return std::optional{Found{token_in(row), account_in(row, token_column_count)}};
}

std::optional<Error> note_use(BookFile& file, std::string_view hash, std::chrono::sys_days today) {
    return problem_in(file.change([&](const Database& database) {
        return execute(
            database,
            "UPDATE token SET last_used_day = ? WHERE hash = ?",
            std::int64_t{today.time_since_epoch().count()},
            hash
        );
    }));
}

std::optional<Error>
insert(const Database& database, const ApiToken& token, std::string_view hash, const Actor& by) {
    auto inserted = execute(
        database,
        "INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
        hash,
        token.id,
        token.account,
        token.label,
        std::int64_t{token.scopes.bits()},
        to_number(token.made),
        to_number(token.expires)
    );
    if (!inserted) {
        return std::move(inserted).error();
    }
    const std::string what = "token " + token.id + " made, scopes " + to_text(token.scopes);
    return note(database, {0, token.made, by.name(), token.account, what});
}

}  // namespace

std::string make_token_text(const RandomSource& random) {
    const std::string secret = base64url_of(random_bytes(random, secret_bytes));
    return std::string(prefix) + secret + checksum_of(secret);
}

bool is_token_text(std::string_view text) {
    if (!text.starts_with(prefix)
        || text.size() != prefix.size() + secret_characters + checksum_characters) {
        return false;
    }
    const std::string_view secret = text.substr(prefix.size(), secret_characters);
    const auto bytes = bytes_of_base64url(secret);
    return bytes && bytes->size() == secret_bytes
           && text.substr(prefix.size() + secret_characters) == checksum_of(secret);
}

ApiTokens::ApiTokens(AccountBook& book, RandomSource random, SecondFactorPolicy second_factor)
    : book_(&book)
    , random_(std::move(random))
    , second_factor_(second_factor) {}

Result<MadeToken>
ApiTokens::make(std::string_view name, const NewToken& wanted, const Actor& by, sys_seconds now) {
    return book_->file().change([&](const Database& database) -> Result<MadeToken> {
        ADIC_TRY(const Account account, account_in_book(database, name));
        if (!by.may_act_for(account.name) || !account.is_enabled) {
            return no_such_account();
        }
        if (auto problem = problem_of(wanted, account, second_factor_)) {
            return *std::move(problem);
        }
        ADIC_TRY(const std::int64_t already, count_of(database, name, now));
        if (already >= most_of_one_account) {
            return Error{
                ErrorCode::conflict,
                "the account has 50 tokens already: revoke those that are not used",
                {}};
        }
        std::string text = make_token_text(random_);
        const std::string hash = stored_form(text);
        const ApiToken token{
            hash.substr(0, id_digits),
            account.name,
            tamed(wanted.label, longest_label),
            wanted.scopes,
            now,
            now + wanted.life,
            {}};
        if (auto problem = insert(database, token, hash, by)) {
            return *std::move(problem);
        }
        return MadeToken{std::move(text), token};
    });
}

Result<std::optional<TokenPrincipal>> ApiTokens::find(std::string_view text, sys_seconds now) {
    if (!is_token_text(text)) {
        return std::optional<TokenPrincipal>{};
    }
    const std::string hash = stored_form(text);
    BookFile& file = book_->file();
    ADIC_TRY(auto found, file.read([&](const Database& d) { return find_token(d, hash); }));
    if (!found || now >= found->token.expires || !found->account.is_enabled) {
        return std::optional<TokenPrincipal>{};
    }
    auto& [token, account] = *found;
    const auto today = std::chrono::floor<std::chrono::days>(now);
    if (!token.last_used || *token.last_used < today) {
        if (auto problem = note_use(file, hash, today)) {
            return *std::move(problem);
        }
        token.last_used = today;
    }
    Principal principal = principal_of(account, account.has_second_factor, second_factor_);
    principal.permissions = principal.permissions & permissions_of(token.scopes);
    principal.withheld = {};
    principal.token = token.id;
    return std::optional{
        TokenPrincipal{std::move(token), std::move(account), std::move(principal)}};
}

std::optional<Error>
ApiTokens::revoke(std::string_view name, std::string_view id, const Actor& by, sys_seconds now) {
    return problem_in(book_->file().change([&](const Database& database) -> Result<Done> {
        ADIC_TRY(const Account account, account_in_book(database, name));
        if (!by.may_act_for(account.name) && !by.may_manage(account.state)) {
            return no_such_account();
        }
        ADIC_TRY(
            const std::int64_t revoked,
            execute(database, "DELETE FROM token WHERE account = ? AND id = ?", name, id)
        );
        if (revoked == 0) {
            return no_such_token();
        }
        const std::string what = "token " + std::string(id) + " revoked";
        if (auto problem = note(database, {0, now, by.name(), account.name, what})) {
            return *std::move(problem);
        }
        return Done{};
    }));
}

Result<std::vector<ApiToken>> ApiTokens::list(std::string_view account) const {
    return book_->file().read([&](const Database& database) {
        return collected(
            prepared(
                database,
                "SELECT " + std::string(token_columns)
                    + " FROM token t WHERE t.account = ? ORDER BY t.made DESC, t.id",
                account
            ),
            token_in
        );
    });
}

}  // namespace adic::access
