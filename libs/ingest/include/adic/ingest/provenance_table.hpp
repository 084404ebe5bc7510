#pragma once

#include "adic/model/provenance.hpp"

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace adic::ingest {

/// Keeps each distinct provenance once. Starts with what the list holds already.
/// Cost: O(log n) comparisons for each call.
class ProvenanceTable {
  public:
    /// The list must outlive the table, and nobody else may change it meanwhile.
    explicit ProvenanceTable(std::vector<model::Provenance>& list);

    model::ProvenanceIndex index_of(const model::Provenance& provenance);

  private:
    struct Before {
        bool operator()(const model::Provenance& a, const model::Provenance& b) const;
    };

    std::vector<model::Provenance>* list_;
    std::map<model::Provenance, model::ProvenanceIndex, Before> known_;
};

}  // namespace adic::ingest
