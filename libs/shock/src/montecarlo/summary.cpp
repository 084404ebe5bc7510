#include "adic/shock/montecarlo/intervals.hpp"
#include "adic/shock/montecarlo/montecarlo.hpp"

#include "montecarlo/uniforms.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

namespace adic::shock {
namespace {

/// Levels that a table shows: the middle, the bad tenth, the bad twentieth, the bad hundredth.
constexpr std::array shown_levels{0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99};

/// The runs of all blocks, one target at a time.
class Sample {
  public:
    Sample(std::span<const RunBlock> blocks, Sampling sampling)
        : blocks_(blocks)
        , sampling_(sampling)
        , runs_(blocks.size() * runs_per_block)
        , is_weighted_(!blocks.empty() && !blocks.front().weights.empty()) {}

    std::size_t runs() const { return runs_; }

    bool is_weighted() const { return is_weighted_; }

    /// One value for each run is what order statistics and counts want.
    bool is_plain() const { return !is_weighted_ && sampling_ == Sampling::independent; }

    double weight(std::size_t run) const {
        return is_weighted_ ? blocks_[run / runs_per_block].weights[run % runs_per_block] : 1.0;
    }

    /// (M9).
    double effective_runs() const {
        double sum = 0;
        double squares = 0;
        for (std::size_t run = 0; run < runs_; ++run) {
            sum += weight(run);
            squares += weight(run) * weight(run);
        }
        return squares > 0 ? sum * sum / squares : 0.0;
    }

    double lost(std::size_t target, std::size_t run) const {
        return blocks_[run / runs_per_block].weeks_lost[place(target, run)];
    }

    std::uint16_t reduced(std::size_t target, std::size_t run) const {
        return blocks_[run / runs_per_block].first_reduced[place(target, run)];
    }

    std::uint16_t stopped(std::size_t target, std::size_t run) const {
        return blocks_[run / runs_per_block].first_stopped[place(target, run)];
    }

    /// Means of parts of the sample that are independent of each other (M8): runs, pairs,
    /// replicates.
    template <typename Value>
    std::vector<double> independent_means(const Value& value) const {
        const std::size_t parts = sampling_ == Sampling::independent  ? runs_
                                  : sampling_ == Sampling::antithetic ? runs_ / 2
                                                                      : std::size_t{replicates};
        std::vector<double> sums(std::min(parts, runs_), 0.0);
        std::vector<double> counts(sums.size(), 0.0);
        for (std::size_t run = 0; run < runs_; ++run) {
            const std::size_t part = sampling_ == Sampling::independent ? run
                                     : sampling_ == Sampling::antithetic
                                         ? run / 2
                                         : run / runs_per_block % replicates;
            sums[part] += weight(run) * value(run);
            counts[part] += 1;
        }
        std::vector<double> means;
        for (std::size_t part = 0; part < sums.size(); ++part) {
            if (counts[part] > 0) {
                means.push_back(sums[part] / counts[part]);
            }
        }
        return means;
    }

  private:
    static std::size_t place(std::size_t target, std::size_t run) {
        return target * runs_per_block + run % runs_per_block;
    }

    std::span<const RunBlock> blocks_;
    Sampling sampling_;
    std::size_t runs_;
    bool is_weighted_;
};

enum class Counting { fixed, sequential };

double mean_of(std::span<const double> values) {
    double sum = 0;
    for (const double value : values) {
        sum += value;
    }
    return sum / static_cast<double>(values.size());
}

/// Variance of the mean of independent values; 0 of one.
double variance_of_mean(std::span<const double> values, double mean) {
    double squares = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    const auto n = static_cast<double>(values.size());
    return n > 1 ? squares / (n - 1) / n : 0.0;
}

Estimate ordered(double low, double likely, double high) {
    const auto made = Estimate::create(std::min(low, likely), likely, std::max(likely, high));
    return made ? *made : Estimate::exactly(likely);
}

/// (M6), (M7): of a probability, with as many runs as its variance amounts to.
template <typename Is>
Estimate probability(const Sample& sample, const Is& is, double confidence, Counting counting) {
    const auto value = [&](std::size_t run) { return is(run) ? 1.0 : 0.0; };
    if (sample.is_plain()) {
        std::uint64_t hits = 0;
        for (std::size_t run = 0; run < sample.runs(); ++run) {
            hits += is(run) ? 1U : 0U;
        }
        const double endless = std::numeric_limits<double>::infinity();
        return counting == Counting::sequential ? exact_interval(hits, sample.runs(), confidence)
                                                : wilson_interval(
                                                    static_cast<double>(hits),
                                                    static_cast<double>(sample.runs()),
                                                    two_sided_deviate(confidence, endless)
                                                );
    }
    const std::vector<double> means = sample.independent_means(value);
    const double p = std::clamp(mean_of(means), 0.0, 1.0);
    const double variance = variance_of_mean(means, mean_of(means));
    const double amount = variance > 0 && p > 0 && p < 1 ? p * (1 - p) / variance
                                                         : static_cast<double>(sample.runs());
    const double deviate = two_sided_deviate(confidence, static_cast<double>(means.size()) - 1);
    return wilson_interval(p * amount, amount, deviate);
}

/// (M5): quantiles of one value for each run.
class Quantiles {
  public:
    Quantiles(const Sample& sample, std::vector<double> values, double most)
        : sample_(sample)
        , values_(std::move(values))
        , most_(most)
        , order_(values_.size()) {
        for (std::size_t run = 0; run < order_.size(); ++run) {
            order_[run] = run;
        }
        std::ranges::stable_sort(order_, {}, [&](std::size_t run) { return values_[run]; });
        for (const std::size_t run : order_) {
            whole_ += sample.weight(run);
        }
    }

    QuantileEstimate at(double level, double confidence) const {
        if (sample_.is_plain()) {
            const std::size_t n = order_.size();
            const QuantileRanks ranks = quantile_ranks(n, level, confidence);
            const double low = ranks.low == 0 ? 0.0 : values_[order_[ranks.low - 1]];
            const double high = ranks.high > n ? most_ : values_[order_[ranks.high - 1]];
            return {level, ordered(low, weighted(level), high)};
        }
        const double middle = weighted(level);
        const Estimate below = probability(
            sample_,
            [&](std::size_t run) { return values_[run] <= middle; },
            confidence,
            Counting::fixed
        );
        // Woodruff: where the distribution function passes the ends of the interval of its level.
        const double down = below.likely() - below.low();
        const double up = below.high() - below.likely();
        return {level, ordered(weighted(level - down), middle, weighted(level + up))};
    }

  private:
    /// The least value with at least `level` of the weight at or below it.
    double weighted(double level) const {
        if (level <= 0) {
            return 0.0;
        }
        double sum = 0;
        for (const std::size_t run : order_) {
            sum += sample_.weight(run);
            if (sum >= level * whole_ * (1 - 1e-12)) {
                return values_[run];
            }
        }
        return most_;
    }

    const Sample& sample_;
    std::vector<double> values_;
    double most_;
    std::vector<std::size_t> order_;
    double whole_ = 0;
};

std::vector<QuantileEstimate>
quantiles_of(const Sample& sample, std::vector<double> values, double most, double confidence) {
    const Quantiles quantiles(sample, std::move(values), most);
    std::vector<QuantileEstimate> estimates;
    for (const double level : shown_levels) {
        estimates.push_back(quantiles.at(level, confidence));
    }
    return estimates;
}

/// How a summary is made.
struct Asked {
    double confidence;
    Counting counting;
    double horizon;  ///< weeks
};

TargetSummary target_summary(const Sample& sample, std::size_t t, const Asked& asked) {
    TargetSummary target;
    std::vector<double> lost(sample.runs());
    std::vector<double> stops(sample.runs());
    for (std::size_t run = 0; run < sample.runs(); ++run) {
        lost[run] = sample.lost(t, run);
        const std::uint16_t week = sample.stopped(t, run);
        stops[run] = week == RunBlock::not_at_all ? asked.horizon : week;
    }
    const auto is_reduced = [&](std::size_t run) {
        return sample.reduced(t, run) != RunBlock::not_at_all;
    };
    const auto is_stopped = [&](std::size_t run) { return stops[run] < asked.horizon; };
    const auto lost_in = [&](std::size_t run) { return lost[run]; };
    target.reduced = probability(sample, is_reduced, asked.confidence, asked.counting);
    target.stopped = probability(sample, is_stopped, asked.confidence, asked.counting);
    const Estimate mean = mean_interval(sample.independent_means(lost_in), asked.confidence);
    target.weeks_lost = ordered(std::max(0.0, mean.low()), mean.likely(), mean.high());
    target.lost_quantiles = quantiles_of(sample, lost, asked.horizon, asked.confidence);
    target.stop_quantiles = quantiles_of(sample, stops, asked.horizon, asked.confidence);
    return target;
}

/// Sums over blocks, in their order.
std::vector<double>
sum_of(std::span<const RunBlock> blocks, const std::vector<double> RunBlock::*numbers) {
    std::vector<double> sums;
    for (const RunBlock& block : blocks) {
        sums.resize((block.*numbers).size(), 0.0);
        for (std::size_t i = 0; i < sums.size(); ++i) {
            sums[i] += (block.*numbers)[i];
        }
    }
    return sums;
}

std::vector<EventSummary> event_summaries(
    std::span<const RunBlock> blocks,
    std::span<const TargetSummary> targets,
    double runs
) {
    const std::vector<double> events = sum_of(blocks, &RunBlock::events);
    const std::vector<double> lost_in = sum_of(blocks, &RunBlock::events_lost);
    std::vector<EventSummary> summaries;
    for (std::size_t e = 0; e < events.size(); ++e) {
        EventSummary event{events[e] / runs, {}, {}};
        for (std::size_t t = 0; t < targets.size(); ++t) {
            const double lost = lost_in[e * targets.size() + t];
            const double all = targets[t].weeks_lost.likely() * runs;
            event.weeks_lost_with.push_back(events[e] > 0 ? lost / events[e] : 0.0);
            event.weeks_lost_share.push_back(all > 0 ? lost / all : 0.0);
        }
        summaries.push_back(std::move(event));
    }
    return summaries;
}

/// The least level that so large a part of the weight does not go beyond.
double quantile_of(std::span<const double> weights, double part) {
    double all = 0.0;
    for (const double weight : weights) {
        all += weight;
    }
    double sum = 0.0;
    for (std::size_t level = 0; level < weights.size(); ++level) {
        sum += weights[level];
        if (sum >= part * all) {
            return static_cast<double>(level) / RunBlock::output_levels;
        }
    }
    return 1.0;
}

WeekSpread week_spread(std::span<const RunBlock> blocks, std::size_t place) {
    std::array<double, RunBlock::output_levels + 1> weights{};
    for (const RunBlock& block : blocks) {
        for (std::size_t run = 0; run < runs_per_block; ++run) {
            weights[block.levels[place * runs_per_block + run]] +=
                block.weights.empty() ? 1.0 : block.weights[run];
        }
    }
    return {quantile_of(weights, 0.05), quantile_of(weights, 0.5), quantile_of(weights, 0.95)};
}

}  // namespace

MonteCarloMerge::MonteCarloMerge(const ItemMonteCarlo& problem, const StoppingRule& rule)
    : problem_(&problem)
    , rule_(rule)
    , next_look_(std::max<std::uint64_t>(rule.first_look, 2 * runs_per_block)) {}

bool MonteCarloMerge::is_sequential() const {
    return rule_.stopped_within > 0 || rule_.weeks_within > 0;
}

double MonteCarloMerge::confidence() const {
    if (!is_sequential()) {
        return rule_.confidence;
    }
    const double look = std::max(looks_, 1U);
    return 1 - (1 - rule_.confidence) / (look * (look + 1));  // (M11)
}

bool MonteCarloMerge::is_enough() const {
    const Sample sample(blocks_, problem_->options().sampling);
    const double level = confidence();
    for (std::size_t t = 0; t < problem_->network().targets().size(); ++t) {
        const auto stops = [&](std::size_t run) {
            return sample.stopped(t, run) != RunBlock::not_at_all;
        };
        const Estimate stopped = probability(sample, stops, level, Counting::sequential);
        const auto lost = [&](std::size_t run) { return sample.lost(t, run); };
        const Estimate weeks = mean_interval(sample.independent_means(lost), level);
        const auto reaches = [](Estimate e) {
            return std::max(e.high() - e.likely(), e.likely() - e.low());
        };
        if ((rule_.stopped_within > 0 && reaches(stopped) > rule_.stopped_within)
            || (rule_.weeks_within > 0 && reaches(weeks) > rule_.weeks_within)) {
            return false;
        }
    }
    return true;
}

Result<bool> MonteCarloMerge::take(std::size_t block, std::string_view answer) {
    if (block != blocks_.size()) {
        return Error{ErrorCode::conflict, "blocks of runs are merged in order", {}};
    }
    ADIC_TRY(RunBlock parsed, parse_run_block(*problem_, answer));
    blocks_.push_back(std::move(parsed));
    runs_ += runs_per_block;
    const bool whole_replicates =
        problem_->options().sampling != Sampling::quasi_random || blocks_.size() % replicates == 0;
    const bool is_last = blocks_.size() >= problem_->blocks_of(rule_.runs);
    if (is_sequential() && !is_last && runs_ >= next_look_ && whole_replicates) {
        next_look_ *= 2;
        ++looks_;
        return is_enough();
    }
    looks_ += is_sequential() && is_last ? 1U : 0U;
    return is_last;
}

MonteCarloSummary MonteCarloMerge::summary() const {
    assert(!blocks_.empty());
    const Sample sample(blocks_, problem_->options().sampling);
    const Asked asked{
        confidence(),
        is_sequential() ? Counting::sequential : Counting::fixed,
        static_cast<double>(problem_->weeks())};
    const auto n = static_cast<double>(runs_);
    MonteCarloSummary summary;
    summary.runs = runs_;
    summary.confidence = asked.confidence;
    summary.effective_runs = sample.effective_runs();
    const std::vector<double> output = sum_of(blocks_, &RunBlock::output);
    const auto targets = problem_->network().targets();
    for (std::size_t t = 0; t < targets.size(); ++t) {
        summary.targets.push_back(target_summary(sample, t, asked));
        summary.targets.back().node = targets[t];
        for (std::uint32_t week = 0; week < problem_->weeks(); ++week) {
            const std::size_t place = t * problem_->weeks() + week;
            summary.targets.back().output.push_back(output[place] / n);
            if (problem_->options().weekly == WeeklyOutput::spread) {
                summary.targets.back().spread.push_back(week_spread(blocks_, place));
            }
        }
    }
    summary.items_lost = sum_of(blocks_, &RunBlock::items_lost);
    for (double& lost : summary.items_lost) {
        lost /= n;
    }
    summary.events = event_summaries(blocks_, summary.targets, n);
    return summary;
}

Result<std::optional<MonteCarloSummary>>
run_monte_carlo(const ItemMonteCarlo& problem, const StoppingRule& rule, const Run& run) {
    const BlockWork work = problem.work(rule.runs);
    MonteCarloMerge merge(problem, rule);
    std::vector<std::optional<std::string>> waiting(work.blocks);
    std::vector<std::size_t> all(work.blocks);
    for (std::size_t block = 0; block < all.size(); ++block) {
        all[block] = block;
    }
    std::size_t next = 0;
    std::size_t finished = 0;
    std::optional<Error> failure;
    const auto take = [&](std::size_t block, std::string answer) {
        waiting[block] = std::move(answer);
        if (run.progress) {
            const auto done = static_cast<double>(++finished);
            run.progress("runs", done / static_cast<double>(work.blocks));
        }
        for (; next < waiting.size() && waiting[next]; ++next) {
            const Result<bool> is_enough = merge.take(next, *waiting[next]);
            if (!is_enough) {
                failure = is_enough.error();
                return false;
            }
            waiting[next].reset();
            if (*is_enough) {
                return false;
            }
        }
        return true;
    };
    ThreadCrew crew(work, run.threads);
    std::optional<Error> ended = crew.compute(all, take, run.stop);
    if (failure || ended) {
        return failure ? *std::move(failure) : *std::move(ended);
    }
    if (merge.runs() == 0) {
        return std::optional<MonteCarloSummary>{};
    }
    return std::optional{merge.summary()};
}

std::vector<PairedDifference> compare_plans(
    std::span<const RunBlock> before,
    std::span<const RunBlock> after,
    Sampling sampling,
    double confidence
) {
    assert(before.size() == after.size());
    const Sample first(before, sampling);
    const Sample second(after, sampling);
    std::vector<PairedDifference> differences;
    const std::size_t targets =
        before.empty() ? 0 : before.front().weeks_lost.size() / runs_per_block;
    constexpr double noticed = 1e-9;
    for (std::uint32_t t = 0; t < targets; ++t) {
        const auto saved = [&](std::size_t run) {
            return first.lost(t, run) - second.lost(t, run);
        };
        PairedDifference difference;
        difference.target = t;
        difference.weeks_saved = mean_interval(first.independent_means(saved), confidence);
        difference.better = probability(
            first,
            [&](std::size_t run) { return saved(run) > noticed; },
            confidence,
            Counting::fixed
        );
        difference.worse = probability(
            first,
            [&](std::size_t run) { return saved(run) < -noticed; },
            confidence,
            Counting::fixed
        );
        differences.push_back(difference);
    }
    return differences;
}

}  // namespace adic::shock
