#include "byte_source.hpp"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include <zlib.h>
#include <zstd.h>

namespace adic::ingest {
namespace {

constexpr std::size_t compressed_block = std::size_t{1} << 18U;

class FileBytes final : public ByteSource {
  public:
    FileBytes(std::ifstream file, std::uint64_t size) : file_(std::move(file)), size_(size) {}

    std::size_t read(std::span<char> to) override {
        file_.read(to.data(), static_cast<std::streamsize>(to.size()));
        const auto count = static_cast<std::size_t>(file_.gcount());
        taken_ += count;
        if (file_.bad()) {
            problem_ = "the file could not be read to its end";
        }
        return count;
    }

    std::string_view problem() const override { return problem_; }

    std::uint64_t taken() const override { return taken_; }

    std::uint64_t size() const override { return size_; }

  private:
    std::ifstream file_;
    std::uint64_t size_;
    std::uint64_t taken_ = 0;
    std::string_view problem_;
};

class TextBytes final : public ByteSource {
  public:
    explicit TextBytes(std::string_view text) : text_(text) {}

    std::size_t read(std::span<char> to) override {
        const std::string_view part = text_.substr(taken_, to.size());
        std::copy(part.begin(), part.end(), to.begin());
        taken_ += part.size();
        return part.size();
    }

    std::string_view problem() const override { return {}; }

    std::uint64_t taken() const override { return taken_; }

    std::uint64_t size() const override { return text_.size(); }

  private:
    std::string_view text_;
    std::uint64_t taken_ = 0;
};

/// Bytes read ahead to tell the format, and then the rest of the source.
class Rewound final : public ByteSource {
  public:
    Rewound(std::string ahead, std::unique_ptr<ByteSource> rest)
        : ahead_(std::move(ahead))
        , rest_(std::move(rest)) {}

    std::size_t read(std::span<char> to) override {
        if (given_ == ahead_.size()) {
            return rest_->read(to);
        }
        const std::size_t count = std::min(to.size(), ahead_.size() - given_);
        std::memcpy(to.data(), ahead_.data() + given_, count);
        given_ += count;
        return count;
    }

    std::string_view problem() const override { return rest_->problem(); }

    std::uint64_t taken() const override { return rest_->taken(); }

    std::uint64_t size() const override { return rest_->size(); }

  private:
    std::string ahead_;
    std::size_t given_ = 0;
    std::unique_ptr<ByteSource> rest_;
};

/// What both decompressors share: a block of compressed bytes and why they stopped.
class Decompressed : public ByteSource {
  public:
    explicit Decompressed(std::unique_ptr<ByteSource> compressed)
        : compressed_(std::move(compressed))
        , block_(compressed_block) {}

    std::string_view problem() const override {
        return problem_.empty() ? compressed_->problem() : std::string_view{problem_};
    }

    std::uint64_t taken() const override { return compressed_->taken(); }

    std::uint64_t size() const override { return compressed_->size(); }

  protected:
    std::size_t next_block() { return compressed_->read(block_); }

    char* block() { return block_.data(); }

    bool broken() const { return !problem_.empty(); }

    void stop(std::string problem) { problem_ = std::move(problem); }

  private:
    std::unique_ptr<ByteSource> compressed_;
    std::vector<char> block_;
    std::string problem_;
};

class GzipBytes final : public Decompressed {
  public:
    explicit GzipBytes(std::unique_ptr<ByteSource> compressed)
        : Decompressed(std::move(compressed)) {
        constexpr int gzip_window = 15 + 16;  // zlib: the largest window, with a gzip header
        if (inflateInit2(&stream_, gzip_window) != Z_OK) {
            stop("zlib could not be started");
        }
    }

    GzipBytes(const GzipBytes&) = delete;
    GzipBytes& operator=(const GzipBytes&) = delete;
    GzipBytes(GzipBytes&&) = delete;
    GzipBytes& operator=(GzipBytes&&) = delete;

    ~GzipBytes() override { inflateEnd(&stream_); }

    std::size_t read(std::span<char> to) override {
        stream_.next_out = reinterpret_cast<Bytef*>(to.data());
        stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(to.size(), 1U << 30U));
        const uInt wanted = stream_.avail_out;
        while (!broken() && stream_.avail_out == wanted && refill()) {
            inflate_some();
        }
        return wanted - stream_.avail_out;
    }

  private:
    /// Whether there is anything left to inflate.
    bool refill() {
        if (stream_.avail_in == 0) {
            stream_.avail_in = static_cast<uInt>(next_block());
            stream_.next_in = reinterpret_cast<Bytef*>(block());
        }
        if (stream_.avail_in == 0 && inside_) {
            stop("the gzip stream is truncated");
        }
        return stream_.avail_in != 0;
    }

    void inflate_some() {
        inside_ = true;
        const int status = inflate(&stream_, Z_NO_FLUSH);
        if (status == Z_STREAM_END) {
            inside_ = false;
            inflateReset(&stream_);  // another member may follow
        } else if (status != Z_OK) {
            stop(
                std::string("the gzip stream is damaged: ")
                + (stream_.msg == nullptr ? "unknown reason" : stream_.msg)
            );
        }
    }

    z_stream stream_{};
    bool inside_ = false;  ///< between the header and the end of a member
};

class ZstdBytes final : public Decompressed {
  public:
    explicit ZstdBytes(std::unique_ptr<ByteSource> compressed)
        : Decompressed(std::move(compressed))
        , stream_(ZSTD_createDStream()) {
        if (stream_ == nullptr) {
            stop("zstd could not be started");
        }
    }

    std::size_t read(std::span<char> to) override {
        ZSTD_outBuffer output{to.data(), to.size(), 0};
        while (!broken() && output.pos == 0 && refill()) {
            // The library refuses windows above 128 MiB by itself, so memory stays bounded.
            const std::size_t status = ZSTD_decompressStream(stream_.get(), &output, &input_);
            inside_ = status != 0;
            if (ZSTD_isError(status) != 0) {
                stop(std::string("the zstd stream is damaged: ") + ZSTD_getErrorName(status));
            }
            full_ = output.pos == output.size;
        }
        return output.pos;
    }

  private:
    /// Whether there is anything left to decompress: new input, or output that did not fit.
    bool refill() {
        if (input_.pos == input_.size) {
            input_ = {block(), next_block(), 0};
        }
        if (input_.size != 0 || std::exchange(full_, false)) {
            return true;
        }
        if (inside_) {
            stop("the zstd stream is truncated");
        }
        return false;
    }

    struct Free {
        void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
    };

    std::unique_ptr<ZSTD_DStream, Free> stream_;
    ZSTD_inBuffer input_{nullptr, 0, 0};
    bool inside_ = false;  ///< within a frame
    bool full_ = false;    ///< the last call filled its output, so more may wait inside the library
};

std::unique_ptr<ByteSource> decompressed(std::unique_ptr<ByteSource> bytes) {
    constexpr std::string_view gzip_magic = "\x1F\x8B";
    constexpr std::string_view zstd_magic = "\x28\xB5\x2F\xFD";
    std::string ahead(zstd_magic.size(), '\0');
    ahead.resize(bytes->read(ahead));
    const bool is_gzip = ahead.starts_with(gzip_magic);
    const bool is_zstd = ahead == zstd_magic;
    auto all = std::make_unique<Rewound>(std::move(ahead), std::move(bytes));
    if (is_gzip) {
        return std::make_unique<GzipBytes>(std::move(all));
    }
    if (is_zstd) {
        return std::make_unique<ZstdBytes>(std::move(all));
    }
    return all;
}

}  // namespace

Result<std::unique_ptr<ByteSource>> open_bytes(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        return Error{ErrorCode::not_found, "there is no file " + path.string(), {}};
    }
    std::ifstream file(path, std::ios::binary);
    if (!file || !std::filesystem::is_regular_file(path, error)) {
        return Error{ErrorCode::unavailable, "the file " + path.string() + " cannot be read", {}};
    }
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    return decompressed(std::make_unique<FileBytes>(std::move(file), error ? 0 : size));
}

std::unique_ptr<ByteSource> bytes_over(std::string_view text) {
    return decompressed(std::make_unique<TextBytes>(text));
}

}  // namespace adic::ingest
