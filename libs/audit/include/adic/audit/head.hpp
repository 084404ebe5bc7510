#pragma once

#include "adic/audit/keys.hpp"
#include "adic/audit/merkle.hpp"
#include "adic/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::audit {

/// What a log says of itself: its name, how many entries it has, and the root above them.
struct Head {
    std::string origin;  ///< the name of the log, which is the name of its key
    TreeHead tree;

    friend bool operator==(const Head&, const Head&) = default;
};

/// A line below a signed note.
struct Signature {
    std::string name;      ///< of the key
    std::uint32_t id = 0;  ///< of the key
    /// 64 bytes of Ed25519; of a witness, after 8 bytes of the time, the highest first.
    std::string bytes;

    friend bool operator==(const Signature&, const Signature&) = default;
};

struct SignedHead {
    Head head;
    std::vector<Signature> signatures;

    friend bool operator==(const SignedHead&, const SignedHead&) = default;
};

/// No note is longer, and none has more signatures.
inline constexpr std::size_t longest_note = std::size_t{1} << 15U;
inline constexpr std::size_t most_signatures = 100;

/// What is signed: origin, size and root, a line each.
///
/// Source: C2SP tlog-checkpoint v1; (G12) in docs/explanation/audit.md.
std::string note_text(const Head& head);

/// The note with its signatures, as C2SP signed-note v1 has it.
std::string write_signed_head(const SignedHead& signed_head);

/// Errors: invalid_argument unless it is what `write_signed_head` writes, with a signature at
///         least. Extension lines, which C2SP allows and nothing here uses, are refused.
Result<SignedHead> parse_signed_head(std::string_view text);

/// As `parse_signed_head`, of a file. Errors: also not_found, unavailable.
Result<SignedHead> read_head_file(const std::filesystem::path& path);

/// A signature of the log's own key.
/// Requires: the key is of kind log.
Signature sign_head(const Head& head, const SigningKey& key);

/// The co-signature of a witness who found at `time` that the head is consistent with all heads of
/// the log that it signed before. It is on the caller to have found that: LastSigned does.
///
/// Source:   C2SP tlog-cosignature v1, "Ed25519 signed message"; (G13).
/// Requires: the key is of kind witness; `time` is not before 1970.
Signature cosign_head(const Head& head, const SigningKey& key, std::chrono::sys_seconds time);

/// The time of a co-signature, or nothing if it has no room for one.
std::optional<std::chrono::sys_seconds> time_of(const Signature& signature);

/// Whether `signature` is the key's, over this head.
bool holds(const Signature& signature, const Head& head, const VerifyingKey& key);

/// Puts a signature in: in the place of an older one of the same key, else at the end.
void add_signature(SignedHead& signed_head, Signature signature);

}  // namespace adic::audit
