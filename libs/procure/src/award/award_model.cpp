#include "award/award_model.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace adic::procure {
namespace {

using Kind = Requirement::Kind;
using solver::infinity;
using solver::Integrality;
using solver::Term;

constexpr double cents = 100.0;

std::uint32_t narrow(std::size_t position) {
    return static_cast<std::uint32_t>(position);
}

/// A sum of terms, each variable once.
class Sum {
  public:
    void add(std::uint32_t variable, double coefficient) {
        if (coefficient != 0.0) {
            terms_[variable] += coefficient;
            most_ = std::max(most_, std::abs(coefficient));
        }
    }

    void add(const Sum& other, double factor) {
        for (const auto& [variable, coefficient] : other.terms_) {
            add(variable, factor * coefficient);
        }
    }

    /// Without what is only the rounding of a difference.
    std::vector<Term> terms() const {
        constexpr double rounding = 1e-12;
        const double least = rounding * size();
        std::vector<Term> all;
        for (const auto& [variable, coefficient] : terms_) {
            if (std::abs(coefficient) > least) {
                all.push_back({variable, coefficient});
            }
        }
        return all;
    }

    /// The largest that was added.
    double size() const { return most_; }

  private:
    std::map<std::uint32_t, double> terms_ = {};
    double most_ = 0.0;
};

class ModelBuilder {
  public:
    ModelBuilder(const Instance& instance, const AwardModelOptions& options)
        : instance_(instance)
        , problem_(*instance.problem)
        , options_(options)
        , links_of_(instance.sources.size()) {
        for (std::size_t l = 0; l < instance.links.size(); ++l) {
            links_of_[instance.links[l].source].push_back(l);
        }
    }

    AwardModel built() {
        add_choices();
        add_pieces();
        add_needs();
        for (std::size_t s = 0; s < instance_.sources.size(); ++s) {
            add_limits(s);
        }
        add_order_rows();
        add_supplier_capacities();
        for (std::size_t r = 0; r < problem_.rules.size(); ++r) {
            if (instance_.keeps(Kind::rule, r)) {
                add_rule(r);
            }
        }
        made_.blocks.count = problem_.items.size();
        return std::move(made_);
    }

  private:
    std::uint32_t variable(double upper, double cost, bool is_choice, std::size_t item) {
        made_.model.variables.push_back({0.0, upper, cost, Integrality::integer});
        made_.blocks.of_variable.push_back(item);
        made_.is_choice.push_back(is_choice);
        return narrow(made_.model.variables.size() - 1);
    }

    std::size_t row(double lower, double upper, std::vector<Term> terms) {
        made_.model.constraints.push_back({lower, upper, std::move(terms)});
        return made_.model.constraints.size() - 1;
    }

    void add_choices();
    void add_pieces();
    void add_needs();
    void add_limits(std::size_t source);
    void add_lots(std::size_t source);
    void add_order_rows();
    void add_supplier_capacities();
    void add_rule(std::size_t rule);
    void add_budget(std::size_t index);
    void add_suppliers(std::size_t index);
    void add_share(std::size_t index);
    void add_item_share(std::size_t index, const std::vector<std::size_t>& suppliers);
    void add_content(std::size_t index);
    void add_exposure(std::size_t index);
    void add_part(std::size_t index, const Sum& part, const Sum& all, bool at_least);

    bool is_meant(const AwardRule& rule, const Source& source) const {
        return (!rule.item || *rule.item == source.item)
               && (!rule.year || *rule.year == source.year);
    }

    /// All pieces of a source.
    void add_pieces_of(std::size_t source, double factor, Sum& sum) const;

    /// What is paid for them.
    void add_paid(std::size_t source, double factor, Sum& sum) const;

    double content(const Source& source, const std::string& place) const;
    std::vector<std::vector<std::size_t>> suppliers_of(const AwardRule& rule) const;
    bool is_of_state(const Link& link, std::size_t state) const;

    const Instance& instance_;
    const AwardProblem& problem_;
    AwardModelOptions options_;
    std::vector<std::vector<std::size_t>> links_of_;
    AwardModel made_ = {};
};

void ModelBuilder::add_choices() {
    std::map<std::size_t, std::uint32_t> packages;
    for (const Source& source : instance_.sources) {
        if (!source.package) {
            const double cost = static_cast<double>(source.order_cost + source.fixed) / cents;
            made_.taken.push_back(variable(1.0, cost, true, source.item));
            continue;
        }
        const auto found = packages.find(*source.package);
        const bool is_new = found == packages.end();
        const std::uint32_t choice =
            is_new ? variable(1.0, 0.0, true, Blocks::shared) : found->second;
        packages.emplace(*source.package, choice);
        made_.model.variables[choice].cost += static_cast<double>(source.fixed) / cents;
        if (source.most == 0) {
            made_.model.variables[choice].upper = 0.0;
        }
        made_.taken.push_back(choice);
    }
}

void ModelBuilder::add_pieces() {
    for (const Link& link : instance_.links) {
        const Source& source = instance_.sources[link.source];
        const std::int64_t most = std::min(source.most, instance_.buyers[link.buyer].pieces);
        const double cost = static_cast<double>(source.price + link.storage) / cents;
        made_.pieces.push_back(variable(static_cast<double>(most), cost, false, source.item));
    }
    for (const Source& source : instance_.sources) {
        const double cost = static_cast<double>(source.price) / cents;
        made_.spare.push_back(variable(static_cast<double>(source.most), cost, false, source.item));
    }
}

void ModelBuilder::add_needs() {
    std::vector<std::vector<Term>> terms(instance_.buyers.size());
    for (std::size_t l = 0; l < instance_.links.size(); ++l) {
        terms[instance_.links[l].buyer].push_back({made_.pieces[l], 1.0});
    }
    for (std::size_t b = 0; b < terms.size(); ++b) {
        const Buyer& buyer = instance_.buyers[b];
        row(static_cast<double>(buyer.least), static_cast<double>(buyer.pieces), std::move(terms[b])
        );
    }
}

void ModelBuilder::add_pieces_of(std::size_t source, double factor, Sum& sum) const {
    for (const std::size_t l : links_of_[source]) {
        sum.add(made_.pieces[l], factor);
    }
    sum.add(made_.spare[source], factor);
}

void ModelBuilder::add_paid(std::size_t source, double factor, Sum& sum) const {
    const Source& one = instance_.sources[source];
    sum.add(made_.taken[source], factor * static_cast<double>(one.fixed) / cents);
    add_pieces_of(source, factor * static_cast<double>(one.price) / cents, sum);
}

/// Between the least and the most pieces if it is taken, none if not; and no buyer gets pieces of a
/// source that is not taken, which is what makes the bound strong.
void ModelBuilder::add_limits(std::size_t source) {
    const Source& one = instance_.sources[source];
    const std::uint32_t taken = made_.taken[source];
    Sum lower;
    add_pieces_of(source, 1.0, lower);
    Sum upper = lower;
    lower.add(taken, -static_cast<double>(one.least));
    upper.add(taken, -static_cast<double>(one.most));
    const std::size_t least = row(0.0, infinity, lower.terms());
    const std::size_t most = row(-infinity, 0.0, upper.terms());
    if (one.offer && one.begins_at_least_order) {
        made_.tagged.push_back({least, {Kind::least_order, *one.offer}, AwardModel::Unit::piece});
    }
    if (one.offer && one.ends_at_capacity) {
        made_.tagged.push_back({most, {Kind::offer_capacity, *one.offer}, AwardModel::Unit::piece});
    }
    for (const std::size_t l : links_of_[source]) {
        const std::int64_t pieces = instance_.buyers[instance_.links[l].buyer].pieces;
        if (links_of_[source].size() > 1 && pieces < one.most) {
            const Term choice{taken, -static_cast<double>(pieces)};
            row(-infinity, 0.0, {{made_.pieces[l], 1.0}, choice});
        }
    }
    add_lots(source);
}

void ModelBuilder::add_lots(std::size_t source) {
    const Source& one = instance_.sources[source];
    if (one.lot == 1) {
        return;
    }
    const std::uint32_t lots =
        variable(static_cast<double>(one.most / one.lot), 0.0, false, one.item);
    Sum sum;
    add_pieces_of(source, 1.0, sum);
    sum.add(lots, -static_cast<double>(one.lot));
    row(0.0, 0.0, sum.terms());
}

/// One bracket of an order at most; nothing from a supplier whose fixed cost is not paid.
void ModelBuilder::add_order_rows() {
    std::map<std::size_t, Sum> choices;
    for (std::size_t s = 0; s < instance_.sources.size(); ++s) {
        choices[instance_.sources[s].order].add(made_.taken[s], 1.0);
    }
    std::map<std::size_t, std::uint32_t> used;
    for (std::size_t s = 0; s < instance_.sources.size(); ++s) {
        const Source& source = instance_.sources[s];
        if (s > 0 && instance_.sources[s - 1].order == source.order) {
            continue;
        }
        Sum sum = choices[source.order];
        const AwardSupplier& supplier = problem_.suppliers[source.supplier];
        if (supplier.fixed_cost == 0) {
            if (sum.terms().size() > 1) {
                row(-infinity, 1.0, sum.terms());
            }
            continue;
        }
        if (!used.contains(source.supplier)) {
            const double cost = static_cast<double>(supplier.fixed_cost) / cents;
            used.emplace(source.supplier, variable(1.0, cost, true, Blocks::shared));
        }
        sum.add(used.at(source.supplier), -1.0);
        row(-infinity, 0.0, sum.terms());
    }
}

void ModelBuilder::add_supplier_capacities() {
    std::map<std::pair<std::size_t, std::int32_t>, Sum> loads;
    for (std::size_t s = 0; s < instance_.sources.size(); ++s) {
        const Source& source = instance_.sources[s];
        const bool is_limited = problem_.suppliers[source.supplier].capacity
                                && instance_.keeps(Kind::supplier_capacity, source.supplier);
        if (source.offer && is_limited) {
            add_pieces_of(
                s,
                static_cast<double>(problem_.offers[*source.offer].load),
                loads[{source.supplier, source.year}]
            );
        }
    }
    for (const auto& [key, sum] : loads) {
        const auto capacity = static_cast<double>(*problem_.suppliers[key.first].capacity);
        made_.tagged.push_back(
            {row(-infinity, capacity, sum.terms()),
             {Kind::supplier_capacity, key.first},
             AwardModel::Unit::load}
        );
    }
}

bool ModelBuilder::is_of_state(const Link& link, std::size_t state) const {
    return problem_.demands[instance_.buyers[link.buyer].demands.front()].state == state;
}

void ModelBuilder::add_budget(std::size_t index) {
    const AwardRule& rule = problem_.rules[index];
    Sum sum;
    for (std::size_t l = 0; l < instance_.links.size(); ++l) {
        const Link& link = instance_.links[l];
        const Source& source = instance_.sources[link.source];
        if (is_of_state(link, *rule.state) && is_meant(rule, source)) {
            sum.add(made_.pieces[l], source.charge / cents);
        }
    }
    const double most = static_cast<double>(rule.value) / cents;
    const double kept = most - options_.margin * std::max(most, sum.size());
    made_.tagged.push_back(
        {row(-infinity, kept, sum.terms()), {Kind::rule, index}, AwardModel::Unit::money}
    );
}

void ModelBuilder::add_suppliers(std::size_t index) {
    const AwardRule& rule = problem_.rules[index];
    std::map<std::size_t, Sum> orders;
    for (std::size_t s = 0; s < instance_.sources.size(); ++s) {
        if (is_meant(rule, instance_.sources[s])) {
            orders[instance_.sources[s].supplier].add(made_.taken[s], 1.0);
        }
    }
    std::vector<Term> all;
    for (auto& [supplier, sum] : orders) {
        const std::uint32_t used = variable(1.0, 0.0, true, rule.item.value_or(Blocks::shared));
        all.push_back({used, 1.0});
        sum.add(used, -1.0);
        row(0.0, infinity, sum.terms());
    }
    row(static_cast<double>(rule.value), infinity, std::move(all));
}

/// The sets of suppliers that the rule limits, each by itself.
std::vector<std::vector<std::size_t>> ModelBuilder::suppliers_of(const AwardRule& rule) const {
    std::vector<std::vector<std::size_t>> sets;
    if (!rule.bloc.empty()) {
        sets.emplace_back();
    }
    for (std::size_t s = 0; s < problem_.suppliers.size(); ++s) {
        if (!rule.bloc.empty()) {
            if (problem_.suppliers[s].bloc == rule.bloc) {
                sets.back().push_back(s);
            }
        } else if (!rule.supplier || *rule.supplier == s) {
            sets.push_back({s});
        }
    }
    return sets;
}

void ModelBuilder::add_item_share(std::size_t index, const std::vector<std::size_t>& suppliers) {
    const AwardRule& rule = problem_.rules[index];
    std::int64_t needed = 0;
    for (const AwardDemand& demand : problem_.demands) {
        const bool is_meant =
            demand.item == *rule.item && (!rule.year || *rule.year == demand.year);
        needed += is_meant ? demand.pieces : 0;
    }
    Sum sum;
    for (std::size_t s = 0; s < instance_.sources.size(); ++s) {
        const Source& source = instance_.sources[s];
        if (is_meant(rule, source) && std::ranges::count(suppliers, source.supplier) > 0) {
            add_pieces_of(s, 1.0, sum);
        }
    }
    // Pieces are whole: so is the most of them that is within the share.
    const std::int64_t most = needed / whole_in_millionths * rule.value
                              + needed % whole_in_millionths * rule.value / whole_in_millionths;
    made_.tagged.push_back(
        {row(-infinity, static_cast<double>(most), sum.terms()),
         {Kind::rule, index},
         AwardModel::Unit::piece}
    );
}

/// A part of what is paid that has to be at most, or at least, the rule's share of all of it.
void ModelBuilder::add_part(std::size_t index, const Sum& part, const Sum& all, bool at_least) {
    const double share =
        static_cast<double>(problem_.rules[index].value) / static_cast<double>(whole_in_millionths);
    Sum sum = part;
    sum.add(all, at_least ? -share * (1.0 + options_.margin) : -share * (1.0 - options_.margin));
    const std::size_t at =
        at_least ? row(0.0, infinity, sum.terms()) : row(-infinity, 0.0, sum.terms());
    made_.tagged.push_back(
        {at, {Kind::rule, index}, AwardModel::Unit::percentage_point, all.terms()}
    );
}

void ModelBuilder::add_share(std::size_t index) {
    const AwardRule& rule = problem_.rules[index];
    Sum all;
    for (std::size_t s = 0; s < instance_.sources.size() && !rule.item; ++s) {
        if (is_meant(rule, instance_.sources[s])) {
            add_paid(s, 1.0, all);
        }
    }
    for (const std::vector<std::size_t>& suppliers : suppliers_of(rule)) {
        if (rule.item) {
            add_item_share(index, suppliers);
            continue;
        }
        Sum part;
        for (std::size_t s = 0; s < instance_.sources.size(); ++s) {
            const bool is_in = std::ranges::count(suppliers, instance_.sources[s].supplier) > 0;
            if (is_in && is_meant(rule, instance_.sources[s])) {
                add_paid(s, 1.0, part);
            }
        }
        add_part(index, part, all, false);
    }
}

double ModelBuilder::content(const Source& source, const std::string& place) const {
    Millionths share = 0;
    bool has_own = false;
    for (const AwardContent& one : problem_.contents) {
        const bool is_own = one.item == source.item;
        if (one.supplier == source.supplier && one.place == place && (is_own || !one.item)
            && !has_own) {
            share = one.share;
            has_own = is_own;
        }
    }
    return static_cast<double>(share) / static_cast<double>(whole_in_millionths);
}

void ModelBuilder::add_content(std::size_t index) {
    const AwardRule& rule = problem_.rules[index];
    Sum part;
    Sum all;
    for (std::size_t s = 0; s < instance_.sources.size(); ++s) {
        const Source& source = instance_.sources[s];
        if (!is_meant(rule, source)) {
            continue;
        }
        const double inside = content(source, rule.place);
        if (!rule.state) {
            add_paid(s, inside, part);
            add_paid(s, 1.0, all);
            continue;
        }
        for (const std::size_t l : links_of_[s]) {
            if (is_of_state(instance_.links[l], *rule.state)) {
                part.add(made_.pieces[l], inside * source.charge / cents);
                all.add(made_.pieces[l], source.charge / cents);
            }
        }
    }
    add_part(index, part, all, true);
}

void ModelBuilder::add_exposure(std::size_t index) {
    const AwardRule& rule = problem_.rules[index];
    Sum part;
    Sum all;
    for (std::size_t s = 0; s < instance_.sources.size(); ++s) {
        const Source& source = instance_.sources[s];
        if (is_meant(rule, source)) {
            const auto exposure =
                static_cast<double>(problem_.suppliers[source.supplier].exposure.value_or(0))
                / static_cast<double>(whole_in_millionths);
            add_paid(s, exposure, part);
            add_paid(s, 1.0, all);
        }
    }
    add_part(index, part, all, false);
}

void ModelBuilder::add_rule(std::size_t rule) {
    switch (problem_.rules[rule].kind) {
    case AwardRuleKind::veto: return;  // there are no links that it forbids
    case AwardRuleKind::budget: return add_budget(rule);
    case AwardRuleKind::least_suppliers: return add_suppliers(rule);
    case AwardRuleKind::most_share: return add_share(rule);
    case AwardRuleKind::least_content: return add_content(rule);
    case AwardRuleKind::most_exposure: return add_exposure(rule);
    }
}

}  // namespace

AwardModel model_of(const Instance& instance, const AwardModelOptions& options) {
    return ModelBuilder(instance, options).built();
}

std::vector<AwardDelivery> deliveries_of(
    const Instance& instance,
    const AwardModel& model,
    const std::vector<double>& values
) {
    const auto whole = [&](std::uint32_t variable) { return std::llround(values[variable]); };
    std::vector<std::int64_t> by_link;
    for (const std::uint32_t variable : model.pieces) {
        by_link.push_back(whole(variable));
    }
    std::vector<std::int64_t> spare;
    for (const std::uint32_t variable : model.spare) {
        spare.push_back(whole(variable));
    }
    return deliveries_of(instance, by_link, spare);
}

}  // namespace adic::procure
