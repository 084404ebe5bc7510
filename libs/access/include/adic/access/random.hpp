#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

namespace adic::access {

/// Fills bytes that nobody can guess. It is handed in, so that tests give the same secrets again.
using RandomSource = std::function<void(std::span<std::byte> bytes)>;

/// The system's own source, through libsodium. Ends the program if the system has none.
RandomSource system_random();

/// `size` bytes of it.
std::string random_bytes(const RandomSource& random, std::size_t size);

}  // namespace adic::access
