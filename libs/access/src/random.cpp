#include "adic/access/random.hpp"

#include <cstdlib>

#include <sodium.h>

namespace adic::access {

RandomSource system_random() {
    static const bool is_ready = sodium_init() >= 0;
    if (!is_ready) {
        std::abort();  // secrets that can be guessed are worse than none
    }
    return [](std::span<std::byte> bytes) { randombytes_buf(bytes.data(), bytes.size()); };
}

std::string random_bytes(const RandomSource& random, std::size_t size) {
    std::string bytes(size, '\0');
    random(std::as_writable_bytes(std::span(bytes)));
    return bytes;
}

}  // namespace adic::access
