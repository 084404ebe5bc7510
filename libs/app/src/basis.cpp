#include "basis.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include <fmt/format.h>

namespace adic::app {
namespace {

using model::Confidence;

/// What a letter means, for a reader who has never seen one.
std::string_view kind_of_evidence(Confidence confidence) {
    switch (confidence) {
    case Confidence::a: return "checked records";
    case Confidence::b: return "official figures";
    case Confidence::c: return "published estimates";
    case Confidence::d: return "judgement";
    case Confidence::e: return "unverified statements";
    }
    return {};
}

struct Part {
    Confidence confidence;
    std::string what;
    int kinds;
};

/// One part for each confidence, the weakest first.
std::vector<Part> parts_of(const Basis& basis) {
    struct Kind {
        std::optional<Confidence> confidence;
        std::string_view what;
    };

    const std::array kinds{
        Kind{basis.needs, "what needs what"},
        Kind{basis.odds, "how likely a stop is"},
        Kind{basis.shares, "who supplies how much"},
        Kind{basis.shock, "how hard and how long it hits"}};
    std::vector<Part> parts;
    for (const Kind& kind : kinds) {
        if (!kind.confidence) {
            continue;
        }
        const auto same = std::ranges::find(parts, *kind.confidence, &Part::confidence);
        if (same == parts.end()) {
            parts.push_back({*kind.confidence, std::string(kind.what), 1});
        } else {
            ++same->kinds;
            same->what.append(same->kinds > 2 ? ", and " : " and ").append(kind.what);
        }
    }
    std::ranges::stable_sort(parts, std::ranges::greater{}, &Part::confidence);
    return parts;
}

}  // namespace

void weaken(std::optional<Confidence>& weakest, Confidence fact) {
    weakest = std::max(weakest.value_or(Confidence::a), fact);
}

std::optional<Confidence> weakest_of(const Basis& basis) {
    return std::max({basis.needs, basis.shares, basis.odds, basis.shock});
}

std::string to_sentence(const Basis& basis) {
    std::string text;
    for (const Part& part : parts_of(basis)) {
        const std::string_view evidence = kind_of_evidence(part.confidence);
        const char letter = model::letter(part.confidence);
        if (text.empty()) {
            const std::string_view verb = part.kinds > 1 ? "rest" : "rests";
            text = fmt::format("{} {} on {} (confidence {})", part.what, verb, evidence, letter);
        } else {
            text += fmt::format(", {} on {} ({})", part.what, evidence, letter);
        }
    }
    if (!text.empty()) {
        text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
        text += '.';
    }
    return text;
}

}  // namespace adic::app
