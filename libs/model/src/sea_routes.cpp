#include "adic/model/sea_routes.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace adic::model {
namespace {

std::pair<std::string_view, std::string_view> ends_of(const SeaRoute& route) {
    return {route.origin, route.destination};
}

}  // namespace

SeaRoutes::SeaRoutes(std::vector<Chokepoint> chokepoints, std::vector<SeaRoute> routes)
    : chokepoints_(std::move(chokepoints))
    , routes_(std::move(routes)) {
    std::ranges::sort(routes_, {}, ends_of);
}

bool SeaRoutes::knows_chokepoint(std::string_view id) const {
    return std::ranges::find(chokepoints_, id, &Chokepoint::id) != chokepoints_.end();
}

const SeaRoute* SeaRoutes::find(std::string_view origin, std::string_view destination) const {
    const std::pair ends{origin, destination};
    const auto found = std::ranges::lower_bound(routes_, ends, {}, ends_of);
    return found != routes_.end() && ends_of(*found) == ends ? &*found : nullptr;
}

}  // namespace adic::model
