#include "adic/supply/indicators/origins.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace adic::supply {
namespace {

using model::StateIndex;
using model::Supply;
using model::SupplyMap;

constexpr ShareRange none{0.0, 0.0, 0.0};

void add_share(ShareRange& sum, const Supply& supply) {
    if (supply.share) {
        sum.low += supply.share->low();
        sum.likely += supply.share->likely();
        sum.high += supply.share->high();
    }
}

bool is_of_world(const SupplyMap& map, std::uint32_t row) {
    return std::holds_alternative<std::monostate>(map.supplies[row].market);
}

}  // namespace

void OriginTable::add(const SupplyMap& map, std::span<const std::uint32_t> rows) {
    Entry entry;
    entry.first_share = static_cast<std::uint32_t>(shares_.size());
    entry.first_fact = static_cast<std::uint32_t>(facts_.size());
    entry.facts = static_cast<std::uint32_t>(rows.size());
    entry.of_world = rows.empty() || is_of_world(map, rows.front());
    ShareRange unnamed = none;
    std::vector<std::pair<StateIndex, std::uint32_t>> by_state;
    by_state.reserve(rows.size());
    for (const std::uint32_t row : rows) {
        const Supply& supply = map.supplies[row];
        facts_.push_back(supply.provenance);
        entry.recorded = entry.recorded || supply.share.has_value();
        if (supply.origin) {
            by_state.emplace_back(*supply.origin, row);
        } else {
            add_share(unnamed, supply);
        }
    }
    std::ranges::sort(by_state);
    for (const auto& [state, row] : by_state) {
        const double t = map.supplies[row].trade_restriction.value_or(1.0);
        if (shares_.size() == entry.first_share || shares_.back().state != state) {
            shares_.push_back({state, none});
            restrictions_.push_back(ShareRange::exactly(t));
        }
        // Rows of one state that differ in t leave open which of them its supply falls under.
        restrictions_.back().low = std::min(restrictions_.back().low, t);
        restrictions_.back().high = std::max(restrictions_.back().high, t);
        add_share(shares_.back().share, map.supplies[row]);
    }
    scratch_.clear();
    for (std::size_t i = entry.first_share; i < shares_.size(); ++i) {
        ShareRange& share = shares_[i].share;
        share.high = std::max(share.likely, std::min(share.high, 1.0));
        scratch_.push_back(share);
        entry.covered += share.likely;
    }
    entry.shares = static_cast<std::uint32_t>(shares_.size()) - entry.first_share;
    entry.covered = std::min(entry.covered, 1.0);
    entry.unknown = unknown_part(scratch_, unnamed);
    entries_.push_back(entry);
}

}  // namespace adic::supply
