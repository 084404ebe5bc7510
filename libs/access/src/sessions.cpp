#include "adic/access/session.hpp"

#include "book_file.hpp"
#include "encoding.hpp"

#include <array>

#include <sodium.h>

namespace adic::access {
namespace {

using sqlite::Database;
using sqlite::Statement;
using std::chrono::sys_seconds;

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t secret_characters = 43;
constexpr std::size_t id_digits = 16;
constexpr std::size_t longest_agent = 128;
constexpr std::chrono::seconds use_is_noted_after{60};  // else every request would write

constexpr std::string_view session_columns =
    "s.id, s.account, s.opened, s.last_used, s.ends, s.has_second_factor, s.address, s.agent, "
    "s.rights";
constexpr int session_column_count = 9;

Session session_in(const Statement& row) {
    return {
        row.text(0),
        row.text(1),
        to_time(row.number(2)),
        to_time(row.number(3)),
        to_time(row.number(4)),
        row.number(5) != 0,
        row.text(6),
        row.text(7)};
}

struct Found {
    Session session;
    Account account;
    std::uint64_t rights = 0;
};

Result<std::optional<Found>> find_session(const Database& database, std::string_view hash) {
    ADIC_TRY(
        Statement row,
        prepared(
            database,
            "SELECT " + std::string(session_columns) + ", " + std::string(account_columns)
                + " FROM session s JOIN account a ON a.name = s.account WHERE s.hash = ?",
            hash
        )
    );
    ADIC_TRY(const bool is_there, row.step());
    if (!is_there) {
        return std::optional<Found>{};
    }
    return std::optional{Found{
        session_in(row),
        account_in(row, session_column_count),
        static_cast<std::uint64_t>(row.number(session_column_count - 1))}};
}

bool is_open(const Session& session, const SessionPolicy& policy, sys_seconds now) {
    return now < session.ends && now < session.last_used + policy.idle;
}

bool is_good(const Found& found, const SessionPolicy& policy, sys_seconds now) {
    return is_open(found.session, policy, now) && found.account.is_enabled
           && found.rights == found.account.rights;
}

/// A secret, and what is stored of it.
struct Secret {
    std::string text;
    std::string hash;
    std::string id;
};

Secret make_secret(const RandomSource& random) {
    Secret secret;
    secret.text = base64url_of(random_bytes(random, secret_bytes));
    secret.hash = stored_form(secret.text);
    secret.id = secret.hash.substr(0, id_digits);
    return secret;
}

bool has_form_of_secret(std::string_view text) {
    return text.size() == secret_characters;
}

/// Those that have ended go, and those beyond what an account may have.
std::optional<Error> make_room(
    const Database& database,
    std::string_view account,
    const SessionPolicy& policy,
    sys_seconds now
) {
    auto ended = execute(
        database,
        "DELETE FROM session WHERE account = ? AND (ends <= ? OR last_used <= ?)",
        account,
        to_number(now),
        to_number(now - policy.idle)
    );
    if (!ended) {
        return std::move(ended).error();
    }
    return problem_in(execute(
        database,
        "DELETE FROM session WHERE hash IN (SELECT hash FROM session WHERE account = ? "
        "ORDER BY last_used DESC, hash LIMIT -1 OFFSET ?)",
        account,
        static_cast<std::int64_t>(policy.most) - 1
    ));
}

std::optional<Error>
insert(const Database& database, const Secret& secret, const Session& session, const Account& of) {
    return problem_in(execute(
        database,
        "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        secret.hash,
        session.id,
        session.account,
        to_number(session.opened),
        to_number(session.last_used),
        to_number(session.ends),
        static_cast<std::int64_t>(of.rights),
        std::int64_t{session.has_second_factor ? 1 : 0},
        session.address,
        session.agent
    ));
}

/// A session that is found and no longer good is taken away; one that is, is noted as used.
std::optional<Error>
note_use(BookFile& file, std::string_view hash, bool is_good, sys_seconds now) {
    return problem_in(file.change([&](const Database& database) {
        if (!is_good) {
            return execute(database, "DELETE FROM session WHERE hash = ?", hash);
        }
        return execute(
            database,
            "UPDATE session SET last_used = max(last_used, ?) WHERE hash = ?",
            to_number(now),
            hash
        );
    }));
}

Error no_such_session() {
    return {ErrorCode::not_found, "there is no such session", {}};
}

}  // namespace

Sessions::Sessions(AccountBook& book, RandomSource random, SessionPolicy policy)
    : book_(&book)
    , random_(std::move(random))
    , policy_(policy) {}

Result<OpenedSession>
Sessions::open(std::string_view name, const SessionOrigin& origin, sys_seconds now) {
    return book_->file().change([&](const Database& database) -> Result<OpenedSession> {
        ADIC_TRY(const Account account, account_in_book(database, name));
        if (!account.is_enabled) {
            return no_such_account();
        }
        if (auto problem = make_room(database, name, policy_, now)) {
            return *std::move(problem);
        }
        const Secret secret = make_secret(random_);
        const Session session{
            secret.id,
            account.name,
            now,
            now,
            now + policy_.absolute,
            origin.has_second_factor,
            tamed(origin.address, longest_agent),
            tamed(origin.agent, longest_agent)};
        if (auto problem = insert(database, secret, session, account)) {
            return *std::move(problem);
        }
        return OpenedSession{secret.text, csrf_token_of(secret.text), session};
    });
}

Result<std::optional<SignedIn>> Sessions::find(std::string_view secret, sys_seconds now) {
    if (!has_form_of_secret(secret)) {
        return std::optional<SignedIn>{};
    }
    const std::string hash = stored_form(secret);
    BookFile& file = book_->file();
    ADIC_TRY(auto found, file.read([&](const Database& d) { return find_session(d, hash); }));
    if (!found) {
        return std::optional<SignedIn>{};
    }
    const bool good = is_good(*found, policy_, now);
    if (!good || now - found->session.last_used >= use_is_noted_after) {
        if (auto problem = note_use(file, hash, good, now)) {
            return *std::move(problem);
        }
        found->session.last_used = std::max(found->session.last_used, now);
    }
    if (!good) {
        return std::optional<SignedIn>{};
    }
    Principal principal =
        principal_of(found->account, found->session.has_second_factor, policy_.second_factor);
    return std::optional{
        SignedIn{std::move(found->session), std::move(found->account), std::move(principal)}};
}

Result<OpenedSession>
Sessions::renew(std::string_view secret, bool has_second_factor, sys_seconds now) {
    if (!has_form_of_secret(secret)) {
        return no_such_session();
    }
    const std::string hash = stored_form(secret);
    return book_->file().change([&](const Database& database) -> Result<OpenedSession> {
        ADIC_TRY(auto found, find_session(database, hash));
        if (!found || !is_good(*found, policy_, now)) {
            return no_such_session();
        }
        const Secret anew = make_secret(random_);
        Session session = std::move(found->session);
        session.id = anew.id;
        session.last_used = std::max(session.last_used, now);
        session.has_second_factor = has_second_factor;
        ADIC_TRY(
            const std::int64_t gone,
            execute(database, "DELETE FROM session WHERE hash = ?", hash)
        );
        static_cast<void>(gone);
        if (auto problem = insert(database, anew, session, found->account)) {
            return *std::move(problem);
        }
        return OpenedSession{anew.text, csrf_token_of(anew.text), session};
    });
}

std::optional<Error> Sessions::close(std::string_view secret) {
    const std::string hash = stored_form(secret);
    return problem_in(book_->file().change([&](const Database& database) {
        return execute(database, "DELETE FROM session WHERE hash = ?", hash);
    }));
}

std::optional<Error> Sessions::close_one(std::string_view account, std::string_view id) {
    const auto closed = book_->file().change([&](const Database& database) {
        return execute(database, "DELETE FROM session WHERE account = ? AND id = ?", account, id);
    });
    if (!closed) {
        return closed.error();
    }
    return *closed == 0 ? std::optional{no_such_session()} : std::nullopt;
}

std::optional<Error> Sessions::close_all(std::string_view account) {
    return problem_in(book_->file().change([&](const Database& database) {
        return execute(database, "DELETE FROM session WHERE account = ?", account);
    }));
}

Result<std::vector<Session>> Sessions::list(std::string_view account, sys_seconds now) const {
    ADIC_TRY(std::vector<Session> sessions, book_->file().read([&](const Database& database) {
        return collected(
            prepared(
                database,
                "SELECT " + std::string(session_columns)
                    + " FROM session s WHERE s.account = ? ORDER BY s.last_used DESC, s.id",
                account
            ),
            session_in
        );
    }));
    std::erase_if(sessions, [&](const Session& one) { return !is_open(one, policy_, now); });
    return sessions;
}

std::string csrf_token_of(std::string_view session_secret) {
    constexpr std::string_view purpose = "adic csrf token 1";
    std::string code(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes_of(session_secret), session_secret.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(purpose), purpose.size());
    crypto_auth_hmacsha256_final(&state, bytes_of(code));
    return base64url_of(code);
}

bool is_csrf_token_of(std::string_view session_secret, std::string_view token) {
    return is_same_secret(csrf_token_of(session_secret), token);
}

}  // namespace adic::access
