#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace adic {

/// The SHA-256 digest of bytes that come in parts. It tells whether two inputs are the same, and
/// whether a file is as it was written; it is no signature, for anybody can compute it.
///
/// Source: NIST FIPS 180-4 (2015), "Secure Hash Standard", 6.2.
class Sha256 {
  public:
    Sha256();

    void add(std::string_view bytes);

    /// The 32 bytes of the digest of all that was added. Ends the computation.
    std::string digest() &&;

  private:
    void take_chunk(const unsigned char* chunk);

    std::array<std::uint32_t, 8> state_;
    std::array<unsigned char, 64> waiting_{};
    std::size_t waiting_size_ = 0;
    std::uint64_t total_ = 0;
};

/// The digest of `bytes`, as 32 bytes.
std::string sha256(std::string_view bytes);

/// Bytes as lower-case hexadecimal digits, two for each.
std::string to_hex(std::string_view bytes);

}  // namespace adic
