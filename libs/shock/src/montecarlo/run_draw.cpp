#include "montecarlo/run_draw.hpp"

#include "dynamics/item_supply.hpp"

#include <algorithm>
#include <cmath>

namespace adic::shock {
namespace {

constexpr double noticed = 1e-9;

}  // namespace

RunDraw::RunDraw(const MonteCarloProblem& problem)
    : problem_(problem)
    , structure_(problem.network.structure())
    , scenario_(problem.scenario)
    , cover_(structure_.size())
    , store_(structure_.size())
    , store_weeks_(structure_.stores.size())
    , from_(structure_.options.changes.size())
    , given_(structure_.options.changes.size()) {}

void RunDraw::draw(std::uint64_t run) {
    draw_scenario(problem_, run, drawn_);
    fed_.clear();
    parts_.clear();
    alarm_ = scenario_.weeks();
    if (drawn_.is_quiet()) {
        return;
    }
    for (std::size_t e = 0; e < scenario_.events.size(); ++e) {
        scenario_.events[e].event.start_day = drawn_.starts[e];
    }
    trace_paths_into(scenario_, drawn_.outcomes, paths_);
    draw_stocks(run);
    draw_changes(run);
    list_feeds();
    for (std::size_t first = 0; first < feeds_.size();) {
        std::size_t last = first;
        while (last < feeds_.size() && feeds_[last].node == feeds_[first].node) {
            ++last;
        }
        fill_node(run, std::span{feeds_}.subspan(first, last - first));
        first = last;
    }
}

void RunDraw::draw_stocks(std::uint64_t run) {
    for (std::uint32_t node = 0; node < structure_.size(); ++node) {
        const double u = problem_.uniforms.draw(run, Drawn::cover, structure_.items[node].value());
        const double factor = problem_.spreads.at(problem_.options.cover_factor, u);
        cover_[node] = structure_.rates[node].cover * factor;
        store_[node] = structure_.rates[node].store;
    }
    for (std::size_t s = 0; s < structure_.stores.size(); ++s) {
        const SeenStore& store = structure_.stores[s];
        const double u = problem_.uniforms.draw(run, Drawn::store, store.stock);
        store_weeks_[s] = problem_.spreads.at(store.weeks, u);
        store_[store.node] += store_weeks_[s];
    }
}

void RunDraw::draw_changes(std::uint64_t run) {
    for (std::size_t c = 0; c < from_.size(); ++c) {
        const ItemChange& change = structure_.options.changes[c];
        const double u = problem_.uniforms.draw(run, Drawn::change, change.key);
        from_[c] = static_cast<std::uint32_t>(std::lround(problem_.spreads.at(change.week, u)));
        given_[c] = given_of(change, paths_);
    }
}

/// The paths of the scenario by the node that they feed.
void RunDraw::list_feeds() {
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
void RunDraw::fill_node(std::uint64_t run, std::span<const Feed> feeds) {
    const std::uint32_t node = feeds.front().node;
    const std::uint32_t weeks = scenario_.weeks();
    draw_shares(problem_, run, node, shares_);
    double rest = 1;
    for (const double share : shares_) {
        rest -= share;
    }
    const std::size_t begin = parts_.size();
    fed_.push_back(node);
    parts_.resize(begin + weeks, 1.0);
    const std::span<double> part = std::span{parts_}.subspan(begin);
    for (const Feed& feed : feeds) {
        if (feed.supply != nullptr) {
            const double share = shares_[problem_.slot_of_supply[feed.supply->supply]];
            for (std::uint32_t week = 0; week < weeks; ++week) {
                part[week] -=
                    share * (1 - feed.supply->availability[week] - feed.supply->late[week]);
            }
        } else {
            for (std::uint32_t week = 0; week < weeks; ++week) {
                part[week] -= std::max(rest, 0.0) * (1 - feed.item->availability[week]);
            }
        }
    }
    const double enough = structure_.rates[node].enough;
    for (std::uint32_t week = 0; week < weeks; ++week) {
        part[week] = as_read(std::max(part[week], 0.0), enough, structure_.options.reading);
        if (part[week] < 1 - noticed) {
            alarm_ = std::min(alarm_, week);
        }
    }
}

template <typename Put>
void RunDraw::lay_figures(LaneCourse& course, const Put& put) const {
    for (std::uint32_t node = 0; node < structure_.size(); ++node) {
        put(course.cover[node], cover_[node]);
        put(course.store[node], store_[node]);
    }
    for (std::size_t i = 0; i < fed_.size(); ++i) {
        Lanes* row = course.add_row(fed_[i]);
        for (std::uint32_t week = 0; week < course.weeks; ++week) {
            put(row[week], parts_[i * course.weeks + week]);
        }
    }
    if (alarm_ < course.weeks) {
        put(course.alarm, static_cast<double>(alarm_));
    }
}

void RunDraw::lay(LaneCourse& course, std::size_t lane, std::span<const double> times) const {
    if (drawn_.is_quiet()) {
        return;
    }
    lay_figures(course, [lane](Lanes& row, double value) { row.set(lane, value); });
    lay_changes(course, lane, times);
}

void RunDraw::lay_everywhere(LaneCourse& course) const {
    if (!drawn_.is_quiet()) {
        lay_figures(course, [](Lanes& row, double value) { row = Lanes::all(value); });
    }
}

void RunDraw::lay_changes(LaneCourse& course, std::size_t lane, std::span<const double> times)
    const {
    for (std::uint32_t c = 0; c < times.size(); ++c) {
        if (times[c] > 0) {
            put_in_force(structure_, {c, from_[c], times[c], given_[c]}, lane, course);
        }
    }
    lay_losses(course, lane, times);
}

void RunDraw::lay_losses(LaneCourse& course, std::size_t lane, std::span<const double> times)
    const {
    for (const StockLoss& loss : paths_.stock_losses) {
        const auto week = static_cast<std::uint32_t>(std::max(loss.day, 0)) / 7;
        for (std::size_t s = 0; s < structure_.stores.size(); ++s) {
            const SeenStore& store = structure_.stores[s];
            double all = store_[store.node];
            for (std::size_t c = 0; c < times.size(); ++c) {
                const ItemChange& change = structure_.options.changes[c];
                const bool is_there = change.kind == ItemChange::Kind::store && from_[c] <= week
                                      && change.item == structure_.items[store.node];
                all += is_there ? times[c] * change.amount : 0.0;
            }
            if (store.stock == loss.stock && all > 0) {
                Lanes kept = Lanes::all(1);
                kept.set(lane, 1 - store_weeks_[s] / all * (1 - loss.kept));
                course.stores.push_back({week, store.node, kept, Lanes::all(0)});
            }
        }
    }
}

}  // namespace adic::shock
