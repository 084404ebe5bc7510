#include "factor_key.hpp"

#include "encoding.hpp"
#include "own_file.hpp"

#include <array>
#include <utility>

#include <sodium.h>
#include <unistd.h>

namespace adic::access {
namespace {

constexpr std::size_t key_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

/// A key is one line of base32, which people can copy by hand.
constexpr std::size_t longest_file = 256;

std::optional<std::string> read_all(int file) {
    std::array<char, longest_file> buffer{};
    const auto size = ::read(file, buffer.data(), buffer.size());
    if (size < 0) {
        return std::nullopt;
    }
    std::string_view text(buffer.data(), static_cast<std::size_t>(size));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
        text.remove_suffix(1);
    }
    return std::string(text);
}

bool write_all(int file, const std::string& text) {
    return ::pwrite(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size())
           && ::fsync(file) == 0;
}

}  // namespace

std::filesystem::path FactorKey::file_of(const std::filesystem::path& book) {
    return book.string() + ".key";
}

Result<FactorKey> FactorKey::open(const std::filesystem::path& path, const RandomSource& random) {
    ADIC_TRY(const OwnFile file, OwnFile::open(path, "key of second factors", true));
    const std::string name = "'" + path.string() + "'";
    auto text = read_all(file.descriptor());
    if (!text) {
        return Error{ErrorCode::unavailable, name + " cannot be read", {}};
    }
    if (text->empty()) {
        text = base32_of(random_bytes(random, key_bytes));
        if (!write_all(file.descriptor(), *text + "\n")) {
            return Error{ErrorCode::unavailable, name + " cannot be written", {}};
        }
    }
    auto bytes = bytes_of_base32(*text);
    if (!bytes || bytes->size() != key_bytes) {
        return Error{
            ErrorCode::invalid_argument,
            name + " is no key of second factors: put the one back that belongs to the book",
            {}};
    }
    return FactorKey(*std::move(bytes));
}

std::string FactorKey::seal(
    std::string_view secret,
    std::string_view account,
    const RandomSource& random
) const {
    const std::string nonce = random_bytes(random, nonce_bytes);
    std::string sealed(nonce_bytes + secret.size() + tag_bytes, '\0');
    sealed.replace(0, nonce_bytes, nonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        bytes_of(sealed) + nonce_bytes,  // NOLINT(*-pointer-arithmetic): as libraries of C take it
        nullptr,
        bytes_of(secret),
        secret.size(),
        bytes_of(account),
        account.size(),
        nullptr,
        bytes_of(nonce),
        bytes_of(bytes_)
    );
    return base64url_of(sealed);
}

std::optional<std::string> FactorKey::unseal(std::string_view sealed, std::string_view account)
    const {
    const auto bytes = bytes_of_base64url(sealed);
    if (!bytes || bytes->size() < nonce_bytes + tag_bytes) {
        return std::nullopt;
    }
    const std::string_view box = std::string_view(*bytes).substr(nonce_bytes);
    std::string secret(box.size() - tag_bytes, '\0');
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytes_of(secret),
        nullptr,
        nullptr,
        bytes_of(box),
        box.size(),
        bytes_of(account),
        account.size(),
        bytes_of(*bytes),
        bytes_of(bytes_)
    );
    if (failed != 0) {
        return std::nullopt;
    }
    return secret;
}

}  // namespace adic::access
