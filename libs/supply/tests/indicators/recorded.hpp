#pragma once

#include "adic/model/supply_map.hpp"
#include "adic/supply/indicators/indicator.hpp"

#include "drawn_map.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace adic::supply {

/// An estimate of three ends that are known to be in order.
Estimate between(double low, double likely, double high);

/// What a drawing cannot show: trade, figures, values of inputs, codes and own markets of a map.
class Recorder {
  public:
    explicit Recorder(model::SupplyMap& map) : map_(&map) {}

    Recorder& trade(
        std::string_view item,
        std::string_view state,
        model::Flow flow,
        Estimate amount,
        std::string_view partner = ""
    );
    Recorder& of_state(std::string_view state, std::string_view measure, Estimate value);
    Recorder& of_item(std::string_view item, std::string_view measure, Estimate value);
    Recorder& value(std::string_view user, std::string_view input, Estimate share);
    Recorder& code(std::string_view item, std::string_view scheme, std::string_view code);

    /// A supply of the item on the market of a bloc (or of a state, if there is no such bloc).
    Recorder& bought_by(
        std::string_view market,
        std::string_view item,
        std::string_view origin,
        Estimate share
    );

  private:
    model::SupplyMap* map_;
};

/// The reading of the named indicator; fails the test if there is none of that name.
Reading read(
    const model::SupplyMap& map,
    std::string_view viewpoint,
    std::string_view indicator,
    std::string_view item,
    const IndicatorParameters& parameters = {}
);

}  // namespace adic::supply
