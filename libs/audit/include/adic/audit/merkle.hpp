#pragma once

#include "adic/audit/hash.hpp"
#include "adic/base/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace adic::audit {

/// The hashes that, together with what the reader knows, lead to a root.
using Proof = std::vector<Hash>;

/// No proof is longer: a path from a leaf of a tree of 2^63 entries, and one more hash.
inline constexpr std::size_t longest_proof = 64;

/// What has to be kept of a tree so that it can grow: the roots of its complete subtrees, from the
/// largest to the smallest.
///
/// Source: RFC 9162, 2.1.2; (G4) in docs/explanation/audit.md.
/// Cost:   O(log n) hashes of memory; `append` amortised O(1), `root` O(log n).
class Frontier {
  public:
    /// Adds a leaf. The hashes that are complete with it, the leaf first and then upwards, are
    /// added to `completed`: in this order they are stored.
    void append(const Hash& leaf, std::vector<Hash>& completed);

    std::uint64_t size() const { return size_; }

    Hash root() const;

  private:
    std::uint64_t size_ = 0;
    std::vector<Hash> peaks_;
};

/// How many hashes are stored for the first `leaves` leaves: one for each complete subtree, (G5).
std::uint64_t stored_hashes(std::uint64_t leaves);

/// Where the hash of the complete subtree number `index` of 2^`level` leaves is stored, (G6).
///
/// Source: Crosby and Wallach (2009), "Efficient Data Structures for Tamper-Evident Logging",
///         USENIX Security, 3.2 (hashes in the order in which they are complete).
std::uint64_t stored_position(unsigned level, std::uint64_t index);

/// Reads the stored hash at a position.
using ReadStored = std::function<Result<Hash>(std::uint64_t position)>;

/// The root that the log had with `size` entries.
///
/// Errors: those of `read`. Cost: O(log size) reads.
Result<Hash> root_at(std::uint64_t size, const ReadStored& read);

/// The proof that the leaf `index` is in the tree of `size` leaves.
///
/// Source: RFC 9162, 2.1.3.1; (G7).
/// Errors: invalid_argument unless index < size; those of `read`.
/// Cost:   O(log^2 size) reads at the right edge, O(log size) elsewhere.
Result<Proof> inclusion_proof(std::uint64_t index, std::uint64_t size, const ReadStored& read);

/// The proof that the tree of `size` leaves begins with the `old_size` leaves of the older one.
/// Empty for an empty older tree, which everything begins with.
///
/// Source: RFC 9162, 2.1.4.1; (G8).
/// Errors: invalid_argument unless old_size <= size; those of `read`.
Result<Proof> consistency_proof(std::uint64_t old_size, std::uint64_t size, const ReadStored& read);

/// A tree as its signed head says it.
struct TreeHead {
    std::uint64_t size = 0;
    Hash root = empty_root();

    friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

/// Whether `proof` leads from the leaf at `index` to the root of `head`.
///
/// Source: RFC 9162, 2.1.3.2; (G9).
bool proves_inclusion(
    const Hash& leaf,
    std::uint64_t index,
    const Proof& proof,
    const TreeHead& head
);

/// Whether `proof` shows that `later` begins with all the entries of `earlier`, in their order.
///
/// Source: RFC 9162, 2.1.4.2; (G10).
bool proves_consistency(const TreeHead& earlier, const TreeHead& later, const Proof& proof);

}  // namespace adic::audit
