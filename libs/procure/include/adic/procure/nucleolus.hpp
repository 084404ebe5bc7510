#pragma once

#include "adic/procure/sharing.hpp"

#include <optional>
#include <vector>

namespace adic::procure {

enum class NucleolusKind {
    nucleolus,    ///< among shares by which nobody pays more than alone
    prenucleolus  ///< among all shares
};

/// One of the sets of players of a step, with its weight.
struct WeightedCoalition {
    Coalition coalition = 0;
    Fraction weight = 0;  ///< above 0
};

/// One step of the proof that shares are the nucleolus.
///
/// Among all shares that agree with the steps before it, no shares leave every set of players whose
/// payment is still open better off than by `saves`, and those that leave each of them that well
/// off give the sets of this step exactly that. Why: the weights add up to 1, and the sum of the
/// sets with their weights, and of the players at their bound with theirs, is a combination of sets
/// whose payment the steps before it have settled; so the weighted sum of what they save is the
/// same for all such shares, and at a player's bound at least it.
struct NucleolusStep {
    Fraction saves = 0;  ///< what each of the sets would save by going alone; negative: lose
    std::vector<WeightedCoalition> coalitions = {};
    std::vector<WeightedCoalition> at_bound = {};  ///< single players who pay what they would alone
};

struct Nucleolus {
    Shares shares;
    std::vector<NucleolusStep> proof = {};
};

/// The shares by which the set of players that would save most by going alone saves as little as
/// possible, then the second, and so on. In the core, if there is a core; it is one point, always.
///
/// Exact: a simplex method on whole numbers of 256 bits over sets of players, one linear program
/// for each step; sets are looked through, not written down as rows.
///
/// Source: Schmeidler (1969), "The nucleolus of a characteristic function game", SIAM Journal on
///         Applied Mathematics 17(6); the sequence of linear programs: Maschler, Peleg and Shapley
///         (1979), "Geometric properties of the kernel, nucleolus, and related solution concepts",
///         Mathematics of Operations Research 4(4); prenucleolus: Sobolev (1975).
/// Empty:  the nucleolus of a game in which all together pay more than each alone: no shares are
///         left to choose among.
/// Requires: check_game(game). Cost: at most n - 1 steps, each some dozens of passes over 2^n sets.
std::optional<Nucleolus> nucleolus(const CostGame& game, NucleolusKind kind);

/// Whether the proof holds for the shares, by exact arithmetic and from the game alone: a criterion
/// in the form of Kohlberg's. It does not use the method by which they were found.
/// Source: Kohlberg (1971), "On the nucleolus of a characteristic function game", SIAM Journal on
///         Applied Mathematics 20(1).
/// Cost:   O(steps 2^n n).
bool is_proven(const CostGame& game, const Nucleolus& found, NucleolusKind kind);

/// By how much the most discontented set of players would be better off alone where shares make
/// that as small as they can: the epsilon of the least core. At most 0: there is a core.
/// Source: Maschler, Peleg and Shapley (1979). Requires: a prenucleolus.
Fraction least_core_excess(const Nucleolus& prenucleolus);

}  // namespace adic::procure
