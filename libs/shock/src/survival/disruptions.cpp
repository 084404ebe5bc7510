#include "adic/shock/survival/survival.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace adic::shock {
namespace {

using model::Site;
using model::SiteIndex;
using model::SiteNetwork;
using model::SubjectKind;

/// What the site belongs to; empty: nothing that is recorded.
std::string_view subject_of(const SiteNetwork& network, const Site& site, SubjectKind kind) {
    switch (kind) {
    case SubjectKind::site: return site.id;
    case SubjectKind::place: return site.place;
    case SubjectKind::organisation: return site.organisation;
    case SubjectKind::part: return network[site.part].id;
    }
    return {};
}

std::string_view word_of(SubjectKind kind) {
    switch (kind) {
    case SubjectKind::site: return "site ";
    case SubjectKind::place: return "place ";
    case SubjectKind::organisation: return "organisation ";
    case SubjectKind::part: return "part ";
    }
    return {};
}

Estimate longer(Estimate a, Estimate b) {
    return *Estimate::create(
        std::max(a.low(), b.low()),
        std::max(a.likely(), b.likely()),
        std::max(a.high(), b.high())
    );
}

/// The recovery of the whole: its own, or else the longest of its sites.
void set_recovery(
    const SiteNetwork& network,
    const Estimate* own,
    const DisruptionDefaults& defaults,
    Disruption& disruption
) {
    if (own != nullptr) {
        disruption.recovery_days = *own;
        return;
    }
    for (const SiteIndex index : disruption.sites) {
        const auto& recorded = network[index].recovery_days;
        disruption.recovery_assumed = disruption.recovery_assumed || !recorded;
        disruption.recovery_days =
            longer(disruption.recovery_days, recorded.value_or(defaults.recovery_days));
    }
}

}  // namespace

DisruptionDefaults::DisruptionDefaults() : recovery_days(*Estimate::create(91.0, 182.0, 365.0)) {}

std::vector<Disruption>
list_disruptions(const SiteNetwork& network, SubjectKind kind, const DisruptionDefaults& defaults) {
    std::vector<Disruption> disruptions;
    std::map<std::string_view, std::size_t> place;
    for (std::uint32_t i = 0; i < network.sites.size(); ++i) {
        const Site& site = network.sites[i];
        const std::string_view subject = subject_of(network, site, kind);
        const bool is_owned = site.ownership == model::Ownership::known;
        if (site.inside || subject.empty() || (!is_owned && kind != SubjectKind::part)) {
            continue;
        }
        const auto [found, is_new] = place.emplace(subject, disruptions.size());
        if (is_new) {
            disruptions.emplace_back();
            disruptions.back().name = std::string(word_of(kind)) + std::string(subject);
        }
        disruptions[found->second].sites.push_back(SiteIndex{i});
    }
    std::map<std::string_view, const Estimate*> recorded;
    for (const model::SubjectRecovery& recovery : network.recoveries) {
        if (recovery.kind == kind) {
            recorded[recovery.id] = &recovery.days;
        }
    }
    for (const auto& [subject, position] : place) {
        const auto own = recorded.find(subject);
        set_recovery(
            network,
            own == recorded.end() ? nullptr : own->second,
            defaults,
            disruptions[position]
        );
    }
    return disruptions;
}

}  // namespace adic::shock
