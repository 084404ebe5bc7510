#pragma once

#include "adic/model/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adic::model {

struct State {
    std::string id;  ///< ISO 3166-1 alpha-3 where there is one
    std::string name;
};

/// A named set of states: ASEAN, the European Union, a regime, a coalition.
struct Bloc {
    std::string id;
    std::string name;
    std::vector<StateIndex> members;  ///< sorted, without repetition
};

struct Organisation {
    std::string id;
    std::string name;
    std::optional<StateIndex> state;  ///< of registration; empty: not known
    ProvenanceIndex provenance;
};

}  // namespace adic::model
