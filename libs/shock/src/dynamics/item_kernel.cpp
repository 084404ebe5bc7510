#include "dynamics/item_kernel.hpp"

#include <algorithm>

namespace adic::shock {
namespace {

const Lanes zero = Lanes::all(0);
const Lanes one = Lanes::all(1);
const Lanes never = Lanes::all(1e9);

Lanes scaled(double factor, const Lanes& x) {
    return Lanes::all(factor) * x;
}

Lanes at_least_zero(const Lanes& x) {
    return greater(x, zero);
}

}  // namespace

LaneCourse::LaneCourse(const ItemStructure& structure, std::uint32_t weeks_asked)
    : weeks(weeks_asked)
    , row_of_node(structure.size(), none)
    , cover(structure.size())
    , store(structure.size())
    , alarm(never) {
    reset(structure);
}

void LaneCourse::reset(const ItemStructure& structure) {
    std::ranges::fill(row_of_node, none);
    used_rows_ = 0;
    stores.clear();
    changes.assign(structure.options.changes.size(), {never, zero});
    alarm = never;
    for (std::uint32_t node = 0; node < structure.size(); ++node) {
        cover[node] = Lanes::all(structure.rates[node].cover);
        store[node] = Lanes::all(structure.rates[node].store);
    }
    for (const SeenStore& seen : structure.stores) {
        store[seen.node] = store[seen.node] + Lanes::all(seen.weeks.likely());
    }
}

Lanes* LaneCourse::add_row(std::uint32_t node) {
    if (row_of_node[node] == none) {
        row_of_node[node] = used_rows_++;
        const std::size_t end = static_cast<std::size_t>(used_rows_) * weeks;
        if (rows.size() < end) {
            rows.resize(end);
        }
        std::fill(
            rows.begin() + static_cast<std::ptrdiff_t>(end - weeks),
            rows.begin() + static_cast<std::ptrdiff_t>(end),
            one
        );
    }
    return rows.data() + static_cast<std::size_t>(row_of_node[node]) * weeks;
}

void put_in_force(
    const ItemStructure& structure,
    const ChangeInForce& force,
    std::size_t lane,
    LaneCourse& course
) {
    using Kind = ItemChange::Kind;
    const ItemChange& change = structure.options.changes[force.change];
    const std::uint32_t node = structure.node_of[change.item.value()];
    if (node == none) {
        return;
    }
    const double amount = force.times * change.amount;
    course.changes[force.change].from.set(lane, force.from);
    course.changes[force.change].part.set(lane, amount);
    if (change.kind == Kind::store) {
        Lanes added = zero;
        added.set(lane, amount);
        course.stores.push_back({force.from, node, one, added});
    }
    if (change.kind == Kind::capacity || change.kind == Kind::recycling) {
        Lanes* row = course.add_row(node);
        for (std::uint32_t week = force.from; week < course.weeks; ++week) {
            const double given = force.part.empty() ? 1.0 : std::min(force.part[week], 1.0);
            row[week].set(lane, row[week][lane] + amount * given);
        }
    }
}

std::vector<double> given_of(const ItemChange& change, const ScenarioPaths& paths) {
    std::vector<double> given;
    for (const std::uint32_t supply : change.supplies) {
        const SupplyPath* path = paths.find(supply);
        if (path == nullptr) {
            continue;
        }
        given.resize(paths.weeks, 1.0);
        for (std::uint32_t week = 0; week < paths.weeks; ++week) {
            const double lost = 1 - path->availability[week] - path->late[week];
            given[week] -= std::max(0.0, lost) / static_cast<double>(change.supplies.size());
        }
    }
    return given;
}

ItemKernel::ItemKernel(const ItemStructure& structure)
    : structure_(&structure)
    , depth_(structure.longest_lead + 2)
    , has_store_(structure.size()) {}

void ItemKernel::start(const LaneCourse& course, std::uint32_t week) {
    const std::size_t nodes = structure_->size();
    course_ = &course;
    week_ = week;
    next_store_ = 0;
    had_.assign(nodes * depth_, zero);
    lag_.assign(nodes, zero);
    lag_before_.assign(nodes, zero);
    served_.assign(nodes, zero);
    served_before_.assign(nodes, zero);
    worse_.assign(nodes, zero);
    group_lag_.assign(structure_->choices.size(), zero);
    group_lag_before_.assign(structure_->choices.size(), zero);
    relief_lag_.assign(structure_->reliefs.size(), zero);
    relief_lag_before_.assign(structure_->reliefs.size(), zero);
    relief_given_.assign(structure_->reliefs.size(), zero);
    store_ = course.store;
    for (std::size_t node = 0; node < nodes; ++node) {
        has_store_[node] = false;
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            has_store_[node] = has_store_[node] || store_[node][lane] > 0;
        }
    }
    for (const LaneCourse::StoreChange& change : course.stores) {
        has_store_[change.node] = true;
    }
    list_active();
}

/// Where no supply is touched and no input lags, nothing lags.
void ItemKernel::list_active() {
    std::vector<bool> is_active(structure_->size(), false);
    active_.clear();
    for (std::uint32_t node = 0; node < structure_->size(); ++node) {
        if (course_->row_of_node[node] != none) {
            is_active[node] = true;
            active_.push_back(node);
        }
    }
    for (std::size_t next = 0; next < active_.size(); ++next) {
        for (const std::uint32_t user : structure_->above.of(active_[next])) {
            if (!is_active[user]) {
                is_active[user] = true;
                active_.push_back(user);
            }
        }
    }
    std::ranges::sort(active_);
}

/// The lags of what could be had `weeks_ago` weeks before the week that is being taken; before the
/// start nothing lagged.
const Lanes* ItemKernel::had(std::uint32_t weeks_ago) const {
    const std::size_t slot = (week_ + depth_ - weeks_ago) % depth_;
    return had_.data() + slot * structure_->size();
}

void ItemKernel::advance() {
    std::swap(lag_, lag_before_);
    std::swap(served_, served_before_);
    std::swap(group_lag_, group_lag_before_);
    std::swap(relief_lag_, relief_lag_before_);
    ++week_;  // `had(0)` is now the slot of this week
    change_stores();
    for (const std::uint32_t node : active_) {
        step(node);
    }
}

/// (D9), (R1): what is destroyed is a part of what is left, not of what is used already.
void ItemKernel::change_stores() {
    const Lanes* had_last = had(1);
    for (; next_store_ < course_->stores.size() && course_->stores[next_store_].week < week_;
         ++next_store_) {
        const LaneCourse::StoreChange& change = course_->stores[next_store_];
        const Lanes used = lag_before_[change.node] - had_last[change.node];
        Lanes& store = store_[change.node];
        store = used + change.kept * (store - used) + change.added;
    }
}

Lanes ItemKernel::in_force(std::uint32_t change) const {
    const LaneCourse::InForce& force = course_->changes[change];
    const double week = week_;  // counted from 1, so that a change of week 0 is there in the first
    return force.part * lesser(one, at_least_zero(Lanes::all(week) - force.from));
}

/// What the line's source lags.
const Lanes& ItemKernel::lag_of(const ItemLine& line) const {
    return line.choice == none ? had(line.lead)[line.source] : group_lag_[line.choice];
}

/// (R3), (R5): the part of the user's output that needs the line's source lags by so much.
Lanes ItemKernel::lightened(const ItemLine& line, const Lanes& lag) const {
    Lanes left = one;
    for (const std::uint32_t change : structure_->reliefs[line.relief].lightened_by) {
        left = left - in_force(change);
    }
    return at_least_zero(left) * lag;
}

/// (R4): what is missing of the source comes from its substitutes, as far as they give.
void ItemKernel::step_relief(const ItemLine& line, std::uint32_t user) {
    const ItemRelief& relief = structure_->reliefs[line.relief];
    Lanes given = zero;
    for (const ItemRelief::Substitute& substitute : relief.substitutes) {
        const Lanes offer = at_least_zero(
            one + had(substitute.lead + 1)[substitute.node] - had(substitute.lead)[substitute.node]
        );
        given = given + in_force(substitute.change) * lesser(one, offer);
    }
    const Lanes& source = lag_of(line);
    const Lanes missing = source - relief_given_[line.relief];
    const Lanes& before = relief_lag_before_[line.relief];
    const Lanes& user_lag = relief.of_equipment ? zero : lag_before_[user];
    const Lanes wanted = before - scaled(relief.reorder, at_least_zero(before - user_lag));
    Lanes& lag = relief_lag_[line.relief];
    lag = at_least_zero(greater(missing - given, lesser(missing, wanted)));
    relief_given_[line.relief] = source - lag;
}

Lanes ItemKernel::cover_of(const ItemLine& line) const {
    if (line.choice == none) {
        return course_->cover[line.source];
    }
    const ItemChoice& choice = structure_->choices[line.choice];
    Lanes sum = zero;
    for (std::uint32_t a = choice.first; a < choice.last; ++a) {
        sum = sum + course_->cover[structure_->alternatives[a].node];
    }
    return scaled(1.0 / (choice.last - choice.first), sum);
}

Lanes ItemKernel::allowed_by(const ItemLine& line) const {
    if (line.relief != none) {
        return lightened(line, relief_lag_[line.relief] - cover_of(line));
    }
    return lag_of(line) - cover_of(line);  // (D5)
}

Lanes ItemKernel::backlog_of(const ItemLine& line, std::uint32_t user) const {
    const Lanes spare = Lanes::all(structure_->rates[user].spare);
    if (line.relief != none) {
        return lightened(line, at_least_zero(relief_lag_[line.relief] - spare));
    }
    return at_least_zero(lag_of(line) - spare);
}

Lanes ItemKernel::equipment_backlog(std::uint32_t node) const {
    Lanes most = zero;
    for (const ItemLine& line : structure_->equipment.of(node)) {
        most = greater(most, backlog_of(line, node));
    }
    return most;
}

/// (D6), (D7).
Lanes ItemKernel::capacity(std::uint32_t node, const Lanes& backlog) const {
    const ItemRates& rates = structure_->rates[node];
    const double week =
        week_;  // counted from 1: at the end of the alarm week a first part is there
    const Lanes ready =
        lesser(one, at_least_zero(scaled(rates.ramp, Lanes::all(week) - course_->alarm)));
    const Lanes surge = scaled(rates.surge, ready) * at_least_zero(one - backlog);
    const Lanes left = at_least_zero(one - scaled(rates.wear, backlog));
    const std::uint32_t row = course_->row_of_node[node];
    const bool is_usual = row == none || week_ > course_->weeks;
    const Lanes supplied =
        is_usual ? one
                 : course_->rows[static_cast<std::size_t>(row) * course_->weeks + (week_ - 1)];
    return supplied * left * (one + surge);
}

Lanes ItemKernel::allowed_by_capacity(std::uint32_t node) const {
    return lag_before_[node] + (one - capacity(node, equipment_backlog(node)));
}

/// (D8): how far `lag` is behind the user who lags least. Whoever chooses wants it no faster than
/// his group.
Lanes ItemKernel::wanted_extra(std::uint32_t node, const Lanes& lag) const {
    Lanes least = structure_->equips[node] ? zero : never;
    if (structure_->is_target[node]) {
        least = lesser(least, served_before_[node]);
    }
    for (const std::uint32_t user : structure_->users.of(node)) {
        least = lesser(least, lag_before_[user]);
    }
    Lanes extra = at_least_zero(lag - least);
    for (const std::uint32_t c : structure_->choosers.of(node)) {
        const ItemChoice& choice = structure_->choices[c];
        const Lanes& user = choice.role == model::Role::equipment ? zero : lag_before_[choice.user];
        extra = greater(extra, lesser(lag, group_lag_before_[c] - user));
    }
    return extra;
}

/// (D11): what k of n alternatives give together; the m that give most count no more than the
/// whole, which is best used by the rest.
Lanes ItemKernel::group_level(const ItemChoice& choice) {
    offers_.clear();
    Lanes rest = zero;
    for (std::uint32_t a = choice.first; a < choice.last; ++a) {
        const ItemAlternative& alternative = structure_->alternatives[a];
        const Lanes in_week = one + had(alternative.lead + 1)[alternative.node]
                              - had(alternative.lead)[alternative.node];
        offers_.push_back(at_least_zero(in_week));
        rest = rest + offers_.back();
    }
    Lanes level = scaled(1.0 / choice.take, rest);
    for (std::uint32_t m = 1; m < choice.take; ++m) {
        for (std::size_t i = m; i < offers_.size(); ++i) {  // the largest of the rest to the front
            const Lanes larger = greater(offers_[m - 1], offers_[i]);
            offers_[i] = lesser(offers_[m - 1], offers_[i]);
            offers_[m - 1] = larger;
        }
        rest = zero;
        for (std::size_t i = m; i < offers_.size(); ++i) {
            rest = rest + offers_[i];
        }
        level = lesser(level, scaled(1.0 / (choice.take - m), rest));
    }
    return level;
}

void ItemKernel::step_choice(std::uint32_t c) {
    const ItemChoice& choice = structure_->choices[c];
    const Lanes& before = group_lag_before_[c];
    const Lanes& user = choice.role == model::Role::equipment ? zero : lag_before_[choice.user];
    const Lanes wanted = one + scaled(choice.reorder, at_least_zero(before - user));
    group_lag_[c] = before + (one - lesser(group_level(choice), wanted));
}

void ItemKernel::step(std::uint32_t node) {
    for (const std::uint32_t choice : structure_->choices_of.of(node)) {
        step_choice(choice);
    }
    if (structure_->is_relieved[node]) {
        for (const auto* lines : {&structure_->essential, &structure_->equipment}) {
            for (const ItemLine& line : lines->of(node)) {
                if (line.relief != none) {
                    step_relief(line, node);
                }
            }
        }
    }
    const ItemRates& rates = structure_->rates[node];
    const Lanes& before = lag_before_[node];
    const Lanes& extra = wanted_extra(node, before);
    Lanes lag = greater(before - scaled(rates.reorder, extra), allowed_by_capacity(node));
    for (const ItemLine& line : structure_->essential.of(node)) {
        lag = greater(lag, allowed_by(line));
    }
    lag_[node] = lag;
    Lanes& had_now = had_[(week_ % depth_) * structure_->size() + node];
    if (has_store_[node]) {  // (D9)
        const Lanes& had_last = had(1)[node];
        const Lanes wanted = scaled(rates.reorder, wanted_extra(node, had_last));
        had_now = greater(lag - store_[node], had_last - wanted);
    } else {
        had_now = lag;
    }
    served_[node] = greater(served_before_[node], had_now);  // (D10)
    add_worse(node);
}

/// (D12): output of the week that was made without the input.
void ItemKernel::add_worse(std::uint32_t node) {
    for (const ItemLine& line : structure_->extra.of(node)) {
        const Lanes& source_before =
            line.choice == none ? had(line.lead + 1)[line.source] : group_lag_before_[line.choice];
        const Lanes missing = at_least_zero(allowed_by(line) - lag_[node]);
        const Lanes missing_before =
            at_least_zero(source_before - cover_of(line) - lag_before_[node]);
        const Lanes made = at_least_zero(one + lag_before_[node] - lag_[node]);
        const Lanes without = lesser(made, at_least_zero(missing - missing_before));
        worse_[node] = worse_[node] + scaled(line.weight, without);
    }
}

Lanes ItemKernel::had_in_week(std::uint32_t node, std::uint32_t weeks_ago) const {
    return one + had(weeks_ago + 1)[node] - had(weeks_ago)[node];
}

}  // namespace adic::shock
