#include "reading_of.hpp"

#include "estimates.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace adic::supply {
namespace {

Flag flag_of(const Estimate& figure, double threshold, const Indicator& indicator) {
    // 1 - 0.6 is not 0.4 in binary; a figure this close to the threshold is on it.
    const double rounding = 1e-12 * std::max(1.0, std::abs(threshold));
    const auto is_bad = [&](double value) {
        if (std::abs(value - threshold) <= rounding) {
            return indicator.reached_is_bad;
        }
        return indicator.higher_is_worse == (value > threshold);
    };
    const bool low = is_bad(figure.low());
    const bool high = is_bad(figure.high());
    if (low && high) {
        return Flag::certain;
    }
    return low || high ? Flag::possible : Flag::no;
}

}  // namespace

void ReadingBuilder::reserve_factors() {
    constexpr std::size_t usual = 6;
    if (reading_.factors.empty()) {
        reading_.factors.reserve(usual);
    }
}

ReadingBuilder& ReadingBuilder::factor(std::string_view label, std::optional<Estimate> value) {
    reserve_factors();
    reading_.factors.push_back({label, value, std::nullopt, std::nullopt});
    return *this;
}

ReadingBuilder& ReadingBuilder::factor(
    std::string_view label,
    std::optional<Estimate> value,
    model::StateIndex state
) {
    reserve_factors();
    reading_.factors.push_back({label, value, state, std::nullopt});
    return *this;
}

ReadingBuilder& ReadingBuilder::note(std::string_view text) {
    reading_.notes.push_back(text);
    return *this;
}

ReadingBuilder& ReadingBuilder::uses(std::span<const model::ProvenanceIndex> facts) {
    for (const model::ProvenanceIndex fact : facts) {
        uses(fact);
    }
    return *this;
}

ReadingBuilder& ReadingBuilder::uses(model::ProvenanceIndex fact) {
    // Facts of one table stand together and mostly share their provenance.
    if (reading_.facts.empty() || reading_.facts.back() != fact) {
        reading_.facts.push_back(fact);
    }
    return *this;
}

Reading ReadingBuilder::value(Estimate figure, double covered) {
    reading_.figure = figure;
    if (indicator_->threshold != nullptr) {
        reading_.flag = flag_of(figure, parameters_->*indicator_->threshold, *indicator_);
    }
    return close(covered);
}

Reading ReadingBuilder::unknown(std::string_view reason, double covered) {
    reading_.figure = NoFigure{NoFigure::Kind::unknown, reason};
    return close(covered);
}

Reading ReadingBuilder::undefined(std::string_view reason, double covered) {
    reading_.figure = NoFigure{NoFigure::Kind::undefined, reason};
    return close(covered);
}

Reading ReadingBuilder::close(double covered) {
    reading_.threshold = threshold_of(*indicator_, *parameters_);
    reading_.covered = std::clamp(covered, 0.0, 1.0);
    reading_.thinly_covered = reading_.covered < parameters_->least_covered;
    std::ranges::sort(reading_.facts);
    std::vector<model::ProvenanceIndex>& facts = reading_.facts;
    facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
    return std::move(reading_);
}

void add_largest_origins(ReadingBuilder& reading, const Origins& origins) {
    constexpr std::size_t shown = 3;
    std::vector<const StateSupply*> largest;
    for (const StateSupply& origin : origins.known) {
        largest.push_back(&origin);
    }
    const std::size_t count = std::min(shown, largest.size());
    std::partial_sort(
        largest.begin(),
        largest.begin() + static_cast<std::ptrdiff_t>(count),
        largest.end(),
        [](const StateSupply* a, const StateSupply* b) {
            return std::pair{-a->share.likely, a->state} < std::pair{-b->share.likely, b->state};
        }
    );
    for (std::size_t i = 0; i < count; ++i) {
        const ShareRange& share = largest[i]->share;
        reading.factor("share", bracket(share.low, share.likely, share.high), largest[i]->state);
    }
    const ShareRange& unknown = origins.unknown;
    if (unknown.high > 0.0) {
        reading.factor("unknown origin", bracket(unknown.low, unknown.likely, unknown.high));
    }
}

MarketShares market_of(const Origins& origins) {
    constexpr ShareRange one = ShareRange::exactly(1.0);
    return market_of(origins, one, [&](const StateSupply&) { return one; });
}

}  // namespace adic::supply
