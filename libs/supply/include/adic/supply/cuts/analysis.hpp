#pragma once

#include "adic/base/estimate.hpp"
#include "adic/base/result.hpp"
#include "adic/model/fault_tree.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace adic::supply {

/// A whole number of any size: a supply network of some hundred gates can have 10^20 cut sets.
class WholeNumber {
  public:
    WholeNumber() = default;

    /// Requires: `digits` is a decimal number without sign and without leading zeros.
    explicit WholeNumber(std::string digits) : digits_(std::move(digits)) {}

    const std::string& digits() const { return digits_; }

    double to_double_inexact() const;

    friend bool operator==(const WholeNumber&, const WholeNumber&) = default;

  private:
    std::string digits_ = "0";
};

struct CutOptions {
    std::uint32_t list_order =
        3;  ///< cuts of up to so many events are listed; more is hard to read
    std::size_t list_limit = 1'000;  ///< of those, so many at most
    /// Nodes of one decision diagram, about 30 bytes each. What does not fit is answered by cuts of
    /// limited order and by simulation, and the answer says so.
    std::size_t node_budget = 400'000;
    std::uint64_t trials = 1U << 21U;  ///< of a simulation: the 95 % interval is at most +-0.0007
    std::uint64_t seed = 1;            ///< of a simulation
};

/// A set of events that together stop the top, and no part of which does.
struct MinimalCut {
    std::vector<std::uint32_t> events;  ///< positions in the tree, by name
    /// Product of the likely probabilities of its events; empty if one of them has none.
    std::optional<double> probability;
};

struct CutCounts {
    std::optional<WholeNumber> total;  ///< of all orders; empty: not known, `by_order` is a part
    /// Entry k counts the minimal cut sets of exactly k events; every entry is exact.
    /// Entry 0 is 1 if the top is stopped without any event, else 0.
    std::vector<WholeNumber> by_order;
    bool all_orders = true;  ///< no cut has more events than the last entry of `by_order` says
};

struct CutList {
    std::vector<MinimalCut> cuts;  ///< by order, then most probable first, then by names
    std::uint32_t order = 0;       ///< cuts up to this order were looked for
    bool complete = true;          ///< false: cut off at `list_limit`
};

struct Interval {
    double low;
    double high;
};

enum class ProbabilityMethod {
    exact,        ///< on a binary decision diagram
    bounded,      ///< by the most likely cuts; within `interval` for certain
    monte_carlo,  ///< simulated; see `trials` and `interval`
    unknown       ///< some event has no probability; see `range` for what can be said
};

struct TopProbability {
    ProbabilityMethod method = ProbabilityMethod::unknown;
    /// With every event at its low, likely and high probability (the top is monotone in each).
    std::optional<Estimate> value;
    /// Where the likely value lies. Of a simulation: the 95 % Wilson score interval; bounded: for
    /// certain; exact: equal to it, twice.
    std::optional<Interval> interval;
    /// What holds whatever the missing probabilities are: events without one at 0 and at 1.
    std::optional<Interval> range;
    std::uint64_t trials = 0;                   ///< of a simulation
    std::vector<std::uint32_t> events_without;  ///< events that matter and have no probability
};

/// How much one event matters for the top, at the likely probabilities (p of the event, P of the
/// top). A figure is empty where it is not defined (a ratio to P = 0) or not known.
struct EventImportance {
    std::uint32_t event;                           ///< position in the tree
    std::optional<WholeNumber> cuts;               ///< minimal cut sets that contain it
    std::optional<double> birnbaum;                ///< MIF = P(top|event) - P(top|no event)
    std::optional<double> criticality;             ///< CIF = MIF p / P
    std::optional<double> diagnostic;              ///< DIF = P(event|top)
    std::optional<double> fussell_vesely;          ///< P(some cut with the event occurs) / P
    std::optional<double> risk_achievement_worth;  ///< RAW = P(top|event) / P
    std::optional<double> risk_reduction_worth;    ///< RRW = P / P(top|no event); may be infinite
};

struct CutAnalysis {
    CutCounts counts;
    CutList list;
    std::vector<std::uint32_t>
        single_points_of_failure;  ///< events that stop the top alone, by name
    TopProbability probability;
    std::vector<EventImportance> importance;  ///< of the events that matter, by position
    std::vector<std::string> remarks;         ///< what was left out and why, in plain words
};

/// Minimal cut sets, probability and importance for the top of a tree.
///
/// Exact by decision diagrams as long as they fit the budget; else exact for the orders stated,
/// with the probability by simulation. Deterministic: the same tree and options give the same bytes
/// on any number of threads.
///
/// Source: Rauzy (1993), Reliab. Eng. Syst. Saf. 40, 203 (diagrams, minimal solutions); Dutuit and
///         Rauzy (1996), IEEE Trans. Reliab. 45, 422 (modules). See docs/explanation/cuts.md.
/// Errors: invalid_argument if the tree is not one: a child or the top that does not exist, a count
///         outside [1, children], weights that are not one per child, negative or NaN, a
///         probability outside [0, 1]; or if votes are too large to be written out (some million
///         combinations).
/// Cost:   linear in the tree plus the diagrams, which the budget bounds.
Result<CutAnalysis> analyse_cuts(const model::FaultTree& tree, const CutOptions& options = {});

}  // namespace adic::supply
