#include "adic/app/blocks/checkpoint.hpp"

#include "adic/base/sha256.hpp"

#include "fuzz.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

using adic::app::Checkpoint;

/// What was read is written as the same bytes: there is one way to write a checkpoint, so nothing
/// can hide in one. The second half puts a true seal on whatever came, to get behind it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes{adic::fuzz::text_of(data, size)};
    if (const auto read = adic::app::parse_checkpoint(bytes)) {
        adic::fuzz::require(adic::app::write_checkpoint(*read) == bytes);
    }
    constexpr std::size_t seal_bytes = 32;
    const std::string body = bytes.substr(0, size - std::min(size, seal_bytes));
    const std::string sealed = body + adic::sha256(body);
    if (const auto read = adic::app::parse_checkpoint(sealed)) {
        adic::fuzz::require(adic::app::write_checkpoint(*read) == sealed);
        adic::fuzz::require(read->finished() <= read->answers.size());
    }
    return 0;
}
