#include "adic/access/second_factor.hpp"
#include "adic/access/totp.hpp"

#include "book_file.hpp"
#include "encoding.hpp"

#include <algorithm>

namespace adic::access {
namespace {

using sqlite::Database;
using sqlite::Statement;
using std::chrono::sys_seconds;

constexpr std::size_t secret_bytes = 20;    // RFC 4226, section 4, R6
constexpr std::size_t recovery_bytes = 15;  // 120 bits: a plain hash keeps them
constexpr std::size_t group = 4;

/// "ABCD-EFGH-..."
std::string grouped(std::string_view text, char separator) {
    std::string shown;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && i % group == 0) {
            shown += separator;
        }
        shown += text[i];
    }
    return shown;
}

/// A recovery code without what people put in between.
std::string bare(std::string_view typed) {
    std::string code;
    for (const char c : typed) {
        if (c != '-' && c != ' ') {
            code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
    }
    return code;
}

/// What the book holds of a second factor.
struct Kept {
    bool is_enrolled = false;
    std::string secret;  ///< bytes; empty: none, or the key that seals it is another
    std::string begun;
    std::uint64_t last_step = 0;
};

Result<Kept> kept_of(const Database& database, const FactorKey& key, std::string_view account) {
    ADIC_TRY(
        Statement row,
        prepared(
            database,
            "SELECT totp_secret, totp_begun, totp_last_step FROM account WHERE name = ?",
            account
        )
    );
    ADIC_TRY(const bool is_there, row.step());
    if (!is_there) {
        return no_such_account();
    }
    const std::string sealed = row.text(0);
    return Kept{
        !sealed.empty(),
        key.unseal(sealed, account).value_or(""),
        key.unseal(row.text(1), account).value_or(""),
        static_cast<std::uint64_t>(row.number(2))};
}

Result<std::vector<std::string>>
replace_recovery(const Database& database, std::string_view account, const RandomSource& random) {
    ADIC_TRY(
        const std::int64_t gone,
        execute(database, "DELETE FROM recovery WHERE account = ?", account)
    );
    static_cast<void>(gone);
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < SecondFactors::recovery_codes; ++i) {
        const std::string code = base32_of(random_bytes(random, recovery_bytes));
        ADIC_TRY(
            const std::int64_t inserted,
            execute(database, "INSERT INTO recovery VALUES (?, ?)", account, stored_form(code))
        );
        static_cast<void>(inserted);
        codes.push_back(grouped(code, '-'));
    }
    return codes;
}

/// A wrong code takes nothing away.
Result<bool> use_recovery(
    const Database& database,
    std::string_view account,
    std::string_view code,
    sys_seconds now
) {
    ADIC_TRY(
        const std::int64_t used,
        execute(
            database,
            "DELETE FROM recovery WHERE account = ? AND hash = ?",
            account,
            stored_form(bare(code))
        )
    );
    if (used == 0) {
        return false;
    }
    const std::string name{account};
    if (auto problem = note(database, {0, now, name, name, "used a recovery code"})) {
        return *std::move(problem);
    }
    return true;
}

/// Somebody who looks over a shoulder types a code again. It is not taken, and not forgotten.
Result<bool> note_second_use(const Database& database, std::string_view account, sys_seconds now) {
    const std::string name{account};
    if (auto problem = note(database, {0, now, name, name, "a code was given a second time"})) {
        return *std::move(problem);
    }
    return false;
}

/// No code of this step or an earlier one is taken from now on.
Result<bool> use_step(const Database& database, std::string_view account, std::uint64_t step) {
    ADIC_TRY(
        const std::int64_t used,
        execute(
            database,
            "UPDATE account SET totp_last_step = ?1 WHERE name = ?2 AND totp_last_step < ?1",
            static_cast<std::int64_t>(step),
            account
        )
    );
    return used == 1;
}

}  // namespace

SecondFactors::SecondFactors(AccountBook& book, RandomSource random, std::string issuer)
    : book_(&book)
    , random_(std::move(random))
    , issuer_(std::move(issuer)) {}

Result<Enrolment> SecondFactors::begin(std::string_view account) {
    return book_->file().change([&](const Database& database) -> Result<Enrolment> {
        const std::string secret = random_bytes(random_, secret_bytes);
        const std::string sealed = book_->file().factor_key().seal(secret, account, random_);
        ADIC_TRY(
            const std::int64_t begun,
            execute(database, "UPDATE account SET totp_begun = ? WHERE name = ?", sealed, account)
        );
        if (begun == 0) {
            return no_such_account();
        }
        return Enrolment{
            grouped(base32_of(secret), ' '),
            to_otpauth_uri({secret, issuer_, std::string(account)})};
    });
}

Result<std::vector<std::string>>
SecondFactors::confirm(std::string_view account, std::string_view code, sys_seconds now) {
    using Codes = std::vector<std::string>;
    return book_->file().change([&](const Database& database) -> Result<Codes> {
        ADIC_TRY(const Kept kept, kept_of(database, book_->file().factor_key(), account));
        const auto step = kept.begun.empty()
                              ? std::nullopt
                              : matching_totp_step(kept.begun, code, now, std::nullopt);
        if (!step) {
            return Error{
                ErrorCode::invalid_argument,
                "this is not the code of now: is the clock of the device right?",
                {}};
        }
        ADIC_TRY(
            const std::int64_t stored,
            execute(
                database,
                "UPDATE account SET totp_secret = totp_begun, totp_begun = '', "
                "totp_last_step = ? WHERE name = ?",
                static_cast<std::int64_t>(*step),
                account
            )
        );
        static_cast<void>(stored);
        ADIC_TRY(Codes codes, replace_recovery(database, account, random_));
        if (auto problem = end_sessions(database, account)) {
            return *std::move(problem);
        }
        const std::string name{account};
        if (auto problem = note(database, {0, now, name, name, "enrolled a second factor"})) {
            return *std::move(problem);
        }
        return codes;
    });
}

Result<bool> SecondFactors::use(std::string_view account, std::string_view code, sys_seconds now) {
    return book_->file().change([&](const Database& database) -> Result<bool> {
        ADIC_TRY(const Kept kept, kept_of(database, book_->file().factor_key(), account));
        if (!kept.is_enrolled) {
            return false;
        }
        if (kept.secret.empty()) {
            return use_recovery(database, account, code, now);
        }
        if (const auto step = matching_totp_step(kept.secret, code, now, kept.last_step)) {
            return use_step(database, account, *step);
        }
        if (matching_totp_step(kept.secret, code, now, std::nullopt)) {
            return note_second_use(database, account, now);
        }
        return use_recovery(database, account, code, now);
    });
}

Result<std::size_t> SecondFactors::recovery_codes_left(std::string_view account) const {
    return book_->file().read([&](const Database& database) -> Result<std::size_t> {
        ADIC_TRY(
            Statement row,
            prepared(database, "SELECT count(*) FROM recovery WHERE account = ?", account)
        );
        ADIC_TRY(const bool is_there, row.step());
        return static_cast<std::size_t>(is_there ? row.number(0) : 0);
    });
}

std::optional<Error>
SecondFactors::remove(std::string_view name, const Actor& by, sys_seconds now) {
    return problem_in(book_->file().change([&](const Database& database) -> Result<Done> {
        ADIC_TRY(const Account account, managed_account(database, name, by));
        for (const std::string_view sql :
             {"UPDATE account SET totp_secret = '', totp_begun = '' WHERE name = ?",
              "DELETE FROM recovery WHERE account = ?"}) {
            auto done = execute(database, sql, account.name);
            if (!done) {
                return std::move(done).error();
            }
        }
        if (auto problem = end_sessions(database, account.name)) {
            return *std::move(problem);
        }
        const std::string what = "the second factor was taken away";
        if (auto problem = note(database, {0, now, by.name(), account.name, what})) {
            return *std::move(problem);
        }
        return Done{};
    }));
}

}  // namespace adic::access
