#include "adic/audit/keys.hpp"

#include "adic/base/sha256.hpp"
#include "adic/base/text.hpp"

#include "base64.hpp"
#include "files.hpp"
#include "secret.hpp"

#include <algorithm>
#include <vector>

#include <sodium.h>

namespace adic::audit {
namespace {

constexpr std::size_t longest_name = 128;
constexpr std::size_t seed_bytes = crypto_sign_SEEDBYTES;
constexpr std::size_t id_digits = 8;
constexpr std::string_view secret_prefix = "PRIVATE+KEY+";

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: bytes are what a text is
}

std::string text_of(const unsigned char* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};  // NOLINT: bytes are what a text is
}

bool is_ready() {
    static const bool ready = sodium_init() >= 0;
    return ready;
}

Error no_key() {
    return Error{
        ErrorCode::invalid_argument,
        "this is not a key: it is written as its name, '+', its identifier of 8 hexadecimal "
        "digits, '+', and the key in base 64, on one line",
        {}};
}

std::string hex_id(const VerifyingKey& key) {
    const std::uint32_t id = id_of(key);
    std::string bytes;
    for (unsigned shift = 32; shift > 0; shift -= 8) {
        bytes += static_cast<char>((id >> (shift - 8)) & 0xFFU);
    }
    return to_hex(bytes);
}

/// "name+id+base64" in its parts; the base 64 may have '+' too.
struct KeyParts {
    std::string_view name;
    std::string_view id;
    KeyKind kind;
    std::string bytes;
};

Result<KeyParts> parts_of(std::string_view text) {
    const std::size_t first = text.find('+');
    if (first == std::string_view::npos || text.size() < first + 2 + id_digits
        || text[first + 1 + id_digits] != '+') {
        return no_key();
    }
    auto bytes = bytes_of_base64(text.substr(first + 2 + id_digits));
    if (!bytes || bytes->size() != 1 + seed_bytes || !is_key_name(text.substr(0, first))) {
        return no_key();
    }
    const auto kind = static_cast<KeyKind>(bytes->front());
    if (name_of(kind).empty()) {
        return Error{
            ErrorCode::invalid_argument,
            "keys of this type are not supported: only Ed25519 keys of logs, witnesses, senders "
            "and recipients are",
            {}};
    }
    bytes->erase(0, 1);
    return KeyParts{
        text.substr(0, first),
        text.substr(first + 1, id_digits),
        kind,
        *std::move(bytes)};
}

}  // namespace

std::string_view name_of(KeyKind kind) {
    switch (kind) {
    case KeyKind::log: return "log";
    case KeyKind::witness: return "witness";
    case KeyKind::recipient: return "recipient";
    case KeyKind::sender: return "sender";
    }
    return {};
}

bool is_key_name(std::string_view name) {
    return !name.empty() && name.size() <= longest_name
           && std::ranges::all_of(name, [](char c) { return c > ' ' && c < '\x7F' && c != '+'; });
}

std::uint32_t id_of(const VerifyingKey& key) {
    Sha256 hash;
    hash.add(key.name);
    hash.add("\n");
    hash.add(std::string(1, static_cast<char>(key.kind)));
    hash.add(text_of(key.bytes.data(), key.bytes.size()));
    const std::string digest = std::move(hash).digest();
    std::uint32_t id = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        id = (id << 8U) | static_cast<unsigned char>(digest[i]);
    }
    return id;
}

std::string to_text(const VerifyingKey& key) {
    const std::string bytes =
        static_cast<char>(key.kind) + text_of(key.bytes.data(), key.bytes.size());
    return key.name + '+' + hex_id(key) + '+' + base64_of(bytes);
}

Result<VerifyingKey> parse_verifying_key(std::string_view text) {
    ADIC_TRY(const KeyParts parts, parts_of(text));
    VerifyingKey key{std::string(parts.name), parts.kind, {}};
    std::copy_n(bytes_of(parts.bytes), key.bytes.size(), key.bytes.begin());
    if (to_text(key) != text) {
        return Error{
            ErrorCode::invalid_argument,
            "the identifier of the key '" + key.name + "' does not belong to it: was it copied "
            "as a whole?",
            {}};
    }
    return key;
}

bool holds(std::string_view signature, std::string_view message, const VerifyingKey& key) {
    return is_ready() && signature.size() == crypto_sign_BYTES
           && crypto_sign_verify_detached(
                  bytes_of(signature),
                  bytes_of(message),
                  message.size(),
                  key.bytes.data()
              ) == 0;
}

Result<SigningKey> SigningKey::from_seed(std::string name, KeyKind kind, std::string_view seed) {
    if (!is_key_name(name)) {
        return Error{
            ErrorCode::invalid_argument,
            "a key is named by 1 to 128 visible ASCII characters without '+'",
            {}};
    }
    const auto secret = std::make_shared<Secret>();
    VerifyingKey verifying{std::move(name), kind, {}};
    if (secret->bytes == nullptr
        || crypto_sign_seed_keypair(verifying.bytes.data(), secret->bytes, bytes_of(seed)) != 0) {
        return Error{ErrorCode::unavailable, "there is no memory that can be locked for a key", {}};
    }
    return SigningKey(std::move(verifying), secret);
}

Result<SigningKey> SigningKey::create(std::string name, KeyKind kind) {
    if (!is_ready()) {
        return Error{ErrorCode::unavailable, "the system gives no randomness for a key", {}};
    }
    std::string seed(seed_bytes, '\0');
    randombytes_buf(seed.data(), seed.size());
    Result<SigningKey> key = from_seed(std::move(name), kind, seed);
    sodium_memzero(seed.data(), seed.size());
    return key;
}

Result<SigningKey> SigningKey::parse(std::string_view text) {
    if (!is_ready() || !text.starts_with(secret_prefix)) {
        return Error{
            ErrorCode::invalid_argument,
            "this is not a secret key: one begins with 'PRIVATE+KEY+'",
            {}};
    }
    ADIC_TRY(KeyParts parts, parts_of(text.substr(secret_prefix.size())));
    Result<SigningKey> key = from_seed(std::string(parts.name), parts.kind, parts.bytes);
    sodium_memzero(parts.bytes.data(), parts.bytes.size());
    if (key && hex_id(key->verifying()) != parts.id) {
        return no_key();
    }
    return key;
}

std::string SigningKey::secret_text() const {
    std::string bytes = static_cast<char>(verifying_.kind) + text_of(secret_->bytes, seed_bytes);
    std::string text{secret_prefix};
    text += verifying_.name + '+' + hex_id(verifying_) + '+' + base64_of(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return text;
}

std::string SigningKey::sign(std::string_view message) const {
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(
        reinterpret_cast<unsigned char*>(signature.data()),  // NOLINT: bytes are what a text is
        nullptr,
        bytes_of(message),
        message.size(),
        secret_->bytes
    );
    return signature;
}

Result<SigningKey> read_key_file(const std::filesystem::path& path) {
    ADIC_TRY(std::string text, read_private_file(path));
    const std::string_view line{text};
    Result<SigningKey> key = SigningKey::parse(line.substr(0, line.find('\n')));
    if (key && line.substr(std::min(line.find('\n'), line.size())) != "\n") {
        key = no_key();
    }
    sodium_memzero(text.data(), text.size());
    return key;
}

std::optional<Error> write_key_file(const std::filesystem::path& path, const SigningKey& key) {
    std::string text = key.secret_text() + '\n';
    auto problem = write_new_private_file(path, text);
    sodium_memzero(text.data(), text.size());
    return problem;
}

}  // namespace adic::audit
