#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

struct RepeatedKey {
    std::string object;  ///< JSON pointer
    std::string key;     ///< as written
    std::uint64_t line;
};

struct JsonLines {
    std::map<std::string, std::uint64_t, std::less<>> lines;  ///< of the places asked for
    std::vector<RepeatedKey> repeated;                        ///< at most 100
};

/// On which line the values at these JSON pointers begin; a value that is not there has the line of
/// the object or list that it would be in.
///
/// Requires: `text` is well-formed JSON.
/// Cost:     O(bytes); pointers of more than 256 bytes are not found.
JsonLines find_json_lines(std::string_view text, const std::vector<std::string>& places);

/// 1-based line of a byte.
std::uint64_t line_of_byte(std::string_view text, std::size_t byte);

}  // namespace adic::ingest
