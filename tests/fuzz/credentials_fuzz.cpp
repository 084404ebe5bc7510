#include "adic/access/account.hpp"
#include "adic/access/api_token.hpp"
#include "adic/access/password.hpp"
#include "adic/access/throttle.hpp"
#include "adic/access/totp.hpp"

#include "fuzz.hpp"

#include <cstdint>

/// What somebody types to show who they are: a token, an authenticator's key, a name, a password.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic::access;  // NOLINT: a program of one function
    const std::string_view text = adic::fuzz::text_of(data, size);
    constexpr std::size_t token_size = 54;
    adic::fuzz::require(!is_token_text(text) || text.size() == token_size);
    const auto key = parse_otpauth_uri(text);
    if (key) {
        const auto again = parse_otpauth_uri(to_otpauth_uri(*key));
        adic::fuzz::require(again && *again == *key);
    }
    const std::string name = account_name_of(text);
    adic::fuzz::require(account_name_of(name) == name);
    Account account;
    account.name = name;
    const auto problem = problem_of_password(text, account);
    adic::fuzz::require(problem || text.size() >= 12);
    adic::fuzz::require(!matching_totp_step("12345678901234567890", text, {}, 5));
    static_cast<void>(throttled_address(text));
    static_cast<void>(parse_roles(text));
    static_cast<void>(parse_scopes(text));
    return 0;
}
