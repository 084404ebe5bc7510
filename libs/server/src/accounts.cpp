#include "adic/server/accounts.hpp"

#include <utility>

namespace adic::server {
namespace {

using std::chrono::sys_seconds;
using Entered = std::variant<Admission, NoAdmission>;

class AccountsDoor : public Door {
  public:
    AccountsDoor(Accounts& accounts, FindReader find_reader)
        : accounts_(accounts)
        , find_reader_(std::move(find_reader)) {}

    std::string_view kind() const override { return "accounts"; }

    bool has_four_eyes() const override { return true; }

    Result<Entered> enter(const Entry& entry, sys_seconds now) override {
        const access::SignInRequest request{
            entry.name,
            entry.password,
            entry.code,
            entry.peer,
            entry.agent};
        ADIC_TRY(access::SignInOutcome outcome, accounts_.sign_in.try_to(request, now));
        return entered_by(outcome, now);
    }

    std::optional<Caller> by_cookie(std::string_view secret, sys_seconds now) override {
        const auto found = accounts_.sessions.find(secret, now);
        if (!found || !*found) {
            return std::nullopt;
        }
        auto caller = caller_of((*found)->principal, now);
        if (caller) {
            caller->csrf = access::csrf_token_of(secret);
        }
        return caller;
    }

    std::optional<Caller> by_token(std::string_view token, sys_seconds now) override {
        const auto found = accounts_.tokens.find(token, now);
        return found && *found ? caller_of((*found)->principal, now) : std::nullopt;
    }

    std::optional<Caller> stranger(sys_seconds) override { return std::nullopt; }

    void leave(std::string_view secret) override {
        // Whoever signs out is told so even if the book cannot be written: the cookie is gone.
        [[maybe_unused]] const auto problem = accounts_.sessions.close(secret);
    }

  private:
    static Entered entered_by(const access::SignInOutcome& outcome, sys_seconds now) {
        if (const auto* opened = std::get_if<access::OpenedSession>(&outcome)) {
            return Admission{opened->secret, opened->session.ends - now};
        }
        if (std::holds_alternative<access::CodeNeeded>(outcome)) {
            return NoAdmission{NoAdmission::Reason::code_needed, {}};
        }
        if (std::holds_alternative<access::NewPasswordNeeded>(outcome)) {
            return NoAdmission{NoAdmission::Reason::new_password_needed, {}};
        }
        return NoAdmission{NoAdmission::Reason::wrong, std::get<access::NotSignedIn>(outcome).wait};
    }

    /// Its state may have left the list since: then nobody comes in by it.
    std::optional<Caller> caller_of(const access::Principal& principal, sys_seconds now) const {
        const auto today = std::chrono::floor<std::chrono::days>(now);
        Caller caller;
        caller.principal = principal;
        caller.reader_name = access::reader_name(principal);
        auto reader = find_reader_(caller.reader_name, today);
        if (!reader) {
            return std::nullopt;
        }
        caller.reader = *std::move(reader);
        // Of an organisation the account says which it is, and of which state, and not a name.
        caller.reader.state = principal.state;
        caller.reader.organisation = principal.organisation;
        return caller;
    }

    Accounts& accounts_;
    FindReader find_reader_;
};

}  // namespace

Accounts::Accounts(
    access::AccountBook& of,
    const access::RandomSource& random,
    access::PasswordRules rules
)
    : book(of)
    , passwords(of, hasher, std::move(rules))
    , second_factors(of, random)
    , sessions(of, random)
    , tokens(of, random)
    , proposals(of)
    , of_accounts_({}, random)
    , of_addresses_(access::ThrottlePolicy::for_addresses(), random)
    , sign_in(of, {passwords, second_factors, sessions, of_accounts_, of_addresses_}) {}

std::unique_ptr<Door> open_accounts_door(Accounts& accounts, FindReader find_reader) {
    return std::make_unique<AccountsDoor>(accounts, std::move(find_reader));
}

}  // namespace adic::server
