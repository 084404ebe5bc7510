#pragma once

#include <string_view>

namespace adic::audit {

/// Whether it has the form of a state's code: three capital letters. Which states there are is
/// data, and none of the log's business.
bool is_owner(std::string_view text);

}  // namespace adic::audit
