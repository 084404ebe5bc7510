#include "montecarlo/block.hpp"

#include <algorithm>
#include <cmath>

namespace adic::shock {
namespace {

constexpr double noticed = 1e-9;

}  // namespace

BlockMaker::BlockMaker(const MonteCarloProblem& problem)
    : problem_(problem)
    , structure_(problem.network.structure())
    , draw_(problem)
    , course_(structure_, problem.scenario.weeks())
    , kernel_(structure_)
    , once_(structure_.options.changes.size(), 1.0) {}

RunBlock BlockMaker::make(std::size_t index) {
    const std::size_t targets = structure_.targets.size();
    block_ = {};
    block_.weeks_lost.assign(targets * runs_per_block, 0.0);
    block_.first_reduced.assign(targets * runs_per_block, RunBlock::not_at_all);
    block_.first_stopped.assign(targets * runs_per_block, RunBlock::not_at_all);
    block_.output.assign(targets * course_.weeks, 0.0);
    if (problem_.options.weekly == WeeklyOutput::spread) {
        block_.levels.assign(targets * course_.weeks * runs_per_block, RunBlock::output_levels);
    }
    block_.items_lost.assign(structure_.size(), 0.0);
    block_.events.assign(problem_.scenario.events.size(), 0.0);
    block_.events_lost.assign(problem_.scenario.events.size() * targets, 0.0);
    if (problem_.options.raise_to > 0) {
        block_.weights.assign(runs_per_block, 1.0);
    }
    for (std::uint32_t first = 0; first < runs_per_block; first += lanes) {
        course_.reset(structure_);
        first_week_ = course_.weeks;
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const DrawnRun& run = draw_.draw(std::uint64_t{index} * runs_per_block + first + lane);
            run.lay(structure_, course_, lane, once_);
            drawn_[lane] = draw_.scenario();
            first_week_ = std::min(first_week_, run.alarm);
        }
        std::ranges::stable_sort(course_.stores, {}, &LaneCourse::StoreChange::week);
        follow(first);
        add_batch(first);
    }
    return std::move(block_);
}

void BlockMaker::follow(std::uint32_t first_run) {
    double weights = 0;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        weights += drawn_[lane].weight;
    }
    for (std::size_t t = 0; t < structure_.targets.size(); ++t) {
        for (std::uint32_t week = 0; week < first_week_; ++week) {
            block_.output[t * course_.weeks + week] += weights;
        }
    }
    if (first_week_ == course_.weeks) {
        return;
    }
    kernel_.start(course_, first_week_);
    for (std::uint32_t week = first_week_; week < course_.weeks; ++week) {
        kernel_.advance();
        add_week(week, first_run);
    }
}

void BlockMaker::add_week(std::uint32_t week, std::uint32_t first_run) {
    const ItemDynamicsOptions& options = structure_.options;
    for (std::size_t t = 0; t < structure_.targets.size(); ++t) {
        const std::uint32_t node = structure_.targets[t];
        const Lanes lost = kernel_.served(node) - kernel_.served_before(node);
        double& sum = block_.output[t * course_.weeks + week];
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const double output = std::clamp(1 - lost[lane], 0.0, 1.0);
            sum += drawn_[lane].weight * output;
            note_level(t * course_.weeks + week, first_run + lane, output);
            const std::size_t place = t * runs_per_block + first_run + lane;
            const auto note = [&](std::vector<std::uint16_t>& first, double level) {
                if (output < level - noticed && first[place] == RunBlock::not_at_all) {
                    first[place] = static_cast<std::uint16_t>(week);
                }
            };
            note(block_.first_reduced, options.whole);
            note(block_.first_stopped, structure_.rates[node].enough);
        }
    }
}

void BlockMaker::note_level(std::size_t place, std::size_t run, double output) {
    if (!block_.levels.empty()) {
        block_.levels[place * runs_per_block + run] =
            static_cast<std::uint8_t>(std::lround(output * RunBlock::output_levels));
    }
}

void BlockMaker::add_batch(std::uint32_t first_run) {
    const std::size_t targets = structure_.targets.size();
    const bool is_quiet = first_week_ == course_.weeks;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        const DrawnScenario& drawn = drawn_[lane];
        if (!block_.weights.empty()) {
            block_.weights[first_run + lane] = drawn.weight;
        }
        for (std::size_t t = 0; t < targets && !is_quiet; ++t) {
            block_.weeks_lost[t * runs_per_block + first_run + lane] =
                kernel_.served(structure_.targets[t])[lane];
        }
        for (std::size_t e = 0; e < drawn.outcomes.size(); ++e) {
            if (!drawn.outcomes[e].happens) {
                continue;
            }
            block_.events[e] += drawn.weight;
            for (std::size_t t = 0; t < targets; ++t) {
                block_.events_lost[e * targets + t] +=
                    drawn.weight * block_.weeks_lost[t * runs_per_block + first_run + lane];
            }
        }
    }
    for (std::uint32_t node = 0; node < structure_.size() && !is_quiet; ++node) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            block_.items_lost[node] += drawn_[lane].weight * kernel_.served(node)[lane];
        }
    }
}

}  // namespace adic::shock
