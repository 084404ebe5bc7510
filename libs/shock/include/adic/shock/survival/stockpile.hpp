#pragma once

#include "adic/base/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace adic::shock {

/// A disruption of known length that a stockpile is to bridge. Time in periods, such as months.
struct NamedDisruption {
    double use = 0.0;           ///< normal use of a period
    double use_sd = 0.0;        ///< its standard deviation
    double surge = 1.0;         ///< use in the disruption, as part of the normal one
    double alternatives = 0.0;  ///< part of it that comes from elsewhere, in [0, 1]
    double periods_to_recover = 0.0;
    double safety = 1.645;  ///< standard deviations; 1.645 lasts in 95 of 100 cases
};

struct StockpileSize {
    double base = 0.0;
    double safety = 0.0;
    double periods_of_use = 0.0;  ///< all of it, in periods of normal use

    double total() const { return base + safety; }
};

/// The stock that bridges a disruption: base = use * surge * (1 - alternatives) * periods, safety
/// stock for its spread.
///
/// Source:   docs/explanation/shock-survival.md (K7).
/// Errors:   invalid_argument for a negative figure, alternatives above 1 or no use.
Result<StockpileSize> size_stockpile(const NamedDisruption& disruption);

/// What a unit too much and a unit too little cost in a period.
struct UnitCosts {
    double holding;   ///< > 0
    double shortage;  ///< > 0
};

struct NewsvendorStock {
    double level;
    double cost;  ///< expected, above the cost of knowing demand
};

/// The level that balances holding and shortage for normally distributed demand.
///
/// Source:   Arrow, Harris, Marschak (1951), Econometrica 19(3), 250; (K8).
/// Errors:   invalid_argument for a cost not above 0 or a negative standard deviation.
Result<NewsvendorStock> newsvendor_stock(double mean, double sd, const UnitCosts& costs);

/// A supplier that is up or down: chances in each period.
struct UpDownSupplier {
    double failure;   ///< of one that is up, in (0, 1)
    double recovery;  ///< of one that is down, in (0, 1]
};

/// Periods of use to hold against a supplier that fails at times: the smallest whole n with
/// P(down for at most n - 1 periods) >= shortage / (shortage + holding).
///
/// Source:   Tomlin (2006), Manage. Sci. 52(5), 639; Snyder, Shen (2019), "Fundamentals of Supply
///           Chain Theory", 2nd ed., 9.2; (K9).
/// Errors:   invalid_argument for a chance or cost out of range.
Result<std::uint32_t> periods_to_hold(const UpDownSupplier& supplier, const UnitCosts& costs);

/// Standard deviation of the sum of what several holders use, each pair correlated by
/// `correlation`.
///
/// Source:   Eppen (1979), Manage. Sci. 25(5), 498; (K10).
/// Requires: no entry negative; correlation in [-1 / (n - 1), 1].
double pooled_sd(std::span<const double> sds, double correlation);

// --- several stages -----------------------------------------------------------------------------

/// A stage that makes or moves something, and may hold a stock after it.
struct ServiceStage {
    std::uint32_t periods;  ///< that it takes
    double holding_cost;    ///< of a unit for a period, >= 0
    double use_sd;          ///< of what is taken from it in a period, >= 0
    /// Of a stage without customers below: the longest time in which it must deliver.
    std::uint32_t promised = 0;
};

/// The stage `from` supplies the stage `to`.
struct ServiceLink {
    std::uint32_t from;
    std::uint32_t to;
};

struct StagePlan {
    std::uint32_t service;  ///< periods in which it delivers to its customers
    std::uint32_t covered;  ///< periods of use that its stock covers
    double stock;           ///< safety * use_sd * sqrt(covered)
};

struct ServicePlan {
    std::vector<StagePlan> stages;
    double cost;  ///< of holding, for a period
};

/// Where in a tree of stages safety stocks cost least if every stage keeps its promise.
///
/// Source:   Graves, Willems (2000), "Optimizing Strategic Safety Stock Placement in Supply
///           Chains", Manuf. Serv. Oper. Manag. 2(1), 68: dynamic programming over the tree; (K11).
/// Errors:   invalid_argument if the links are no tree over all stages, a figure is negative,
///           the longest path takes more than 2,000 periods, or stages * periods^2 is above 4e9.
/// Cost:     O(stages * periods^2), periods those of the longest path.
Result<ServicePlan> place_safety_stocks(
    std::span<const ServiceStage> stages,
    std::span<const ServiceLink> links,
    double safety = 1.645
);

}  // namespace adic::shock
