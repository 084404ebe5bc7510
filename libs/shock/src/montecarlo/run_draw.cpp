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
    , scenario_(problem.scenario) {
    run_.weeks = scenario_.weeks();
    run_.cover.resize(structure_.size());
    run_.store.resize(structure_.size());
    run_.store_weeks.resize(structure_.stores.size());
    run_.from.resize(structure_.options.changes.size());
    run_.given.resize(structure_.options.changes.size());
}

const DrawnRun& RunDraw::draw(std::uint64_t run) {
    draw_scenario(problem_, run, drawn_);
    run_.fed.clear();
    run_.parts.clear();
    run_.alarm = run_.weeks;
    run_.is_quiet = drawn_.is_quiet();
    if (run_.is_quiet) {
        return run_;
    }
    for (std::size_t e = 0; e < scenario_.events.size(); ++e) {
        scenario_.events[e].event.start_day = drawn_.starts[e];
    }
    trace_paths_into(scenario_, drawn_.outcomes, paths_);
    run_.losses = paths_.stock_losses;
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
    return run_;
}

void RunDraw::draw_stocks(std::uint64_t run) {
    for (std::uint32_t node = 0; node < structure_.size(); ++node) {
        const double u = problem_.uniforms.draw(run, Drawn::cover, structure_.items[node].value());
        const double factor = problem_.spreads.at(problem_.options.cover_factor, u);
        run_.cover[node] = structure_.rates[node].cover * factor;
        run_.store[node] = structure_.rates[node].store;
    }
    for (std::size_t s = 0; s < structure_.stores.size(); ++s) {
        const SeenStore& store = structure_.stores[s];
        const double u = problem_.uniforms.draw(run, Drawn::store, store.stock);
        run_.store_weeks[s] = problem_.spreads.at(store.weeks, u);
        run_.store[store.node] += run_.store_weeks[s];
    }
}

void RunDraw::draw_changes(std::uint64_t run) {
    for (std::size_t c = 0; c < run_.from.size(); ++c) {
        const ItemChange& change = structure_.options.changes[c];
        const double u = problem_.uniforms.draw(run, Drawn::change, change.key);
        run_.from[c] = static_cast<std::uint32_t>(std::lround(problem_.spreads.at(change.week, u)));
        run_.given[c] = given_of(change, paths_);
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
    const std::uint32_t weeks = run_.weeks;
    draw_shares(problem_, run, node, shares_);
    double rest = 1;
    for (const double share : shares_) {
        rest -= share;
    }
    const std::size_t begin = run_.parts.size();
    run_.fed.push_back(node);
    run_.parts.resize(begin + weeks, 1.0);
    const std::span<double> part = std::span{run_.parts}.subspan(begin);
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
            run_.alarm = std::min(run_.alarm, week);
        }
    }
}

template <typename Put>
void DrawnRun::lay_figures(LaneCourse& course, const Put& put) const {
    for (std::size_t node = 0; node < cover.size(); ++node) {
        put(course.cover[node], cover[node]);
        put(course.store[node], store[node]);
    }
    for (std::size_t i = 0; i < fed.size(); ++i) {
        Lanes* row = course.add_row(fed[i]);
        for (std::uint32_t week = 0; week < weeks; ++week) {
            put(row[week], parts[i * weeks + week]);
        }
    }
    if (alarm < weeks) {
        put(course.alarm, static_cast<double>(alarm));
    }
}

void DrawnRun::lay(
    const ItemStructure& structure,
    LaneCourse& course,
    std::size_t lane,
    std::span<const double> times
) const {
    if (!is_quiet) {
        lay_figures(course, [lane](Lanes& row, double value) { row.set(lane, value); });
        lay_changes(structure, course, lane, times);
    }
}

void DrawnRun::lay_everywhere(LaneCourse& course) const {
    if (!is_quiet) {
        lay_figures(course, [](Lanes& row, double value) { row = Lanes::all(value); });
    }
}

void DrawnRun::lay_changes(
    const ItemStructure& structure,
    LaneCourse& course,
    std::size_t lane,
    std::span<const double> times
) const {
    for (std::uint32_t c = 0; c < times.size(); ++c) {
        if (times[c] > 0) {
            put_in_force(structure, {c, from[c], times[c], given[c]}, lane, course);
        }
    }
    for (const StockLoss& loss : losses) {
        const auto week = static_cast<std::uint32_t>(std::max(loss.day, 0)) / 7;
        for (std::size_t s = 0; s < structure.stores.size(); ++s) {
            const SeenStore& seen = structure.stores[s];
            double all = store[seen.node];
            for (std::size_t c = 0; c < times.size(); ++c) {
                const ItemChange& change = structure.options.changes[c];
                const bool is_there = change.kind == ItemChange::Kind::store && from[c] <= week
                                      && change.item == structure.items[seen.node];
                all += is_there ? times[c] * change.amount : 0.0;
            }
            if (seen.stock == loss.stock && all > 0) {
                Lanes kept = Lanes::all(1);
                kept.set(lane, 1 - store_weeks[s] / all * (1 - loss.kept));
                course.stores.push_back({week, seen.node, kept, Lanes::all(0)});
            }
        }
    }
}

std::size_t DrawnRun::bytes() const {
    std::size_t numbers = parts.size() + cover.size() + store.size() + fed.size() + from.size();
    for (const std::vector<double>& part : given) {
        numbers += part.size();
    }
    return sizeof(DrawnRun) + numbers * sizeof(double);
}

}  // namespace adic::shock
