#pragma once

#include "adic/audit/head.hpp"
#include "adic/base/result.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::audit {

/// The heads that a key signed last, one for each log. docs/reference/audit-log.md, "Heads signed".
///
/// Errors: invalid_argument unless it is what `write_last_heads` writes.
Result<std::vector<Head>> parse_last_heads(std::string_view text);
std::string write_last_heads(const std::vector<Head>& heads);

/// A signing key together with what it signed last: it signs no head that takes something back.
/// As long as it lives, no other process signs with the key.
class Signer {
  public:
    /// Makes the files of a new key: `path`, the secret; `path`.pub, the public key; and
    /// `path`.heads, which says that it has signed nothing yet.
    ///
    /// Errors: conflict if one of them is there; unavailable; invalid_argument.
    static Result<VerifyingKey>
    make(const std::filesystem::path& path, std::string name, KeyKind kind);

    /// Errors: those of `read_key_file`; conflict if somebody else is signing, or if `path`.heads
    ///         is gone: without it, it would not be known what must not be taken back.
    static Result<Signer> open(const std::filesystem::path& path);

    /// A copy would remember half.
    Signer(const Signer&) = delete;
    Signer& operator=(const Signer&) = delete;
    Signer(Signer&&) = default;
    Signer& operator=(Signer&&) = default;
    ~Signer() = default;

    const VerifyingKey& verifying() const { return key_.verifying(); }

    /// What was signed last of the log; the empty head if nothing was.
    Head last_of(const std::string& origin) const;

    /// Signs, after the fact that it will is on the disk. `proof` leads from `last_of` to `head`.
    /// `time` is for witnesses.
    ///
    /// Errors: conflict if `proof` does not show that the head continues the last one; unavailable.
    Result<Signature> sign(const Head& head, const Proof& proof, std::chrono::sys_seconds time);

  private:
    struct Lock;

    Signer(SigningKey key, std::filesystem::path heads_path)
        : key_(std::move(key))
        , heads_path_(std::move(heads_path)) {}

    SigningKey key_;
    std::filesystem::path heads_path_;
    std::vector<Head> heads_;
    std::shared_ptr<Lock> lock_;
};

}  // namespace adic::audit
