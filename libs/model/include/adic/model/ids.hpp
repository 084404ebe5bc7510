#pragma once

#include "adic/base/strong_id.hpp"

namespace adic::model {

using SourceIndex = Index<struct SourceTag>;
using StateIndex = Index<struct StateTag>;
using BlocIndex = Index<struct BlocTag>;
using OrganisationIndex = Index<struct OrganisationTag>;
using ItemIndex = Index<struct ItemTag>;
using GroupIndex = Index<struct GroupTag>;
using ProvenanceIndex = Index<struct ProvenanceTag>;

}  // namespace adic::model
