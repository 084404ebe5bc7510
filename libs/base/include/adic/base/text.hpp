#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic {

/// Reads all of `text` as a decimal number ("12", "-0.5", "1e-3", "+7"). Empty if anything is left
/// over (a decimal comma, a space, a unit) or if the number is not finite. Independent of locale.
std::optional<double> parse_decimal(std::string_view text);

/// Reads all of `text` as a whole number without sign.
std::optional<std::uint64_t> parse_whole(std::string_view text);

/// `value` in the fewest digits that read back the same; no exponent from 0.0001 up to 10^15.
std::string to_shortest(double value);

/// The parts of `text` between `separator`s; one empty part for an empty text.
std::vector<std::string_view> split(std::string_view text, char separator);

/// `text` without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);

/// The candidate closest to `word` by edit distance (two neighbours that changed places are one
/// edit), if it is close enough to be a slip of the hand (at most a third of the word's length, at
/// least 1; never for words above 64 bytes).
/// Ties go to the earlier candidate.
/// Cost: O(candidates * length^2).
std::optional<std::string_view>
nearest_word(std::string_view word, std::span<const std::string_view> candidates);

/// Whether `text` is well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates).
bool is_utf8(std::string_view text);

/// Whether `text` has characters that steer a terminal or turn the order of what is read, so that a
/// name reads as another: controls but tabs and line ends, U+2028 and U+2029, and directions that
/// are forced on what follows, U+202A to U+202E and U+2066 to U+2069 (UAX #9: embeddings, overrides
/// and isolates; letters of Jawi do without). Requires: `text` is UTF-8.
bool has_steering_character(std::string_view text);

}  // namespace adic
