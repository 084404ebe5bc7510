#pragma once

#include "adic/model/record.hpp"

#include <optional>
#include <string>

namespace adic::registry {

/// What is said in place of a value by the rule of its field; empty if the rule leaves nothing to
/// say that is less than the value itself.
///
/// Looks at the value alone.
std::optional<std::string>
generalise(const model::FieldSpec& field, const model::FieldValue& value);

}  // namespace adic::registry
