#include "program.hpp"

#include <algorithm>
#include <cmath>

namespace adic::shock {
namespace {

using model::InputChoice;
using model::InputGroup;
using model::PartDemand;
using model::PartIndex;
using model::Site;
using model::SiteNetwork;

template <typename Rows, typename Key>
supply::RowIndex index_by(std::size_t keys, const Rows& rows, const Key& key) {
    std::vector<std::uint32_t> key_of_row;
    key_of_row.reserve(rows.size());
    for (const auto& row : rows) {
        key_of_row.push_back(key(row));
    }
    return {keys, key_of_row};
}

/// Terms of one constraint, each variable once, in the order of the variables.
void merge_terms(std::vector<solver::Term>& terms) {
    std::ranges::stable_sort(terms, {}, &solver::Term::variable);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        if (kept > 0 && terms[kept - 1].variable == terms[i].variable) {
            terms[kept - 1].coefficient += terms[i].coefficient;
        } else {
            terms[kept++] = terms[i];
        }
    }
    terms.resize(kept);
}

/// The part of a group's choices that is taken where all are taken alike.
double usual_part(const InputGroup& group) {
    return static_cast<double>(group.take) / static_cast<double>(group.choices.size());
}

}  // namespace

// --- the parts that count -----------------------------------------------------------------------

NeededParts::NeededParts(const SiteNetwork& network)
    : groups_(index_by(
        network.parts.size(),
        network.groups,
        [](const InputGroup& group) { return group.part.value(); }
    ))
    , sites_(index_by(network.parts.size(), network.sites, [](const Site& site) {
        return site.part.value();
    })) {
    find_needed(network);
    find_order(network);
}

void NeededParts::find_needed(const SiteNetwork& network) {
    std::vector<bool> is_needed(network.parts.size(), false);
    std::vector<std::uint32_t> queue;
    const auto reach = [&](PartIndex part) {
        if (!is_needed[part.value()]) {
            is_needed[part.value()] = true;
            queue.push_back(part.value());
        }
    };
    for (const PartDemand& demand : network.demands) {
        if (demand.per_day.high() > 0.0) {
            reach(demand.part);
        }
    }
    for (std::size_t next = 0; next < queue.size(); ++next) {
        for (const std::uint32_t group : groups_.rows_of(queue[next])) {
            for (const InputChoice& choice : network.groups[group].choices) {
                reach(choice.input);
            }
        }
    }
    parts_ = std::move(queue);
    std::ranges::sort(parts_);
    rows_.assign(network.parts.size(), none);
    for (std::uint32_t row = 0; row < parts_.size(); ++row) {
        rows_[parts_[row]] = row;
    }
}

void NeededParts::find_order(const SiteNetwork& network) {
    std::vector<std::uint32_t> users_left(parts_.size(), 0);
    const auto for_each_input = [&](std::uint32_t row, const auto& visit) {
        for (const std::uint32_t group : groups_.rows_of(parts_[row])) {
            for (const InputChoice& choice : network.groups[group].choices) {
                visit(rows_[choice.input.value()], network.groups[group]);
            }
        }
    };
    for (std::uint32_t row = 0; row < parts_.size(); ++row) {
        for_each_input(row, [&](std::uint32_t input, const InputGroup&) { ++users_left[input]; });
    }
    fixed_.assign(parts_.size(), true);
    std::vector<bool> is_placed(parts_.size(), false);
    const auto place = [&](std::uint32_t row) {
        is_placed[row] = true;
        order_.push_back(row);
    };
    for (std::uint32_t row = 0; row < parts_.size(); ++row) {
        if (users_left[row] == 0) {
            place(row);
        }
    }
    for (std::size_t next = 0; next < order_.size(); ++next) {
        const std::uint32_t row = order_[next];
        for_each_input(row, [&](std::uint32_t input, const InputGroup& group) {
            const bool all = group.take == group.choices.size();
            fixed_[input] = fixed_[input] && fixed_[row] && all;
            if (--users_left[input] == 0) {
                place(input);
            }
        });
    }
    for (std::uint32_t row = 0; row < parts_.size(); ++row) {
        if (!is_placed[row]) {
            order_.push_back(row);
            fixed_[row] = false;  // a circle
        }
    }
}

// --- what is left -------------------------------------------------------------------------------

namespace {

/// Adds the sites of a part up, some of them disrupted; both ways where the total is known.
class Adder {
  public:
    Adder(Harshness harshness, const Disruption& disruption, bool is_touched)
        : harshness_(harshness)
        , disruption_(&disruption)
        , is_touched_(is_touched) {}

    void add(const Site& site, bool is_hit) {
        const bool fails = is_hit || (is_touched_ && may_fail_too(site));
        const double severity = fails ? bad(disruption_->severity, harshness_) : 0.0;
        sum_ += good(site.capacity_per_day, harshness_) * (1.0 - severity);
        gone_ += bad(site.capacity_per_day, harshness_) * severity;
        if (!(is_hit && disruption_->stock == StockFate::lost)) {
            stock_ += good(site.stock, harshness_);
        }
    }

    double capacity(const std::optional<Estimate>& total) const {
        if (!total) {
            return sum_;
        }
        const double rest = std::max(0.0, good(*total, harshness_) - gone_);
        switch (harshness_) {
        case Harshness::mild: return std::min(sum_, rest);
        case Harshness::likely: return rest;
        case Harshness::harsh: return std::max(sum_, rest);
        }
        return rest;
    }

    double stock() const { return stock_; }

  private:
    /// At worst, what nobody knows the owner of is with those that fail.
    bool may_fail_too(const Site& site) const {
        return harshness_ == Harshness::harsh && site.ownership == model::Ownership::unknown;
    }

    Harshness harshness_;
    const Disruption* disruption_;
    bool is_touched_;
    double sum_ = 0.0;
    double gone_ = 0.0;
    double stock_ = 0.0;
};

}  // namespace

PartLeft SurvivalProgram::left_of(std::uint32_t row, const Disruption& disruption) const {
    const std::uint32_t part = needed_->parts()[row];
    const auto is_hit = [&](std::uint32_t site) {
        return std::ranges::binary_search(disruption.sites, model::SiteIndex{site});
    };
    const auto sites = needed_->sites_of(part);
    Adder adder(harshness_, disruption, std::ranges::any_of(sites, is_hit));
    for (const std::uint32_t site : sites) {
        adder.add(network_->sites[site], is_hit(site));
    }
    return {row, adder.capacity(network_->parts[part].total_per_day), adder.stock()};
}

std::vector<PartLeft> SurvivalProgram::left_by(const Disruption& disruption) const {
    std::vector<std::uint32_t> rows;
    for (const model::SiteIndex site : disruption.sites) {
        const std::uint32_t row = needed_->row_of((*network_)[site].part);
        if (row != NeededParts::none) {
            rows.push_back(row);
        }
    }
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    std::vector<PartLeft> left;
    left.reserve(rows.size());
    for (const std::uint32_t row : rows) {
        left.push_back(left_of(row, disruption));
    }
    return left;
}

double SurvivalProgram::output_limit(const PartLeft& left) const {
    return left.capacity_per_day / scale_[left.row];
}

double SurvivalProgram::cover(const PartLeft& left) const {
    return left.stock / scale_[left.row] / longest_days_;
}

// --- the program --------------------------------------------------------------------------------

SurvivalProgram::SurvivalProgram(
    const SiteNetwork& network,
    const NeededParts& needed,
    Harshness harshness,
    double longest_days
)
    : network_(&network)
    , needed_(&needed)
    , harshness_(harshness)
    , longest_days_(longest_days) {
    for (std::uint32_t row = 0; row < needed.parts().size(); ++row) {
        undisturbed_.push_back(left_of(row, Disruption{}));
    }
    find_scales();
    add_balances();
    for (std::uint32_t row = 0; row < needed.parts().size(); ++row) {
        for (const std::uint32_t group : needed.groups_of(needed.parts()[row])) {
            add_group(row, network.groups[group]);
        }
    }
    for (solver::Constraint& constraint : model_.constraints) {
        merge_terms(constraint.terms);
    }
}

/// What demand takes of each part in a day, (S7), circles gone through once. Any positive number
/// would do: it only makes all rows alike.
void SurvivalProgram::find_scales() {
    scale_.assign(needed_->parts().size(), 0.0);
    for (const PartDemand& demand : network_->demands) {
        const std::uint32_t row = needed_->row_of(demand.part);
        if (row != NeededParts::none) {
            scale_[row] += bad(demand.per_day, harshness_);
        }
    }
    for (const std::uint32_t row : needed_->order()) {
        for (const std::uint32_t g : needed_->groups_of(needed_->parts()[row])) {
            const InputGroup& group = network_->groups[g];
            for (const InputChoice& choice : group.choices) {
                scale_[needed_->row_of(choice.input)] +=
                    scale_[row] * usual_part(group) * bad(choice.quantity, harshness_);
            }
        }
    }
    constexpr double least = 1e-100;  // beyond these it is not a scale but an overflow
    constexpr double most = 1e100;
    for (double& scale : scale_) {
        scale = scale >= least && scale <= most ? scale : 1.0;
    }
}

/// (S5): output + stock / t + lost >= demand + what others take.
void SurvivalProgram::add_balances() {
    model_.variables.push_back({1.0, solver::infinity, 0.0, {}});
    for (const PartLeft& left : undisturbed_) {
        model_.variables.push_back({0.0, output_limit(left), 0.0, {}});
        model_.constraints.push_back(
            {0.0, solver::infinity, {{inverse_time, cover(left)}, {output(left.row), 1.0}}}
        );
    }
    lost_.assign(network_->demands.size(), NeededParts::none);
    for (std::size_t d = 0; d < network_->demands.size(); ++d) {
        const PartDemand& demand = network_->demands[d];
        const std::uint32_t row = needed_->row_of(demand.part);
        if (row == NeededParts::none) {
            continue;
        }
        const double per_day = bad(demand.per_day, harshness_) / scale_[row];
        lost_[d] = static_cast<std::uint32_t>(model_.variables.size());
        model_.variables.push_back({0.0, per_day, 0.0, {}});
        model_.constraints[row].lower = per_day;
        model_.constraints[row].terms.push_back({lost_[d], 1.0});
        total_margin_ += bad(demand.margin, harshness_) * bad(demand.per_day, harshness_);
    }
}

void SurvivalProgram::add_use(
    const InputChoice& choice,
    std::uint32_t user_row,
    std::uint32_t variable
) {
    const std::uint32_t row = needed_->row_of(choice.input);
    const double quantity = bad(choice.quantity, harshness_);
    model_.constraints[row].terms.push_back({variable, -quantity * (scale_[user_row] / scale_[row])}
    );
}

/// (S6): a group of which all choices are taken follows the output; else each choice has its own
/// variable, at most the output, and together they are `take` times the output.
void SurvivalProgram::add_group(std::uint32_t row, const InputGroup& group) {
    if (group.take == group.choices.size()) {
        for (const InputChoice& choice : group.choices) {
            add_use(choice, row, output(row));
        }
        return;
    }
    solver::Constraint met{
        0.0,
        solver::infinity,
        {{output(row), -static_cast<double>(group.take)}}};
    for (const InputChoice& choice : group.choices) {
        const auto variable = static_cast<std::uint32_t>(model_.variables.size());
        model_.variables.push_back({0.0, solver::infinity, 0.0, {}});
        met.terms.push_back({variable, 1.0});
        add_use(choice, row, variable);
        if (group.take > 1) {
            model_.constraints.push_back(
                {0.0, solver::infinity, {{output(row), 1.0}, {variable, -1.0}}}
            );
        }
    }
    model_.constraints.push_back(std::move(met));
}

solver::LinearModel SurvivalProgram::time_to_survive() const {
    solver::LinearModel model = model_;
    model.variables[inverse_time].cost = 1.0;
    for (const std::uint32_t variable : lost_) {
        if (variable != NeededParts::none) {
            model.variables[variable].upper = 0.0;
        }
    }
    return model;
}

solver::LinearModel SurvivalProgram::least_loss() const {
    solver::LinearModel model = model_;
    for (std::size_t d = 0; d < lost_.size(); ++d) {
        if (lost_[d] != NeededParts::none && total_margin_ > 0.0) {
            const PartDemand& demand = network_->demands[d];
            model.variables[lost_[d]].cost = bad(demand.margin, harshness_)
                                             * scale_[needed_->row_of(demand.part)] / total_margin_;
        }
    }
    return model;
}

}  // namespace adic::shock
