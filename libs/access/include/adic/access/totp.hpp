#pragma once

#include "adic/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace adic::access {

/// How many digits codes have, and how long one lasts: what every authenticator app understands.
inline constexpr int totp_digits = 6;
inline constexpr std::chrono::seconds totp_period{30};

/// The code of a counter under a secret of bytes. Source: RFC 4226 (2005), 5.3.
/// Requires: 1 <= digits <= 9.
std::string hotp_code(std::string_view secret, std::uint64_t counter, int digits);

/// The number of the period that `at` lies in. Source: RFC 6238 (2011), 4.2.
/// Requires: `at` is not before 1970.
std::uint64_t totp_step(std::chrono::sys_seconds at);

/// The step whose code `typed` is: that of now, the one before or the one after, if it is later
/// than `last_step`, for no code is taken twice. Spaces in `typed` are passed over.
std::optional<std::uint64_t> matching_totp_step(
    std::string_view secret,
    std::string_view typed,
    std::chrono::sys_seconds now,
    std::optional<std::uint64_t> last_step
);

/// What an authenticator app reads from a picture.
struct TotpKey {
    std::string secret;  ///< bytes
    std::string issuer;  ///< "adic", or the name of the registry
    std::string account;

    friend bool operator==(const TotpKey&, const TotpKey&) = default;
};

/// otpauth://totp/ISSUER:ACCOUNT?secret=...&issuer=...
std::string to_otpauth_uri(const TotpKey& key);

/// Errors: invalid_argument for other algorithms, digits and periods than ours too.
Result<TotpKey> parse_otpauth_uri(std::string_view uri);

}  // namespace adic::access
