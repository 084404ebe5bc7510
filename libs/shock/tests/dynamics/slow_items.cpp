#include "dynamics/slow_items.hpp"

#include <algorithm>
#include <map>

namespace adic::shock::test {
namespace {

using Weeks = std::vector<double>;  ///< sums from the start to the end of each week

/// The sum up to the end of a week; before the start everything went as planned.
double until(const Weeks& sums, long week) {
    return week < 0 ? static_cast<double>(week) + 1 : sums[static_cast<std::size_t>(week)];
}

struct Input {
    std::uint32_t item;
    long lead;
};

struct Line {
    bool is_choice;
    std::uint32_t take;
    model::Role role;
    model::Essential essential;
    double cover = 0;
    double weight = 0;
    double reorder = 1;
    std::vector<Input> inputs = {};
    Weeks got = {};  ///< of a choice
};

struct Maker {
    std::vector<Line> lines;
    double store = 0;
    Weeks made;
    Weeks had;
    Weeks served;
};

/// The most that `take` of the offers give together: the largest u with sum min(offer, u) >= k u.
double level_of(const std::vector<double>& offers, std::uint32_t take) {
    double low = 0;
    double high = 100;
    for (int i = 0; i < 200; ++i) {
        const double u = (low + high) / 2;
        double sum = 0;
        for (const double offer : offers) {
            sum += std::min(offer, u);
        }
        (sum >= take * u ? low : high) = u;
    }
    return low;
}

class Simulation {
  public:
    Simulation(const supply::MapIndex& index, const ItemNetwork& network, const ItemCourse& course)
        : index_(index)
        , network_(network)
        , course_(course)
        , makers_(index.map().items.size()) {
        find_circles();
        for (std::uint32_t item = 0; item < makers_.size(); ++item) {
            makers_[item].store = network.options().added_store_weeks[item];
            for (const std::uint32_t group : index.groups_of(model::ItemIndex{item})) {
                add_lines(item, group);
            }
        }
    }

    SlowItems run() {
        answer_.output.resize(makers_.size());
        answer_.weeks_worse.assign(makers_.size(), 0.0);
        for (long week = 0; week < static_cast<long>(course_.weeks); ++week) {
            for (const StoreLoss& loss : course_.store_losses) {
                if (loss.week == week) {
                    makers_[network_.item(loss.node).value()].store *= loss.kept;
                }
            }
            for (std::uint32_t node = 0; node < network_.size(); ++node) {
                step(node, week);
            }
        }
        for (const Maker& maker : makers_) {
            answer_.weeks_lost.push_back(course_.weeks - maker.served.back());
        }
        return answer_;
    }

  private:
    const model::SupplyMap& map() const { return index_.map(); }

    const ItemPace& pace(std::uint32_t item) const { return network_.options().paces[item]; }

    void find_circles() {
        const std::size_t n = makers_.size();
        reaches_.assign(n, std::vector<bool>(n, false));
        for (const model::Need& need : map().needs) {
            const model::NeedGroup& group = map()[need.group];
            if (group.role == model::Role::consumed || group.essential == model::Essential::yes) {
                reaches_[group.item.value()][need.input.value()] = true;
            }
        }
        for (std::size_t k = 0; k < n; ++k) {
            for (std::size_t i = 0; i < n; ++i) {
                for (std::size_t j = 0; j < n; ++j) {
                    reaches_[i][j] = reaches_[i][j] || (reaches_[i][k] && reaches_[k][j]);
                }
            }
        }
    }

    void add_lines(std::uint32_t item, std::uint32_t row) {
        const model::NeedGroup& group = map().groups[row];
        if (group.role == model::Role::equipment && group.essential == model::Essential::no) {
            return;
        }
        const auto needs = index_.needs_of(model::GroupIndex{row});
        const bool is_choice = group.take < needs.size();
        const auto n = static_cast<double>(needs.size());
        Line all{is_choice, group.take, group.role, group.essential};
        for (const std::uint32_t need : needs) {
            const std::uint32_t input = map().needs[need].input.value();
            const bool circle = input == item || (reaches_[item][input] && reaches_[input][item]);
            const long lead = std::max<long>(pace(input).lead_weeks, circle ? 1 : 0);
            all.inputs.push_back({input, lead});
            all.cover += pace(input).cover_days / 7 / n;
            all.weight += map().needs[need].value_share->likely() * group.take / n;
            all.reorder = std::max(all.reorder, pace(input).reorder_weeks);
            if (!is_choice) {
                Line one{false, 1, group.role, group.essential};
                one.inputs = {{input, lead}};
                one.cover = pace(input).cover_days / 7;
                one.weight = map().needs[need].value_share->likely();
                makers_[item].lines.push_back(one);
            }
        }
        if (is_choice) {
            makers_[item].lines.push_back(all);
        }
    }

    /// What has come through a line until the end of a week.
    double arrived(const Line& line, long week) const {
        if (line.is_choice) {
            return until(line.got, week);
        }
        const Input& input = line.inputs.front();
        return static_cast<double>(input.lead) + until(makers_[input.item].had, week - input.lead);
    }

    void choose(Line& line, const Maker& user, long week) {
        std::vector<double> offers;
        for (const Input& input : line.inputs) {
            const Weeks& had = makers_[input.item].had;
            const long then = week - input.lead;
            offers.push_back(std::max(0.0, until(had, then) - until(had, then - 1)));
        }
        const double before = until(line.got, week - 1);
        const double gap = std::max(0.0, used_by(line, user, week) - before);
        line.got.push_back(before + std::min(level_of(offers, line.take), 1 + gap / line.reorder));
    }

    /// Equipment is used up with time, inputs with output.
    static double used_by(const Line& line, const Maker& user, long week) {
        return line.role == model::Role::equipment ? static_cast<double>(week)
                                                   : until(user.made, week - 1);
    }

    /// How far what was given of the item is behind what was used of it.
    double gap(std::uint32_t item, double given, long week) const {
        double most = std::max(0.0, until(makers_[item].served, week - 1) - given);
        for (const Maker& user : makers_) {
            for (const Line& line : user.lines) {
                const bool takes = std::ranges::any_of(line.inputs, [&](const Input& input) {
                    return input.item == item;
                });
                if (!takes || line.essential == model::Essential::no) {
                    continue;
                }
                const double used = used_by(line, user, week);
                most = std::max(
                    most,
                    line.is_choice ? std::min(
                        static_cast<double>(week) - given,
                        used - until(line.got, week - 1)
                    )
                                   : used - given
                );
            }
        }
        return most;
    }

    double supplied(std::uint32_t node, long week) const {
        for (const ItemSupplyPath& path : course_.supplies) {
            if (path.node == node) {
                return path.part[static_cast<std::size_t>(week)];
            }
        }
        return 1;
    }

    double capacity(std::uint32_t node, const Maker& maker, long week) const {
        const ItemPace& own = pace(network_.item(node).value());
        double backlog = 0;
        for (const Line& line : maker.lines) {
            if (line.role == model::Role::equipment) {
                const double planned = static_cast<double>(week) + 1;
                backlog = std::max(backlog, planned - arrived(line, week) - own.spare_weeks);
            }
        }
        const double since = static_cast<double>(week) + 1 - *course_.alarm_week;
        const double ready =
            std::clamp(own.ramp_weeks > 0 ? since / own.ramp_weeks : 1e9 * since, 0.0, 1.0);
        return supplied(node, week) * std::max(0.0, 1 - backlog / own.equipment_weeks)
               * (1 + own.surge * ready * std::max(0.0, 1 - backlog));
    }

    void step(std::uint32_t node, long week) {
        const std::uint32_t item = network_.item(node).value();
        Maker& maker = makers_[item];
        const double before = until(maker.made, week - 1);
        const double had_before = until(maker.had, week - 1);
        for (Line& line : maker.lines) {
            if (line.is_choice) {
                choose(line, maker, week);
            }
        }
        const double wanted = 1 + gap(item, before, week) / pace(item).reorder_weeks;
        double made = std::min(wanted, capacity(node, maker, week));
        for (const Line& line : maker.lines) {
            if (line.role == model::Role::consumed && line.essential == model::Essential::yes) {
                const double stock = line.cover + arrived(line, week) - before;
                answer_.least_stock = std::min(answer_.least_stock, stock);
                made = std::min(made, stock);
            }
        }
        const double asked = 1 + gap(item, had_before, week) / pace(item).reorder_weeks;
        const double had = std::min(maker.store + made, asked);
        maker.store += made - had;
        answer_.least_stock = std::min({answer_.least_stock, maker.store, made});
        add_worse(item, before, made, week);
        maker.made.push_back(before + made);
        maker.had.push_back(had_before + had);
        const double served = until(maker.served, week - 1);
        maker.served.push_back(std::min(served + 1, maker.had.back()));
        answer_.output[item].push_back(maker.served.back() - served);
    }

    void add_worse(std::uint32_t item, double before, double made, long week) {
        for (const Line& line : makers_[item].lines) {
            if (line.essential == model::Essential::no) {
                const double now = before + made - line.cover - arrived(line, week);
                const double then = before - line.cover - arrived(line, week - 1);
                const double without = std::max(0.0, now) - std::max(0.0, then);
                answer_.weeks_worse[item] += line.weight * std::clamp(without, 0.0, made);
            }
        }
    }

    const supply::MapIndex& index_;
    const ItemNetwork& network_;
    const ItemCourse& course_;
    std::vector<Maker> makers_;
    std::vector<std::vector<bool>> reaches_;
    SlowItems answer_;
};

}  // namespace

SlowItems
slow_items(const supply::MapIndex& index, const ItemNetwork& network, const ItemCourse& course) {
    return Simulation(index, network, course).run();
}

}  // namespace adic::shock::test
