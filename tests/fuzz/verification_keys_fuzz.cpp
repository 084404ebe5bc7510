#include "adic/access/oidc.hpp"
#include "adic/access/signed_token.hpp"

#include "fuzz.hpp"

#include <cstdint>

/// What a login service answers with is read or refused; what is read is bounded and encrypted.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic::access;  // NOLINT: a program of one function
    const std::string_view text = adic::fuzz::text_of(data, size);
    const auto keys = VerificationKeys::parse(text);
    if (keys) {
        adic::fuzz::require(keys->size() >= 1 && keys->size() <= 64);
        adic::fuzz::require(!signed_payload("e30.e30.e30", *keys));
    }
    const auto endpoints = parse_discovery(text, "https://id.example");
    if (endpoints) {
        for (const auto& url : {endpoints->authorization, endpoints->token, endpoints->keys}) {
            adic::fuzz::require(url.starts_with("http"));
        }
    }
    const auto token = parse_token_response(text);
    adic::fuzz::require(token || !token.error().message.empty());
    return 0;
}
