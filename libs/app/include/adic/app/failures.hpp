#pragma once

#include "adic/base/result.hpp"
#include "adic/supply/failure.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adic::app {

/// What can be said to fail, in words: a state or an organisation or an item by its identifier, all
/// members of a bloc, or "ITEM@STATE" for the unnamed suppliers of an item in a state. Several are
/// joined by '+'.
/// Errors: not_found, with the nearest identifier.
Result<std::vector<supply::FailureSubject>>
parse_failures(const model::SupplyMap& map, std::string_view text);

/// The word that `parse_failures` reads back as this subject.
std::string word_of(const model::SupplyMap& map, const supply::FailureSubject& subject);

/// The subject's full name: "China", "Rare earth magnets from China".
std::string name_of(const model::SupplyMap& map, const supply::FailureSubject& subject);

/// The kinds of event that make all these subjects able to fail.
supply::EventKinds kinds_of(const std::vector<supply::FailureSubject>& subjects);

}  // namespace adic::app
