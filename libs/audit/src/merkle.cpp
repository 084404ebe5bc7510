#include "adic/audit/merkle.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace adic::audit {
namespace {

/// The largest power of two below `n`. Requires: n > 1.
std::uint64_t split_of(std::uint64_t n) {
    return std::bit_floor(n - 1);
}

bool is_odd(std::uint64_t n) {
    return (n & 1U) != 0;
}

/// The root above complete subtrees that stand beside each other, each smaller than the one before.
Hash folded(const std::vector<Hash>& peaks) {
    if (peaks.empty()) {
        return empty_root();
    }
    Hash root = peaks.back();
    for (std::size_t i = peaks.size() - 1; i > 0; --i) {
        root = node_hash(peaks[i - 1], root);
    }
    return root;
}

/// The leaves [begin, end).
struct Range {
    std::uint64_t begin;
    std::uint64_t end;
};

/// Requires: begin is a multiple of a power of two that is at least end - begin.
Result<Hash> root_of(Range range, const ReadStored& read) {
    std::vector<Hash> peaks;
    while (range.begin < range.end) {
        const std::uint64_t leaves = std::bit_floor(range.end - range.begin);
        const auto level = static_cast<unsigned>(std::countr_zero(leaves));
        ADIC_TRY(const Hash peak, read(stored_position(level, range.begin >> level)));
        peaks.push_back(peak);
        range.begin += leaves;
    }
    return folded(peaks);
}

/// Goes from a tree into the half that has the leaf `wanted`, and gives the root of the other half.
Result<Hash> descend(Range& range, std::uint64_t wanted, const ReadStored& read) {
    const std::uint64_t middle = range.begin + split_of(range.end - range.begin);
    if (wanted < middle) {
        return root_of({middle, std::exchange(range.end, middle)}, read);
    }
    return root_of({std::exchange(range.begin, middle), middle}, read);
}

Error out_of_range() {
    return Error{
        ErrorCode::invalid_argument,
        "there is no proof of this: it is not in the log",
        {}};
}

/// Where nothing has to be computed: nothing was there before, or nothing has come.
bool is_plainly_consistent(const TreeHead& earlier, const TreeHead& later) {
    if (later.size == 0 && later.root != empty_root()) {
        return false;
    }
    return earlier.size == 0 ? earlier.root == empty_root() : earlier == later;
}

/// One step up from where two numbers stand: a position, and the last one of its level.
struct Climb {
    std::uint64_t position;
    std::uint64_t last;

    /// Whether the next hash of a proof stands to the left.
    bool has_left_sibling() const { return is_odd(position) || position == last; }

    void rise() {
        position >>= 1U;
        last >>= 1U;
    }

    /// At the right edge there are levels without a sibling.
    void rise_over_missing_siblings() {
        while (!is_odd(position) && position != 0) {
            rise();
        }
    }
};

}  // namespace

void Frontier::append(const Hash& leaf, std::vector<Hash>& completed) {
    Hash hash = leaf;
    completed.push_back(hash);
    for (std::uint64_t n = size_; is_odd(n); n >>= 1U) {
        hash = node_hash(peaks_.back(), hash);
        peaks_.pop_back();
        completed.push_back(hash);
    }
    peaks_.push_back(hash);
    ++size_;
}

Hash Frontier::root() const {
    return folded(peaks_);
}

std::uint64_t stored_hashes(std::uint64_t leaves) {
    return 2 * leaves - static_cast<std::uint64_t>(std::popcount(leaves));
}

std::uint64_t stored_position(unsigned level, std::uint64_t index) {
    // It is complete with its last leaf, and stored after the levels below it.
    const std::uint64_t last_leaf = ((index + 1) << level) - 1;
    return stored_hashes(last_leaf) + level;
}

Result<Hash> root_at(std::uint64_t size, const ReadStored& read) {
    return root_of({0, size}, read);
}

Result<Proof> inclusion_proof(std::uint64_t index, std::uint64_t size, const ReadStored& read) {
    if (index >= size) {
        return out_of_range();
    }
    Proof proof;
    Range range{0, size};
    while (range.end - range.begin > 1) {
        ADIC_TRY(const Hash other, descend(range, index, read));
        proof.push_back(other);
    }
    std::ranges::reverse(proof);
    return proof;
}

Result<Proof>
consistency_proof(std::uint64_t old_size, std::uint64_t size, const ReadStored& read) {
    if (old_size > size) {
        return out_of_range();
    }
    Proof proof;
    Range range{0, size};
    while (old_size > 0 && old_size < range.end) {
        ADIC_TRY(const Hash other, descend(range, old_size - 1, read));
        proof.push_back(other);
    }
    if (range.begin > 0) {  // else the old tree is a subtree of the new one, and its root is known
        ADIC_TRY(const Hash last, root_of(range, read));
        proof.push_back(last);
    }
    std::ranges::reverse(proof);
    return proof;
}

bool proves_inclusion(
    const Hash& leaf,
    std::uint64_t index,
    const Proof& proof,
    const TreeHead& head
) {
    if (index >= head.size) {
        return false;
    }
    Climb climb{index, head.size - 1};
    Hash root = leaf;
    for (const Hash& sibling : proof) {
        if (climb.last == 0) {
            return false;
        }
        if (climb.has_left_sibling()) {
            root = node_hash(sibling, root);
            climb.rise_over_missing_siblings();
        } else {
            root = node_hash(root, sibling);
        }
        climb.rise();
    }
    return climb.last == 0 && root == head.root;
}

bool proves_consistency(const TreeHead& earlier, const TreeHead& later, const Proof& proof) {
    if (earlier.size == 0 || earlier.size >= later.size) {
        return proof.empty() && is_plainly_consistent(earlier, later);
    }
    // An old tree that is a subtree of the new one needs no hash: its root is known.
    const bool is_subtree = std::has_single_bit(earlier.size);
    if (proof.empty()) {
        return false;
    }
    Climb climb{earlier.size - 1, later.size - 1};
    while (is_odd(climb.position)) {
        climb.rise();
    }
    Hash old_root = is_subtree ? earlier.root : proof.front();
    Hash new_root = old_root;
    for (std::size_t i = is_subtree ? 0 : 1; i < proof.size(); ++i) {
        if (climb.last == 0) {
            return false;
        }
        if (climb.has_left_sibling()) {
            old_root = node_hash(proof[i], old_root);
            new_root = node_hash(proof[i], new_root);
            climb.rise_over_missing_siblings();
        } else {
            new_root = node_hash(new_root, proof[i]);
        }
        climb.rise();
    }
    return climb.last == 0 && old_root == earlier.root && new_root == later.root;
}

}  // namespace adic::audit
