#include "adic/supply/bottlenecks.hpp"

#include "adic/base/parallel.hpp"
#include "adic/base/random.hpp"
#include "adic/model/threshold.hpp"

#include "propagation.hpp"
#include "shortage_probability.hpp"
#include "supply_by_origin.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace adic::supply {
namespace {

using model::ItemIndex;
using model::StateIndex;
using model::SupplyMap;

/// Below this share of its origin known, an item that can stop a target is a blind spot.
constexpr double blind_below = 0.5;

/// An item below the targets, and what the ranking needs to know of it.
struct Candidate {
    ItemIndex item;
    std::vector<ItemIndex> stops;
    SupplyByOrigin supply;
    double enough = 0.0;
    std::vector<std::optional<Estimate>> hazards;  ///< of supply.origins, in their order
};

/// Which targets stop when one item alone is not to be had.
class Reach {
  public:
    Reach(
        const MapIndex& index,
        const Viewpoint& viewpoint,
        std::span<const ItemIndex> targets,
        const FailureOptions& options
    )
        : reached_(index.map().items.size()) {
        FailureOptions by_item = options;
        by_item.events = {.states = false, .suppliers = false, .items = true};
        for (const ItemIndex target : targets) {
            add_target(failure_model(index, viewpoint, target, by_item), target);
        }
    }

    const std::vector<ItemIndex>& stopped_by(ItemIndex item) const {
        return reached_[item.value()];
    }

  private:
    void add_target(const FailureModel& model, ItemIndex target) {
        reached_[target.value()].push_back(target);
        Propagation propagation{model.tree};
        for (std::uint32_t event = 0; event < model.tree.events.size(); ++event) {
            propagation.spread(std::span{&event, 1});
            if (propagation.round_of(model.tree.top) != 0) {
                const auto item = std::get<ItemIndex>(model.event_subjects[event]);
                reached_[item.value()].push_back(target);
            }
        }
    }

    std::vector<std::vector<ItemIndex>> reached_;
};

/// How much of the supply may be lost before less than enough survives; below 0 when what is known
/// to survive is too little even before anything is lost.
double limit_of(const Candidate& candidate, Completion completion) {
    const double held = completion == Completion::possible ? candidate.supply.known_low : 1.0;
    return held - candidate.enough;
}

double weight_of(const OriginSupply& origin, Completion completion) {
    return completion == Completion::likely ? origin.likely : origin.low;
}

/// The largest losses first: nobody stops it with fewer.
std::optional<std::uint32_t> fewest_states(const Candidate& candidate, Completion completion) {
    std::vector<double> losses;
    for (const OriginSupply& origin : candidate.supply.origins) {
        if (!origin.inside) {
            losses.push_back(weight_of(origin, completion));
        }
    }
    std::ranges::sort(losses, std::greater{});
    const double limit = limit_of(candidate, completion);
    double lost = 0.0;
    for (std::uint32_t n = 0; n < losses.size(); ++n) {
        lost += losses[n];
        if (model::exceeds(lost, limit, 1.0)) {
            return n + 1;
        }
    }
    return std::nullopt;
}

double probability_at(
    const Candidate& candidate,
    Completion completion,
    Bound bound,
    ShortageProbability& shortage
) {
    std::vector<LossTerm> terms;
    double nothing_happens = 1.0;
    for (std::size_t o = 0; o < candidate.supply.origins.size(); ++o) {
        const OriginSupply& origin = candidate.supply.origins[o];
        if (!origin.inside) {
            const double hazard = at(*candidate.hazards[o], bound);
            terms.push_back({weight_of(origin, completion), hazard});
            nothing_happens *= 1.0 - hazard;
        }
    }
    const double limit = limit_of(candidate, completion);
    return model::exceeds(0.0, limit, 1.0) ? 1.0 - nothing_happens
                                           : shortage(terms, std::clamp(limit, 0.0, 1.0));
}

bool has_all_hazards(const Candidate& candidate) {
    for (std::size_t o = 0; o < candidate.supply.origins.size(); ++o) {
        if (!candidate.supply.origins[o].inside && !candidate.hazards[o]) {
            return false;
        }
    }
    return true;
}

std::optional<Estimate> stop_probability(const Candidate& candidate) {
    if (!has_all_hazards(candidate)) {
        return std::nullopt;
    }
    ShortageProbability shortage;
    const double likely = probability_at(candidate, Completion::likely, Bound::likely, shortage);
    const double low = probability_at(candidate, Completion::certain, Bound::low, shortage);
    const double high = probability_at(candidate, Completion::possible, Bound::high, shortage);
    // Rounding of the weights to thousandths may turn bounds that nearly touch.
    const auto estimate = Estimate::create(std::min(low, likely), likely, std::max(likely, high));
    return estimate ? std::optional{*estimate} : std::nullopt;
}

std::optional<LargestOutside> largest_outside(const SupplyByOrigin& supply) {
    const OriginSupply* largest = nullptr;
    for (const OriginSupply& origin : supply.origins) {
        if (!origin.inside && (largest == nullptr || origin.likely > largest->likely)) {
            largest = &origin;
        }
    }
    if (largest == nullptr) {
        return std::nullopt;
    }
    const auto share = Estimate::create(largest->low, largest->likely, largest->high);
    return share ? std::optional{LargestOutside{largest->origin, *share}} : std::nullopt;
}

double concentration_of(const SupplyByOrigin& supply) {
    double sum = 0.0;
    for (const OriginSupply& origin : supply.origins) {
        sum += origin.likely * origin.likely;
    }
    return sum;
}

model::Confidence
weakest_confidence(const MapIndex& index, ItemIndex item, const Viewpoint& viewpoint) {
    model::Confidence weakest = model::Confidence::a;
    for (const std::uint32_t row : index.supplies_seen(item, viewpoint)) {
        const model::Supply& fact = index.map().supplies[row];
        weakest = std::max(weakest, index.map()[fact.provenance].confidence);
    }
    return weakest;
}

std::vector<std::optional<Estimate>> newest_state_hazards(const SupplyMap& map) {
    std::vector<const model::Hazard*> newest(map.states.size(), nullptr);
    const auto last_day = [&](const model::Hazard& h) { return map[h.provenance].period.last; };
    for (const model::Hazard& hazard : map.hazards) {
        if (const auto* state = std::get_if<StateIndex>(&hazard.subject)) {
            const model::Hazard*& best = newest[state->value()];
            best = best == nullptr || last_day(hazard) >= last_day(*best) ? &hazard : best;
        }
    }
    std::vector<std::optional<Estimate>> hazards(map.states.size());
    for (std::size_t s = 0; s < newest.size(); ++s) {
        if (newest[s] != nullptr) {
            hazards[s] = newest[s]->probability;
        }
    }
    return hazards;
}

/// What a bottleneck is ordered by: worse is larger.
struct Severity {
    double expected_stops;  ///< -1 where it is not known
    std::size_t stops;
    std::uint32_t
        fewest;  ///< states that can stop it, counted from the top so that fewer is larger
    double largest_share;

    friend constexpr auto operator<=>(const Severity&, const Severity&) = default;
};

std::uint32_t from_the_top(std::optional<std::uint32_t> fewest) {
    return fewest ? UINT32_MAX - *fewest : 0;
}

Severity severity_of(const Bottleneck& bottleneck) {
    return {
        bottleneck.expected_stops ? bottleneck.expected_stops->likely() : -1.0,
        bottleneck.stops.size(),
        from_the_top(bottleneck.states_to_stop),
        bottleneck.largest ? bottleneck.largest->share.likely() : 0.0,
    };
}

/// Inverse of the triangular distribution function at `u`.
double triangular(Estimate estimate, double u) {
    const double width = estimate.high() - estimate.low();
    if (width <= 0.0) {
        return estimate.likely();
    }
    const double left = estimate.likely() - estimate.low();
    const double right = estimate.high() - estimate.likely();
    return u * width < left ? estimate.low() + std::sqrt(u * width * left)
                            : estimate.high() - std::sqrt((1.0 - u) * width * right);
}

Estimate share_of(const OriginSupply& origin) {
    const auto share = Estimate::create(origin.low, origin.likely, origin.high);
    return share ? *share : Estimate::exactly(origin.likely);
}

/// One possible truth about a candidate's supply.
Severity
drawn_severity(const Candidate& candidate, RandomStream& random, ShortageProbability& shortage) {
    const std::size_t count = candidate.supply.origins.size();
    std::vector<LossTerm> terms(count);
    double known = 0.0;
    for (std::size_t o = 0; o < count; ++o) {
        const OriginSupply& origin = candidate.supply.origins[o];
        terms[o].weight = triangular(share_of(origin), random.uniform());
        known += terms[o].weight;
        const double luck = random.uniform();
        const auto& hazard = candidate.hazards[o];
        terms[o].probability = origin.inside || !hazard ? 0.0 : triangular(*hazard, luck);
    }
    const std::size_t holder = random.below(count + 1);  // the last is nobody
    if (holder < count && known < 1.0) {
        terms[holder].weight += 1.0 - known;
    }
    double largest = 0.0;
    std::vector<double> losses;
    for (std::size_t o = 0; o < count; ++o) {
        if (!candidate.supply.origins[o].inside) {
            largest = std::max(largest, terms[o].weight);
            losses.push_back(terms[o].weight);
        }
    }
    std::ranges::sort(losses, std::greater{});
    const double limit = 1.0 - candidate.enough;
    std::optional<std::uint32_t> fewest;
    double lost = 0.0;
    for (std::uint32_t n = 0; n < losses.size() && !fewest; ++n) {
        lost += losses[n];
        fewest = model::exceeds(lost, limit, 1.0) ? std::optional{n + 1} : std::nullopt;
    }
    const double stops = static_cast<double>(candidate.stops.size());
    const bool is_known = has_all_hazards(candidate);
    return {
        is_known ? stops * shortage(terms, std::clamp(limit, 0.0, 1.0)) : -1.0,
        candidate.stops.size(),
        from_the_top(fewest),
        largest};
}

/// Ranks of all candidates in one draw, 1 for the most severe; ties to the lower position.
std::vector<std::uint32_t> ranks_of(const std::vector<Severity>& severities) {
    std::vector<std::uint32_t> order(severities.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::ranges::stable_sort(order, std::greater{}, [&](std::uint32_t i) { return severities[i]; });
    std::vector<std::uint32_t> ranks(severities.size());
    for (std::uint32_t place = 0; place < order.size(); ++place) {
        ranks[order[place]] = place + 1;
    }
    return ranks;
}

/// [draw][candidate]. Draw d uses the random stream d, so threads do not change the numbers.
std::vector<std::vector<std::uint32_t>>
drawn_ranks(const std::vector<Candidate>& candidates, const BottleneckOptions& options) {
    std::vector<std::vector<std::uint32_t>> ranks(options.draws);
    parallel_ranges(options.draws, 16, [&](std::size_t begin, std::size_t end) {
        ShortageProbability shortage;
        for (std::size_t draw = begin; draw < end; ++draw) {
            RandomStream random{options.seed, draw};
            std::vector<Severity> severities;
            severities.reserve(candidates.size());
            for (const Candidate& candidate : candidates) {
                severities.push_back(drawn_severity(candidate, random, shortage));
            }
            ranks[draw] = ranks_of(severities);
        }
    });
    return ranks;
}

/// The items below the targets whose shortage stops one of them, by position.
std::vector<Candidate> find_candidates(
    const MapIndex& index,
    const Viewpoint& viewpoint,
    std::span<const ItemIndex> targets,
    const FailureOptions& options
) {
    const Reach reach{index, viewpoint, targets, options};
    const auto hazards = newest_state_hazards(index.map());
    std::vector<Candidate> candidates;
    for (std::uint32_t i = 0; i < index.map().items.size(); ++i) {
        const ItemIndex item{i};
        if (reach.stopped_by(item).empty()) {
            continue;
        }
        Candidate candidate{item, reach.stopped_by(item), {}, 0.0, {}};
        candidate.supply = supply_by_origin(index, index.supplies_seen(item, viewpoint), viewpoint);
        candidate.enough = index.map().items[item].enough.value_or(options.enough);
        for (const OriginSupply& origin : candidate.supply.origins) {
            candidate.hazards.push_back(hazards[origin.origin.value()]);
        }
        candidates.push_back(std::move(candidate));
    }
    return candidates;
}

std::optional<Estimate> times(std::optional<Estimate> estimate, std::size_t factor) {
    if (!estimate) {
        return std::nullopt;
    }
    const auto f = static_cast<double>(factor);
    const auto product =
        Estimate::create(f * estimate->low(), f * estimate->likely(), f * estimate->high());
    return product ? std::optional{*product} : std::nullopt;
}

Bottleneck describe(const MapIndex& index, const Viewpoint& viewpoint, const Candidate& candidate) {
    const std::optional<Estimate> probability = stop_probability(candidate);
    return {
        .item = candidate.item,
        .stops = candidate.stops,
        .states_to_stop_certain = fewest_states(candidate, Completion::certain),
        .states_to_stop = fewest_states(candidate, Completion::likely),
        .states_to_stop_possible = fewest_states(candidate, Completion::possible),
        .largest = largest_outside(candidate.supply),
        .inside_share = candidate.supply.inside_likely,
        .known_share = candidate.supply.known_likely,
        .concentration = concentration_of(candidate.supply),
        .stop_probability = probability,
        .expected_stops = times(probability, candidate.stops.size()),
        .rank = 0,
        .rank_from = 0,
        .rank_to = 0,
        .confidence = weakest_confidence(index, candidate.item, viewpoint),
    };
}

void add_rank_ranges(
    std::vector<Bottleneck>& bottlenecks,
    const std::vector<std::vector<std::uint32_t>>& draws
) {
    if (draws.empty()) {
        return;
    }
    const std::size_t tail = draws.size() / 20;
    for (std::size_t b = 0; b < bottlenecks.size(); ++b) {
        std::vector<std::uint32_t> ranks;
        ranks.reserve(draws.size());
        for (const auto& draw : draws) {
            ranks.push_back(draw[b]);
        }
        std::ranges::sort(ranks);
        bottlenecks[b].rank_from = ranks[tail];
        bottlenecks[b].rank_to = ranks[ranks.size() - 1 - tail];
    }
}

void sort_by_rank(std::vector<Bottleneck>& bottlenecks) {
    std::vector<Severity> severities;
    for (const Bottleneck& bottleneck : bottlenecks) {
        severities.push_back(severity_of(bottleneck));
    }
    const std::vector<std::uint32_t> ranks = ranks_of(severities);
    for (std::size_t b = 0; b < bottlenecks.size(); ++b) {
        bottlenecks[b].rank = ranks[b];
        if (bottlenecks[b].rank_from == 0) {  // no draws were asked for
            bottlenecks[b].rank_from = ranks[b];
            bottlenecks[b].rank_to = ranks[b];
        }
    }
    std::ranges::sort(bottlenecks, {}, [](const Bottleneck& b) { return b.rank; });
}

}  // namespace

BottleneckRanking rank_bottlenecks(
    const MapIndex& index,
    const Viewpoint& viewpoint,
    std::span<const ItemIndex> targets,
    const BottleneckOptions& options,
    const Progress& progress
) {
    BottleneckRanking ranking;
    std::vector<Candidate> candidates;
    for (Candidate& candidate : find_candidates(index, viewpoint, targets, options.failure)) {
        const double known = candidate.supply.known_likely;
        if (known < blind_below) {
            ranking.blind_spots.push_back({candidate.item, candidate.stops, known});
        }
        if (fewest_states(candidate, Completion::possible)) {
            candidates.push_back(std::move(candidate));
        }
    }
    std::ranges::stable_sort(ranking.blind_spots, std::greater{}, [](const BlindSpot& spot) {
        return spot.stops.size();
    });
    for (const Candidate& candidate : candidates) {
        ranking.bottlenecks.push_back(describe(index, viewpoint, candidate));
    }
    if (progress) {
        progress("ranking under uncertainty", 0.5);
    }
    add_rank_ranges(ranking.bottlenecks, drawn_ranks(candidates, options));
    sort_by_rank(ranking.bottlenecks);
    if (progress) {
        progress("ranking under uncertainty", 1.0);
    }
    return ranking;
}

}  // namespace adic::supply
