#pragma once

#include "adic/base/blocks.hpp"
#include "adic/base/estimate.hpp"
#include "adic/base/result.hpp"
#include "adic/shock/dynamics/item_network.hpp"
#include "adic/shock/run.hpp"
#include "adic/shock/scenario/resolve.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::shock {

enum class Sampling {
    independent,
    antithetic,   ///< runs in pairs, the second from what the first left: 1 - u
    quasi_random  ///< Sobol points with random digital shifts, in 16 independent replicates
};

/// How a figure is spread between low, likely and high.
enum class Spread {
    pert,       ///< beta, with four times the weight on the likely value
    triangular  ///< more on the ends
};

/// What the part of an item's supply does whose supplier nobody recorded.
enum class UnrecordedShare {
    survives,
    spread  ///< it is divided at random among suppliers recorded without a share, and others
};

/// When events happen that are not sure to.
enum class Starts {
    as_stated,
    anywhere  ///< on any day of the horizon; events of one cause keep their distances
};

/// What is kept of an item's output in a week: its mean, or also how it is spread over the runs,
/// which takes a byte for each run, week and item asked for.
enum class WeeklyOutput { mean, spread };

struct MonteCarloOptions {
    std::uint64_t seed = 1;
    Sampling sampling = Sampling::independent;
    Spread spread = Spread::pert;
    UnrecordedShare unrecorded = UnrecordedShare::spread;
    Starts starts = Starts::as_stated;
    WeeklyOutput weekly = WeeklyOutput::mean;
    /// Importance sampling: events less likely than this are drawn with this probability, and the
    /// run counts for as much less. 0: as likely as they are.
    double raise_to = 0;
    /// What users keep of each item, as a factor of its cover: half as much to twice as much.
    Estimate cover_factor;

    MonteCarloOptions();
};

/// So many runs make a block; the answer of a block depends on its number alone.
inline constexpr std::uint32_t runs_per_block = 64;

/// What became of the items asked for in the runs of one block.
struct RunBlock {
    static constexpr std::uint16_t not_at_all = 0xFFFF;
    static constexpr std::uint8_t output_levels = 250;

    std::vector<double> weights;               ///< by run; empty: all 1
    std::vector<double> weeks_lost;            ///< target * runs + run
    std::vector<std::uint16_t> first_reduced;  ///< the same; week, or not_at_all
    std::vector<std::uint16_t> first_stopped;  ///< the same
    std::vector<double> output;                ///< target * weeks + week: weighted sum over runs
    /// (target * weeks + week) * runs + run: output in parts of `output_levels`; empty: means only.
    std::vector<std::uint8_t> levels;
    std::vector<double> items_lost;   ///< by node: weighted sum of weeks lost
    std::vector<double> events;       ///< by event: sum of weights of runs that have it
    std::vector<double> events_lost;  ///< event * targets + target: of weeks lost in them

    friend bool operator==(const RunBlock&, const RunBlock&) = default;
};

struct MonteCarloProblem;

/// The dynamics of a network under a scenario of which little is certain: shares, stocks,
/// severities, durations, recoveries, probabilities, and which events happen together.
///
/// Two problems with one seed draw the same for the same event, supplier, stock and item, so that
/// plans are compared in the same futures (common random numbers).
///
/// The map, its index and the network must outlive it.
class ItemMonteCarlo {
  public:
    /// Errors: invalid_argument for options out of range, a horizon of more than 5,200 weeks, or a
    ///         scenario that was resolved against another map.
    static Result<ItemMonteCarlo> create(
        const ItemNetwork& network,
        const ResolvedScenario& scenario,
        const MonteCarloOptions& options = {}
    );

    /// Runs [64 index, 64 (index + 1)): a pure function of the problem and the index.
    ///
    /// Source: docs/explanation/shock-montecarlo.md (M1-M4).
    /// Cost:   that of 64 runs, eight side by side.
    RunBlock block(std::size_t index) const;

    /// As many blocks as hold `runs`, each as bytes.
    BlockWork work(std::uint64_t runs) const;

    /// As many blocks as hold `runs`; in quasi-random sampling the same for each replicate.
    std::size_t blocks_of(std::uint64_t runs) const;

    const ItemNetwork& network() const;

    const MonteCarloOptions& options() const;

    std::uint32_t weeks() const;

    std::span<const ResolvedEvent> events() const;

    /// Tells whether finished blocks belong to this problem: everything that answers depend on.
    const std::string& digest() const;

    const MonteCarloProblem& problem() const { return *problem_; }

  private:
    explicit ItemMonteCarlo(std::shared_ptr<const MonteCarloProblem> problem)
        : problem_(std::move(problem)) {}

    std::shared_ptr<const MonteCarloProblem> problem_;
};

/// A block as bytes, the same on every machine.
std::string to_bytes(const RunBlock& block);

/// Errors: invalid_argument if the bytes are no block of the problem.
/// Cost:   O(bytes).
Result<RunBlock> parse_run_block(const ItemMonteCarlo& problem, std::string_view bytes);

struct QuantileEstimate {
    double level;
    Estimate value;
};

/// Output that 5, 50 and 95 runs in a hundred do not go beyond in a week, to half a level.
struct WeekSpread {
    double low;
    double middle;
    double high;
};

/// What the runs say about one item asked for.
struct TargetSummary {
    std::uint32_t node = 0;
    Estimate reduced = Estimate::exactly(0);     ///< probability that it is ever reduced
    Estimate stopped = Estimate::exactly(0);     ///< that it ever stops
    Estimate weeks_lost = Estimate::exactly(0);  ///< mean
    std::vector<QuantileEstimate> lost_quantiles;
    /// Week of the first stop, from 0; the number of weeks of the horizon stands for never.
    std::vector<QuantileEstimate> stop_quantiles;
    std::vector<double> output;      ///< mean by week
    std::vector<WeekSpread> spread;  ///< by week; empty unless it was kept
};

/// An event and what it comes with.
struct EventSummary {
    double frequency = 0;                  ///< part of the runs that have it
    std::vector<double> weeks_lost_with;   ///< by target: mean in runs that have it; 0 if none has
    std::vector<double> weeks_lost_share;  ///< by target: part of all weeks lost that these have
};

struct MonteCarloSummary {
    std::uint64_t runs = 0;
    double effective_runs = 0;  ///< of equal weight that would say as much (M9)
    double confidence = 0;      ///< of each interval; above what was asked for after early looks
    std::vector<TargetSummary> targets;
    std::vector<double> items_lost;  ///< by node: mean weeks lost
    std::vector<EventSummary> events;
};

/// When enough runs are made.
///
/// The intervals are looked at after `first_look` runs and each time the runs have doubled. Look k
/// takes intervals at the confidence 1 - (1 - confidence) / (k (k + 1)), and those of probabilities
/// of independent runs by Clopper and Pearson: so all looks together err no more often than one
/// would, and stopping when an interval is short enough does not spoil it.
struct StoppingRule {
    std::uint64_t runs = 10'000;       ///< at most
    std::uint64_t first_look = 1'024;  ///< fewer say little about what is rare
    double confidence = 0.95;
    /// Stop when no interval of a stop probability reaches further from it. 0: make all runs.
    double stopped_within = 0;
    /// And none of mean weeks lost. 0: does not matter.
    double weeks_within = 0;
};

/// Puts the answers of blocks together, in order.
class MonteCarloMerge {
  public:
    /// The problem must outlive it.
    MonteCarloMerge(const ItemMonteCarlo& problem, const StoppingRule& rule);

    /// True: enough is known. Errors: as parse_run_block; conflict for a block out of turn.
    Result<bool> take(std::size_t block, std::string_view answer);

    std::uint64_t runs() const { return runs_; }

    /// Source: docs/explanation/shock-montecarlo.md (M5-M11). Requires: a block was taken.
    /// Cost:   O(runs log runs) for each target.
    MonteCarloSummary summary() const;

    std::span<const RunBlock> blocks() const { return blocks_; }

  private:
    bool is_sequential() const;
    double confidence() const;
    bool is_enough() const;

    const ItemMonteCarlo* problem_;
    StoppingRule rule_;
    std::vector<RunBlock> blocks_;
    std::uint64_t runs_ = 0;
    std::uint64_t next_look_;
    std::uint32_t looks_ = 0;
};

/// Runs until the rule is met, somebody asks to stop, or all runs are made; empty if it was stopped
/// before the first block. The same bytes on any number of threads, unless stopped.
///
/// Errors: as the crew's.
Result<std::optional<MonteCarloSummary>>
run_monte_carlo(const ItemMonteCarlo& problem, const StoppingRule& rule, const Run& run = {});

/// Weeks lost of one target under two plans in the same futures.
struct PairedDifference {
    std::uint32_t target = 0;
    Estimate weeks_saved = Estimate::exactly(0);  ///< mean of those lost before less those after
    Estimate better = Estimate::exactly(0);       ///< probability that fewer are lost
    Estimate worse = Estimate::exactly(0);
};

/// Source:   docs/explanation/shock-montecarlo.md (M10).
/// Requires: blocks of problems with the same seed, sampling and scenario, as many of each, about
///           as many targets.
std::vector<PairedDifference> compare_plans(
    std::span<const RunBlock> before,
    std::span<const RunBlock> after,
    Sampling sampling,
    double confidence
);

}  // namespace adic::shock
