#include "adic/base/text.hpp"
#include "adic/procure/day.hpp"
#include "adic/procure/exchange.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::procure {

ExchangeRates::ExchangeRates(std::vector<ExchangeQuote> quotes) {
    std::set<std::string> names;
    for (ExchangeQuote& quote : quotes) {
        names.insert(quote.base);
        names.insert(quote.currency);
        quotes_[{std::move(quote.base), std::move(quote.currency)}].push_back(
            {quote.from, quote.until, std::move(quote.rate)}
        );
    }
    currencies_ = {names.begin(), names.end()};
    for (auto& [pair, held] : quotes_) {
        std::ranges::stable_sort(held, {}, &Held::from);
    }
}

const ExchangeRates::Held* ExchangeRates::find_quote(const Pair& pair, std::chrono::sys_days day)
    const {
    const auto found = quotes_.find(pair);
    if (found == quotes_.end()) {
        return nullptr;
    }
    const auto after = std::ranges::upper_bound(found->second, day, {}, &Held::from);
    if (after == found->second.begin() || std::prev(after)->until < day) {
        return nullptr;
    }
    return &*std::prev(after);
}

std::optional<ExchangeStep> ExchangeRates::find_step(
    const std::string& from,
    const std::string& to,
    std::chrono::sys_days day
) const {
    const Held* direct = find_quote({from, to}, day);
    const Held* inverse = find_quote({to, from}, day);
    if (direct != nullptr && (inverse == nullptr || direct->from >= inverse->from)) {
        return ExchangeStep{from, to, direct->from, direct->rate};
    }
    if (inverse != nullptr) {
        return ExchangeStep{from, to, inverse->from, 1 / inverse->rate};
    }
    return std::nullopt;
}

std::optional<Exchange>
ExchangeRates::find(std::string_view from, std::string_view to, std::chrono::sys_days day) const {
    if (from == to) {
        return Exchange{};
    }
    const std::string source(from);
    const std::string target(to);
    if (auto step = find_step(source, target, day)) {
        return Exchange{step->rate, {*step}};
    }
    std::optional<Exchange> best;
    const auto age = [](const Exchange& one) {
        return std::min(one.steps[0].day, one.steps[1].day);
    };
    for (const std::string& between : currencies_) {
        const auto first = find_step(source, between, day);
        const auto second = first ? find_step(between, target, day) : std::nullopt;
        if (second) {
            Exchange one{first->rate * second->rate, {*first, *second}};
            if (!best || age(one) > age(*best)) {
                best = std::move(one);
            }
        }
    }
    return best;
}

std::string text_of(const Exchange& exchange) {
    std::vector<std::string> steps;
    for (const ExchangeStep& step : exchange.steps) {
        steps.push_back(fmt::format(
            "1 {} = {:.6g} {} of {}",
            step.from,
            to_double(step.rate),
            step.to,
            day_text(step.day)
        ));
    }
    return fmt::format("{}", fmt::join(steps, ", "));
}

}  // namespace adic::procure
