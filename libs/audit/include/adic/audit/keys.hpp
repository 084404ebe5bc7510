#pragma once

#include "adic/base/result.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace adic::audit {

/// What a key may sign. The number is the signature type of C2SP signed notes, and a part of the
/// key's identifier, so that a signature of one kind never passes for the other.
enum class KeyKind : unsigned char {
    log = 0x01,        ///< the log's own heads
    witness = 0x04,    ///< heads of a log, with the time at which they were found consistent
    recipient = 0xFD,  ///< nothing: what is sealed for its owner is opened with it
    sender = 0xFE      ///< bundles between registries
};

/// "log", "witness", "recipient", "sender"
std::string_view name_of(KeyKind kind);

/// A public Ed25519 key with its name.
struct VerifyingKey {
    std::string name;
    KeyKind kind = KeyKind::log;
    std::array<unsigned char, 32> bytes{};

    friend bool operator==(const VerifyingKey&, const VerifyingKey&) = default;
};

/// The first four bytes of SHA-256 of name, line end, kind and key.
///
/// Source: C2SP signed-note v1, "Signatures"; (G11) in docs/explanation/audit.md.
std::uint32_t id_of(const VerifyingKey& key);

/// "name+id+key", the form of C2SP signed-note, "Verifier keys".
std::string to_text(const VerifyingKey& key);

/// Errors: invalid_argument unless it is what `to_text` writes.
Result<VerifyingKey> parse_verifying_key(std::string_view text);

/// Whether `name` can name a key or a log: 1 to 128 visible ASCII characters, no '+'. Others would
/// let two names look alike.
bool is_key_name(std::string_view name);

/// Whether the signature of 64 bytes over `message` was made with the key.
///
/// Source: RFC 8032 (2017), "Edwards-Curve Digital Signature Algorithm", 5.1.7, and stricter: keys
///         and points of small order are refused.
bool holds(std::string_view signature, std::string_view message, const VerifyingKey& key);

/// A secret Ed25519 key. Its memory is fenced, kept out of swap where the system allows that, and
/// overwritten when it goes. It cannot be copied.
class SigningKey {
  public:
    /// A new key, from the randomness of the operating system.
    /// Errors: invalid_argument for a name that is none; unavailable without randomness.
    static Result<SigningKey> create(std::string name, KeyKind kind);

    /// Errors: invalid_argument unless `text` is what `secret_text` writes.
    static Result<SigningKey> parse(std::string_view text);

    SigningKey(SigningKey&&) = default;
    SigningKey& operator=(SigningKey&&) = default;
    SigningKey(const SigningKey&) = delete;
    SigningKey& operator=(const SigningKey&) = delete;
    ~SigningKey() = default;

    /// "PRIVATE+KEY+name+id+seed", the form of golang.org/x/mod/sumdb/note. Whoever has it can
    /// sign.
    std::string secret_text() const;

    const VerifyingKey& verifying() const { return verifying_; }

    /// The signature of 64 bytes.
    std::string sign(std::string_view message) const;

  private:
    struct Secret;
    friend class Sealer;

    SigningKey(VerifyingKey verifying, std::shared_ptr<const Secret> secret)
        : verifying_(std::move(verifying))
        , secret_(std::move(secret)) {}

    static Result<SigningKey> from_seed(std::string name, KeyKind kind, std::string_view seed);

    VerifyingKey verifying_;
    std::shared_ptr<const Secret> secret_;
};

/// Reads a secret key. Only a plain file that belongs to the caller, and that no other account may
/// read or write, is taken.
///
/// Errors: not_found; conflict if the permissions are too wide; invalid_argument.
Result<SigningKey> read_key_file(const std::filesystem::path& path);

/// Writes a secret key into a new file that its owner alone can read.
///
/// Errors: conflict if something is at `path`; unavailable.
std::optional<Error> write_key_file(const std::filesystem::path& path, const SigningKey& key);

}  // namespace adic::audit
