#pragma once

#include "adic/model/record.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace adic::registry {

/// What is said in place of a value by the rule of its field; empty if the rule leaves nothing to
/// say that is less than the value itself.
///
/// Looks at the value alone.
std::optional<std::string>
generalise(const model::FieldSpec& field, const model::FieldValue& value);

/// The ends of a band as `generalise` writes it: "200 to 500", "0". Empty: it is none.
std::optional<std::pair<double, double>> read_band(std::string_view text);

}  // namespace adic::registry
