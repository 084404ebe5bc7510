#pragma once

#include "adic/access/random.hpp"
#include "adic/base/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace adic::access {

/// What the keys of authenticator apps are sealed with, in a file beside the book, so that a copy
/// of the book alone computes nobody's codes. Sealed by XChaCha20-Poly1305 (libsodium), bound to
/// the account: a key that is moved to another account opens no longer.
class FactorKey {
  public:
    /// The file of a book's key: its name, and ".key".
    static std::filesystem::path file_of(const std::filesystem::path& book);

    /// One that is not there, or is empty, is made, of 256 random bits, for its owner alone.
    /// Whoever calls sees to it that two programs do not make it at once.
    /// Errors: conflict if others may read it; invalid_argument if it is no key; unavailable.
    static Result<FactorKey>
    open(const std::filesystem::path& file, const RandomSource& random = system_random());

    /// In base64url, with a nonce of its own.
    std::string seal(std::string_view secret, std::string_view account, const RandomSource& random)
        const;

    /// Empty if it was not sealed with this key for this account.
    std::optional<std::string> unseal(std::string_view sealed, std::string_view account) const;

  private:
    explicit FactorKey(std::string bytes) : bytes_(std::move(bytes)) {}

    std::string bytes_;
};

}  // namespace adic::access
