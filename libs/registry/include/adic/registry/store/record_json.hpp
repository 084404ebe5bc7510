#pragma once

#include "adic/base/result.hpp"
#include "adic/model/record.hpp"

#include <string>
#include <string_view>

namespace adic::registry {

/// All of a record but its identifier, type and owner, as JSON: how stores keep it. The same record
/// has the same bytes.
std::string write_record_body(const model::Record& record);

/// Fills in what `write_record_body` wrote. The record has its identifier, type and owner.
///
/// Fields that the type no longer has are an error: nothing is lost in silence.
/// Errors: invalid_argument, with the place that is wrong.
/// Cost:   O(bytes).
Result<model::Record> parse_record_body(std::string_view body, model::Record record);

}  // namespace adic::registry
