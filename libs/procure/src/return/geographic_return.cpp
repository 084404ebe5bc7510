#include "adic/procure/geographic_return.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <tuple>

namespace adic::procure {
namespace {

/// Part of a whole; empty if the whole is nothing.
std::optional<Fraction> part(const Fraction& of, const Fraction& whole) {
    return whole == 0 ? std::nullopt : std::optional<Fraction>{of / whole};
}

/// (G1)
std::optional<Fraction>
coefficient(const Fraction& work, const Fraction& all_work, const std::optional<Fraction>& paid) {
    const auto share = part(work, all_work);
    return share && paid ? part(*share, *paid) : std::nullopt;
}

ReturnStanding standing_of(const StateReturn& one, const StateReturn& all, const ReturnBounds& by) {
    if (all.weighted == 0) {
        return ReturnStanding::without_work;
    }
    if (!one.coefficient) {
        return ReturnStanding::without_contribution;
    }
    if (*one.coefficient < by.floor) {
        return ReturnStanding::below;
    }
    return *one.coefficient > by.cap ? ReturnStanding::above : ReturnStanding::within;
}

void describe(StateReturn& one, const StateReturn& all, const ReturnBounds& bounds) {
    one.paid_share = part(one.contribution, all.contribution);
    one.unweighted = coefficient(one.work, all.work, one.paid_share);
    one.coefficient = coefficient(one.weighted, all.weighted, one.paid_share);
    one.standing = standing_of(one, all, bounds);
    if (one.paid_share) {
        one.balance = one.weighted - all.weighted * *one.paid_share;  // (G4)
    }
    if (one.standing == ReturnStanding::below) {
        one.deficit = (bounds.floor - *one.coefficient) * one.contribution;  // (G2)
    } else if (one.standing == ReturnStanding::above) {
        one.surplus = (*one.coefficient - bounds.cap) * one.contribution;  // (G3)
    }
}

void add(StateReturn& to, const ReturnEntry& entry) {
    if (entry.is_work) {
        to.work += entry.amount;
        to.weighted += entry.weight * entry.amount;
    } else {
        to.contribution += entry.amount;
    }
}

}  // namespace

std::string_view name_of(ReturnStanding standing) {
    constexpr std::array<std::string_view, 5> names{
        "below",
        "within",
        "above",
        "no contribution",
        "no work"};
    return names.at(static_cast<std::size_t>(standing));
}

std::vector<StateReturn>
geographic_return(const std::vector<ReturnEntry>& entries, const ReturnBounds& bounds) {
    std::map<std::string, StateReturn, std::less<>> by_state;
    StateReturn all;
    for (const ReturnEntry& entry : entries) {
        StateReturn& one = by_state[entry.state];
        one.state = entry.state;
        add(one, entry);
        add(all, entry);
    }
    std::vector<StateReturn> states;
    for (auto& [state, one] : by_state) {
        describe(one, all, bounds);
        states.push_back(std::move(one));
    }
    return states;
}

std::vector<ReturnEntry> summed(const std::vector<ReturnEntry>& entries) {
    std::map<std::tuple<std::int32_t, std::string, bool, std::string, Fraction>, Cents> sums;
    for (const ReturnEntry& one : entries) {
        sums[{one.year, one.state, one.is_work, one.technology, one.weight}] += one.amount;
    }
    std::vector<ReturnEntry> all;
    for (const auto& [key, amount] : sums) {
        const auto& [year, state, is_work, technology, weight] = key;
        all.push_back({{}, year, state, is_work, amount, technology, weight});
    }
    return all;
}

std::vector<ReturnEntry>
entries_until(const std::vector<ReturnEntry>& entries, std::int32_t last, std::int32_t window) {
    std::vector<ReturnEntry> chosen;
    std::ranges::copy_if(entries, std::back_inserter(chosen), [&](const ReturnEntry& entry) {
        return entry.year <= last && last - entry.year < window;
    });
    return chosen;
}

}  // namespace adic::procure
