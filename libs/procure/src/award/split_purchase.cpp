#include "award/split_purchase.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace adic::procure {
namespace {

/// From an order to a buyer, and what a piece costs on its way.
using Ways = std::vector<std::pair<std::size_t, Cents>>;

bool is_meant(const AwardRule& rule, const Source& source) {
    return rule.item == source.item && (!rule.year || *rule.year == source.year);
}

class Splitter {
  public:
    explicit Splitter(const Instance& instance)
        : instance_(instance)
        , problem_(*instance.problem)
        , first_source_(instance.orders)
        , ways_(instance.buyers.size())
        , leader_(instance.orders) {
        std::iota(leader_.begin(), leader_.end(), std::size_t{0});
        for (std::size_t s = instance.sources.size(); s-- > 0;) {
            first_source_[instance.sources[s].order] = s;
        }
    }

    SplitPurchase split() {
        for (const AwardSupplier& supplier : problem_.suppliers) {
            made_.supplier_costs.push_back(supplier.fixed_cost);
        }
        read_ways();
        join();
        add_blocks();
        add_needs();
        add_supplier_rules();
        add_supplier_capacities();
        add_shares();
        return std::move(made_);
    }

  private:
    const Source& source_of(std::size_t order) const {
        return instance_.sources[first_source_[order]];
    }

    std::size_t leader_of(std::size_t order) const {
        while (leader_[order] != order) {
            order = leader_[order];
        }
        return order;
    }

    void tie(std::size_t one, std::size_t other) {
        const std::size_t a = leader_of(one);
        const std::size_t b = leader_of(other);
        leader_[std::max(a, b)] = std::min(a, b);
    }

    void read_ways() {
        for (const Link& link : instance_.links) {
            const Source& source = instance_.sources[link.source];
            if (first_source_[source.order] == link.source) {
                ways_[link.buyer].push_back({source.order, link.storage});
            }
        }
        for (Ways& ways : ways_) {
            std::ranges::sort(ways);
            made_.is_impossible = made_.is_impossible || ways.empty();
        }
    }

    std::vector<std::size_t> orders_of(const AwardRule& rule) const {
        std::vector<std::size_t> orders;
        for (std::size_t o = 0; o < instance_.orders; ++o) {
            if (has_sources(o) && is_meant(rule, source_of(o))) {
                orders.push_back(o);
            }
        }
        return orders;
    }

    /// An order all of whose brackets are empty has none.
    bool has_sources(std::size_t order) const {
        return first_source_[order] < instance_.sources.size() && source_of(order).order == order;
    }

    /// Into one block what a buyer, or a rule on suppliers, ties together.
    void join() {
        for (const Ways& ways : ways_) {
            for (const auto& [order, storage] : ways) {
                tie(ways.front().first, order);
            }
        }
        for (const AwardRule& rule : problem_.rules) {
            if (rule.kind == AwardRuleKind::least_suppliers) {
                const std::vector<std::size_t> orders = orders_of(rule);
                for (const std::size_t o : orders) {
                    tie(orders.front(), o);
                }
            }
        }
    }

    void add_blocks() {
        std::map<std::size_t, std::vector<std::size_t>> members;
        for (std::size_t o = 0; o < instance_.orders; ++o) {
            if (has_sources(o)) {
                members[leader_of(o)].push_back(o);
            }
        }
        place_of_.assign(instance_.orders, 0);
        for (const auto& [leader, orders] : members) {
            made_.first_order.push_back(made_.block_of.size());
            OrderBlock& block = made_.blocks.emplace_back();
            for (const std::size_t o : orders) {
                place_of_[o] = made_.block_of.size();
                made_.block_of.push_back(made_.blocks.size() - 1);
                block.orders.push_back(order_of(o));
            }
        }
        made_.first_order.push_back(made_.block_of.size());
    }

    BlockOrder order_of(std::size_t order) const {
        BlockOrder made{source_of(order).supplier};
        for (std::size_t s = first_source_[order];
             s < instance_.sources.size() && instance_.sources[s].order == order;
             ++s) {
            const Source& source = instance_.sources[s];
            made.brackets.push_back(
                {s,
                 source.least,
                 source.most,
                 source.lot,
                 source.order_cost + source.fixed,
                 source.price}
            );
        }
        return made;
    }

    /// Buyers with the same ways are one need.
    void add_needs() {
        std::map<Ways, BlockNeed> needs;
        for (std::size_t b = 0; b < ways_.size() && !made_.is_impossible; ++b) {
            BlockNeed& need = needs[ways_[b]];
            need.pieces += instance_.buyers[b].pieces;
            need.buyers.push_back(b);
        }
        for (auto& [ways, need] : needs) {
            made_.blocks[block_at(ways)].needs.push_back(std::move(need));
        }
        for (OrderBlock& block : made_.blocks) {
            block.ways.resize(block.orders.size() * block.needs.size());
        }
        std::map<std::size_t, std::size_t> done;
        for (const auto& [ways, need] : needs) {
            const std::size_t at = block_at(ways);
            OrderBlock& block = made_.blocks[at];
            const std::size_t n = done[at]++;
            for (const auto& [order, storage] : ways) {
                const std::size_t o = place_of_[order] - made_.first_order[at];
                block.ways[o * block.needs.size() + n] = storage;
            }
        }
    }

    std::size_t block_at(const Ways& ways) const {
        return made_.block_of[place_of_[ways.front().first]];
    }

    void add_supplier_rules() {
        for (const AwardRule& rule : problem_.rules) {
            if (rule.kind != AwardRuleKind::least_suppliers) {
                continue;
            }
            BlockSuppliers made;
            made.least = static_cast<std::size_t>(std::max<std::int64_t>(rule.value, 0));
            const std::vector<std::size_t> orders = orders_of(rule);
            if (orders.empty()) {
                made_.is_impossible = made_.is_impossible || made.least > 0;
                continue;
            }
            const std::size_t at = made_.block_of[place_of_[orders.front()]];
            for (const std::size_t o : orders) {
                made.orders.push_back(place_of_[o] - made_.first_order[at]);
            }
            made_.blocks[at].suppliers.push_back(std::move(made));
        }
    }

    /// Only if it could be broken.
    void add_capacity(SharedCapacity capacity) {
        std::int64_t left = capacity.capacity;
        for (const SharedCapacity::Use& use : capacity.uses) {
            left -= use.load * made_.order(use.order).most();
            if (left < 0) {
                made_.capacities.push_back(std::move(capacity));
                return;
            }
        }
    }

    void add_supplier_capacities() {
        std::map<std::pair<std::size_t, std::int32_t>, SharedCapacity> capacities;
        for (std::size_t o = 0; o < instance_.orders; ++o) {
            if (!has_sources(o)) {
                continue;
            }
            const Source& source = source_of(o);
            const auto most = problem_.suppliers[source.supplier].capacity;
            const std::int64_t load = problem_.offers[*source.offer].load;
            if (most && load > 0) {
                SharedCapacity& one = capacities[{source.supplier, source.year}];
                one.capacity = *most;
                one.uses.push_back({place_of_[o], load});
            }
        }
        for (auto& [key, capacity] : capacities) {
            add_capacity(std::move(capacity));
        }
    }

    void add_shares() {
        for (const AwardRule& rule : problem_.rules) {
            if (rule.kind != AwardRuleKind::most_share) {
                continue;
            }
            const std::int64_t most = most_pieces(rule);
            std::map<std::size_t, SharedCapacity> limited;
            for (const std::size_t o : orders_of(rule)) {
                const std::size_t supplier = source_of(o).supplier;
                const bool is_in = rule.bloc.empty()
                                       ? !rule.supplier || *rule.supplier == supplier
                                       : problem_.suppliers[supplier].bloc == rule.bloc;
                if (is_in) {
                    SharedCapacity& one = limited[rule.bloc.empty() ? supplier : 0];
                    one.capacity = most;
                    one.uses.push_back({place_of_[o], 1});
                }
            }
            for (auto& [key, capacity] : limited) {
                add_capacity(std::move(capacity));
            }
        }
    }

    /// Pieces are whole: so is the most of them that is within the share.
    std::int64_t most_pieces(const AwardRule& rule) const {
        std::int64_t needed = 0;
        for (const AwardDemand& demand : problem_.demands) {
            const bool is_needed =
                demand.item == *rule.item && (!rule.year || *rule.year == demand.year);
            needed += is_needed ? demand.pieces : 0;
        }
        return needed / whole_in_millionths * rule.value
               + needed % whole_in_millionths * rule.value / whole_in_millionths;
    }

    const Instance& instance_;
    const AwardProblem& problem_;
    std::vector<std::size_t> first_source_;   ///< by order
    std::vector<Ways> ways_;                  ///< by buyer
    std::vector<std::size_t> leader_;         ///< by order
    std::vector<std::size_t> place_of_ = {};  ///< of an order of the instance
    SplitPurchase made_ = {};
};

/// Gives what a source carries to a need to the buyers of the need, one after another.
class Filler {
  public:
    explicit Filler(const Instance& instance)
        : instance_(instance)
        , by_link_(instance.links.size(), 0)
        , spare_(instance.sources.size(), 0) {
        for (const Buyer& buyer : instance.buyers) {
            open_.push_back(buyer.pieces);
        }
        for (std::size_t l = 0; l < instance.links.size(); ++l) {
            link_of_[{instance.links[l].source, instance.links[l].buyer}] = l;
        }
    }

    void carry(std::size_t source, const BlockNeed& need, std::int64_t pieces) {
        for (const std::size_t buyer : need.buyers) {
            const std::int64_t here = std::min(pieces, open_[buyer]);
            if (here > 0) {
                by_link_[link_of_.at({source, buyer})] += here;
                open_[buyer] -= here;
                pieces -= here;
            }
        }
    }

    void set_spare(std::size_t source, std::int64_t pieces) { spare_[source] = pieces; }

    std::vector<AwardDelivery> deliveries() const {
        return deliveries_of(instance_, by_link_, spare_);
    }

  private:
    const Instance& instance_;
    std::vector<std::int64_t> by_link_;
    std::vector<std::int64_t> spare_;
    std::vector<std::int64_t> open_ = {};
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> link_of_ = {};
};

/// The bracket of an order that holds so many pieces: they do not overlap.
std::size_t source_of(const BlockOrder& order, std::int64_t pieces) {
    std::size_t best = order.brackets.size();
    for (std::size_t b = 0; b < order.brackets.size(); ++b) {
        const OrderBracket& bracket = order.brackets[b];
        best = bracket.least <= pieces && pieces <= bracket.most ? b : best;
    }
    return order.brackets.at(best).source;
}

}  // namespace

bool can_split(const AwardProblem& problem) {
    return problem.packages.empty()
           && std::ranges::all_of(problem.rules, [](const AwardRule& rule) {
                  const bool is_of_pieces = rule.kind == AwardRuleKind::least_suppliers
                                            || rule.kind == AwardRuleKind::most_share;
                  return rule.kind == AwardRuleKind::veto || (is_of_pieces && rule.item);
              });
}

SplitPurchase split(const Instance& instance) {
    return Splitter(instance).split();
}

std::vector<AwardDelivery> deliveries_of(
    const Instance& instance,
    const SplitPurchase& purchase,
    const std::vector<BlockPlan>& plans
) {
    Filler filler(instance);
    for (std::size_t b = 0; b < plans.size(); ++b) {
        const OrderBlock& block = purchase.blocks[b];
        for (std::size_t o = 0; o < block.orders.size(); ++o) {
            std::int64_t left = plans[b].ordered[o];
            if (left == 0) {
                continue;
            }
            const std::size_t source = source_of(block.orders[o], left);
            for (std::size_t n = 0; n < block.needs.size(); ++n) {
                const std::int64_t here = plans[b].carried[o * block.needs.size() + n];
                filler.carry(source, block.needs[n], here);
                left -= here;
            }
            filler.set_spare(source, left);
        }
    }
    return filler.deliveries();
}

}  // namespace adic::procure
