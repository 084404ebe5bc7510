#include "adic/base/text.hpp"

#include "fuzz.hpp"

#include <array>
#include <cstdint>
#include <string_view>

using adic::fuzz::require;

/// The laws of the text functions, on any bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = adic::fuzz::text_of(data, size);

    if (const auto number = adic::parse_decimal(text)) {
        require(adic::parse_decimal(adic::to_shortest(*number)) == number);
    }
    std::size_t bytes = 0;
    bool all_well_formed = true;
    const auto parts = adic::split(text, ',');
    for (const std::string_view part : parts) {
        bytes += part.size();
        all_well_formed = all_well_formed && adic::is_utf8(part);
    }
    require(bytes + parts.size() - 1 == text.size());
    require(all_well_formed == adic::is_utf8(text));  // a comma never stands inside a character
    constexpr std::array<std::string_view, 3> words{"consumed", "equipment", ""};
    adic::nearest_word(text, words);
    require(adic::trimmed(adic::trimmed(text)) == adic::trimmed(text));
    return 0;
}
