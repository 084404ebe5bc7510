#include "large_purchase.hpp"

#include "adic/base/random.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace adic::bench {
namespace {

using procure::AwardProblem;
using procure::AwardRuleKind;
using procure::Cents;
using procure::whole_in_millionths;

constexpr std::int32_t first_year = 2027;

class Maker {
  public:
    Maker(const PurchaseSize& size, std::uint64_t seed) : size_(size), random_(seed, 0) {}

    AwardProblem made() {
        add_names();
        for (std::size_t item = 0; item < size_.items; ++item) {
            add_item(item);
        }
        add_capacities();
        add_rules();
        return std::move(problem_);
    }

  private:
    std::int64_t between(std::int64_t least, std::int64_t most) {
        return least
               + static_cast<std::int64_t>(
                   random_.below(static_cast<std::uint64_t>(most - least + 1))
               );
    }

    void add_names() {
        for (std::size_t s = 0; s < size_.states; ++s) {
            problem_.states.push_back(fmt::format("state-{:02}", s));
        }
        for (std::size_t s = 0; s < size_.suppliers; ++s) {
            procure::AwardSupplier supplier;
            supplier.id = fmt::format("supplier-{:02}", s);
            supplier.bloc = s % 4 == 0 ? "a" : "b";
            supplier.fixed_cost = 100 * between(20'000, 80'000);
            supplier.exposure = between(0, 600'000);
            problem_.suppliers.push_back(std::move(supplier));
            problem_.contents.push_back({s, {}, "region", between(100'000, 700'000)});
        }
    }

    void add_item(std::size_t item) {
        problem_.items.push_back({fmt::format("item-{:03}", item)});
        const std::int64_t needed = add_demands(item) / static_cast<std::int64_t>(size_.years);
        const auto usual = static_cast<double>(between(2'000, 100'000));
        if (size_.years > 1) {
            problem_.items.back().storage = static_cast<Cents>(0.03 * usual);
        }
        std::vector<std::size_t> suppliers(size_.suppliers);
        std::iota(suppliers.begin(), suppliers.end(), std::size_t{0});
        for (std::size_t o = 0; o < std::min(size_.offers, size_.suppliers); ++o) {
            std::swap(suppliers[o], suppliers[o + random_.below(size_.suppliers - o)]);
            add_offer(item, suppliers[o], usual * (0.85 + 0.3 * random_.uniform()), needed);
        }
    }

    /// The pieces of all years.
    std::int64_t add_demands(std::size_t item) {
        std::int64_t needed = 0;
        for (std::size_t y = 0; y < size_.years; ++y) {
            for (std::size_t state = 0; state < size_.states; ++state) {
                const std::int64_t pieces = random_.uniform() < 0.7 ? between(5, 200) : 0;
                if (pieces > 0) {
                    const std::int32_t year = first_year + static_cast<std::int32_t>(y);
                    problem_.demands.push_back({item, state, year, pieces});
                    needed += pieces;
                }
            }
        }
        return needed;
    }

    void add_offer(std::size_t item, std::size_t supplier, double price, std::int64_t needed) {
        procure::AwardOffer offer;
        offer.item = item;
        offer.supplier = supplier;
        const auto price_at = [&](double part) { return static_cast<Cents>(part * price); };
        offer.breaks = {{1, price_at(1.0)}};
        const std::int64_t first = std::max<std::int64_t>(2, needed / 4);
        offer.breaks.push_back({first, price_at(0.97 - 0.03 * random_.uniform())});
        const std::int64_t second = std::max<std::int64_t>(first + 1, needed * 2 / 3);
        offer.breaks.push_back({second, price_at(0.93 - 0.04 * random_.uniform())});
        offer.rule =
            random_.uniform() < 0.3 ? model::BreakRule::incremental : model::BreakRule::all_units;
        offer.fixed_cost = price_at(static_cast<double>(between(1, 6)));
        offer.capacity =
            random_.uniform() < 0.4 ? std::max<std::int64_t>(5, needed / 2) : 3 * needed;
        problem_.offers.push_back(std::move(offer));
        if (needed > 0) {
            paid_ += price * static_cast<double>(needed) / static_cast<double>(size_.offers);
        }
        load_ += static_cast<double>(needed) / static_cast<double>(size_.offers);
    }

    /// Twice what is needed in all, so that the cheap ones are full.
    void add_capacities() {
        const double mean = 2.0 * load_ / static_cast<double>(size_.suppliers);
        for (procure::AwardSupplier& supplier : problem_.suppliers) {
            supplier.capacity = static_cast<std::int64_t>(mean * (0.5 + random_.uniform())) + 50;
        }
    }

    void add_rules() {
        const auto rule = [](AwardRuleKind kind, std::int64_t value) {
            procure::AwardRule one;
            one.kind = kind;
            one.value = value;
            return one;
        };
        const std::size_t with_budget =
            size_.with_shares ? std::min<std::size_t>(3, size_.states) : 0;
        for (std::size_t state = 0; state < with_budget; ++state) {
            const double part = 1.02 / static_cast<double>(size_.states);
            problem_.rules.push_back(rule(AwardRuleKind::budget, static_cast<Cents>(part * paid_)));
            problem_.rules.back().state = state;
        }
        for (std::size_t state = 3; state < size_.states; state += 2) {
            problem_.rules.push_back(rule(AwardRuleKind::veto, 0));
            problem_.rules.back().state = state;
            problem_.rules.back().supplier = random_.below(size_.suppliers);
        }
        for (std::size_t item = 0; item < size_.items; item += 10) {
            problem_.rules.push_back(rule(AwardRuleKind::least_suppliers, 2));
            problem_.rules.back().item = item;
        }
        if (!size_.with_shares) {
            return;
        }
        problem_.rules.push_back(rule(AwardRuleKind::most_share, whole_in_millionths / 5));
        problem_.rules.back().bloc = "a";
        problem_.rules.push_back(rule(AwardRuleKind::least_content, 42 * whole_in_millionths / 100)
        );
        problem_.rules.back().place = "region";
        problem_.rules.push_back(rule(AwardRuleKind::most_exposure, whole_in_millionths / 4));
    }

    PurchaseSize size_;
    RandomStream random_;
    AwardProblem problem_ = {};
    double paid_ = 0.0;
    double load_ = 0.0;
};

}  // namespace

procure::AwardProblem make_purchase(const PurchaseSize& size, std::uint64_t seed) {
    return Maker(size, seed).made();
}

}  // namespace adic::bench
