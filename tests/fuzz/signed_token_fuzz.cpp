#include "adic/access/signed_token.hpp"

#include "adic/access/oidc.hpp"

#include "fuzz.hpp"

#include <cstdint>

/// The key of RFC 8037, A.2: its secret is published, but no mutation finds a signature by it.
constexpr std::string_view published =
    R"({"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})";

constexpr std::string_view signed_text = "Example of Ed25519 signing";

/// A token holds only with a payload that was signed, and what does not hold is no ID token.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic::access;  // NOLINT: a program of one function
    static const auto keys = VerificationKeys::parse(published);
    adic::fuzz::require(static_cast<bool>(keys));
    const std::string_view token = adic::fuzz::text_of(data, size);
    const auto payload = signed_payload(token, *keys);
    if (payload) {
        adic::fuzz::require(*payload == signed_text);
    } else {
        adic::fuzz::require(!payload.error().message.empty());
    }
    const OidcProvider provider{
        "https://id.example",
        "adic",
        "",
        "https://registry.example",
        "MYS",
        {"openid"},
        {},
        ""};
    adic::fuzz::require(!check_id_token(token, *keys, provider, "n", {}));
    return 0;
}
