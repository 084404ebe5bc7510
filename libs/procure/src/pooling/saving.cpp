#include "adic/procure/offer_terms.hpp"

#include "pooling/line_costs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace adic::procure {
namespace {

constexpr std::array bounds{Bound::low, Bound::likely, Bound::high};

/// From the least to the most of what was found, with what is likely.
class Spread {
  public:
    void add(double value, bool is_likely) {
        low_ = is_empty_ ? value : std::min(low_, value);
        high_ = is_empty_ ? value : std::max(high_, value);
        likely_ = is_likely ? value : likely_;
        is_empty_ = false;
    }

    /// Requires: what is likely was among them.
    Estimate estimate() const { return *Estimate::create(low_, likely_, high_); }

  private:
    double low_ = 0.0;
    double likely_ = 0.0;
    double high_ = 0.0;
    bool is_empty_ = true;
};

bool has_curve(const OfferTerms& terms) {
    return terms.prices.empty();
}

/// The slopes that are looked at: both ends, what is likely, and steps between.
std::vector<double> slopes_of(const OfferTerms& terms) {
    if (terms.slope.is_exact()) {
        return {terms.slope.likely()};
    }
    constexpr int steps = 64;
    std::vector<double> slopes{terms.slope.likely()};
    const double wide = terms.slope.high() - terms.slope.low();
    for (int step = 0; step <= steps; ++step) {
        slopes.push_back(terms.slope.low() + wide * step / steps);
    }
    return slopes;
}

/// The pieces at which the curve may begin for an order: what is likely, both ends, and steps
/// between.
std::vector<std::uint64_t> starts_of(const OfferTerms& terms, double slope) {
    const LearningCurve curve{1.0, slope, terms.theory};
    const auto start = [&](double made, double lost) {
        return unit_after_break(curve, static_cast<std::uint64_t>(made), lost);
    };
    const std::uint64_t low = start(terms.made_before.low(), terms.learning_lost.high());
    const std::uint64_t high = start(terms.made_before.high(), terms.learning_lost.low());
    std::vector<std::uint64_t> starts{
        start(terms.made_before.likely(), terms.learning_lost.likely())};
    constexpr std::uint64_t steps = 16;
    for (std::uint64_t step = 0; low < high && step <= steps; ++step) {
        starts.push_back(low + (high - low) * step / steps);
    }
    return starts;
}

/// What pieces cost to make or to buy, without anything else, in units of `factor`.
class Production {
  public:
    explicit Production(const PriceList& prices) : prices_(&prices) {}

    /// Requires: of the costs from the first piece on, as many as are asked for.
    Production(const std::vector<double>& costs, std::uint64_t start)
        : costs_(&costs)
        , made_(start - 1) {}

    double operator()(double quantity) const {
        return prices_ != nullptr ? cost_of(*prices_, quantity) : lot(0.0, quantity);
    }

    /// Of a further line, on which nothing was made before.
    double anew(double quantity) const {
        return prices_ != nullptr ? cost_of(*prices_, quantity)
                                  : (*costs_)[static_cast<std::size_t>(quantity)];
    }

    /// On a line, after so many of the order. Requires: a curve.
    double lot(double after, double quantity) const {
        const std::size_t begins = made_ + static_cast<std::size_t>(after);
        return (*costs_)[begins + static_cast<std::size_t>(quantity)] - (*costs_)[begins];
    }

  private:
    const PriceList* prices_ = nullptr;
    const std::vector<double>* costs_ = nullptr;
    std::size_t made_ = 0;
};

std::vector<double> quantities_at(const std::vector<WantedPieces>& quantities, Bound bound) {
    std::vector<double> wanted;
    for (const WantedPieces& one : quantities) {
        wanted.push_back(at(one, bound));
    }
    return wanted;
}

double sum_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Calls `visit(production, is_likely)` for each way that a curve may turn out, for at most so many
/// pieces; the first is what is likely.
template <typename Visit>
void each_curve(const OfferTerms& terms, double most, const Visit& visit) {
    bool is_first_slope = true;
    for (const double slope : slopes_of(terms)) {
        const std::vector<std::uint64_t> starts = starts_of(terms, slope);
        const std::uint64_t last = *std::ranges::max_element(starts);
        const std::vector<double> costs =
            line_costs({1.0, slope, terms.theory}, most + static_cast<double>(last - 1));
        bool is_first = is_first_slope;
        for (const std::uint64_t start : starts) {
            visit(Production(costs, start), is_first);
            is_first = false;
        }
        is_first_slope = false;
    }
}

/// Calls `visit(production, wanted, is_likely)` for each way that prices, slope and quantities may
/// turn out.
template <typename Visit>
void each_case(
    const OfferTerms& terms,
    const std::vector<WantedPieces>& quantities,
    const Visit& visit
) {
    const auto each_quantity = [&](const Production& production, bool is_likely) {
        for (const Bound bound : bounds) {
            visit(
                production,
                quantities_at(quantities, bound),
                is_likely && bound == Bound::likely
            );
        }
    };
    if (has_curve(terms)) {
        each_curve(terms, sum_of(quantities_at(quantities, Bound::high)), each_quantity);
        return;
    }
    for (const Bound bound : bounds) {
        const PurchaseTerms offered = terms_at(terms, bound);
        each_quantity(Production(*offered.prices), bound == Bound::likely);
    }
}

/// What a unit of production is worth: the first unit of a curve, or one of a price list.
Estimate factor_of(const OfferTerms& terms) {
    return has_curve(terms) ? terms.first_unit : Estimate::exactly(1.0);
}

/// Calls `visit(values, is_likely)` for the likely values of the estimates, and for every
/// combination of their ends.
template <std::size_t n, typename Visit>
void each_corner(const std::array<Estimate, n>& estimates, const Visit& visit) {
    std::array<double, n> values{};
    std::ranges::transform(estimates, values.begin(), [](Estimate one) { return one.likely(); });
    visit(values, true);
    for (std::size_t corner = 0; corner < (std::size_t{1} << n); ++corner) {
        for (std::size_t e = 0; e < n; ++e) {
            values[e] = (corner >> e & 1U) != 0 ? estimates[e].high() : estimates[e].low();
        }
        visit(values, false);
    }
}

Result<std::monostate> check(const OfferTerms& terms, const std::vector<WantedPieces>& quantities) {
    if (!has_curve(terms)) {
        return std::monostate{};
    }
    for (const Bound bound : bounds) {
        ADIC_TRY(
            [[maybe_unused]] const auto good,
            check_pieces(quantities_at(quantities, bound), terms.made_before.high())
        );
    }
    return std::monostate{};
}

/// As equal shares of a quantity as whole pieces allow; of parts of pieces, equal.
std::vector<double> lots_of(double quantity, std::size_t lines) {
    const auto many = static_cast<double>(lines);
    if (quantity != std::floor(quantity)) {
        return std::vector<double>(lines, quantity / many);
    }
    const double each = std::floor(quantity / many);
    std::vector<double> lots(lines, each);
    for (std::size_t lot = 0; static_cast<double>(lot) < quantity - each * many; ++lot) {
        lots[lot] += 1.0;
    }
    return lots;
}

double made_in(const Production& production, const std::vector<double>& lots) {
    double cost = 0.0;
    for (const double lot : lots) {
        cost += lot > 0.0 ? production(lot) : 0.0;
    }
    return cost;
}

/// On lines of which the first goes on where it stopped, and the others begin.
double made_on_lines(const Production& production, const std::vector<double>& lots) {
    double cost = production(lots.front());
    for (std::size_t line = 1; line < lots.size(); ++line) {
        cost += lots[line] > 0.0 ? production.anew(lots[line]) : 0.0;
    }
    return cost;
}

/// Where a lot lies within what all order, and how much it is.
struct LotPlace {
    std::optional<std::size_t> state;
    bool is_together = false;
    double after = 0.0;
    double quantity = 0.0;
};

std::vector<LotPlace> places_of(const std::vector<double>& wanted) {
    std::vector<LotPlace> places;
    for (std::size_t state = 0; state < wanted.size(); ++state) {
        places.push_back({state, false, 0.0, wanted[state]});
    }
    double after = 0.0;
    for (std::size_t state = 0; state < wanted.size(); ++state) {
        places.push_back({state, true, after, wanted[state]});
        after += wanted[state];
    }
    places.push_back({std::nullopt, true, 0.0, after});
    return places;
}

LotOnLine lot_at(const LotPlace& place, const PurchaseTerms& likely) {
    LotOnLine lot;
    lot.state = place.state;
    lot.is_together = place.is_together;
    lot.first = likely.first_piece + static_cast<std::uint64_t>(place.after);
    lot.last = lot.first + static_cast<std::uint64_t>(place.quantity) - 1;
    if (likely.curve->theory == LearningTheory::crawford && likely.curve->slope < 1.0) {
        lot.midpoint = lot_midpoint(*likely.curve, lot.first, lot.last);
        lot.asher = asher_midpoint(*likely.curve, lot.first, lot.last);
    }
    return lot;
}

}  // namespace

PurchaseTerms terms_at(const OfferTerms& terms, Bound bound) {
    PurchaseTerms purchase;
    if (has_curve(terms)) {
        purchase.curve =
            LearningCurve{at(terms.first_unit, bound), at(terms.slope, bound), terms.theory};
        purchase.first_piece = unit_after_break(
            *purchase.curve,
            static_cast<std::uint64_t>(at(terms.made_before, bound)),
            at(terms.learning_lost, bound)
        );
    } else {
        purchase.prices = PriceList{{}, terms.rule};
        for (const OfferedPrice& step : terms.prices) {
            purchase.prices->breaks.push_back({step.from, at(step.price, bound)});
        }
    }
    purchase.non_recurring = at(terms.non_recurring, bound);
    purchase.coordination = at(terms.coordination, bound);
    purchase.kept_by_supplier = at(terms.drag, bound) * at(terms.supplier_hhi, bound);
    return purchase;
}

Result<SavingRange> range_of(const OfferTerms& terms, const std::vector<WantedPieces>& quantities) {
    ADIC_TRY([[maybe_unused]] const auto good, check(terms, quantities));
    Spread apart;
    Spread together;
    Spread saving;
    Spread share;
    const std::array corners{
        factor_of(terms),
        terms.non_recurring,
        terms.coordination,
        terms.drag,
        terms.supplier_hhi};
    each_case(terms, quantities, [&](const Production& production, const auto& wanted, bool usual) {
        const double made_apart = made_in(production, wanted);
        const double made_together = production(sum_of(wanted));
        each_corner(corners, [&](const auto& values, bool is_likely) {
            const auto [factor, non_recurring, coordination, drag, hhi] = values;
            const double all_apart =
                made_apart * factor + non_recurring * static_cast<double>(wanted.size());
            const double bought = (made_together * factor + non_recurring) * (1.0 + coordination);
            const double gross = all_apart - bought;
            const double saved = gross > 0.0 ? gross * (1.0 - drag * hhi) : gross;
            apart.add(all_apart, usual && is_likely);
            together.add(all_apart - saved, usual && is_likely);
            saving.add(saved, usual && is_likely);
            share.add(all_apart > 0.0 ? saved / all_apart : 0.0, usual && is_likely);
        });
    });
    return SavingRange{apart.estimate(), together.estimate(), saving.estimate(), share.estimate()};
}

Result<std::vector<SplitCost>> split_cost(
    const OfferTerms& terms,
    const std::vector<WantedPieces>& quantities,
    std::size_t most_lines
) {
    ADIC_TRY([[maybe_unused]] const auto good, check(terms, quantities));
    std::vector<SplitCost> splits;
    for (std::size_t lines = 2; lines <= most_lines; ++lines) {
        Spread cost;
        Spread more;
        Spread part;
        bool may_save_nothing = false;
        const std::array corners{factor_of(terms), terms.line_setup};
        each_case(
            terms,
            quantities,
            [&](const Production& production, const auto& wanted, bool usual) {
                const double all = sum_of(wanted);
                const double on_one = production(all);
                const double on_lines = made_on_lines(production, lots_of(all, lines));
                const double saved = made_in(production, wanted) - on_one;
                each_corner(corners, [&](const auto& values, bool is_likely) {
                    const auto [factor, setup] = values;
                    const double costs = on_lines * factor + setup * static_cast<double>(lines - 1);
                    cost.add(costs, usual && is_likely);
                    more.add(costs - on_one * factor, usual && is_likely);
                    may_save_nothing = may_save_nothing || !(saved * factor > 0.0);
                    if (!may_save_nothing) {
                        part.add((costs - on_one * factor) / (saved * factor), usual && is_likely);
                    }
                });
            }
        );
        splits.push_back(
            {lines,
             cost.estimate(),
             more.estimate(),
             may_save_nothing ? std::nullopt : std::optional{part.estimate()}}
        );
    }
    return splits;
}

Result<std::vector<LotOnLine>>
lots_on_line(const OfferTerms& terms, const std::vector<WantedPieces>& quantities) {
    ADIC_TRY([[maybe_unused]] const auto good, check(terms, quantities));
    std::vector<LotOnLine> lots;
    if (!has_curve(terms)) {
        return lots;
    }
    const std::vector<double> wanted = quantities_at(quantities, Bound::likely);
    const std::vector<LotPlace> places = places_of(wanted);
    std::vector<Spread> costs(places.size());
    each_curve(terms, sum_of(wanted), [&](const Production& production, bool usual) {
        for (std::size_t p = 0; p < places.size(); ++p) {
            const double cost = production.lot(places[p].after, places[p].quantity);
            each_corner(std::array{terms.first_unit}, [&](const auto& values, bool is_likely) {
                costs[p].add(cost * values[0], usual && is_likely);
            });
        }
    });
    const PurchaseTerms likely = terms_at(terms, Bound::likely);
    for (std::size_t p = 0; p < places.size(); ++p) {
        LotOnLine lot = lot_at(places[p], likely);
        lot.cost = costs[p].estimate();
        lot.piece_cost = *Estimate::create(
            lot.cost.low() / places[p].quantity,
            lot.cost.likely() / places[p].quantity,
            lot.cost.high() / places[p].quantity
        );
        lots.push_back(lot);
    }
    return lots;
}

OfferTerms offer_of(const PurchaseTerms& terms) {
    OfferTerms offer;
    offer.first_unit = Estimate::exactly(terms.curve->first_unit);
    offer.slope = Estimate::exactly(terms.curve->slope);
    offer.theory = terms.curve->theory;
    offer.made_before = Estimate::exactly(made_before(terms));
    offer.non_recurring = Estimate::exactly(terms.non_recurring);
    offer.coordination = Estimate::exactly(terms.coordination);
    return offer;
}

}  // namespace adic::procure
