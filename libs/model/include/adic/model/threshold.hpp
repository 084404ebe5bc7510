#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace adic::model {

/// One decision on one input of a threshold: `if_failed` when the input is failed, else `if_not`.
/// Both name an earlier node, or a constant below.
struct ThresholdNode {
    std::uint32_t input;
    std::uint32_t if_failed;
    std::uint32_t if_not;
};

/// A vote or a weighted sum as a small diagram of decisions. Every node is monotone, so it equals
/// `if_not` or (input and `if_failed`).
struct ThresholdDiagram {
    static constexpr std::uint32_t never = 0;
    static constexpr std::uint32_t always = 1;
    static constexpr std::uint32_t first_node = 2;  ///< `nodes[i]` is named `first_node + i`

    std::vector<ThresholdNode> nodes;  ///< children before parents
    std::uint32_t root = never;
};

/// Shares that differ by less than this part of the whole are equal, so that 0.1 + 0.2 is not more
/// than 0.3.
inline constexpr double share_tolerance = 1e-9;

/// Whether what is lost of a whole is more than may be lost. The only comparison of shares with a
/// level: whoever asks in another way answers differently where the two are equal.
///
/// Unit: any, the same for all three.
constexpr bool exceeds(double lost, double limit, double whole) {
    return lost > limit + share_tolerance * whole;
}

/// `exceeds` in whole numbers, for sums in any order: weights of 2^-50 of their total, and a limit
/// that has the tolerance in it. The sum is above the level when it is more than `limit`.
struct WholeWeights {
    std::vector<std::int64_t> weights;
    std::int64_t limit = 0;
};

/// Requires: weights and limit are finite and not negative.
WholeWeights whole_weights(std::span<const double> weights, double limit);

/// `count` or more of `inputs` are failed. Empty if it takes more than `node_limit` nodes.
/// Cost: O(count (inputs - count + 1)).
std::optional<ThresholdDiagram>
vote_diagram(std::uint32_t inputs, std::uint32_t count, std::size_t node_limit);

/// The weights of the failed inputs add up to more than `limit`, by `whole_weights`.
/// Empty if it takes more than `node_limit` nodes.
///
/// Source:   Abio, Nieuwenhuis, Oliveras, Rodriguez-Carbonell, Mayer-Eichberger (2012), "A New Look
///           at BDDs for Pseudo-Boolean Constraints", J. Artif. Intell. Res. 45, 443, sec. 5:
///           partial sums that no later input tells apart share a node.
/// Requires: weights and limit are finite and not negative.
std::optional<ThresholdDiagram>
weighted_diagram(std::span<const double> weights, double limit, std::size_t node_limit);

}  // namespace adic::model
