#pragma once

#include "adic/base/sentence.hpp"
#include "adic/procure/price.hpp"
#include "adic/procure/project.hpp"

#include <chrono>
#include <compare>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace adic::procure {

/// How many pieces are wanted if one costs at most so much.
struct PriceTier {
    double price = 0.0;
    double quantity = 0.0;
};

/// A plan of a state to buy, as a reader knows it: what was not released is not in it.
struct PlannedDemand {
    std::string id;
    std::string state;
    std::string item;  ///< a catalogue item by identifier, or a name
    std::string nsn = {};
    std::string hs = {};
    std::string unspsc = {};
    std::optional<Range> quantity = {};
    std::vector<PriceTier> tiers = {};                ///< empty: the quantity at any price
    std::optional<std::chrono::sys_days> first = {};  ///< empty: from any day on
    std::optional<std::chrono::sys_days> last = {};   ///< empty: without end
    std::vector<std::string> standards = {};          ///< each is a must
    std::string variant = {};
};

/// What a reader knows of an item that may stand for another one.
struct CatalogueItem {
    std::string id;
    std::string name;
    std::string nsn = {};
    std::string hs = {};
    std::string unspsc = {};
    std::string item_class = {};  ///< "patrol-vessel/1"
    std::string replaces = {};    ///< identifier
};

/// Days, both of them in it.
struct BuyingWindow {
    std::chrono::sys_days first;
    std::chrono::sys_days last;

    friend bool operator==(const BuyingWindow&, const BuyingWindow&) = default;
};

/// So many years from a day on: 29 February stands for 1 March where there is none.
BuyingWindow years_from(std::chrono::sys_days day, int years);

/// A demand beside another one: how they are alike, and when both are wanted.
struct Overlap {
    std::size_t demand = 0;          ///< position among the demands
    std::vector<Sentence> because;   ///< of a near miss: what they have in common
    std::vector<Sentence> but = {};  ///< what they do not share, a match may have some, too
    std::optional<BuyingWindow> window = {};  ///< of a match
};

struct Overlaps {
    std::vector<Overlap> matches;      ///< by state and identifier
    std::vector<Overlap> near_misses;  ///< likewise
};

/// Which demands one product could meet: those of the same item by its name, the same stock number,
/// the same chain of replacements, or the same class or code (UNSPSC, HS to six digits) together
/// with a standard that both have to meet. What shares no more than class or code, or is wanted at
/// other times or at a time that is not known, is a near miss.
class Interchange {
  public:
    /// Cost: O(items log items).
    explicit Interchange(std::span<const CatalogueItem> catalogue);

    /// The demands beside `wanted` that overlap with it within the window, itself left out.
    /// Cost: O(demands (marks + log demands)).
    Overlaps find_overlaps(
        const PlannedDemand& wanted,
        std::span<const PlannedDemand> demands,
        const BuyingWindow& within
    ) const;

    /// Whether one product could meet both, whenever they are wanted.
    bool is_one_for(const PlannedDemand& a, const PlannedDemand& b) const;

    /// Demands that one product could meet, directly or by way of others of them, whenever they are
    /// wanted; positions in rising order, groups by their first. Cost: O(marks log marks).
    std::vector<std::vector<std::size_t>> group(std::span<const PlannedDemand> demands) const;

    /// Identifiers of the items by which a demand is compared: those that it names, and the chains
    /// that they are in.
    std::vector<std::string> items_behind(const PlannedDemand& demand) const;

  private:
    /// Something by which two demands are alike.
    struct Mark {
        std::string key;
        Sentence words;
        bool is_enough = false;  ///< for one product to meet both

        friend auto operator<=>(const Mark& a, const Mark& b) { return a.key <=> b.key; }

        friend bool operator==(const Mark& a, const Mark& b) { return a.key == b.key; }
    };

    std::vector<Mark> marks_of(const PlannedDemand& demand) const;
    std::vector<std::size_t> named(const PlannedDemand& demand) const;

    std::vector<CatalogueItem> items_;
    std::multimap<std::string, std::size_t> named_;  ///< items by what a demand can call them
    std::vector<std::size_t> chain_;                 ///< of each item: the first of its chain
    std::vector<std::size_t> chain_length_;          ///< of each first
};

/// Some days on which the same states want it.
struct BuyingPeriod {
    BuyingWindow window;
    std::vector<std::string> states;
    std::optional<Range> quantity = {};  ///< of those where it is known
    std::size_t unknown = 0;             ///< states whose quantity is not
};

/// The window cut where somebody begins or ends, each part with who wants it then; parts in which
/// nobody does are left out. Each demand is wanted on all days of its own window.
/// Cost: O(demands^2).
std::vector<BuyingPeriod>
buying_periods(std::span<const PlannedDemand> demands, const BuyingWindow& within);

/// All of what they want; of nobody, or where no quantity is known: empty.
std::optional<Range> quantity_of(std::span<const PlannedDemand> demands);

/// How many do not say how much, or not to the reader.
std::size_t unknown_quantities(std::span<const PlannedDemand> demands);

/// A break of a price list, and what would be bought at its price.
struct BreakReached {
    PriceBreak step;
    Range wanted;
    bool is_reached = false;      ///< however the bands turn out
    bool may_be_reached = false;  ///< by the upper ends of bands
};

/// What all demands together want at each price of the list: of each the largest tier whose price
/// is not below it, or its quantity. The lowest price that is reached is the one to ask for.
///
/// Source: the clearing of a market with buyers alone: Bogetoft, Damgard et al. (2009), "Secure
///         multiparty computation goes live", Financial Cryptography, section 3.
/// Requires: breaks in rising order. Cost: O(breaks tiers).
std::vector<BreakReached>
breaks_reached(std::span<const PlannedDemand> demands, const PriceList& prices);

/// How far a state has come on the way to what it wants.
enum class FunnelStage {
    planned,     ///< it says that it wants it
    interested,  ///< it takes part in a project, and has not left
    signed_on,   ///< it signed a paper of the project
    committed,   ///< it signed a frame agreement or a call-off
    ordered,     ///< it signed a call-off
    delivered    ///< a call-off that it signed is delivered
};

std::string_view name_of(FunnelStage stage);

struct FunnelStep {
    FunnelStage stage = FunnelStage::planned;
    std::vector<std::string> states;     ///< that came so far, each once
    std::optional<Range> quantity = {};  ///< planned: of the demands; interested to committed: of
                                         ///< the parts; then: of the call-offs
};

/// From all who plan to buy to those who have it, over all projects.
/// Cost: O(projects (papers + parts) + demands).
std::vector<FunnelStep> funnel_of(
    std::span<const PlannedDemand> demands,
    std::span<const Project> projects,
    std::chrono::sys_days today
);

}  // namespace adic::procure
