#pragma once

#include "adic/base/result.hpp"
#include "adic/ingest/import_report.hpp"
#include "adic/procure/many_states.hpp"
#include "adic/procure/nucleolus.hpp"
#include "adic/procure/offer_terms.hpp"
#include "adic/procure/pooled_purchase.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::app {

struct ShareCostsRequest {
    std::filesystem::path game = {};        ///< as `ingest::read_game`; or else:
    std::filesystem::path quantities = {};  ///< as `ingest::read_quantities`, bought on these terms
    procure::PurchaseTerms terms = {};
    /// In place of `terms`: shared on what is likely, with the range of the saving.
    std::optional<procure::OfferTerms> offer = {};
    procure::SamplingOptions sampling = {};  ///< of more states than all sets of can be looked at
    bool is_savings = false;  ///< the amounts of the game are what its sets of players get
};

/// What one rule asks of each state, and what can be said against it.
struct SharedByRule {
    std::string_view rule;
    procure::Shares exact;
    std::vector<std::int64_t> cents;  ///< they add up to what all pay together
    bool is_in_core = false;
    std::vector<procure::Objection> objections;  ///< of each state: the worst
    /// Of each state that comes last: by how much the payment of the others rises most by that, in
    /// cents; at most 0: nobody pays more. Empty for two states.
    std::vector<double> rise_if_last;
    std::vector<std::string> raised_if_last;  ///< whose payment it is
};

struct ShareCostsAnswer {
    ingest::ImportReport report;  ///< with an error there is no game
    procure::CostGame game;
    std::vector<double> quantities;               ///< empty: not known
    std::vector<SharedByRule> rules;              ///< in the order in which people know them
    std::optional<procure::Nucleolus> nucleolus;  ///< empty: alone all pay less than together
    bool is_nucleolus_proven = false;             ///< by exact arithmetic from the game alone
    procure::Fraction least_core_excess = 0;      ///< above 0: whatever the shares, a set objects
    /// States that bring so much of the volume that their own gain falls as they bring more, if all
    /// pay the same price for a piece.
    std::vector<std::string> above_equal_price_limit;
    std::vector<std::string> states = {};  ///< in the order of the quantities; empty: of a game
    std::optional<procure::ManyShares> many = {};  ///< in place of the game and all that is above
    std::optional<procure::SavingRange> saving = {};  ///< of an offer
    std::vector<procure::SplitCost> splits = {};      ///< likewise
    std::vector<procure::LotOnLine> lots = {};        ///< by a learning curve
};

/// Lines of production that a split is priced for at most.
inline constexpr std::size_t most_split_lines = 4;

/// What each pays by the rule of this name; empty: there is none, or it says nothing of the game.
/// `quantities` are those of the players. Cost: that of the rule.
std::optional<procure::Shares> shares_by_rule(
    std::string_view rule,
    const procure::CostGame& game,
    const std::vector<double>& quantities
);

/// Shares what states pay together by every rule, side by side, with what each state would object
/// to, who would pay more when another comes, and the proof of the nucleolus.
///
/// Errors: those of the readers; invalid_argument for a game that cannot be made.
/// Cost:   O(n rules 2^n) and the nucleoli of n + 1 games.
Result<ShareCostsAnswer> share_costs(const ShareCostsRequest& request);

}  // namespace adic::app
