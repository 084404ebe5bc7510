#include "adic/base/text.hpp"
#include "adic/shock/survival/survival.hpp"

#include <algorithm>
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
    const double step = std::pow(10.0, std::max(0, 2 - magnitude));
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
    if (limit.needed_per_day && part.unit == "days") {  // of normal use
        const double part_left = limit.left_per_day / *limit.needed_per_day;
        text += rounded(100.0 * part_left) + " % of what is needed can still be had";
    } else if (limit.needed_per_day) {
        text += rounded(limit.left_per_day) + " of the " + in_unit(*limit.needed_per_day, part)
                + " needed a day can still be made";
    } else if (part.unit == "days") {
        text += rounded(100.0 * limit.left_per_day) + " % of its usual supply can still be had";
    } else {
        text += "at most " + in_unit(limit.left_per_day, part) + " a day can still be made";
    }
    return text;
}

/// "barrel (8), rifle (15) and 3 more".
std::string list_of(const SiteNetwork& network, const std::vector<StockLimit>& stocks) {
    constexpr std::size_t most = 4;  // more is no sentence
    std::vector<std::string> names;
    std::size_t more = 0;
    for (const StockLimit& limit : stocks) {
        if (limit.stock > 0.0 && names.size() == most) {
            ++more;
        } else if (limit.stock > 0.0) {
            const Part& part = network[limit.part];
            names.push_back(part.id + " (" + in_unit(limit.stock, part) + ")");
        }
    }
    if (more > 0) {
        names.push_back(std::to_string(more) + " more");
    }
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool is_last = i + 1 == names.size();
        text += (i == 0 ? "" : is_last ? " and " : ", ") + names[i];
    }
    return text;
}

}  // namespace

std::string explain_binding(const SiteNetwork& network, const DisruptionImpact& impact) {
    const BindingConstraint& binding = impact.binding;
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
