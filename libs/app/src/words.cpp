#include "adic/app/words.hpp"

#include <cctype>

#include <fmt/format.h>

namespace adic::app {

std::string percent(double share) {
    constexpr double least = 0.001;
    if (share > 0 && share < least) {
        return "under 0.1 %";
    }
    const double percents = share * 100;
    const bool is_close = (percents > 0 && percents < 10) || (percents > 99 && percents < 100);
    std::string figure = fmt::format("{:.{}f}", percents, is_close ? 1 : 0);
    if (figure.ends_with(".0")) {
        figure.erase(figure.size() - 2);
    }
    return figure + " %";
}

std::string within_sentence(std::string_view name) {
    std::string text{name.substr(0, name.ends_with(')') ? name.rfind(" (") : name.size())};
    const auto is_upper = [&](std::size_t i) {
        return std::isupper(static_cast<unsigned char>(text[i])) != 0;
    };
    if (text.size() > 1 && is_upper(0) && !is_upper(1)) {
        text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    }
    return text;
}

std::string name_of(const model::SupplyMap& map, const supply::Viewpoint& viewpoint) {
    const auto state = map.states.find(viewpoint.label);
    return state ? map.states[*state].name : viewpoint.label;
}

std::string spoken(const model::Period& period) {
    std::string text = model::to_text(period);
    if (const auto slash = text.find('/'); slash != std::string::npos) {
        text.replace(slash, 1, " to ");
    }
    return text;
}

}  // namespace adic::app
