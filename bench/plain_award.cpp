#include "plain_award.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace adic::bench {
namespace {

using procure::AwardOffer;
using procure::AwardProblem;
using procure::AwardRule;
using procure::AwardRuleKind;
using solver::infinity;
using solver::Integrality;
using solver::LinearModel;
using solver::Term;

constexpr double cents = 100.0;
constexpr double millionths = 1e6;

/// An offer in one of its price brackets.
struct Bracket {
    std::size_t offer = 0;
    double least = 0.0;
    double most = 0.0;
    double fixed = 0.0;   ///< paid for pieces, whatever their number
    double price = 0.0;   ///< of a piece
    double charge = 0.0;  ///< of a piece, in a state's budget
    std::uint32_t taken = 0;
    std::vector<std::pair<std::size_t, std::uint32_t>> to_state = {};
    std::uint32_t spare = 0;
};

class PlainModel {
  public:
    explicit PlainModel(const AwardProblem& problem) : problem_(problem) {}

    LinearModel made() {
        for (std::size_t s = 0; s < problem_.suppliers.size(); ++s) {
            used_.push_back(choice(static_cast<double>(problem_.suppliers[s].fixed_cost) / cents));
        }
        for (std::size_t o = 0; o < problem_.offers.size(); ++o) {
            add_offer(o);
        }
        add_needs();
        add_capacities();
        for (const AwardRule& rule : problem_.rules) {
            add_rule(rule);
        }
        return std::move(model_);
    }

  private:
    std::uint32_t choice(double cost) {
        model_.variables.push_back({0.0, 1.0, cost, Integrality::integer});
        return static_cast<std::uint32_t>(model_.variables.size() - 1);
    }

    std::uint32_t pieces(double most, double cost) {
        model_.variables.push_back({0.0, most, cost, Integrality::integer});
        return static_cast<std::uint32_t>(model_.variables.size() - 1);
    }

    bool is_vetoed(std::size_t state, std::size_t supplier) const {
        return std::ranges::any_of(problem_.rules, [&](const AwardRule& rule) {
            return rule.kind == AwardRuleKind::veto && rule.supplier == supplier
                   && rule.state == state;
        });
    }

    void add_offer(std::size_t index) {
        const AwardOffer& offer = problem_.offers[index];
        double needed = 0.0;
        for (const procure::AwardDemand& demand : problem_.demands) {
            needed += demand.item == offer.item ? static_cast<double>(demand.pieces) : 0.0;
        }
        const bool is_incremental = offer.rule == model::BreakRule::incremental;
        std::vector<Term> one_bracket;
        double before = 0.0;
        for (std::size_t b = 0; b < offer.breaks.size(); ++b) {
            const auto from = static_cast<double>(offer.breaks[b].from);
            const bool is_last = b + 1 == offer.breaks.size();
            const double end = is_last ? std::max(from, needed)
                                       : static_cast<double>(offer.breaks[b + 1].from) - 1;
            Bracket one{index, from, std::min(end, static_cast<double>(*offer.capacity))};
            one.price = static_cast<double>(offer.breaks[b].price) / cents;
            one.fixed = is_incremental ? before - one.price * (from - 1.0) : 0.0;
            one.charge =
                is_incremental ? static_cast<double>(offer.breaks[0].price) / cents : one.price;
            before += one.price * (end + 1.0 - from);
            if (one.least <= one.most && needed > 0.0) {
                add_bracket(one);
                one_bracket.push_back({one.taken, 1.0});
                brackets_.push_back(std::move(one));
            }
        }
        one_bracket.push_back({used_[offer.supplier], -1.0});
        model_.constraints.push_back({-infinity, 0.0, std::move(one_bracket)});
    }

    void add_bracket(Bracket& one) {
        const AwardOffer& offer = problem_.offers[one.offer];
        one.taken = choice(static_cast<double>(offer.fixed_cost) / cents + one.fixed);
        one.spare = pieces(one.most, one.price);
        std::vector<Term> all{{one.spare, 1.0}};
        for (const procure::AwardDemand& demand : problem_.demands) {
            if (demand.item == offer.item && !is_vetoed(demand.state, offer.supplier)) {
                one.to_state.push_back(
                    {demand.state, pieces(static_cast<double>(demand.pieces), one.price)}
                );
                all.push_back({one.to_state.back().second, 1.0});
            }
        }
        std::vector<Term> most = all;
        all.push_back({one.taken, -one.least});
        most.push_back({one.taken, -one.most});
        model_.constraints.push_back({0.0, infinity, std::move(all)});
        model_.constraints.push_back({-infinity, 0.0, std::move(most)});
    }

    void add_needs() {
        std::map<std::pair<std::size_t, std::size_t>, std::vector<Term>> got;
        for (const Bracket& one : brackets_) {
            for (const auto& [state, variable] : one.to_state) {
                got[{problem_.offers[one.offer].item, state}].push_back({variable, 1.0});
            }
        }
        for (const procure::AwardDemand& demand : problem_.demands) {
            const auto needed = static_cast<double>(demand.pieces);
            model_.constraints.push_back({needed, needed, got[{demand.item, demand.state}]});
        }
    }

    void add_pieces(const Bracket& one, double factor, std::vector<Term>& terms) const {
        terms.push_back({one.spare, factor});
        for (const auto& [state, variable] : one.to_state) {
            terms.push_back({variable, factor});
        }
    }

    void add_capacities() {
        std::vector<std::vector<Term>> loads(problem_.suppliers.size());
        for (const Bracket& one : brackets_) {
            const AwardOffer& offer = problem_.offers[one.offer];
            add_pieces(one, static_cast<double>(offer.load), loads[offer.supplier]);
        }
        for (std::size_t s = 0; s < loads.size(); ++s) {
            const auto capacity = static_cast<double>(*problem_.suppliers[s].capacity);
            model_.constraints.push_back({-infinity, capacity, std::move(loads[s])});
        }
    }

    /// What is paid to a supplier for pieces, times what the rule counts of it less its share.
    template <typename Weight>
    std::vector<Term> paid(const Weight& weight) const {
        std::vector<Term> terms;
        for (const Bracket& one : brackets_) {
            const double factor = weight(problem_.offers[one.offer].supplier);
            if (factor != 0.0) {
                terms.push_back({one.taken, factor * one.fixed});
                add_pieces(one, factor * one.price, terms);
            }
        }
        return terms;
    }

    void add_least_suppliers(const AwardRule& rule) {
        std::vector<Term> all;
        for (const Bracket& one : brackets_) {
            if (problem_.offers[one.offer].item == *rule.item) {
                all.push_back({one.taken, 1.0});
            }
        }
        model_.constraints.push_back({static_cast<double>(rule.value), infinity, std::move(all)});
    }

    void add_budget(const AwardRule& rule) {
        std::vector<Term> terms;
        for (const Bracket& one : brackets_) {
            for (const auto& [state, variable] : one.to_state) {
                if (state == *rule.state) {
                    terms.push_back({variable, one.charge});
                }
            }
        }
        const double most = static_cast<double>(rule.value) / cents;
        model_.constraints.push_back({-infinity, most, std::move(terms)});
    }

    double content(std::size_t supplier, const std::string& place) const {
        const auto found = std::ranges::find_if(problem_.contents, [&](const auto& one) {
            return one.supplier == supplier && one.place == place;
        });
        return found == problem_.contents.end() ? 0.0
                                                : static_cast<double>(found->share) / millionths;
    }

    void add_rule(const AwardRule& rule) {
        const double share = static_cast<double>(rule.value) / millionths;
        switch (rule.kind) {
        case AwardRuleKind::veto: return;
        case AwardRuleKind::budget: return add_budget(rule);
        case AwardRuleKind::least_suppliers: return add_least_suppliers(rule);
        case AwardRuleKind::most_share: {
            const auto weight = [&](std::size_t s) {
                return (problem_.suppliers[s].bloc == rule.bloc ? 1.0 : 0.0) - share;
            };
            model_.constraints.push_back({-infinity, 0.0, paid(weight)});
            return;
        }
        case AwardRuleKind::least_content: {
            const auto weight = [&](std::size_t s) { return content(s, rule.place) - share; };
            model_.constraints.push_back({0.0, infinity, paid(weight)});
            return;
        }
        case AwardRuleKind::most_exposure: {
            const auto weight = [&](std::size_t s) {
                return static_cast<double>(problem_.suppliers[s].exposure.value_or(0)) / millionths
                       - share;
            };
            model_.constraints.push_back({-infinity, 0.0, paid(weight)});
            return;
        }
        }
    }

    const AwardProblem& problem_;
    LinearModel model_ = {};
    std::vector<std::uint32_t> used_ = {};
    std::vector<Bracket> brackets_ = {};
};

void write_terms(std::ofstream& file, const std::vector<Term>& terms) {
    std::size_t written = 0;
    for (const Term& term : terms) {
        if (term.coefficient != 0.0) {
            file << fmt::format(" {:+.17g} x{}", term.coefficient, term.variable);
            file << (++written % 8 == 0 ? "\n" : "");
        }
    }
}

}  // namespace

LinearModel plain_award(const AwardProblem& problem) {
    return PlainModel(problem).made();
}

void write_lp_file(const LinearModel& model, const std::filesystem::path& path) {
    std::ofstream file(path);
    file << "Minimize\n cost:";
    std::vector<Term> costs;
    for (std::uint32_t v = 0; v < model.variables.size(); ++v) {
        costs.push_back({v, model.variables[v].cost});
    }
    write_terms(file, costs);
    file << "\nSubject To\n";
    for (const solver::Constraint& row : model.constraints) {
        const bool is_equal = row.lower == row.upper;
        if (row.lower != -infinity) {
            write_terms(file, row.terms);
            file << fmt::format(" {} {:.17g}\n", is_equal ? "=" : ">=", row.lower);
        }
        if (row.upper != infinity && !is_equal) {
            write_terms(file, row.terms);
            file << fmt::format(" <= {:.17g}\n", row.upper);
        }
    }
    file << "Bounds\n";
    for (std::size_t v = 0; v < model.variables.size(); ++v) {
        const solver::Variable& one = model.variables[v];
        file << fmt::format(" {:.17g} <= x{} <= {:.17g}\n", one.lower, v, one.upper);
    }
    file << "Generals\n";
    for (std::size_t v = 0; v < model.variables.size(); ++v) {
        file << " x" << v << (v % 16 == 15 ? "\n" : "");
    }
    file << "\nEnd\n";
}

}  // namespace adic::bench
