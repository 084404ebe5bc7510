#include "adic/supply/indicators/eu_criticality.hpp"

#include "estimates.hpp"
#include "list.hpp"
#include "reading_of.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <string>

namespace adic::supply {
namespace {

using model::Figure;

constexpr std::string_view use_prefix = "use_share.";
constexpr std::string_view sector_prefix = "sector_value_added.";

/// Value added of each sector, over the states inside.
using Sectors = std::map<std::string_view, Amount>;

void add_newest(
    const MapIndex& index,
    std::span<const std::uint32_t> rows,
    Sectors& sectors,
    ReadingBuilder& reading
) {
    std::map<std::string_view, const Figure*> newest;
    const auto day = [&](const Figure& f) { return index.map()[f.provenance].period.last; };
    for (const std::uint32_t row : rows) {
        const Figure& figure = index.map().figures[row];
        if (!std::string_view{figure.measure}.starts_with(sector_prefix)) {
            continue;
        }
        const Figure*& slot = newest[std::string_view{figure.measure}.substr(sector_prefix.size())];
        slot = slot == nullptr || day(figure) >= day(*slot) ? &figure : slot;
    }
    for (const auto& [sector, figure] : newest) {
        const Estimate& v = figure->value;
        sectors[sector] += Amount{v.low(), v.likely(), v.high()};
        reading.uses(figure->provenance);
    }
}

Sectors sectors_of(const ItemFacts& facts, ReadingBuilder& reading) {
    const MapIndex& index = facts.context().index();
    Sectors sectors;
    for (const model::StateIndex state : facts.context().inside()) {
        add_newest(index, index.figures_of(state), sectors, reading);
    }
    if (sectors.empty()) {
        add_newest(index, index.figures_of(facts.item()), sectors, reading);
        if (!sectors.empty()) {
            reading.note("value added of the economy of the source, not of those inside");
        }
    }
    return sectors;
}

struct Uses {
    ShareRange weighted{0.0, 0.0, 0.0};  ///< sum of share * value added
    double low = 0.0;                    ///< sum of shares, each at its low end
    double likely = 0.0;                 ///< sum of likely shares whose sector is known
    bool any = false;
};

Uses weighted_uses(const ItemFacts& facts, const Sectors& sectors, ReadingBuilder& reading) {
    const MapIndex& index = facts.context().index();
    Uses uses;
    for (const std::uint32_t row : index.figures_of(facts.item())) {
        const Figure& figure = index.map().figures[row];
        const std::string_view measure = figure.measure;
        if (!measure.starts_with(use_prefix) || index.figure(facts.item(), measure) != &figure) {
            continue;
        }
        uses.any = true;
        reading.uses(figure.provenance);
        const auto sector = sectors.find(measure.substr(use_prefix.size()));
        if (sector == sectors.end()) {
            continue;
        }
        const Amount& q = sector->second;
        uses.weighted.low += figure.value.low() * q.low;
        uses.weighted.likely += figure.value.likely() * q.likely;
        uses.weighted.high += figure.value.high() * q.high;
        uses.low += figure.value.low();
        uses.likely += figure.value.likely();
    }
    return uses;
}

Reading evaluate_importance(const ItemFacts& facts) {
    ReadingBuilder reading{eu_economic_importance_indicator, facts};
    const MapIndex& index = facts.context().index();
    const auto rows = index.figures_of(facts.item());
    const bool used = std::ranges::any_of(rows, [&](std::uint32_t row) {
        return std::string_view{index.map().figures[row].measure}.starts_with(use_prefix);
    });
    if (!used) {
        return reading.unknown("no uses by sector are recorded");
    }
    const Sectors sectors = sectors_of(facts, reading);
    Amount largest;
    for (const auto& entry : sectors) {
        largest.low = std::max(largest.low, entry.second.low);
        largest.likely = std::max(largest.likely, entry.second.likely);
        largest.high = std::max(largest.high, entry.second.high);
    }
    if (!(largest.low > 0.0)) {
        return reading.unknown("the value added of the sectors is not recorded");
    }
    const Uses uses = weighted_uses(facts, sectors, reading);
    const Figure* si = index.figure(facts.item(), "substitution_index_ei");
    if (si != nullptr) {
        reading.uses(si->provenance);
    }
    const double least = facts.parameters().least_substitution_ei;
    const Estimate index_ei = si != nullptr ? si->value : bracket(least, 1.0, 1.0);
    // The part of the use whose sector is not known may be in the largest one.
    const double open = std::max(0.0, 1.0 - uses.low);
    const double high = std::min(1.0, uses.weighted.high / largest.low + open);
    reading.factor("uses with known sector", Estimate::exactly(uses.likely));
    reading.factor("substitution index", si != nullptr ? std::optional{index_ei} : std::nullopt);
    const Estimate importance = bracket(
        uses.weighted.low / largest.high * 10.0 * index_ei.low(),
        uses.weighted.likely / largest.likely * 10.0 * index_ei.likely(),
        high * 10.0 * index_ei.high()
    );
    return reading.value(importance, (uses.likely + (si != nullptr ? 1.0 : 0.0)) / 2.0);
}

}  // namespace

const Indicator eu_economic_importance_indicator{
    .name = "eu-economic-importance",
    .title = "Economic importance, European Commission",
    .unit = "1",
    .equation = "EI = sum_s A_s Q_s / max Q * 10 * SI_EI",
    .source = "European Commission, guidelines of 2017, doi 10.2873/769526",
    .threshold = &IndicatorParameters::eu_economic_importance,
    .higher_is_worse = true,
    .evaluate = evaluate_importance,
    .hangs_on = {.figures = true},
    .reached_is_bad = true,
};

double substitution_for_economic_importance(std::span<const Application> applications) {
    double sum = 0.0;
    for (const Application& application : applications) {
        double left = 1.0;
        double index = 0.0;
        for (const Substitute& s : application.substitutes) {
            index += s.part * s.cost_performance;
            left -= s.part;
        }
        sum += application.share * (index + left);
    }
    return sum;
}

double economic_importance(
    std::span<const SectorUse> uses,
    double largest_value_added,
    double substitution
) {
    assert(largest_value_added > 0.0);
    double sum = 0.0;
    for (const SectorUse& use : uses) {
        sum += use.share * use.value_added;
    }
    return sum / largest_value_added * 10.0 * substitution;
}

}  // namespace adic::supply
