#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace adic::access {

/// Bytes as libraries of C take them.
const unsigned char* bytes_of(std::string_view text);
unsigned char* bytes_of(std::string& text);

/// RFC 4648, section 5, without padding.
std::string base64url_of(std::string_view bytes);

/// The bytes, if `text` is the one way to write them: no other characters, no padding, no stray
/// bits.
std::optional<std::string> bytes_of_base64url(std::string_view text);

/// RFC 4648, section 6, without padding.
std::string base32_of(std::string_view bytes);

/// Small letters count as capital ones, and padding may be there. Empty if `text` is not base32.
std::optional<std::string> bytes_of_base32(std::string_view text);

/// RFC 3986: everything but the unreserved characters as %XX.
std::string percent_encoded(std::string_view text);

/// Empty if a '%' stands alone.
std::optional<std::string> percent_decoded(std::string_view text);

/// In time that depends on their sizes alone.
bool is_same_secret(std::string_view a, std::string_view b);

/// What is stored of a secret that nobody can guess: its SHA-256 in hexadecimal digits.
std::string stored_form(std::string_view secret);

/// Cut to `most` bytes, with everything but printable ASCII as '?': text of a stranger, to be shown
/// in lists.
std::string tamed(std::string_view text, std::size_t most);

}  // namespace adic::access
