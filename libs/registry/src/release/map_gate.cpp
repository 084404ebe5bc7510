#include "adic/base/text.hpp"
#include "adic/registry/release/gate.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <variant>

namespace adic::registry {
namespace {

using model::ProvenanceIndex;
using model::SupplyMap;

/// New places of the rows of a table that stay; empty for those that go.
template <class Index>
using Places = std::vector<std::optional<Index>>;

/// Makes the map that a reader sees out of the one that is stored.
///
/// Tables that others point into are cut first: sources and provenances by who mentions them, which
/// is only known at the end, so they are gathered on the way.
class MapView {
  public:
    MapView(const SupplyMap& map, const model::Reader& reader) : map_(map), reader_(reader) {
        for (const model::Bloc& bloc : map.blocs) {
            blocs_.push_back(bloc.id);
        }
        for (const model::Provenance& provenance : map.provenances) {
            is_seen_.push_back(is_seen(provenance));
        }
        places_of_provenance_.resize(map.provenances.size());
    }

    /// `remedies`: keeps those that the reader sees, pointing into the view.
    SupplyMap make(std::vector<model::Remedy>& remedies) {
        view_.name = map_.name;
        view_.title = map_.title;
        view_.states = map_.states;
        view_.blocs = map_.blocs;
        add_organisations();
        add_items();
        add_needs();
        add_facts();
        keep_seen(remedies);
        add_sources(remedies);
        return std::move(view_);
    }

  private:
    bool is_seen(const model::Provenance& provenance) const {
        if (provenance.owner && reader_.is_official
            && map_.states[*provenance.owner].id == reader_.state) {
            return true;
        }
        const auto grants = model::parse_grants(provenance.release, blocs_);
        // What cannot be read grants nothing.
        return grants && model::disclosed_to(reader_, *grants) == model::Disclosure::full;
    }

    bool is_seen(ProvenanceIndex provenance) const { return is_seen_[provenance.value()]; }

    ProvenanceIndex placed(ProvenanceIndex provenance) {
        auto& place = places_of_provenance_[provenance.value()];
        if (!place) {
            place = ProvenanceIndex{static_cast<std::uint32_t>(view_.provenances.size())};
            view_.provenances.push_back(map_[provenance]);
        }
        return *place;
    }

    void add_organisations() {
        for (const model::Organisation& organisation : map_.organisations) {
            std::optional<model::OrganisationIndex> place;
            if (is_seen(organisation.provenance)) {
                model::Organisation copy = organisation;
                copy.provenance = placed(organisation.provenance);
                place = view_.organisations.add(std::move(copy));
            }
            organisations_.push_back(place);
        }
    }

    void add_items() {
        for (const model::Item& item : map_.items) {
            std::optional<model::ItemIndex> place;
            if (is_seen(item.provenance)) {
                model::Item copy = item;
                copy.provenance = placed(item.provenance);
                place = view_.items.add(std::move(copy));
            }
            items_.push_back(place);
        }
        for (const model::ItemCode& code : map_.codes) {
            keep(code, view_.codes);
        }
    }

    void keep_seen(std::vector<model::Remedy>& remedies) const {
        std::erase_if(remedies, [&](const model::Remedy& remedy) {
            return !is_seen(remedy.provenance) || !place_of(remedy.item)
                   || (remedy.other && !place_of(*remedy.other));
        });
        for (model::Remedy& remedy : remedies) {
            remedy.item = *place_of(remedy.item);
            remedy.other = remedy.other ? place_of(*remedy.other) : std::nullopt;
        }
    }

    std::optional<model::ItemIndex> place_of(model::ItemIndex item) const {
        return items_[item.value()];
    }

    /// Groups without an alternative that the reader sees are not there.
    void add_needs() {
        Places<model::GroupIndex> groups(map_.groups.size());
        std::vector<std::uint32_t> alternatives(map_.groups.size(), 0);
        const auto is_kept = [&](const model::Need& need) {
            return is_seen(need.provenance) && place_of(need.input)
                   && place_of(map_[need.group].item);
        };
        for (const model::Need& need : map_.needs) {
            alternatives[need.group.value()] += is_kept(need) ? 1U : 0U;
        }
        for (std::uint32_t g = 0; g < map_.groups.size(); ++g) {
            if (alternatives[g] > 0) {
                model::NeedGroup group = map_.groups[g];
                group.item = *place_of(group.item);
                group.take = std::min(group.take, alternatives[g]);
                groups[g] = model::GroupIndex{static_cast<std::uint32_t>(view_.groups.size())};
                view_.groups.push_back(std::move(group));
            }
        }
        for (const model::Need& need : map_.needs) {
            if (is_kept(need)) {
                model::Need copy = need;
                copy.group = *groups[need.group.value()];
                copy.input = *place_of(need.input);
                copy.provenance = placed(need.provenance);
                view_.needs.push_back(copy);
            }
        }
    }

    void add_facts() {
        for (const model::Supply& supply : map_.supplies) {
            keep(supply, view_.supplies);
        }
        for (const model::Stock& stock : map_.stocks) {
            keep(stock, view_.stocks);
        }
        for (const model::Recovery& recovery : map_.recoveries) {
            keep(recovery, view_.recoveries);
        }
        for (const model::Hazard& hazard : map_.hazards) {
            keep(hazard, view_.hazards);
        }
        for (const model::Trade& trade : map_.trades) {
            keep(trade, view_.trades);
        }
        for (const model::Figure& figure : map_.figures) {
            keep(figure, view_.figures);
        }
    }

    /// A fact stays if the reader sees it and what it is about. An organisation that is not seen is
    /// unspecified.
    template <class Fact>
    void keep(const Fact& fact, std::vector<Fact>& facts) {
        if (!is_seen(fact.provenance)) {
            return;
        }
        Fact copy = fact;
        if (point_into_view(copy)) {
            copy.provenance = placed(fact.provenance);
            facts.push_back(std::move(copy));
        }
    }

    template <class Fact>
    bool point_into_view(Fact& fact) const {
        if constexpr (requires { fact.subject; }) {
            return move_subject(fact.subject);
        } else {
            if constexpr (requires { fact.organisation; }) {
                if (fact.organisation) {
                    fact.organisation = organisations_[fact.organisation->value()];
                }
            }
            const auto item = place_of(fact.item);
            fact.item = item.value_or(fact.item);
            return item.has_value();
        }
    }

    bool move_subject(model::Subject& subject) const {
        if (auto* item = std::get_if<model::ItemIndex>(&subject)) {
            const auto place = place_of(*item);
            *item = place.value_or(*item);
            return place.has_value();
        }
        if (auto* organisation = std::get_if<model::OrganisationIndex>(&subject)) {
            const auto place = organisations_[organisation->value()];
            *organisation = place.value_or(*organisation);
            return place.has_value();
        }
        return true;
    }

    /// Sources keep their order; those that only hidden facts name go.
    void add_sources(std::vector<model::Remedy>& remedies) {
        std::vector<bool> is_named(map_.sources.size(), false);
        for (const model::Provenance& provenance : view_.provenances) {
            is_named[provenance.source.value()] = true;
        }
        for (const model::Remedy& remedy : remedies) {
            is_named[remedy.provenance.source.value()] = true;
        }
        Places<model::SourceIndex> places;
        std::uint32_t next = 0;
        for (const model::Source& source : map_.sources) {
            places.push_back(is_named[next++] ? view_.sources.add(source) : std::nullopt);
        }
        for (model::Provenance& provenance : view_.provenances) {
            provenance.source = *places[provenance.source.value()];
        }
        for (model::Remedy& remedy : remedies) {
            remedy.provenance.source = *places[remedy.provenance.source.value()];
        }
    }

    const SupplyMap& map_;
    const model::Reader& reader_;
    std::vector<std::string> blocs_;
    std::vector<bool> is_seen_;  ///< by provenance
    SupplyMap view_;
    Places<ProvenanceIndex> places_of_provenance_;
    Places<model::OrganisationIndex> organisations_;
    Places<model::ItemIndex> items_;
};

}  // namespace

Released<SupplyMap> ReleaseGate::see(const SupplyMap& map) const {
    std::vector<model::Remedy> none;
    return Released<SupplyMap>{MapView(map, reader_).make(none)};
}

Released<MapWithRemedies>
ReleaseGate::see(const SupplyMap& map, std::span<const model::Remedy> remedies) const {
    std::vector<model::Remedy> seen(remedies.begin(), remedies.end());
    SupplyMap view = MapView(map, reader_).make(seen);
    return Released<MapWithRemedies>{{std::move(view), std::move(seen)}};
}

}  // namespace adic::registry
