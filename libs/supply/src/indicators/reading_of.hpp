#pragma once

#include "adic/supply/indicators/indicator_context.hpp"
#include "adic/supply/indicators/item_facts.hpp"

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

namespace adic::supply {

/// Collects what a reading is made of and closes it against the threshold.
class ReadingBuilder {
  public:
    ReadingBuilder(const Indicator& indicator, const ItemFacts& facts)
        : indicator_(&indicator)
        , parameters_(&facts.parameters()) {}

    ReadingBuilder& factor(std::string_view label, std::optional<Estimate> value);
    ReadingBuilder&
    factor(std::string_view label, std::optional<Estimate> value, model::StateIndex state);
    ReadingBuilder& note(std::string_view text);
    ReadingBuilder& uses(std::span<const model::ProvenanceIndex> facts);
    ReadingBuilder& uses(model::ProvenanceIndex fact);

    Reading& partial() { return reading_; }

    /// The reading with this figure, of inputs of which the share `covered` is recorded.
    Reading value(Estimate figure, double covered);

    /// The reading that there is none because the map does not hold the inputs.
    Reading unknown(std::string_view reason, double covered = 0.0);

    /// The reading that there is none because the formula has no value for the inputs.
    Reading undefined(std::string_view reason, double covered);

  private:
    void reserve_factors();
    Reading close(double covered);

    const Indicator* indicator_;
    const IndicatorParameters* parameters_;
    Reading reading_;
};

/// The shares of `origins` as a market; `weight_of` gives what each origin counts for.
template <typename WeightOf>
MarketShares
market_of(const Origins& origins, ShareRange unknown_weight, const WeightOf& weight_of) {
    MarketShares market;
    market.known.reserve(origins.known.size());
    for (const StateSupply& origin : origins.known) {
        market.known.push_back({origin.share, weight_of(origin)});
    }
    market.unknown = origins.unknown;
    market.unknown_weight = unknown_weight;
    return market;
}

/// The shares of `origins` as a market in which every supplier counts the same.
MarketShares market_of(const Origins& origins);

/// Adds the three largest origins by likely share as factors, and the unknown part.
void add_largest_origins(ReadingBuilder& reading, const Origins& origins);

/// What every indicator of concentration says where no share is recorded.
inline constexpr std::string_view no_shares = "no supplier's share is recorded";

inline constexpr std::string_view world_shares_used =
    "shares of the world's supply: no purchases of those inside are recorded";

/// The reading of a figure about the origins seen, with the largest of them.
template <typename Figure>
Reading
reading_of_origins(const Indicator& indicator, const ItemFacts& facts, const Figure& figure) {
    ReadingBuilder reading{indicator, facts};
    const Origins& origins = facts.sourcing();
    reading.uses(origins.facts);
    if (!origins.recorded) {
        return reading.unknown(no_shares);
    }
    if (origins.of_world) {
        reading.note(world_shares_used);
    }
    add_largest_origins(reading, origins);
    return reading.value(figure(origins), origins.covered);
}

}  // namespace adic::supply
