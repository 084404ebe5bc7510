#include "adic/shock/dynamics/item_dynamics.hpp"

#include "dynamics/item_kernel.hpp"
#include "dynamics/item_structure.hpp"
#include "dynamics/item_supply.hpp"
#include "dynamics/recorder.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace adic::shock {
namespace {

constexpr double noticed = 1e-9;  ///< weeks; less is rounding

/// The supply of one node over all weeks; empty if the paths do not reach it.
std::vector<double>
supply_path(const ItemNetwork& network, const ScenarioPaths& paths, std::uint32_t node) {
    const ItemDynamicsOptions& options = network.options();
    std::vector<Arrival> arrivals;
    std::vector<const SupplyPath*> found;
    bool is_reached = false;
    for (const SeenSupply& supply : network.supplies_of(node)) {
        found.push_back(paths.find(supply.supply));
        is_reached = is_reached || found.back() != nullptr;
        arrivals.push_back(
            {completed_share(supply, options.completion), 1.0, 0.0, supply.has_origin}
        );
    }
    const auto item =
        std::ranges::lower_bound(paths.items, network.item(node), {}, &ItemPath::item);
    const bool has_item = item != paths.items.end() && item->item == network.item(node);
    if (!is_reached && !has_item) {
        return {};
    }
    std::vector<double> parts(paths.weeks);
    for (std::uint32_t week = 0; week < paths.weeks; ++week) {
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (found[i] != nullptr) {
                arrivals[i].on_time = found[i]->availability[week];
                arrivals[i].late = found[i]->late[week];
            }
        }
        const double part =
            supply_in_week(arrivals, has_item ? item->availability[week] : 1.0, options.completion);
        parts[week] = as_read(part, network.structure().rates[node].enough, options.reading);
    }
    return parts;
}

/// Of all that lies in the stores of a node, what is left when part of one of them is destroyed.
double kept_of_all(const ItemStructure& structure, const StockLoss& loss, std::uint32_t node) {
    double all = structure.rates[node].store;
    for (const ItemChange& change : structure.options.changes) {
        const bool is_there = change.week.likely() <= std::max(loss.day, 0) / days_of_week;
        const bool is_of_node = change.item == structure.items[node];
        all += change.kind == ItemChange::Kind::store && is_there && is_of_node ? change.amount : 0;
    }
    double hit = 0;
    for (const SeenStore& store : structure.stores) {
        if (store.node == node) {
            all += store.weeks.likely();
            hit += store.stock == loss.stock ? store.weeks.likely() : 0.0;
        }
    }
    return all > 0 ? 1 - hit / all * (1 - loss.kept) : 1.0;
}

std::uint32_t first_week_not_whole(const ItemCourse& course) {
    std::uint32_t first = none;
    for (const ItemSupplyPath& path : course.supplies) {
        const auto found =
            std::ranges::find_if(path.part, [](double part) { return part < 1 - noticed; });
        if (found != path.part.end()) {
            first = std::min(first, static_cast<std::uint32_t>(found - path.part.begin()));
        }
    }
    return first;
}

LaneCourse lane_course(const ItemStructure& structure, const ItemCourse& course) {
    LaneCourse lane(structure, course.weeks);
    for (const ItemSupplyPath& path : course.supplies) {
        assert(path.part.size() == course.weeks);
        Lanes* row = lane.add_row(path.node);
        for (std::uint32_t week = 0; week < course.weeks; ++week) {
            // Beside what a plan has added to the row.
            row[week].set(0, row[week][0] - 1 + path.part[week]);
        }
    }
    for (std::uint32_t c = 0; c < structure.options.changes.size(); ++c) {
        const ItemChange& change = structure.options.changes[c];
        const bool is_whole = c >= course.change_parts.size() || course.change_parts[c].empty();
        const auto from = static_cast<std::uint32_t>(std::lround(change.week.likely()));
        put_in_force(
            structure,
            {c, from, 1.0, is_whole ? std::span<const double>{} : course.change_parts[c]},
            0,
            lane
        );
    }
    for (const StoreLoss& loss : course.store_losses) {
        Lanes kept = Lanes::all(1);
        kept.set(0, loss.kept);
        lane.stores.push_back({loss.week, loss.node, kept, Lanes::all(0)});
    }
    std::ranges::stable_sort(lane.stores, {}, &LaneCourse::StoreChange::week);
    const std::uint32_t alarm = course.alarm_week.value_or(first_week_not_whole(course));
    if (alarm != none) {
        lane.alarm.set(0, alarm);
    }
    return lane;
}

}  // namespace

ItemCourse course_of(const ItemNetwork& network, const ScenarioPaths& paths) {
    ItemCourse course;
    course.weeks = paths.weeks;
    for (std::uint32_t node = 0; node < network.size(); ++node) {
        std::vector<double> parts = supply_path(network, paths, node);
        if (!parts.empty()) {
            course.supplies.push_back({node, std::move(parts)});
        }
    }
    const ItemStructure& structure = network.structure();
    for (const ItemChange& change : structure.options.changes) {
        course.change_parts.push_back(given_of(change, paths));
    }
    for (const StockLoss& loss : paths.stock_losses) {
        const std::uint32_t node =
            structure.node_of[structure.index->map().stocks[loss.stock].item.value()];
        if (node != none) {
            const auto week = static_cast<std::uint32_t>(std::max(loss.day, 0)) / 7;
            course.store_losses.push_back({week, node, kept_of_all(structure, loss, node)});
        }
    }
    std::ranges::stable_sort(course.store_losses, {}, [](const StoreLoss& loss) {
        return std::pair{loss.week, loss.node};
    });
    return course;
}

ItemRun run_items(const ItemNetwork& network, const ItemCourse& course) {
    const ItemStructure& structure = network.structure();
    const LaneCourse lane = lane_course(structure, course);
    ItemKernel kernel(structure);
    kernel.start(lane);
    ItemRun run;
    run.weeks = course.weeks;
    ItemRecorder recorder(structure, kernel, run);
    for (std::uint32_t week = 0; week < course.weeks; ++week) {
        kernel.advance();
        recorder.record(week);
    }
    return run;
}

std::vector<Collapse>
find_collapses(const ItemNetwork& network, const ItemCourse& course, std::uint32_t watch_weeks) {
    constexpr double fallen = 1e-6;
    const ItemStructure& structure = network.structure();
    const LaneCourse lane = lane_course(structure, course);
    ItemKernel kernel(structure);
    kernel.start(lane);
    for (std::uint32_t week = 0; week < course.weeks; ++week) {
        kernel.advance();
    }
    std::vector<Collapse> best(structure.size());  // the last week at the best output, and now
    std::vector<double> most(structure.size(), 0.0);
    const std::uint32_t last = course.weeks + watch_weeks;
    for (std::uint32_t week = course.weeks; week < last; ++week) {
        for (std::uint32_t node = 0; node < structure.size(); ++node) {
            const double now = 1 - (kernel.served(node)[0] - kernel.served_before(node)[0]);
            if (now >= most[node] - fallen) {
                best[node].week = week;
            }
            most[node] = std::max(most[node], now);
            best[node].output_then = now;
        }
        kernel.advance();
    }
    std::vector<Collapse> collapses;
    for (std::uint32_t node = 0; node < structure.size(); ++node) {
        if (best[node].output_then < most[node] - fallen) {
            collapses.push_back({node, best[node].week, best[node].output_then});
        }
    }
    return collapses;
}

}  // namespace adic::shock
