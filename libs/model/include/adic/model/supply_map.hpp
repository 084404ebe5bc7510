#pragma once

#include "adic/model/catalogue.hpp"
#include "adic/model/ids.hpp"
#include "adic/model/item.hpp"
#include "adic/model/need.hpp"
#include "adic/model/provenance.hpp"
#include "adic/model/state.hpp"
#include "adic/model/supply.hpp"

#include <string>
#include <vector>

namespace adic::model {

/// Everything that is known, or said, about who needs and who supplies what: the tables of a map
/// package as values. Every index in it points into the table of its type.
///
/// A map is filled once, by a reader, and then only read. Readers guarantee what
/// docs/reference/map-package.md states for each table; `supply` relies on it.
struct SupplyMap {
    std::string name;
    std::string title;
    Catalogue<Source, SourceIndex> sources;
    Catalogue<State, StateIndex> states;
    Catalogue<Bloc, BlocIndex> blocs;
    Catalogue<Organisation, OrganisationIndex> organisations;
    Catalogue<Item, ItemIndex> items;
    std::vector<Provenance> provenances;  ///< each distinct one once; facts point here
    std::vector<ItemCode> codes;
    std::vector<NeedGroup> groups;  ///< the groups of one item need not stand together
    std::vector<Need> needs;
    std::vector<Supply> supplies;
    std::vector<Stock> stocks;
    std::vector<Recovery> recoveries;
    std::vector<Hazard> hazards;
    std::vector<Trade> trades;
    std::vector<Figure> figures;

    const Provenance& operator[](ProvenanceIndex index) const { return provenances[index.value()]; }

    const NeedGroup& operator[](GroupIndex index) const { return groups[index.value()]; }
};

}  // namespace adic::model
