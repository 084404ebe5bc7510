#pragma once

#include "adic/base/estimate.hpp"
#include "adic/base/result.hpp"
#include "adic/model/site_network.hpp"
#include "adic/shock/run.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace adic::shock {

/// Whether what is stored at a site that fails can still be used.
enum class StockFate { usable, lost };

/// Sites that fail together, and how long they take to be back.
struct Disruption {
    std::string name;
    std::vector<model::SiteIndex> sites;              ///< sorted, each once
    Estimate recovery_days = Estimate::exactly(0.0);  ///< time to recover, > 0
    bool recovery_assumed = false;                    ///< of some site it is not recorded
    Estimate severity = Estimate::exactly(1.0);       ///< part of the capacity that is gone
    StockFate stock = StockFate::usable;
};

struct DisruptionDefaults {
    /// Where nothing is recorded: 26 weeks, what a site takes after a fire or an exporter to get a
    /// licence, from a quarter of a year to a year.
    Estimate recovery_days;

    DisruptionDefaults();
};

/// One disruption for each site, place, organisation or part (all the sites that make it). Sites
/// inside are spared, so that what is wholly inside is not listed. In the order of the first site;
/// a place, organisation or part whose own recovery is not recorded takes the longest of its sites.
///
/// Cost: O(sites log sites).
std::vector<Disruption> list_disruptions(
    const model::SiteNetwork& network,
    model::SubjectKind kind,
    const DisruptionDefaults& defaults = {}
);

/// A part that limits how long demand is met, because all that is left of its sites works in full.
struct CapacityLimit {
    model::PartIndex part;
    double left_per_day;
    /// What demand takes of it. Empty where alternatives decide.
    std::optional<double> needed_per_day;
    double days_gained;  ///< for one more unit a day
};

/// A stock that is used up in that time.
struct StockLimit {
    model::PartIndex part;
    double stock;
    double days_gained;  ///< for one more unit
};

/// What decides how long demand is met. Both empty: it is met as long as was asked.
struct BindingConstraint {
    std::vector<CapacityLimit> capacities;  ///< the one worth most first, ties by part
    /// The one that lasts longest first, ties by part: stock times `days_gained`, which add up to
    /// the time to survive. Those without stock too, as it would count.
    std::vector<StockLimit> stocks;
};

/// How sure something is, by where the bounds of two estimates lie.
enum class Certainty { no, possible, certain };

/// A demand that is not met.
struct LostDemand {
    model::PartIndex part;
    Estimate units;
};

/// What one disruption does.
struct DisruptionImpact {
    /// Time to survive: how long all demand is met. At most SurvivalOptions::longest_days.
    Estimate survive_days = Estimate::exactly(0.0);
    Certainty survives = Certainty::no;  ///< even `longest_days`
    Estimate recover_days = Estimate::exactly(0.0);
    /// Time to survive is below time to recover.
    Certainty at_risk = Certainty::no;
    /// The least sum of margin times lost units until all is back.
    Estimate loss = Estimate::exactly(0.0);
    /// Risk exposure index: loss as part of the largest loss of all disruptions.
    Estimate exposure = Estimate::exactly(0.0);
    std::vector<LostDemand> lost;  ///< by part; one way to lose the least
    BindingConstraint binding;     ///< of the likely figures
};

struct SurvivalOptions {
    /// Whoever survives 27 years survives.
    double longest_days = 10'000.0;
    double time_limit_s = 60.0;  ///< for each program; an analyst waits a minute, not an hour
};

struct SurvivalAnalysis {
    DisruptionImpact undisturbed;           ///< nothing fails; over the longest recovery of all
    std::vector<DisruptionImpact> impacts;  ///< one for each disruption
    /// The disruptions, the worst first: by likely loss, then by likely time to survive less time
    /// to recover, then by position.
    std::vector<std::uint32_t> ranking;
    std::uint64_t programs = 0;  ///< linear programs solved
    /// Bounds are the worst and the best case of each disruption: low figures of capacity, stock
    /// and high ones of demand, quantities and recovery, and the reverse.
    bool has_bounds = false;
};

/// Time to survive and least loss until recovery of each disruption.
///
/// Source:   Simchi-Levi, Schmidt, Wei (2014), "From Superstorms to Factory Fires", Harvard Bus.
///           Rev. 92(1); Simchi-Levi et al. (2015), "Identifying Risks and Mitigating Disruptions
///           in the Automotive Supply Chain", Interfaces 45(5), 375;
///           docs/explanation/shock-survival.md (S1-S12).
/// Errors:   invalid_argument as check_site_network, for a network without demand, a disruption of
///           a site that is not there, a recovery not above 0 or a severity outside [0, 1];
///           unavailable if a program takes too long or somebody asks to stop.
/// Cost:     at most two linear programs of one row for each part, for each disruption and each of
///           up to three cases; none for a disruption that leaves enough of what is used.
Result<SurvivalAnalysis> analyse_survival(
    const model::SiteNetwork& network,
    std::span<const Disruption> disruptions,
    const SurvivalOptions& options = {},
    const Run& run = {}
);

/// The disruptions whose time to survive is, or may be, below their time to recover, the worst
/// first: the list that a planner works through.
std::vector<std::uint32_t> list_at_risk(const SurvivalAnalysis& analysis);

/// The binding constraint as a sentence: "barrel: 5 of the 10 pieces needed a day can still be
/// made; the stocks of barrel (8) and rifle (15) last 4.6 days."
std::string explain_binding(const model::SiteNetwork& network, const DisruptionImpact& impact);

}  // namespace adic::shock
