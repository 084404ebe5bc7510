#include "adic/access/totp.hpp"

#include "encoding.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace adic::access {
namespace {

constexpr std::string_view uri_prefix = "otpauth://totp/";
constexpr std::size_t longest_uri = 2048;
constexpr std::size_t longest_part = 128;
constexpr std::size_t sha1_bytes = 20;

std::string hmac_sha1(std::string_view key, std::string_view message) {
    std::string code(sha1_bytes, '\0');
    unsigned size = 0;
    HMAC(
        EVP_sha1(),
        key.data(),
        static_cast<int>(key.size()),
        bytes_of(message),
        message.size(),
        bytes_of(code),
        &size
    );
    return code;
}

Error no_uri(std::string_view why) {
    return {
        ErrorCode::invalid_argument,
        "this is no key of an authenticator app: " + std::string(why),
        {}};
}

/// The label: "issuer:account", where the issuer may be missing.
std::optional<Error> read_label(std::string_view label, TotpKey& key) {
    const auto decoded = percent_decoded(label);
    if (!decoded) {
        return no_uri("the label is not percent-encoded");
    }
    std::string_view account = *decoded;
    if (const std::size_t colon = account.find(':'); colon != std::string_view::npos) {
        key.issuer = account.substr(0, colon);
        account.remove_prefix(colon + 1);
    }
    account.remove_prefix(std::min(account.find_first_not_of(' '), account.size()));
    key.account = account;
    if (key.account.find(':') != std::string::npos) {
        return no_uri("a name in it has a colon");
    }
    return key.account.empty() ? std::optional{no_uri("it names no account")} : std::nullopt;
}

/// One "name=value".
std::optional<Error> read_parameter(std::string_view name, std::string_view value, TotpKey& key) {
    struct Fixed {
        std::string_view name;
        std::string_view value;
    };

    static constexpr std::array fixed{
        Fixed{"algorithm", "SHA1"},
        Fixed{"digits", "6"},
        Fixed{"period", "30"}};
    const auto decoded = percent_decoded(value);
    if (!decoded) {
        return no_uri("a value is not percent-encoded");
    }
    if (name == "secret") {
        const auto secret = bytes_of_base32(*decoded);
        if (!secret || secret->empty()) {
            return no_uri("the secret is not base32");
        }
        key.secret = *secret;
        return std::nullopt;
    }
    if (name == "issuer") {
        if (decoded->find(':') != std::string::npos) {
            return no_uri("a name in it has a colon");
        }
        if (!key.issuer.empty() && key.issuer != *decoded) {
            return no_uri("it names two issuers");
        }
        key.issuer = *decoded;
        return std::nullopt;
    }
    const auto* const known = std::ranges::find(fixed, name, &Fixed::name);
    if (known != fixed.end() && known->value != *decoded) {
        return no_uri("only SHA1, 6 digits and 30 seconds are supported");
    }
    return std::nullopt;
}

}  // namespace

std::string hotp_code(std::string_view secret, std::uint64_t counter, int digits) {
    std::string message;
    for (unsigned shift = 64; shift > 0; shift -= 8) {
        message += static_cast<char>((counter >> (shift - 8)) & 0xFFU);
    }
    const std::string hash = hmac_sha1(secret, message);
    const std::size_t offset = static_cast<unsigned char>(hash.back()) & 15U;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        number = (number << 8U) | static_cast<unsigned char>(hash[offset + i]);
    }
    number &= 0x7FFFFFFFU;
    std::string code;
    constexpr std::uint32_t ten = 10;
    for (int i = 0; i < digits; ++i) {
        code.insert(code.begin(), static_cast<char>('0' + number % ten));
        number /= ten;
    }
    return code;
}

std::uint64_t totp_step(std::chrono::sys_seconds at) {
    return static_cast<std::uint64_t>(at.time_since_epoch() / totp_period);
}

std::optional<std::uint64_t> matching_totp_step(
    std::string_view secret,
    std::string_view typed,
    std::chrono::sys_seconds now,
    std::optional<std::uint64_t> last_step
) {
    std::string code{typed};
    std::erase(code, ' ');
    const std::uint64_t step = totp_step(now);
    std::optional<std::uint64_t> matching;
    for (std::uint64_t s = step == 0 ? 0 : step - 1; s <= step + 1; ++s) {
        const bool is_same = is_same_secret(hotp_code(secret, s, totp_digits), code);
        if (is_same && !matching && (!last_step || s > *last_step)) {
            matching = s;
        }
    }
    return matching;
}

std::string to_otpauth_uri(const TotpKey& key) {
    std::string issuer = key.issuer;
    std::ranges::replace(issuer, ':', ' ');  // it ends the issuer
    std::string uri{uri_prefix};
    uri += percent_encoded(issuer) + ":" + percent_encoded(key.account);
    uri += "?secret=" + base32_of(key.secret) + "&issuer=" + percent_encoded(issuer);
    uri += "&algorithm=SHA1&digits=" + std::to_string(totp_digits)
           + "&period=" + std::to_string(totp_period.count());
    return uri;
}

Result<TotpKey> parse_otpauth_uri(std::string_view uri) {
    if (uri.size() > longest_uri || !uri.starts_with(uri_prefix)) {
        return no_uri("one begins with otpauth://totp/");
    }
    uri.remove_prefix(uri_prefix.size());
    const std::size_t question = std::min(uri.find('?'), uri.size());
    TotpKey key;
    if (auto problem = read_label(uri.substr(0, question), key)) {
        return *std::move(problem);
    }
    std::string_view left = uri.substr(std::min(question + 1, uri.size()));
    std::vector<std::string_view> seen;
    while (!left.empty()) {
        const std::string_view part = left.substr(0, left.find('&'));
        left.remove_prefix(std::min(part.size() + 1, left.size()));
        const std::string_view name = part.substr(0, part.find('='));
        if (std::ranges::find(seen, name) != seen.end()) {
            return no_uri("it says something twice");
        }
        seen.push_back(name);
        const std::string_view value = part.substr(std::min(name.size() + 1, part.size()));
        if (auto problem = read_parameter(name, value, key)) {
            return *std::move(problem);
        }
    }
    if (key.secret.empty()) {
        return no_uri("it has no secret");
    }
    if (std::max({key.secret.size(), key.issuer.size(), key.account.size()}) > longest_part) {
        return no_uri("a part of it is longer than 128 bytes");
    }
    return key;
}

}  // namespace adic::access
