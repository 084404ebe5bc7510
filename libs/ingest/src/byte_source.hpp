#pragma once

#include "adic/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace adic::ingest {

/// Where bytes come from, a block at a time.
class ByteSource {
  public:
    ByteSource() = default;
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;
    ByteSource(ByteSource&&) = delete;
    ByteSource& operator=(ByteSource&&) = delete;
    virtual ~ByteSource() = default;

    /// Fills the front of `to` and says how much of it; 0 only at the end, or when broken.
    virtual std::size_t read(std::span<char> to) = 0;

    /// Why the bytes ended before their end; empty if they did not.
    virtual std::string_view problem() const = 0;

    /// Bytes of the file that were taken so far, before decompression.
    virtual std::uint64_t taken() const = 0;

    /// All bytes of the file, before decompression.
    virtual std::uint64_t size() const = 0;
};

/// The bytes of a file; gzip and zstd, told by their first bytes, are decompressed on the way,
/// several streams one after the other as if they were one.
/// Errors: not_found if there is no such file, unavailable if it cannot be read.
Result<std::unique_ptr<ByteSource>> open_bytes(const std::filesystem::path& path);

/// The same for bytes in memory. The text must outlive the source.
std::unique_ptr<ByteSource> bytes_over(std::string_view text);

}  // namespace adic::ingest
