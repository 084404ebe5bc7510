#pragma once

#include "adic/app/audited_store.hpp"
#include "adic/base/result.hpp"
#include "adic/procure/demand.hpp"
#include "adic/procure/offer_terms.hpp"
#include "adic/registry/store/record_store.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace adic::app {

struct PoolRequest {
    std::string item =
        {};  ///< a demand or catalogue item by identifier, a stock number, or a name;
             ///< empty: all of what is wanted
    procure::BuyingWindow within;
    std::chrono::sys_days today;
    std::optional<procure::PriceList> prices = {};  ///< empty: no breaks are looked for
    std::optional<procure::OfferTerms> offer = {};  ///< empty: no saving is estimated
};

/// States that could buy one product together.
struct PoolGroup {
    std::string item;  ///< as most of them call it
    std::vector<procure::PlannedDemand> demands;
    std::vector<std::string> states;
    std::optional<procure::Range> quantity = {};
    std::size_t unknown = 0;                            ///< demands whose quantity is not known
    std::optional<procure::BuyingPeriod> busiest = {};  ///< when the most states want it
};

/// A state's plan beside what was asked for.
struct PoolMatch {
    procure::PlannedDemand demand;
    procure::Overlap overlap;
    bool is_own = false;  ///< of the reader's own state
};

struct PoolAnswer {
    std::vector<PoolGroup> groups;                      ///< without an item; most states first
    std::optional<procure::PlannedDemand> wanted = {};  ///< the demand that was named
    std::vector<PoolMatch> matches;
    std::vector<PoolMatch> near_misses;
    std::vector<std::string> others;  ///< states that buy it, but the reader's own
    PoolGroup together;               ///< all of them, with the demand that was named
    std::vector<procure::BuyingPeriod> periods;
    std::vector<procure::BreakReached> breaks;
    std::vector<procure::FunnelStep> funnel;
    std::vector<std::string> projects;      ///< identifiers, by which the funnel is known
    std::vector<std::string> counted = {};  ///< states whose quantity is known: the saving's
    std::optional<procure::SavingRange> saving = {};  ///< of an offer to two states or more
    std::vector<procure::SplitCost> splits = {};      ///< likewise
    std::vector<procure::LotOnLine> lots = {};        ///< likewise, by a learning curve
};

/// Who else buys this: demands of the registry that one product could meet within the window, why,
/// and what only nearly fits; when most want it, which price breaks they reach together, and how
/// far they have come. What the reader does not see is in none of it.
///
/// Errors: as list_records; of range_of, for an offer.
/// Cost:   that of reading demands, products and projects; O(n log n) besides, and O(n^2) in the
///         demands of one group.
Result<PoolAnswer> pool_demands(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const PoolRequest& request,
    const Viewing& viewing = {}
);

/// The same among records that are at hand. Errors: of range_of, for an offer.
Result<PoolAnswer> pool_of(
    const std::vector<procure::PlannedDemand>& demands,
    const std::vector<procure::CatalogueItem>& catalogue,
    const std::vector<procure::Project>& projects,
    const std::string& own_state,
    const PoolRequest& request
);

}  // namespace adic::app
