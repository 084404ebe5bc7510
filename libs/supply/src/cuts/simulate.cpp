#include "cuts/simulate.hpp"

#include "adic/base/parallel.hpp"
#include "adic/base/random.hpp"

#include "cuts/evaluate.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace adic::supply::cuts {

namespace {

constexpr std::size_t width = 8;  ///< words that one block of trials takes
constexpr std::size_t block = 64 * width;

/// Blocks that one range of a parallel run takes; each keeps its own counts.
constexpr std::size_t grain = 64;

constexpr double step_limit = 1e10;

/// A probability as 64 binary digits after the point; 1 is kept apart.
struct Digits {
    std::uint64_t digits;
    bool certain;
};

Digits digits_of(double probability) {
    if (probability >= 1.0) {
        return {0, true};
    }
    return {static_cast<std::uint64_t>(std::ldexp(std::max(probability, 0.0), 64)), false};
}

/// 64 draws, each set with the probability of its pass. The digits of a uniform number are compared
/// with those of the probability, first digit first, until every draw is decided.
class Draws {
  public:
    explicit Draws(const std::array<Digits, passes>& digits, std::size_t used)
        : digits_(digits)
        , used_(used) {}

    void draw(RandomStream& random) {
        std::array<std::uint64_t, passes> open{};
        for (std::size_t pass = 0; pass < used_; ++pass) {
            open[pass] = digits_[pass].certain ? 0 : ~std::uint64_t{0};
            bits[pass] = digits_[pass].certain ? ~std::uint64_t{0} : 0;
        }
        std::uint64_t any_open = ~std::uint64_t{0};
        for (unsigned digit = 64; digit-- > 0 && any_open != 0;) {
            const std::uint64_t word = random.bits();
            any_open = 0;
            for (std::size_t pass = 0; pass < used_; ++pass) {
                const bool is_one = ((digits_[pass].digits >> digit) & 1U) != 0;
                bits[pass] |= is_one ? open[pass] & ~word : 0;
                open[pass] &= is_one ? word : ~word;
                any_open |= open[pass];
            }
        }
    }

    std::array<std::uint64_t, passes> bits{};

  private:
    const std::array<Digits, passes>& digits_;
    std::size_t used_;
};

class Run {
  public:
    Run(const Circuit& circuit,
        const std::vector<PassValues>& events,
        const SimulationOptions& options)
        : circuit_(circuit)
        , evaluator_(circuit)
        , options_(options) {
        for (const PassValues& values : events) {
            digits_.emplace_back();
            std::ranges::transform(values, digits_.back().begin(), digits_of);
        }
        for (std::size_t pass = 0; pass < passes; ++pass) {
            first_equal_[pass] = pass;
            for (std::size_t other = 0; other < pass && first_equal_[pass] == pass; ++other) {
                const bool same = std::ranges::all_of(events, [&](const PassValues& values) {
                    return values[other] == values[pass];
                });
                first_equal_[pass] = same ? other : pass;
            }
        }
    }

    Simulation run() {
        const double steps = static_cast<double>(passes * (evaluator_.children() + digits_.size()));
        const auto affordable = static_cast<std::uint64_t>(64.0 * step_limit / (steps + 1.0));
        const std::uint64_t trials = std::min(options_.trials, affordable);
        const std::size_t blocks = std::max<std::size_t>(1, (trials + block - 1) / block);
        std::vector<Simulation> parts((blocks + grain - 1) / grain);
        parallel_ranges(blocks, grain, [&](std::size_t begin, std::size_t end) {
            parts[begin / grain] = run_blocks(begin, end);
        });
        Simulation total = empty();
        for (const Simulation& part : parts) {
            add(total, part);
        }
        return total;
    }

  private:
    Simulation empty() const {
        Simulation simulation;
        simulation.event.assign(circuit_.events, 0);
        simulation.with_event.assign(circuit_.events, 0);
        return simulation;
    }

    static void add(Simulation& total, const Simulation& part) {
        total.trials += part.trials;
        for (std::size_t pass = 0; pass < passes; ++pass) {
            total.failed[pass] += part.failed[pass];
        }
        for (std::size_t i = 0; i < total.event.size(); ++i) {
            total.event[i] += part.event[i];
            total.with_event[i] += part.with_event[i];
        }
    }

    Simulation run_blocks(std::size_t begin, std::size_t end) const {
        Simulation part = empty();
        std::vector<std::vector<std::uint64_t>> words(
            passes,
            std::vector<std::uint64_t>(circuit_.names() * width)
        );
        for (std::size_t i = begin; i < end; ++i) {
            RandomStream random(options_.seed, mix(options_.stream) + i);
            draw(random, words);
            for (std::size_t pass = 0; pass < passes; ++pass) {
                if (first_equal_[pass] == pass) {
                    evaluator_.run(words[pass], width);
                }
                part.failed[pass] += hits(words[first_equal_[pass]]);
            }
            count_events(words[first_equal_[options_.counted]], part);
            part.trials += block;
        }
        return part;
    }

    void draw(RandomStream& random, std::vector<std::vector<std::uint64_t>>& words) const {
        for (std::size_t event = 0; event < circuit_.events; ++event) {
            Draws draws(digits_[event], passes);
            for (std::size_t word = 0; word < width; ++word) {
                draws.draw(random);
                for (std::size_t pass = 0; pass < passes; ++pass) {
                    words[pass][event * width + word] = draws.bits[pass];
                }
            }
        }
    }

    std::uint64_t hits(const std::vector<std::uint64_t>& words) const {
        std::uint64_t count = 0;
        for (std::size_t word = 0; word < width; ++word) {
            count += static_cast<std::uint64_t>(std::popcount(words[circuit_.top * width + word]));
        }
        return count;
    }

    void count_events(const std::vector<std::uint64_t>& words, Simulation& part) const {
        const std::uint64_t* top = words.data() + circuit_.top * width;
        for (std::size_t event = 0; event < circuit_.events; ++event) {
            const std::uint64_t* bits = words.data() + event * width;
            for (std::size_t word = 0; word < width; ++word) {
                part.event[event] += static_cast<std::uint64_t>(std::popcount(bits[word]));
                part.with_event[event] +=
                    static_cast<std::uint64_t>(std::popcount(bits[word] & top[word]));
            }
        }
    }

    const Circuit& circuit_;
    Evaluator evaluator_;
    SimulationOptions options_;
    std::vector<std::array<Digits, passes>> digits_;
    std::array<std::size_t, passes> first_equal_{};  ///< passes with the same events run once
};

}  // namespace

Simulation simulate(
    const Circuit& circuit,
    const std::vector<PassValues>& events,
    const SimulationOptions& options
) {
    return Run(circuit, events, options).run();
}

Proportion wilson_interval(std::uint64_t hits, std::uint64_t trials) {
    constexpr double z = 1.959963984540054;  // 97.5 % quantile of the normal distribution
    const double n = static_cast<double>(trials);
    const double share = static_cast<double>(hits) / n;
    const double scale = 1.0 + z * z / n;
    const double middle = (share + z * z / (2.0 * n)) / scale;
    const double half = z / scale * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
    return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

}  // namespace adic::supply::cuts
