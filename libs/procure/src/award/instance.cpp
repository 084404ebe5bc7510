#include "award/instance.hpp"

#include "award/words.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace adic::procure {
namespace {

using Kind = Requirement::Kind;
using model::BreakRule;

std::int64_t rounded_up(std::int64_t pieces, std::int64_t lot) {
    return (pieces + lot - 1) / lot * lot;
}

bool is_of_state(const AwardRule& rule, std::size_t state) {
    return rule.state == state && rule.kind != AwardRuleKind::veto;
}

/// Builds an instance. Offers and buyers of an item are found by lists of each.
class Builder {
  public:
    Builder(const AwardProblem& problem, Requirements dropped)
        : problem_(problem)
        , buyers_of_(problem.items.size())
        , offers_of_(problem.items.size()) {
        made_.problem = &problem;
        made_.dropped = std::move(dropped);
        for (std::size_t o = 0; o < problem.offers.size(); ++o) {
            offers_of_[problem.offers[o].item].push_back(o);
        }
        sort_states();
    }

    Instance built() {
        add_buyers();
        for (std::size_t item = 0; item < problem_.items.size(); ++item) {
            add_orders(item);
        }
        add_packages();
        return std::move(made_);
    }

  private:
    /// Which states a rule of their own sets apart from the others.
    void sort_states() {
        is_apart_.assign(problem_.states.size(), false);
        for (std::size_t r = 0; r < problem_.rules.size(); ++r) {
            const AwardRule& rule = problem_.rules[r];
            if (!made_.keeps(Kind::rule, r)) {
                continue;
            }
            for (std::size_t s = 0; s < problem_.states.size(); ++s) {
                is_apart_[s] = is_apart_[s] || is_of_state(rule, s);
            }
            if (rule.kind == AwardRuleKind::veto) {
                vetoes_.push_back(&rule);
            }
        }
    }

    bool is_vetoed(std::size_t item, std::size_t state, std::size_t supplier) const {
        return std::ranges::any_of(vetoes_, [&](const AwardRule* veto) {
            return veto->supplier == supplier && (!veto->item || veto->item == item)
                   && (!veto->state || veto->state == state);
        });
    }

    bool is_banned(std::size_t item, std::size_t supplier) const {
        return std::ranges::any_of(vetoes_, [&](const AwardRule* veto) {
            return veto->supplier == supplier && !veto->state
                   && (!veto->item || veto->item == item);
        });
    }

    /// What tells two buyers of an item apart: themselves, or whom they veto.
    std::vector<std::size_t> mark_of(std::size_t item, std::size_t state) const {
        if (is_apart_[state]) {
            return {problem_.suppliers.size(), state};
        }
        std::vector<std::size_t> mark;
        for (const AwardRule* veto : vetoes_) {
            const bool is_meant = (!veto->item || veto->item == item) && veto->state == state;
            if (is_meant) {
                mark.push_back(*veto->supplier);
            }
        }
        std::ranges::sort(mark);
        mark.erase(std::unique(mark.begin(), mark.end()), mark.end());
        return mark;
    }

    void add_buyers() {
        std::map<std::tuple<std::size_t, std::int32_t, std::vector<std::size_t>>, Buyer> buyers;
        for (std::size_t d = 0; d < problem_.demands.size(); ++d) {
            const AwardDemand& demand = problem_.demands[d];
            Buyer& buyer = buyers[{demand.item, demand.year, mark_of(demand.item, demand.state)}];
            buyer.item = demand.item;
            buyer.needed = demand.year;
            buyer.demands.push_back(d);
            buyer.pieces += demand.pieces;
            buyer.least += made_.keeps(Kind::demand, d) ? demand.pieces : 0;
        }
        for (auto& [key, buyer] : buyers) {
            buyers_of_[buyer.item].push_back(made_.buyers.size());
            made_.buyers.push_back(std::move(buyer));
        }
    }

    /// Whether pieces of the supplier and year may go to the buyer.
    bool may_take(std::size_t buyer, std::size_t supplier, std::int32_t year) const {
        const Buyer& one = made_.buyers[buyer];
        const bool in_time =
            year == one.needed || (year < one.needed && problem_.items[one.item].storage);
        const std::size_t state = problem_.demands[one.demands.front()].state;
        return in_time && !is_vetoed(one.item, state, supplier);
    }

    void link(const Source& source) {
        for (const std::size_t buyer : buyers_of_[source.item]) {
            if (may_take(buyer, source.supplier, source.year)) {
                const Cents storage = problem_.items[source.item].storage.value_or(0)
                                      * (made_.buyers[buyer].needed - source.year);
                made_.links.push_back({made_.sources.size(), buyer, storage});
            }
        }
    }

    /// Years in which pieces of the item may be delivered.
    std::vector<std::int32_t> years_of(std::size_t item) const {
        std::vector<std::int32_t> years;
        for (const std::size_t buyer : buyers_of_[item]) {
            years.push_back(made_.buyers[buyer].needed);
        }
        std::ranges::sort(years);
        years.erase(std::unique(years.begin(), years.end()), years.end());
        if (years.empty() || !problem_.items[item].storage) {
            return years;
        }
        const std::int32_t last = years.back();
        const std::int32_t first =
            std::min(years.front(), problem_.awarded_in.value_or(years.front()));
        years.clear();
        for (std::int32_t year = first; year <= last; ++year) {
            years.push_back(year);
        }
        return years;
    }

    void add_orders(std::size_t item) {
        for (const std::int32_t year : years_of(item)) {
            for (const std::size_t offer : offers_of_[item]) {
                add_order(offer, year);
            }
        }
    }

    void add_order(std::size_t index, std::int32_t year) {
        const AwardOffer& offer = problem_.offers[index];
        const bool is_early =
            made_.keeps(Kind::lead_time, index) && year < first_year_of(problem_, offer);
        if (is_early || is_banned(offer.item, offer.supplier)) {
            return;
        }
        std::int64_t wanted = 0;
        for (const std::size_t buyer : buyers_of_[offer.item]) {
            wanted += may_take(buyer, offer.supplier, year) ? made_.buyers[buyer].pieces : 0;
        }
        if (wanted > 0) {
            add_brackets(index, year, wanted);
            ++made_.orders;
        }
    }

    /// The sources of an order; not more spare pieces than what begins a bracket makes necessary.
    void add_brackets(std::size_t index, std::int32_t year, std::int64_t wanted) {
        const AwardOffer& offer = problem_.offers[index];
        const std::int64_t least = made_.keeps(Kind::least_order, index) ? offer.least : 1;
        const bool has_capacity = offer.capacity && made_.keeps(Kind::offer_capacity, index);
        Cents before = 0;  // what the pieces below the bracket cost, if breaks are incremental
        for (std::size_t b = 0; b < offer.breaks.size(); ++b) {
            const AwardBreak& step = offer.breaks[b];
            const bool is_last = b + 1 == offer.breaks.size();
            Source source{offer.item, offer.supplier, year, made_.orders, index};
            source.lot = offer.lot;
            source.least = rounded_up(std::max(step.from, least), offer.lot);
            source.begins_at_least_order = least > step.from;
            const std::int64_t useful = std::max(source.least, rounded_up(wanted, offer.lot));
            const std::int64_t end =
                is_last ? useful : std::min(useful, offer.breaks[b + 1].from - 1);
            source.ends_at_capacity = has_capacity && *offer.capacity <= end;
            source.most = (source.ends_at_capacity ? *offer.capacity : end) / offer.lot * offer.lot;
            source.order_cost = offer.fixed_cost;
            source.price = step.price;
            const bool is_incremental = offer.rule == BreakRule::incremental;
            source.fixed = is_incremental ? before - step.price * (step.from - 1) : 0;
            source.charge =
                static_cast<double>(is_incremental ? offer.breaks.front().price : step.price);
            if (source.least <= source.most) {
                link(source);
                made_.sources.push_back(source);
            }
            before += is_last ? 0 : step.price * (offer.breaks[b + 1].from - step.from);
        }
    }

    void add_packages() {
        for (std::size_t p = 0; p < problem_.packages.size(); ++p) {
            const AwardPackage& package = problem_.packages[p];
            for (const AwardPackageRow& row : package.rows) {
                Source source{row.item, package.supplier, row.year, made_.orders};
                source.package = p;
                source.least = source.most = row.pieces;
                source.fixed = row.price;
                source.charge = static_cast<double>(row.price) / static_cast<double>(row.pieces);
                if (is_banned(row.item, package.supplier)) {
                    source.most = 0;  // nobody may take it: neither the package
                } else {
                    link(source);
                }
                made_.sources.push_back(source);
                ++made_.orders;
            }
        }
    }

    const AwardProblem& problem_;
    Instance made_ = {};
    std::vector<bool> is_apart_ = {};
    std::vector<const AwardRule*> vetoes_ = {};
    std::vector<std::vector<std::size_t>> buyers_of_;
    std::vector<std::vector<std::size_t>> offers_of_;
};

}  // namespace

std::vector<Requirement> list_requirements(const AwardProblem& problem) {
    std::vector<Requirement> all;
    for (std::size_t r = 0; r < problem.rules.size(); ++r) {
        all.push_back({Kind::rule, r});
    }
    for (std::size_t s = 0; s < problem.suppliers.size(); ++s) {
        if (problem.suppliers[s].capacity) {
            all.push_back({Kind::supplier_capacity, s});
        }
    }
    for (std::size_t o = 0; o < problem.offers.size(); ++o) {
        if (problem.offers[o].least > 1) {
            all.push_back({Kind::least_order, o});
        }
        if (problem.offers[o].lead_time > 0 || problem.awarded_in) {
            all.push_back({Kind::lead_time, o});
        }
        if (problem.offers[o].capacity) {
            all.push_back({Kind::offer_capacity, o});
        }
    }
    for (std::size_t d = 0; d < problem.demands.size(); ++d) {
        all.push_back({Kind::demand, d});
    }
    return all;
}

Sentence words_of(const AwardProblem& problem, const Requirement& requirement) {
    const std::size_t index = requirement.index;
    switch (requirement.kind) {
    case Kind::demand: return words_of(problem, problem.demands[index]);
    case Kind::rule: return words_of(problem, problem.rules[index]);
    case Kind::offer_capacity: return capacity_words(problem, problem.offers[index]);
    case Kind::least_order: return least_words(problem, problem.offers[index]);
    case Kind::lead_time: return lead_words(problem, problem.offers[index]);
    case Kind::supplier_capacity: return capacity_words(problem.suppliers[index]);
    }
    return {};
}

Instance instance_of(const AwardProblem& problem, Requirements dropped) {
    return Builder(problem, std::move(dropped)).built();
}

std::vector<AwardDelivery> deliveries_of(
    const Instance& instance,
    const std::vector<std::int64_t>& by_link,
    const std::vector<std::int64_t>& spare
) {
    const AwardProblem& problem = *instance.problem;
    std::map<AwardDelivery, std::int64_t> pieces;
    const auto delivery = [&](const Source& source) {
        return AwardDelivery{source.item, source.supplier, source.package, source.year};
    };
    std::vector<std::int64_t> open;
    for (const AwardDemand& demand : problem.demands) {
        open.push_back(demand.pieces);
    }
    for (std::size_t l = 0; l < by_link.size(); ++l) {
        const Link& link = instance.links[l];
        std::int64_t left = by_link[l];
        for (const std::size_t d : instance.buyers[link.buyer].demands) {
            const std::int64_t here = std::min(left, open[d]);
            if (here > 0) {
                AwardDelivery one = delivery(instance.sources[link.source]);
                one.state = problem.demands[d].state;
                one.needed = problem.demands[d].year;
                pieces[one] += here;
                open[d] -= here;
                left -= here;
            }
        }
    }
    for (std::size_t s = 0; s < spare.size(); ++s) {
        if (spare[s] > 0) {
            AwardDelivery one = delivery(instance.sources[s]);
            one.needed = one.year;
            pieces[one] += spare[s];
        }
    }
    std::vector<AwardDelivery> deliveries;
    for (const auto& [one, count] : pieces) {
        deliveries.push_back(one);
        deliveries.back().pieces = count;
    }
    return deliveries;
}

}  // namespace adic::procure
