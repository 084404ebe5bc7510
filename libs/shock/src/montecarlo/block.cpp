#include "montecarlo/block.hpp"

#include "dynamics/item_supply.hpp"

#include <algorithm>
#include <cmath>

namespace adic::shock {
namespace {

constexpr double noticed = 1e-9;

}  // namespace

BlockMaker::BlockMaker(const MonteCarloProblem& problem)
    : problem_(problem)
    , structure_(problem.network.structure())
    , scenario_(problem.scenario)
    , course_(structure_, scenario_.weeks())
    , kernel_(structure_)
    , part_(scenario_.weeks())
    , store_weeks_(structure_.stores.size()) {}

RunBlock BlockMaker::make(std::size_t index) {
    const std::size_t targets = structure_.targets.size();
    block_ = {};
    block_.weeks_lost.assign(targets * runs_per_block, 0.0);
    block_.first_reduced.assign(targets * runs_per_block, RunBlock::not_at_all);
    block_.first_stopped.assign(targets * runs_per_block, RunBlock::not_at_all);
    block_.output.assign(targets * course_.weeks, 0.0);
    block_.items_lost.assign(structure_.size(), 0.0);
    block_.events.assign(scenario_.events.size(), 0.0);
    block_.events_lost.assign(scenario_.events.size() * targets, 0.0);
    if (problem_.options.raise_to > 0) {
        block_.weights.assign(runs_per_block, 1.0);
    }
    for (std::uint32_t first = 0; first < runs_per_block; first += lanes) {
        course_.reset(structure_);
        first_week_ = course_.weeks;
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            draw_lane(lane, std::uint64_t{index} * runs_per_block + first + lane);
        }
        std::ranges::stable_sort(course_.losses, {}, &LaneCourse::Loss::week);
        follow(first);
        add_batch(first);
    }
    return std::move(block_);
}

void BlockMaker::draw_lane(std::size_t lane, std::uint64_t run) {
    DrawnScenario& drawn = drawn_[lane];
    draw_scenario(problem_, run, drawn);
    if (drawn.is_quiet()) {
        return;
    }
    for (std::size_t e = 0; e < scenario_.events.size(); ++e) {
        scenario_.events[e].event.start_day = drawn.starts[e];
    }
    trace_paths_into(scenario_, drawn.outcomes, paths_);
    draw_stocks(lane, run);
    list_feeds();
    std::uint32_t alarm = course_.weeks;
    for (std::size_t first = 0; first < feeds_.size();) {
        std::size_t last = first;
        while (last < feeds_.size() && feeds_[last].node == feeds_[first].node) {
            ++last;
        }
        fill_node(lane, run, std::span{feeds_}.subspan(first, last - first));
        const auto short_of = [](double part) { return part < 1 - noticed; };
        const auto found = std::ranges::find_if(part_, short_of);
        alarm = std::min(alarm, static_cast<std::uint32_t>(found - part_.begin()));
        first = last;
    }
    if (alarm < course_.weeks) {
        course_.alarm.set(lane, alarm);
        first_week_ = std::min(first_week_, alarm);
    }
    add_losses(lane);
}

void BlockMaker::draw_stocks(std::size_t lane, std::uint64_t run) {
    for (std::uint32_t node = 0; node < structure_.size(); ++node) {
        const double u = problem_.uniforms.draw(run, Drawn::cover, structure_.items[node].value());
        const double factor = problem_.spreads.at(problem_.options.cover_factor, u);
        course_.cover[node].set(lane, structure_.rates[node].cover * factor);
        course_.store[node].set(lane, structure_.rates[node].store);
    }
    for (std::size_t s = 0; s < structure_.stores.size(); ++s) {
        const SeenStore& store = structure_.stores[s];
        const double u = problem_.uniforms.draw(run, Drawn::store, store.stock);
        store_weeks_[s] = problem_.spreads.at(store.weeks, u);
        Lanes& all = course_.store[store.node];
        all.set(lane, all[lane] + store_weeks_[s]);
    }
}

/// The paths of the scenario by the node that they feed.
void BlockMaker::list_feeds() {
    feeds_.clear();
    for (const SupplyPath& path : paths_.supplies) {
        const std::uint32_t node = problem_.node_of_supply[path.supply];
        if (node != none) {
            feeds_.push_back({node, &path, nullptr});
        }
    }
    for (const ItemPath& path : paths_.items) {
        const std::uint32_t node = structure_.node_of[path.item.value()];
        if (node != none) {
            feeds_.push_back({node, nullptr, &path});
        }
    }
    std::ranges::stable_sort(feeds_, {}, &Feed::node);
}

/// (D2) with the shares that were drawn; what they leave is unrecorded.
void BlockMaker::fill_node(std::size_t lane, std::uint64_t run, std::span<const Feed> feeds) {
    const std::uint32_t node = feeds.front().node;
    draw_shares(problem_, run, node, shares_);
    double rest = 1;
    for (const double share : shares_) {
        rest -= share;
    }
    std::ranges::fill(part_, 1.0);
    for (const Feed& feed : feeds) {
        if (feed.supply != nullptr) {
            const double share = shares_[problem_.slot_of_supply[feed.supply->supply]];
            for (std::uint32_t week = 0; week < course_.weeks; ++week) {
                part_[week] -=
                    share * (1 - feed.supply->availability[week] - feed.supply->late[week]);
            }
        } else {
            for (std::uint32_t week = 0; week < course_.weeks; ++week) {
                part_[week] -= std::max(rest, 0.0) * (1 - feed.item->availability[week]);
            }
        }
    }
    Lanes* row = course_.add_row(node);
    const ItemDynamicsOptions& options = structure_.options;
    for (std::uint32_t week = 0; week < course_.weeks; ++week) {
        double& part = part_[week];
        part = as_read(std::max(part, 0.0), structure_.rates[node].enough, options.reading);
        row[week].set(lane, row[week][lane] - 1 + part);
    }
}

void BlockMaker::add_losses(std::size_t lane) {
    for (const StockLoss& loss : paths_.stock_losses) {
        for (std::size_t s = 0; s < structure_.stores.size(); ++s) {
            const SeenStore& store = structure_.stores[s];
            const double all = course_.store[store.node][lane];
            if (store.stock == loss.stock && all > 0) {
                Lanes kept = Lanes::all(1);
                kept.set(lane, 1 - store_weeks_[s] / all * (1 - loss.kept));
                const auto week = static_cast<std::uint32_t>(std::max(loss.day, 0)) / 7;
                course_.losses.push_back({week, store.node, kept});
            }
        }
    }
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
