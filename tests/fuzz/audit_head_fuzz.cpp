#include "adic/audit/head.hpp"
#include "adic/audit/last_signed.hpp"

#include "fuzz.hpp"

#include <cstdint>

/// What is read as a signed head, as keys, or as the heads that a key signed last, is written as
/// the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using adic::fuzz::require;
    const std::string_view text = adic::fuzz::text_of(data, size);
    if (const auto head = adic::audit::parse_signed_head(text)) {
        require(adic::audit::write_signed_head(*head) == text);
        for (const adic::audit::Signature& signature : head->signatures) {
            static_cast<void>(adic::audit::time_of(signature));
        }
    }
    if (const auto heads = adic::audit::parse_last_heads(text)) {
        require(adic::audit::write_last_heads(*heads) == text);
    }
    if (const auto key = adic::audit::parse_verifying_key(text)) {
        require(adic::audit::to_text(*key) == text);
    }
    if (const auto key = adic::audit::SigningKey::parse(text)) {
        require(key->secret_text() == text);
    }
    return 0;
}
