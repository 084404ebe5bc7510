#include "adic/app/explain.hpp"

#include "adic/app/failures.hpp"
#include "adic/app/opened_map.hpp"

#include <algorithm>

namespace adic::app {
namespace {

std::optional<model::Confidence>
weakest_of(const model::SupplyMap& map, const std::vector<supply::WhyLink>& links) {
    std::optional<model::Confidence> weakest;
    for (const supply::WhyLink& link : links) {
        for (const model::ProvenanceIndex fact : facts_of(map, link)) {
            weakest = std::max(weakest.value_or(model::Confidence::a), map[fact].confidence);
        }
    }
    return weakest;
}

}  // namespace

std::vector<model::ProvenanceIndex>
facts_of(const model::SupplyMap& map, const supply::WhyLink& link) {
    std::vector<model::ProvenanceIndex> facts;
    if (const auto* shortage = std::get_if<supply::ShortOfSupply>(&link.because)) {
        for (const std::uint32_t supply : shortage->supplies) {
            facts.push_back(map.supplies[supply].provenance);
        }
    }
    if (const auto* unmet = std::get_if<supply::NeedNotMet>(&link.because)) {
        for (const std::uint32_t need : unmet->needs) {
            facts.push_back(map.needs[need].provenance);
        }
    }
    return facts;
}

Result<WhyAnswer> explain(const supply::MapIndex& index, const WhyRequest& request) {
    ADIC_TRY(const model::ItemIndex item, find_item(index.map(), request.item));
    ADIC_TRY(
        std::vector<supply::FailureSubject> failed,
        parse_failures(index.map(), request.without)
    );
    ADIC_TRY(supply::Viewpoint viewpoint, supply::parse_viewpoint(index.map(), request.inside));
    WhyAnswer answer{std::move(viewpoint), item, std::move(failed), {}, {}, request.failure};
    answer.failure.events = kinds_of(answer.failed);
    answer.links = supply::why(index, answer.viewpoint, item, answer.failed, answer.failure);
    answer.weakest = weakest_of(index.map(), answer.links);
    return answer;
}

}  // namespace adic::app
