#include "adic/ingest/provenance_table.hpp"

#include <tuple>

namespace adic::ingest {

bool ProvenanceTable::Before::operator()(const model::Provenance& a, const model::Provenance& b)
    const {
    const auto key = [](const model::Provenance& p) {
        return std::tie(p.source, p.period, p.confidence, p.owner, p.release, p.note);
    };
    return key(a) < key(b);
}

ProvenanceTable::ProvenanceTable(std::vector<model::Provenance>& list) : list_(&list) {
    for (std::uint32_t i = 0; i < list.size(); ++i) {
        known_.emplace(list[i], model::ProvenanceIndex{i});
    }
}

model::ProvenanceIndex ProvenanceTable::index_of(const model::Provenance& provenance) {
    const model::ProvenanceIndex next{static_cast<std::uint32_t>(list_->size())};
    const auto [place, is_new] = known_.emplace(provenance, next);
    if (is_new) {
        list_->push_back(provenance);
    }
    return place->second;
}

}  // namespace adic::ingest
