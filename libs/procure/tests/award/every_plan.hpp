#pragma once

#include "adic/base/random.hpp"

#include "award/award_tables.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace adic::procure {

/// Of `random_tables`.
inline constexpr std::size_t brute_suppliers = 3;

/// Each is in `random_tables` by chance.
inline std::vector<std::string> random_rules() {
    return {
        "budget,,A,,,,,20",
        "budget,,B,,,,2027,15",
        "veto,,A,s1,,,,",
        "veto,y,,s2,,,,",
        "least-suppliers,x,,,,,,2",
        "most-share,x,,,,,,0.6",
        "most-share,,,,b,,,0.5",
        "most-share,,,s0,,,2027,0.4",
        "least-content,,,,,home,,0.4",
        "least-content,,A,,,home,,0.3",
        "most-exposure,,,,,,,0.3"};
}

/// Two items, two states, three suppliers, a few pieces: every kind of term and rule by chance.
inline Tables random_tables(std::uint64_t seed) {
    RandomStream random(20261126, seed);
    const auto chance = [&](double part) { return random.uniform() < part; };
    Tables tables{
        {"items.csv", "item,storage\nx,\ny,0.5\n"},
        {"suppliers.csv", "supplier,bloc,fixed_cost,capacity,exposure\n"},
        {"demands.csv", "item,state,year,pieces\n"},
        {"offers.csv", "item,supplier,price,breaks,fixed_cost,least,lot,capacity,load\n"},
        {"breaks.csv", "item,supplier,from,price\n"},
        {"contents.csv", "supplier,place,share\n"},
        {"rules.csv", "rule,item,state,supplier,bloc,place,year,value\n"}};
    for (std::size_t s = 0; s < brute_suppliers; ++s) {
        tables["suppliers.csv"] += fmt::format(
            "s{},{},{},{},{}\n",
            s,
            s == 0 ? "a" : "b",
            chance(0.3) ? "3" : "",
            chance(0.3) ? "4" : "",
            random.uniform() < 0.5 ? "0.5" : ""
        );
        tables["contents.csv"] += fmt::format("s{},home,0.{}\n", s, random.below(10));
        for (const char* item : {"x", "y"}) {
            const std::uint64_t price = 5 + random.below(6);
            const bool is_incremental = chance(0.3);
            tables["offers.csv"] += fmt::format(
                "{},s{},{},{},{},{},{},{},{}\n",
                item,
                s,
                price,
                is_incremental ? "incremental" : "",
                random.below(4),
                1 + random.below(2),
                chance(0.2) ? 2 : 1,
                chance(0.3) ? "2" : "",
                1 + random.below(2)
            );
            if (chance(0.5)) {
                tables["breaks.csv"] +=
                    fmt::format("{},s{},3,{}\n", item, s, price - 1 - random.below(4));
            }
        }
    }
    for (const char* need : {"x,A,2027", "x,B,2027", "y,A,2027", "y,A,2028"}) {
        tables["demands.csv"] += fmt::format("{},{}\n", need, 1 + random.below(2));
    }
    for (const std::string& rule : random_rules()) {
        tables["rules.csv"] += chance(0.2) ? rule + "\n" : "";
    }
    return tables;
}

/// All plans, by recursion over the demands and then over the spare pieces: the cheapest that has
/// nothing wrong in it, by the check alone. Passed over are those that begin with pieces that cost
/// as much as a plan that is there already, at the least price of their offers and nothing else.
class EveryPlan {
    /// A way in which one demand may be met by one supplier in one year.
    struct Way {
        std::size_t supplier;
        std::int32_t year;
    };

  public:
    explicit EveryPlan(const AwardProblem& problem) : problem_(problem) {}

    std::optional<Cents> cheapest() {
        meet(0);
        return best_;
    }

  private:
    void meet(std::size_t demand) {
        if (demand == problem_.demands.size()) {
            spare(0);
            return;
        }
        const AwardDemand& one = problem_.demands[demand];
        std::vector<Way> ways;
        for (std::size_t s = 0; s < brute_suppliers; ++s) {
            ways.push_back({s, one.year});
            if (problem_.items[one.item].storage && one.year > 2027) {
                ways.push_back({s, one.year - 1});
            }
        }
        share_out(demand, ways, 0, one.pieces);
    }

    void share_out(
        std::size_t demand,
        const std::vector<Way>& ways,
        std::size_t way,
        std::int64_t left
    ) {
        if (left == 0) {
            meet(demand + 1);
            return;
        }
        if (way == ways.size()) {
            return;
        }
        const AwardDemand& one = problem_.demands[demand];
        share_out(demand, ways, way + 1, left);
        for (std::int64_t here = 1; here <= left; ++here) {
            const Cents more = here * least_price(one.item, ways[way].supplier);
            if (is_dear(more)) {
                return;
            }
            plan_.push_back(
                {one.item, ways[way].supplier, {}, ways[way].year, one.state, one.year, here}
            );
            at_least_ += more;
            share_out(demand, ways, way + 1, left - here);
            at_least_ -= more;
            plan_.pop_back();
        }
    }

    /// Of a piece, whatever the number of them.
    Cents least_price(std::size_t item, std::size_t supplier) const {
        Cents least = 0;
        for (const AwardOffer& offer : problem_.offers) {
            if (offer.item == item && offer.supplier == supplier) {
                least = offer.breaks.front().price;
                for (const AwardBreak& step : offer.breaks) {
                    least = std::min(least, step.price);
                }
            }
        }
        return least;
    }

    bool is_dear(Cents more) const { return best_ && at_least_ + more >= *best_; }

    /// Up to two spare pieces of each order.
    void spare(std::size_t offer) {
        if (offer == 2 * problem_.offers.size()) {
            const AwardBill bill = check_award(problem_, plan_);
            if (bill.breaches.empty() && (!best_ || bill.total < *best_)) {
                best_ = bill.total;
            }
            return;
        }
        const AwardOffer& one = problem_.offers[offer / 2];
        const auto year = static_cast<std::int32_t>(2027 + offer % 2);
        std::int64_t ordered = 0;
        for (const AwardDelivery& delivery : plan_) {
            const bool is_here = delivery.item == one.item && delivery.supplier == one.supplier
                                 && delivery.year == year;
            ordered += is_here ? delivery.pieces : 0;
        }
        spare(offer + 1);
        const bool may_help = one.least > 1 || one.lot > 1 || one.breaks.size() > 1;
        for (std::int64_t more = 1; more <= 2 && ordered > 0 && may_help; ++more) {
            const Cents cost = more * least_price(one.item, one.supplier);
            if (is_dear(cost)) {
                return;
            }
            plan_.push_back({one.item, one.supplier, {}, year, {}, year, more});
            at_least_ += cost;
            spare(offer + 1);
            at_least_ -= cost;
            plan_.pop_back();
        }
    }

    const AwardProblem& problem_;
    std::vector<AwardDelivery> plan_ = {};
    Cents at_least_ = 0;  ///< what the plan as it is costs
    std::optional<Cents> best_ = {};
};

}  // namespace adic::procure
