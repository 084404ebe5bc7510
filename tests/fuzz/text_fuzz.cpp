#include "adic/base/text.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

}  // namespace

/// The laws of the text functions, on any bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);  // NOLINT

    if (const auto number = adic::parse_decimal(text)) {
        require(adic::parse_decimal(adic::to_shortest(*number)) == number);
    }
    std::size_t bytes = 0;
    const auto parts = adic::split(text, ',');
    for (const std::string_view part : parts) {
        bytes += part.size();
        // A text is well formed exactly if all its parts are: a comma never stands inside a
        // character.
    }
    require(bytes + parts.size() - 1 == text.size());
    bool all_well_formed = true;
    for (const std::string_view part : parts) {
        all_well_formed = all_well_formed && adic::is_utf8(part);
    }
    require(all_well_formed == adic::is_utf8(text));
    constexpr std::array<std::string_view, 3> words{"consumed", "equipment", ""};
    adic::nearest_word(text, words);
    require(adic::trimmed(adic::trimmed(text)) == adic::trimmed(text));
    return 0;
}
