#pragma once

#include "adic/audit/keys.hpp"
#include "adic/base/result.hpp"

#include <string>
#include <string_view>

namespace adic::audit {

/// How a sealed text begins.
inline constexpr std::string_view sealed_first_line = "adic sealed 1";

/// Encrypts `text` so that nobody but the recipient can read it, and the recipient knows that it
/// comes from the sender: docs/reference/bundles.md, "Sealed".
///
/// Source:   libsodium: crypto_box (X25519, XSalsa20-Poly1305) around the key, secretstream
///           (XChaCha20-Poly1305) around the text.
/// Requires: the keys are of kinds sender and recipient.
/// Errors:   unavailable without randomness; invalid_argument for a public key that is none.
/// Cost:     O(bytes); as many bytes more as 17 for each 64 KiB, and some 300.
Result<std::string> seal(std::string_view text, const SigningKey& from, const VerifyingKey& to);

/// Whether the text begins as a sealed one does.
bool is_sealed(std::string_view text);

/// The key that a sealed text says it is from: nothing is proven by that.
/// Errors: invalid_argument if it does not begin as `seal` writes.
Result<VerifyingKey> claimed_sender(std::string_view sealed);

/// Opens what `seal` made. `from` is the key of `claimed_sender`, if the reader trusts it.
///
/// Errors: invalid_argument if it is for another recipient, from another sender, or not as it was
///         sealed, to the byte.
Result<std::string> unseal(std::string_view sealed, const SigningKey& to, const VerifyingKey& from);

}  // namespace adic::audit
