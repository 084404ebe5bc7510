#include "award/words.hpp"

#include "adic/base/say.hpp"
#include "adic/base/text.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace adic::procure {
namespace {

/// Those that a rule names, each under its own name.
std::vector<Said> named_in(const AwardProblem& problem, const AwardRule& rule) {
    std::vector<Said> named;
    if (rule.supplier) {
        named.emplace_back("supplier", problem.suppliers[*rule.supplier].id);
    }
    if (!rule.bloc.empty()) {
        named.emplace_back("bloc", rule.bloc);
    }
    if (rule.item) {
        named.emplace_back("item", problem.items[*rule.item].id);
    }
    if (rule.state) {
        named.emplace_back("state", problem.states[*rule.state]);
    }
    if (rule.year) {
        named.emplace_back("year", *rule.year);
    }
    if (!rule.place.empty()) {
        named.emplace_back("place", rule.place);
    }
    return named;
}

Said share_of(const AwardRule& rule) {
    constexpr double million = 1e6;
    return {"share", percent_text(rule.value), static_cast<double>(rule.value) / million};
}

}  // namespace

std::string percent_text(Millionths share) {
    constexpr double hundredth = 1e4;
    return to_shortest(static_cast<double>(share) / hundredth) + " %";
}

Sentence words_of(const AwardProblem& problem, const AwardDemand& demand) {
    return say(
        "demand-needs",
        {{"state", problem.states[demand.state]},
         {"pieces", demand.pieces},
         {"item", problem.items[demand.item].id},
         {"year", demand.year}}
    );
}

Sentence words_of(const AwardProblem& problem, const AwardRule& rule) {
    std::vector<Said> values = named_in(problem, rule);
    switch (rule.kind) {
    case AwardRuleKind::budget:
        values.emplace_back(
            "amount",
            money_text(rule.value),
            static_cast<double>(rule.value) / 100.0
        );
        return say("demand-budget", values);
    case AwardRuleKind::veto: return say("demand-veto", values);
    case AwardRuleKind::least_suppliers:
        values.emplace_back("suppliers", rule.value);
        return say("demand-least-suppliers", values);
    case AwardRuleKind::most_share:
        values.push_back(share_of(rule));
        return say("demand-most-share", values);
    case AwardRuleKind::least_content:
        values.push_back(share_of(rule));
        return say("demand-least-content", values);
    case AwardRuleKind::most_exposure:
        values.push_back(share_of(rule));
        return say("demand-most-exposure", values);
    }
    return {};
}

Sentence capacity_words(const AwardProblem& problem, const AwardOffer& offer) {
    return say(
        "demand-offer-capacity",
        {{"supplier", problem.suppliers[offer.supplier].id},
         {"pieces", offer.capacity.value_or(0)},
         {"item", problem.items[offer.item].id}}
    );
}

Sentence least_words(const AwardProblem& problem, const AwardOffer& offer) {
    return say(
        "demand-least-order",
        {{"supplier", problem.suppliers[offer.supplier].id},
         {"pieces", offer.least},
         {"item", problem.items[offer.item].id}}
    );
}

Sentence lead_words(const AwardProblem& problem, const AwardOffer& offer) {
    return say(
        "demand-lead-time",
        {{"supplier", problem.suppliers[offer.supplier].id},
         {"item", problem.items[offer.item].id},
         {"year", first_year_of(problem, offer)}}
    );
}

Sentence capacity_words(const AwardSupplier& supplier) {
    return say(
        "demand-supplier-capacity",
        {{"supplier", supplier.id}, {"capacity", *supplier.capacity}}
    );
}

std::int32_t first_year_of(const AwardProblem& problem, const AwardOffer& offer) {
    std::int32_t awarded = problem.awarded_in.value_or(std::numeric_limits<std::int32_t>::max());
    if (!problem.awarded_in) {
        for (const AwardDemand& demand : problem.demands) {
            awarded = std::min(awarded, demand.year);
        }
    }
    return problem.demands.empty() ? 0 : awarded + offer.lead_time;
}

}  // namespace adic::procure
