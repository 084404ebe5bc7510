#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace adic::audit {

/// RFC 4648, section 4, with padding.
std::string base64_of(std::string_view bytes);

/// The bytes, if `text` is the one way to write them: no other characters, padded, no stray bits.
std::optional<std::string> bytes_of_base64(std::string_view text);

}  // namespace adic::audit
