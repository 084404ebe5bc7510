#pragma once

#include "adic/model/flow_table.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// Gives the states of a table other names; two that get the same name become one (Comtrade writes
/// the United States as 840, 841 and 842 in turn). Those for which `renamed` has no name keep
/// theirs and are returned.
std::vector<std::string> rename_states(
    model::FlowTable& flows,
    const std::function<std::optional<std::string>(std::string_view code)>& renamed
);

}  // namespace adic::ingest
