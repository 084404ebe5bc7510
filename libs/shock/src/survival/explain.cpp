#include "adic/base/text.hpp"
#include "adic/shock/survival/survival.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace adic::shock {
namespace {

using model::Part;
using model::SiteNetwork;

/// Three digits, or all before the point: "4.6", "1290", "0.0213".
std::string rounded(double value) {
    if (value == 0.0 || !std::isfinite(value)) {
        return to_shortest(value);
    }
    const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(value))));
    const double step = std::pow(10.0, std::min(0, magnitude - 2) * -1);
    std::array<char, 64> text{};
    (void)std::snprintf(text.data(), text.size(), "%.10g", std::round(value * step) / step);
    return text.data();
}

std::string in_unit(double value, const Part& part) {
    return rounded(value) + (part.unit.empty() ? "" : " " + part.unit);
}

std::string sentence_of(const SiteNetwork& network, const CapacityLimit& limit) {
    const Part& part = network[limit.part];
    std::string text = part.id + ": ";
    if (limit.needed_per_day) {
        text += rounded(limit.left_per_day) + " of the " + in_unit(*limit.needed_per_day, part)
                + " needed a day can still be made";
    } else {
        text += "at most " + in_unit(limit.left_per_day, part) + " a day can still be made";
    }
    return text;
}

std::string list_of(const SiteNetwork& network, const std::vector<StockLimit>& stocks) {
    std::string text;
    std::size_t listed = 0;
    for (const StockLimit& limit : stocks) {
        if (limit.stock > 0.0) {
            const Part& part = network[limit.part];
            text += (listed++ == 0 ? "" : ", ") + part.id + " (" + in_unit(limit.stock, part) + ")";
        }
    }
    const std::size_t comma = text.rfind(", ");
    if (listed > 1 && comma != std::string::npos) {
        text.replace(comma, 2, " and ");
    }
    return text;
}

}  // namespace

std::string explain_binding(const SiteNetwork& network, const DisruptionImpact& impact) {
    const Binding& binding = impact.binding;
    if (impact.survives == Certainty::certain || binding.capacities.empty()) {
        return "What is left is enough.";
    }
    std::string text;
    for (const CapacityLimit& limit : binding.capacities) {
        text += (text.empty() ? "" : "; ") + sentence_of(network, limit);
    }
    const double days = impact.survive_days.likely();
    if (days == 0.0) {
        return text + "; without a stock, demand is not met from the first day.";
    }
    const std::string stocks = list_of(network, binding.stocks);
    return text + "; the stocks of " + stocks + " last " + rounded(days) + " days.";
}

}  // namespace adic::shock
