#pragma once

#include "adic/base/result.hpp"

#include "byte_source.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adic::ingest {

/// Whole records of a file, cut into blocks that each start and end at the bounds of records.
struct RecordBatch {
    std::vector<char> bytes;
    std::vector<std::string_view> blocks;  ///< of `bytes`
    bool too_long =
        false;          ///< the record behind the last block is too long; its first line is gone
    bool last = false;  ///< nothing follows
};

struct BatchSizes {
    std::size_t batch = 32U << 20U;
    std::size_t block = 1U << 20U;
    std::size_t longest_record = 1U << 20U;
};

/// Reads a file batch by batch, in bounded memory.
class RecordBatches {
  public:
    RecordBatches(std::unique_ptr<ByteSource> source, const BatchSizes& sizes)
        : source_(std::move(source))
        , sizes_(sizes) {}

    /// The next batch, in the memory of `used`. After a batch that is `last` there is none.
    /// Errors: the file breaks off, or its compression is damaged.
    Result<RecordBatch> next(RecordBatch used);

  private:
    /// Bytes read into the buffer; fewer than it holds only at the end.
    Result<std::size_t> fill(std::span<char> buffer);

    /// Cuts whole records off the bytes; what remains starts with a record that has no end yet.
    std::size_t cut_blocks(RecordBatch& batch, std::size_t size) const;

    std::unique_ptr<ByteSource> source_;
    BatchSizes sizes_;
    std::string carried_;         ///< the start of a record whose end was not read yet
    bool skipping_line_ = false;  ///< inside the first line of a record that is too long
};

}  // namespace adic::ingest
