#include "adic/access/sign_in.hpp"

#include <algorithm>

namespace adic::access {

using std::chrono::sys_seconds;

SignIn::SignIn(AccountBook& book, Parts parts) : book_(&book), parts_(parts) {}

std::chrono::seconds SignIn::let_in(const Keys& keys, sys_seconds now) {
    const auto by_address = parts_.addresses.attempt(keys.address, now);
    return by_address.count() > 0 ? by_address : parts_.accounts.attempt(keys.account, now);
}

NotSignedIn SignIn::failed(const Keys& keys, sys_seconds now) const {
    return {std::max(
        parts_.accounts.wait_for(keys.account, now),
        parts_.addresses.wait_for(keys.address, now)
    )};
}

Result<SignIn::Proof> SignIn::prove(const SignInRequest& request, sys_seconds now) {
    const Keys keys{account_name_of(request.name), throttled_address(request.address)};
    // Whoever has to wait costs no hash, and is told nothing of the password.
    const auto wait = let_in(keys, now);
    if (wait.count() > 0) {
        return Proof{NotSignedIn{wait}};
    }
    Result<Proof> proof = look_at(request, keys.account, now);
    if (proof && std::holds_alternative<NotSignedIn>(*proof)) {
        return Proof{failed(keys, now)};
    }
    parts_.addresses.take_back(keys.address, now);
    if (proof && std::holds_alternative<Proven>(*proof)) {
        parts_.accounts.succeed(keys.account);
    } else {
        parts_.accounts.take_back(keys.account, now);
    }
    return proof;
}

Result<SignIn::Proof>
SignIn::look_at(const SignInRequest& request, const std::string& name, sys_seconds now) const {
    ADIC_TRY(const bool is_right, parts_.passwords.is_right(name, request.password));
    ADIC_TRY(auto account, book_->find(name));
    if (!is_right || !account || !account->is_enabled) {
        return Proof{NotSignedIn{}};
    }
    const bool has_second_factor = account->has_second_factor;
    if (has_second_factor && request.code.empty()) {
        return Proof{CodeNeeded{}};
    }
    if (has_second_factor) {
        ADIC_TRY(const bool is_code, parts_.second_factors.use(name, request.code, now));
        if (!is_code) {
            return Proof{NotSignedIn{}};
        }
    }
    return Proof{Proven{*std::move(account), has_second_factor}};
}

Result<SignInOutcome>
SignIn::open(const Proven& proven, const SignInRequest& request, sys_seconds now) {
    ADIC_TRY(
        OpenedSession session,
        parts_.sessions.open(
            proven.account.name,
            {proven.has_second_factor, request.address, request.agent},
            now
        )
    );
    return SignInOutcome{std::move(session)};
}

Result<SignInOutcome> SignIn::try_to(const SignInRequest& request, sys_seconds now) {
    ADIC_TRY(const Proof proof, prove(request, now));
    if (const auto* refused = std::get_if<NotSignedIn>(&proof)) {
        return SignInOutcome{*refused};
    }
    const auto* proven = std::get_if<Proven>(&proof);
    if (proven == nullptr) {
        return SignInOutcome{CodeNeeded{}};
    }
    const bool is_known = parts_.passwords.is_known(request.password);
    if (proven->account.must_change_password || is_known) {
        return SignInOutcome{NewPasswordNeeded{}};
    }
    return open(*proven, request, now);
}

Result<SignInOutcome> SignIn::change_password(
    const SignInRequest& request,
    std::string_view new_password,
    sys_seconds now
) {
    // Before a code is used up, and as for an account that is not there.
    if (auto problem = parts_.passwords.problem_with(account_name_of(request.name), new_password)) {
        return Error{ErrorCode::invalid_argument, *std::move(problem), {}};
    }
    ADIC_TRY(const Proof proof, prove(request, now));
    if (const auto* refused = std::get_if<NotSignedIn>(&proof)) {
        return SignInOutcome{*refused};
    }
    const auto* proven = std::get_if<Proven>(&proof);
    if (proven == nullptr) {
        return SignInOutcome{CodeNeeded{}};
    }
    if (auto problem =
            parts_.passwords.change(proven->account.name, request.password, new_password, now)) {
        return *std::move(problem);
    }
    return open(*proven, request, now);
}

}  // namespace adic::access
