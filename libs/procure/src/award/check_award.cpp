#include "adic/procure/award.hpp"
#include "adic/procure/fraction.hpp"

#include "award/words.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace adic::procure {
namespace {

using model::BreakRule;

/// What an order of so many pieces costs by the offer's price list.
Cents price_of(const AwardOffer& offer, std::int64_t pieces) {
    Cents price = 0;
    for (std::size_t b = 0; b < offer.breaks.size(); ++b) {
        const AwardBreak& step = offer.breaks[b];
        if (step.from > pieces) {
            break;
        }
        if (offer.rule == BreakRule::all_units) {
            price = step.price * pieces;
            continue;
        }
        const bool is_last = b + 1 == offer.breaks.size();
        const std::int64_t end = is_last ? pieces : std::min(pieces, offer.breaks[b + 1].from - 1);
        price += step.price * (end - step.from + 1);
    }
    return price;
}

/// What a state is charged for one piece: at an incremental offer the first price, as the pieces
/// that are cheaper are shared afterwards.
Cents charge_of(const AwardOffer& offer, std::int64_t ordered) {
    return offer.rule == BreakRule::incremental ? offer.breaks.front().price
                                                : price_of(offer, ordered) / ordered;
}

class Check {
  public:
    Check(const AwardProblem& problem, const std::vector<AwardDelivery>& deliveries)
        : problem_(problem)
        , deliveries_(deliveries) {
        for (const AwardOffer& offer : problem.offers) {
            offers_[{offer.item, offer.supplier}] = &offer;
        }
        for (const AwardContent& content : problem.contents) {
            contents_[{content.supplier, content.item, content.place}] = content.share;
        }
    }

    AwardBill bill() {
        add_orders();
        add_packages();
        check_demands();
        check_capacities();
        for (const AwardRule& rule : problem_.rules) {
            if (!is_kept(rule)) {
                bill_.breaches.push_back("not kept: " + words_of(problem_, rule).text);
            }
        }
        add_costs();
        return std::move(bill_);
    }

  private:
    struct Paid {
        std::size_t item;
        std::size_t supplier;
        std::int32_t year;
        std::int64_t pieces;
        Cents price;
    };

    void breach(std::string words) { bill_.breaches.push_back(std::move(words)); }

    void add_orders();
    void check_order(const AwardOrder& order);
    void add_packages();
    void check_demands();
    void check_capacities();
    void add_costs();

    Fraction charge(const AwardDelivery& delivery) const;
    Fraction share_in(std::size_t supplier, std::size_t item, const std::string& place) const;

    bool is_kept(const AwardRule& rule) const;
    bool keeps_budget(const AwardRule& rule) const;
    bool keeps_veto(const AwardRule& rule) const;
    bool keeps_suppliers(const AwardRule& rule) const;
    bool keeps_share(const AwardRule& rule) const;
    bool keeps_content(const AwardRule& rule) const;
    bool keeps_exposure(const AwardRule& rule) const;

    const AwardProblem& problem_;
    const std::vector<AwardDelivery>& deliveries_;
    AwardBill bill_ = {};
    std::map<std::pair<std::size_t, std::size_t>, const AwardOffer*> offers_ = {};
    std::map<std::tuple<std::size_t, std::optional<std::size_t>, std::string>, Millionths>
        contents_ = {};
    std::map<std::tuple<std::size_t, std::size_t, std::int32_t>, std::int64_t> ordered_ = {};
    std::vector<Paid> paid_ = {};  ///< orders and rows of packages
};

bool meant(const AwardRule& rule, std::size_t item, std::int32_t year) {
    return (!rule.item || *rule.item == item) && (!rule.year || *rule.year == year);
}

void Check::add_orders() {
    std::map<std::tuple<std::size_t, std::int32_t, std::size_t>, AwardOrder> orders;
    for (const AwardDelivery& one : deliveries_) {
        if (one.pieces <= 0) {
            breach("a delivery without pieces");
        }
        if (one.package) {
            continue;
        }
        AwardOrder& order = orders[{one.item, one.year, one.supplier}];
        order.pieces += one.pieces;
        order.spare += one.state ? 0 : one.pieces;
    }
    for (auto& [key, order] : orders) {
        std::tie(order.item, order.year, order.supplier) = key;
        const auto offer = offers_.find({order.item, order.supplier});
        if (offer == offers_.end()) {
            breach(
                fmt::format("{} is ordered where it is not offered", problem_.items[order.item].id)
            );
            continue;
        }
        order.price = price_of(*offer->second, order.pieces);
        order.fixed_cost = offer->second->fixed_cost;
        ordered_[{order.item, order.supplier, order.year}] = order.pieces;
        paid_.push_back({order.item, order.supplier, order.year, order.pieces, order.price});
        check_order(order);
        bill_.orders.push_back(order);
    }
}

void Check::check_order(const AwardOrder& order) {
    const AwardOffer& offer = *offers_.at({order.item, order.supplier});
    if (order.pieces < offer.least) {
        breach("not kept: " + least_words(problem_, offer).text);
    }
    if (offer.capacity && order.pieces > *offer.capacity) {
        breach("not kept: " + capacity_words(problem_, offer).text);
    }
    if (order.year < first_year_of(problem_, offer)) {
        breach("not kept: " + lead_words(problem_, offer).text);
    }
    if (order.pieces % offer.lot != 0) {
        breach(fmt::format(
            "{} of {} are no multiple of the lot of {}",
            order.pieces,
            problem_.items[offer.item].id,
            offer.lot
        ));
    }
}

void Check::add_packages() {
    std::map<std::size_t, std::map<std::pair<std::size_t, std::int32_t>, std::int64_t>> bought;
    for (const AwardDelivery& one : deliveries_) {
        if (one.package) {
            bought[*one.package][{one.item, one.year}] += one.pieces;
            if (problem_.packages[*one.package].supplier != one.supplier) {
                breach("a piece of a package comes from another supplier");
            }
        }
    }
    for (const auto& [package, pieces] : bought) {
        const AwardPackage& bid = problem_.packages[package];
        std::map<std::pair<std::size_t, std::int32_t>, std::int64_t> whole;
        for (const AwardPackageRow& row : bid.rows) {
            whole[{row.item, row.year}] += row.pieces;
            paid_.push_back({row.item, bid.supplier, row.year, row.pieces, row.price});
        }
        if (whole != pieces) {
            breach(fmt::format("package {} is not bought as a whole", bid.id));
        }
        bill_.packages.push_back(package);
    }
}

void Check::check_demands() {
    std::map<std::tuple<std::size_t, std::size_t, std::int32_t>, std::int64_t> got;
    for (const AwardDelivery& one : deliveries_) {
        const auto& storage = problem_.items[one.item].storage;
        if (one.year > one.needed || (one.year < one.needed && !storage)) {
            breach(fmt::format(
                "{} needed in {} are delivered in {}",
                problem_.items[one.item].id,
                one.needed,
                one.year
            ));
        }
        if (one.state) {
            got[{one.item, *one.state, one.needed}] += one.pieces;
            bill_.storage += storage.value_or(0) * (one.needed - one.year) * one.pieces;
        }
    }
    for (const AwardDemand& demand : problem_.demands) {
        auto& pieces = got[{demand.item, demand.state, demand.year}];
        if (pieces != demand.pieces) {
            breach(fmt::format("not kept: {}; it gets {}", words_of(problem_, demand).text, pieces)
            );
        }
        pieces = 0;
    }
    for (const auto& [key, pieces] : got) {
        if (pieces != 0) {
            breach(
                fmt::format("{} for a state that needs none", problem_.items[std::get<0>(key)].id)
            );
        }
    }
}

void Check::check_capacities() {
    std::map<std::pair<std::size_t, std::int32_t>, std::int64_t> load;
    for (const AwardOrder& order : bill_.orders) {
        load[{order.supplier, order.year}] +=
            offers_.at({order.item, order.supplier})->load * order.pieces;
    }
    for (const auto& [key, sum] : load) {
        const AwardSupplier& supplier = problem_.suppliers[key.first];
        if (supplier.capacity && sum > *supplier.capacity) {
            breach(fmt::format("not kept: {}: {}", capacity_words(supplier).text, sum));
        }
    }
}

Fraction Check::charge(const AwardDelivery& delivery) const {
    if (delivery.package) {
        for (const AwardPackageRow& row : problem_.packages[*delivery.package].rows) {
            if (row.item == delivery.item && row.year == delivery.year) {
                return Fraction{row.price} * delivery.pieces / row.pieces;
            }
        }
        return 0;
    }
    const auto offer = offers_.find({delivery.item, delivery.supplier});
    const auto pieces = ordered_.find({delivery.item, delivery.supplier, delivery.year});
    if (offer == offers_.end() || pieces == ordered_.end()) {
        return 0;
    }
    return Fraction{charge_of(*offer->second, pieces->second)} * delivery.pieces;
}

Fraction Check::share_in(std::size_t supplier, std::size_t item, const std::string& place) const {
    auto found = contents_.find({supplier, item, place});
    if (found == contents_.end()) {
        found = contents_.find({supplier, std::nullopt, place});
    }
    return found == contents_.end() ? Fraction{0} : Fraction{found->second} / whole_in_millionths;
}

bool Check::keeps_budget(const AwardRule& rule) const {
    Fraction sum = 0;
    for (const AwardDelivery& one : deliveries_) {
        if (one.state == rule.state && meant(rule, one.item, one.year)) {
            sum += charge(one);
        }
    }
    return sum <= rule.value;
}

bool Check::keeps_veto(const AwardRule& rule) const {
    return std::ranges::none_of(deliveries_, [&](const AwardDelivery& one) {
        return one.supplier == *rule.supplier && (!rule.item || *rule.item == one.item)
               && (!rule.state || one.state == rule.state);
    });
}

bool Check::keeps_suppliers(const AwardRule& rule) const {
    std::set<std::size_t> suppliers;
    for (const Paid& one : paid_) {
        if (meant(rule, one.item, one.year)) {
            suppliers.insert(one.supplier);
        }
    }
    return static_cast<std::int64_t>(suppliers.size()) >= rule.value;
}

bool Check::keeps_share(const AwardRule& rule) const {
    std::map<std::size_t, Fraction> of_supplier;
    Fraction bloc = 0;
    Fraction all = 0;
    for (const Paid& one : paid_) {
        if (meant(rule, one.item, one.year)) {
            const Fraction part = rule.item ? one.pieces : one.price;
            of_supplier[one.supplier] += part;
            bloc += problem_.suppliers[one.supplier].bloc == rule.bloc ? part : Fraction{0};
            all += rule.item ? Fraction{0} : part;
        }
    }
    for (const AwardDemand& demand : problem_.demands) {
        all += rule.item && meant(rule, demand.item, demand.year) ? demand.pieces : 0;
    }
    const Fraction most = all * rule.value / whole_in_millionths;
    if (!rule.bloc.empty()) {
        return bloc <= most;
    }
    return std::ranges::all_of(of_supplier, [&](const auto& entry) {
        return (rule.supplier && *rule.supplier != entry.first) || entry.second <= most;
    });
}

bool Check::keeps_content(const AwardRule& rule) const {
    Fraction inside = 0;
    Fraction all = 0;
    const auto add = [&](std::size_t supplier, std::size_t item, const Fraction& paid) {
        inside += paid * share_in(supplier, item, rule.place);
        all += paid;
    };
    if (rule.state) {
        for (const AwardDelivery& one : deliveries_) {
            if (one.state == rule.state && meant(rule, one.item, one.year)) {
                add(one.supplier, one.item, charge(one));
            }
        }
    } else {
        for (const Paid& one : paid_) {
            if (meant(rule, one.item, one.year)) {
                add(one.supplier, one.item, one.price);
            }
        }
    }
    return inside >= all * rule.value / whole_in_millionths;
}

bool Check::keeps_exposure(const AwardRule& rule) const {
    Fraction exposed = 0;
    Fraction all = 0;
    for (const Paid& one : paid_) {
        if (meant(rule, one.item, one.year)) {
            exposed += Fraction{one.price} * problem_.suppliers[one.supplier].exposure.value_or(0);
            all += one.price;
        }
    }
    return exposed <= all * rule.value;
}

bool Check::is_kept(const AwardRule& rule) const {
    switch (rule.kind) {
    case AwardRuleKind::budget: return keeps_budget(rule);
    case AwardRuleKind::veto: return keeps_veto(rule);
    case AwardRuleKind::least_suppliers: return keeps_suppliers(rule);
    case AwardRuleKind::most_share: return keeps_share(rule);
    case AwardRuleKind::least_content: return keeps_content(rule);
    case AwardRuleKind::most_exposure: return keeps_exposure(rule);
    }
    return false;
}

void Check::add_costs() {
    std::set<std::size_t> suppliers;
    for (const Paid& one : paid_) {
        bill_.pieces += one.price;
        suppliers.insert(one.supplier);
    }
    for (const AwardOrder& order : bill_.orders) {
        bill_.order_costs += order.fixed_cost;
    }
    for (const std::size_t supplier : suppliers) {
        bill_.supplier_costs += problem_.suppliers[supplier].fixed_cost;
    }
    bill_.total = bill_.pieces + bill_.order_costs + bill_.supplier_costs + bill_.storage;
}

}  // namespace

std::optional<Cents> asked_for(const AwardOffer& offer, std::int64_t pieces) {
    const std::int64_t least = std::max(pieces, offer.least);
    const std::int64_t ordered = (least + offer.lot - 1) / offer.lot * offer.lot;
    if (offer.capacity && ordered > *offer.capacity) {
        return std::nullopt;
    }
    return price_of(offer, ordered) + offer.fixed_cost;
}

AwardBill check_award(const AwardProblem& problem, const std::vector<AwardDelivery>& deliveries) {
    return Check(problem, deliveries).bill();
}

}  // namespace adic::procure
