#include "record_batches.hpp"

#include "record_bounds.hpp"

#include <algorithm>
#include <cstring>

namespace adic::ingest {

Result<std::size_t> RecordBatches::fill(std::span<char> buffer) {
    std::size_t filled = 0;
    while (filled < buffer.size()) {
        const std::size_t got = source_->read(buffer.subspan(filled));
        if (got == 0) {
            break;
        }
        filled += got;
    }
    if (!source_->problem().empty()) {
        return Error{ErrorCode::unavailable, std::string(source_->problem()), {}};
    }
    return filled;
}

std::size_t RecordBatches::cut_blocks(RecordBatch& batch, std::size_t size) const {
    const std::string_view text(batch.bytes.data(), size);
    std::size_t start = 0;
    while (start < size) {
        const std::size_t end = record_end(text, start, start + sizes_.block);
        if (end == std::string_view::npos) {
            break;
        }
        batch.blocks.push_back(text.substr(start, end - start));
        start = end;
    }
    if (batch.last || size - start <= sizes_.block + sizes_.longest_record) {
        return start;
    }
    // A record without end hides the ends of the short ones before it from the cut above.
    std::size_t whole = start;
    for (std::size_t end = record_end(text, whole, whole + 1); end != std::string_view::npos;
         end = record_end(text, whole, whole + 1)) {
        whole = end;
    }
    if (whole > start) {
        batch.blocks.push_back(text.substr(start, whole - start));
    }
    return whole;
}

Result<RecordBatch> RecordBatches::next(RecordBatch used) {
    RecordBatch batch{std::move(used.bytes), std::move(used.blocks)};
    batch.blocks.clear();
    batch.bytes.resize(std::max(batch.bytes.size(), sizes_.batch + carried_.size()));
    std::memcpy(batch.bytes.data(), carried_.data(), carried_.size());
    const std::span<char> free = std::span(batch.bytes).subspan(carried_.size(), sizes_.batch);
    ADIC_TRY(const std::size_t got, fill(free));
    std::size_t size = carried_.size() + got;
    batch.last = got < free.size();

    if (skipping_line_) {
        const auto begin = batch.bytes.begin();
        const auto end = begin + static_cast<std::ptrdiff_t>(size);
        const auto line_end = std::find(begin, end, '\n');
        skipping_line_ = line_end == end;
        const auto kept = skipping_line_ ? end : line_end + 1;
        std::copy(kept, end, begin);
        size = static_cast<std::size_t>(end - kept);
    }

    std::size_t start = cut_blocks(batch, size);
    const std::string_view text(batch.bytes.data(), size);
    if (batch.last && start < size) {
        batch.blocks.push_back(text.substr(start));
        start = size;
    }
    if (size - start > sizes_.longest_record && record_end(text, start, start + 1) == text.npos) {
        const std::size_t line_end = text.find('\n', start);
        batch.too_long = true;
        skipping_line_ = line_end == text.npos;
        start = skipping_line_ ? size : line_end + 1;
    }
    carried_.assign(text.substr(start));
    return batch;
}

}  // namespace adic::ingest
