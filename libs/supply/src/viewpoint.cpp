#include "adic/supply/viewpoint.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <optional>

namespace adic::supply {
namespace {

using model::BlocIndex;
using model::StateIndex;
using model::SupplyMap;

Error unknown_name(const SupplyMap& map, std::string_view name) {
    std::vector<std::string_view> names{"nobody"};
    for (const model::State& state : map.states) {
        names.push_back(state.id);
    }
    for (const model::Bloc& bloc : map.blocs) {
        names.push_back(bloc.id);
    }
    std::string message = "'" + std::string(name) + "' is neither a state nor a bloc of this map";
    if (const auto nearest = nearest_word(name, names)) {
        message += "; did you mean '" + std::string(*nearest) + "'?";
    }
    return Error{ErrorCode::not_found, std::move(message), {}};
}

/// The bloc that has exactly the inside states as members, if there is one.
std::optional<BlocIndex> bloc_of(const SupplyMap& map, const std::vector<bool>& inside) {
    const auto count = static_cast<std::size_t>(std::ranges::count(inside, true));
    for (std::uint32_t b = 0; b < map.blocs.size(); ++b) {
        const auto& members = map.blocs[BlocIndex{b}].members;
        const auto is_inside = [&](StateIndex state) { return inside[state.value()]; };
        if (members.size() == count && std::ranges::all_of(members, is_inside)) {
            return BlocIndex{b};
        }
    }
    return std::nullopt;
}

std::vector<model::Market> markets_of(const SupplyMap& map, const std::vector<bool>& inside) {
    std::vector<model::Market> markets;
    if (std::ranges::count(inside, true) == 1) {
        const auto only = std::ranges::find(inside, true) - inside.begin();
        markets.emplace_back(StateIndex{static_cast<std::uint32_t>(only)});
    }
    if (const auto bloc = bloc_of(map, inside)) {
        markets.emplace_back(*bloc);
    }
    markets.emplace_back(std::monostate{});
    return markets;
}

}  // namespace

Result<Viewpoint> parse_viewpoint(const SupplyMap& map, std::string_view text) {
    Viewpoint viewpoint{std::string(text), std::vector<bool>(map.states.size(), false), {}};
    for (const std::string_view name : split(text, '+')) {
        if (const auto state = map.states.find(name)) {
            viewpoint.inside[state->value()] = true;
        } else if (const auto bloc = map.blocs.find(name)) {
            for (const StateIndex member : map.blocs[*bloc].members) {
                viewpoint.inside[member.value()] = true;
            }
        } else if (name != "nobody") {
            return unknown_name(map, name);
        }
    }
    viewpoint.markets = markets_of(map, viewpoint.inside);
    return viewpoint;
}

}  // namespace adic::supply
