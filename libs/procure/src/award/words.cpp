#include "award/words.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace adic::procure {
namespace {

std::string year_words(const std::optional<std::int32_t>& year) {
    return year ? fmt::format(" in {}", *year) : std::string{};
}

std::string who_words(const AwardProblem& problem, const AwardRule& rule) {
    if (rule.supplier) {
        return fmt::format("supplier {}", problem.suppliers[*rule.supplier].id);
    }
    return rule.bloc.empty() ? std::string{"any one supplier"}
                             : fmt::format("the suppliers of bloc {}", rule.bloc);
}

std::string pay_words(const AwardProblem& problem, const AwardRule& rule) {
    std::string words = "what is paid";
    if (rule.item) {
        words += fmt::format(" for {}", problem.items[*rule.item].id);
    }
    if (rule.state) {
        words += fmt::format(" for {}", problem.states[*rule.state]);
    }
    return words + year_words(rule.year);
}

std::string veto_words(const AwardProblem& problem, const AwardRule& rule) {
    return fmt::format(
        "{} {} from {}",
        rule.state ? fmt::format("{} takes no", problem.states[*rule.state]) : "nobody takes",
        rule.item ? problem.items[*rule.item].id : "pieces",
        problem.suppliers[*rule.supplier].id
    );
}

std::string share_words(const AwardProblem& problem, const AwardRule& rule) {
    return fmt::format(
        "{} gets at most {} of {}",
        who_words(problem, rule),
        percent_text(rule.value),
        rule.item ? fmt::format(
            "the {} that are needed{}",
            problem.items[*rule.item].id,
            year_words(rule.year)
        )
                  : pay_words(problem, rule)
    );
}

}  // namespace

std::string percent_text(Millionths share) {
    constexpr double hundredth = 1e4;
    return to_shortest(static_cast<double>(share) / hundredth) + " %";
}

std::string words_of(const AwardProblem& problem, const AwardDemand& demand) {
    return fmt::format(
        "{} needs {} of {} in {}",
        problem.states[demand.state],
        demand.pieces,
        problem.items[demand.item].id,
        demand.year
    );
}

std::string words_of(const AwardProblem& problem, const AwardRule& rule) {
    switch (rule.kind) {
    case AwardRuleKind::budget:
        return fmt::format(
            "{} pays at most {}{}",
            problem.states[*rule.state],
            money_text(rule.value),
            year_words(rule.year)
        );
    case AwardRuleKind::veto: return veto_words(problem, rule);
    case AwardRuleKind::least_suppliers:
        return fmt::format(
            "{} comes from at least {} suppliers{}",
            problem.items[*rule.item].id,
            rule.value,
            year_words(rule.year)
        );
    case AwardRuleKind::most_share: return share_words(problem, rule);
    case AwardRuleKind::least_content:
        return fmt::format(
            "at least {} of {} is earned in {}",
            percent_text(rule.value),
            pay_words(problem, rule),
            rule.place
        );
    case AwardRuleKind::most_exposure:
        return fmt::format(
            "at most {} of {} is exposed to measures of third states",
            percent_text(rule.value),
            pay_words(problem, rule)
        );
    }
    return {};
}

std::string capacity_words(const AwardProblem& problem, const AwardOffer& offer) {
    return fmt::format(
        "{} delivers at most {} of {} in a year",
        problem.suppliers[offer.supplier].id,
        offer.capacity.value_or(0),
        problem.items[offer.item].id
    );
}

std::string least_words(const AwardProblem& problem, const AwardOffer& offer) {
    return fmt::format(
        "{} takes orders from {} of {} on",
        problem.suppliers[offer.supplier].id,
        offer.least,
        problem.items[offer.item].id
    );
}

std::string lead_words(const AwardProblem& problem, const AwardOffer& offer) {
    return fmt::format(
        "{} delivers {} from {} on",
        problem.suppliers[offer.supplier].id,
        problem.items[offer.item].id,
        first_year_of(problem, offer)
    );
}

std::string capacity_words(const AwardSupplier& supplier) {
    return fmt::format("{} has a capacity of {} in a year", supplier.id, *supplier.capacity);
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
