#pragma once

#include "adic/base/estimate.hpp"
#include "adic/base/progress.hpp"
#include "adic/supply/failure.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace adic::supply {

struct BottleneckOptions {
    FailureOptions failure = {};
    std::uint32_t draws =
        400;  ///< of uncertain inputs, for the range of ranks: quartiles to about 2 ranks
    std::uint64_t seed = 1;
};

/// The largest supplier outside, and how sure its share is.
struct LargestOutside {
    model::StateIndex state;
    Estimate share;
};

/// A place in the chain where few suppliers can stop what is asked about, with everything that
/// makes it one.
struct Bottleneck {
    model::ItemIndex item;
    std::vector<model::ItemIndex>
        stops;  ///< of the items asked about, those that stop when this is short
    /// Fewest states outside that together leave less than enough: when certain, likely and
    /// possible. Empty: no number of them does (what is inside, or unknown, is enough).
    std::optional<std::uint32_t> states_to_stop_certain;
    std::optional<std::uint32_t> states_to_stop;
    std::optional<std::uint32_t> states_to_stop_possible;
    std::optional<LargestOutside> largest;
    double inside_share;   ///< likely share that comes from inside
    double known_share;    ///< likely share whose origin is known
    double concentration;  ///< sum of squared likely shares by origin state, of what is known; in
                           ///< [0, 1]
    /// Probability per year that the states' hazards leave less than enough. Empty: a supplier has
    /// no hazard.
    std::optional<Estimate> stop_probability;
    /// Expected stops of items asked about, per year: what the list is ordered by.
    std::optional<Estimate> expected_stops;
    std::uint32_t rank;            ///< 1 is the worst
    std::uint32_t rank_from;       ///< 5th percentile of the rank over the draws
    std::uint32_t rank_to;         ///< 95th percentile
    model::Confidence confidence;  ///< the weakest of the supplies; not of needs and hazards
};

/// A need that hangs on an item about whose suppliers nothing is known.
struct BlindSpot {
    model::ItemIndex item;
    std::vector<model::ItemIndex> stops;
    double known_share;
};

struct BottleneckRanking {
    std::vector<Bottleneck> bottlenecks;  ///< worst first
    std::vector<BlindSpot> blind_spots;   ///< most items stopped first; known share below 0.5
};

/// The bottlenecks of `targets`: every item below them whose shortage stops at least one of them,
/// ordered by the expected number of targets stopped per year (those without probability after, by
/// targets stopped, then by the fewest states that can stop it, then by largest share).
///
/// Ranks under uncertainty: each draw takes every share and hazard from a triangular distribution
/// over its estimate and gives the unknown part of a supply to one of its known origins or to
/// nobody, at random; `rank_from` and `rank_to` are the 5th and 95th percentile of the rank.
/// Probabilities of supply are exact for shares rounded to 1/1000.
/// Source: ranking by expected consequence after Kaplan and Garrick (1981), Risk Analysis 1(1),
/// 11-27. Cost: O(draws * bottlenecks * origins * 1000) plus one propagation for each item.
BottleneckRanking rank_bottlenecks(
    const MapIndex& index,
    const Viewpoint& viewpoint,
    std::span<const model::ItemIndex> targets,
    const BottleneckOptions& options,
    const Progress& progress = {}
);

}  // namespace adic::supply
