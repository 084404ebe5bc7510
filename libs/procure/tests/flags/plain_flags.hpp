#pragma once

#include "adic/procure/flags.hpp"

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <nlohmann/json.hpp>

namespace adic::procure {

/// A flag without its figures: code, subject, identifier.
using PlainFlag = std::tuple<FlagCode, FlagSubject, std::string>;

/// The flags of compiled releases with the standard settings, each rule written down once more in
/// its plainest form: no slots, no sorting, no views.
std::set<PlainFlag> plain_flags(const std::vector<nlohmann::json>& releases);

std::set<PlainFlag> without_figures(const FlagFindings& findings);

}  // namespace adic::procure
