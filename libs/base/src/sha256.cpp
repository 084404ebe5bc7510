#include "adic/base/sha256.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace adic {
namespace {

constexpr std::size_t chunk_bytes = 64;

// FIPS 180-4, 5.3.3 and 4.2.2.
constexpr std::array<std::uint32_t, 8> initial{
    0x6a09e667,
    0xbb67ae85,
    0x3c6ef372,
    0xa54ff53a,
    0x510e527f,
    0x9b05688c,
    0x1f83d9ab,
    0x5be0cd19};
constexpr std::array<std::uint32_t, 64> constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::uint32_t big_endian(const unsigned char* bytes) {
    return (std::uint32_t{bytes[0]} << 24U) | (std::uint32_t{bytes[1]} << 16U)
           | (std::uint32_t{bytes[2]} << 8U) | std::uint32_t{bytes[3]};
}

/// The message schedule of a chunk: 6.2.2, step 1.
std::array<std::uint32_t, 64> schedule(const unsigned char* chunk) {
    std::array<std::uint32_t, 64> w{};
    for (std::size_t t = 0; t < 16; ++t) {
        w[t] = big_endian(chunk + 4 * t);
    }
    for (std::size_t t = 16; t < w.size(); ++t) {
        const std::uint32_t a = w[t - 15];
        const std::uint32_t b = w[t - 2];
        const std::uint32_t small0 = std::rotr(a, 7) ^ std::rotr(a, 18) ^ (a >> 3U);
        const std::uint32_t small1 = std::rotr(b, 17) ^ std::rotr(b, 19) ^ (b >> 10U);
        w[t] = small1 + w[t - 7] + small0 + w[t - 16];
    }
    return w;
}

}  // namespace

Sha256::Sha256() : state_(initial) {}

void Sha256::take_chunk(const unsigned char* chunk) {
    const std::array<std::uint32_t, 64> w = schedule(chunk);
    auto [a, b, c, d, e, f, g, h] = state_;
    for (std::size_t t = 0; t < w.size(); ++t) {
        const std::uint32_t big1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
        const std::uint32_t first = h + big1 + ((e & f) ^ (~e & g)) + constants[t] + w[t];
        const std::uint32_t big0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
        const std::uint32_t second = big0 + ((a & b) ^ (a & c) ^ (b & c));
        h = std::exchange(g, std::exchange(f, std::exchange(e, d + first)));
        d = std::exchange(c, std::exchange(b, std::exchange(a, first + second)));
    }
    const std::array<std::uint32_t, 8> worked{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < state_.size(); ++i) {
        state_[i] += worked[i];
    }
}

void Sha256::add(std::string_view bytes) {
    total_ += bytes.size();
    while (!bytes.empty()) {
        const std::size_t taken = std::min(chunk_bytes - waiting_size_, bytes.size());
        std::copy_n(bytes.begin(), taken, waiting_.begin() + static_cast<long>(waiting_size_));
        waiting_size_ += taken;
        bytes.remove_prefix(taken);
        if (waiting_size_ == chunk_bytes) {
            take_chunk(waiting_.data());
            waiting_size_ = 0;
        }
    }
}

std::string Sha256::digest() && {
    const std::uint64_t bits = total_ * 8;
    std::string padding(1, '\x80');
    // Zeros up to the last eight bytes of a chunk, which hold the length in bits.
    padding.append((chunk_bytes + 55 - total_ % chunk_bytes) % chunk_bytes, '\0');
    for (int shift = 56; shift >= 0; shift -= 8) {
        padding += static_cast<char>((bits >> static_cast<unsigned>(shift)) & 0xFFU);
    }
    add(padding);
    std::string result;
    for (const std::uint32_t word : state_) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            result += static_cast<char>((word >> static_cast<unsigned>(shift)) & 0xFFU);
        }
    }
    return result;
}

std::string sha256(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return std::move(hash).digest();
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        result += digits[byte >> 4U];
        result += digits[byte & 0xFU];
    }
    return result;
}

}  // namespace adic
