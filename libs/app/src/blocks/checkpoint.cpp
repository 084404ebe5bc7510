#include "adic/app/blocks/checkpoint.hpp"

#include "adic/base/bytes.hpp"
#include "adic/base/sha256.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace adic::app {
namespace {

constexpr std::string_view magic = "adic checkpoint 1\n";
constexpr std::size_t seal_bytes = 32;

Error refused(std::string message) {
    return Error{ErrorCode::invalid_argument, std::move(message), {}};
}

/// The answers between the head and the seal.
Result<Checkpoint> parse_body(std::string_view body) {
    ByteReader reader{body};
    Checkpoint checkpoint;
    checkpoint.inputs = reader.text();
    const std::uint64_t blocks = reader.whole();
    const std::uint64_t finished = reader.whole();
    if (reader.has_failed() || blocks > most_blocks || finished > blocks) {
        return refused("it is not a checkpoint of this program");
    }
    checkpoint.answers.resize(blocks);
    std::uint64_t next = 0;  // blocks stand in order, so that none can be there twice
    for (std::uint64_t i = 0; i < finished && !reader.has_failed(); ++i) {
        const std::uint64_t block = reader.whole();
        const std::string_view answer = reader.text();
        if (block < next || block >= blocks) {
            return refused("its blocks are not in order");
        }
        checkpoint.answers[block] = std::string(answer);
        next = block + 1;
    }
    if (!reader.is_done()) {
        return refused("its end does not fit its beginning");
    }
    return checkpoint;
}

/// A file that is closed when it goes out of scope.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }

    bool is_open() const { return number_ >= 0; }

    bool write_all(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(number_, bytes.data(), bytes.size());
            if (written <= 0) {
                return false;
            }
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return ::fsync(number_) == 0;
    }

  private:
    int number_;
};

bool write_to_disk(const std::filesystem::path& path, std::string_view bytes) {
    constexpr int owner_only = 0600;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): POSIX
    const Descriptor file{
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, owner_only)};
    return file.is_open() && file.write_all(bytes);
}

}  // namespace

std::size_t Checkpoint::finished() const {
    return static_cast<std::size_t>(std::ranges::count_if(answers, [](const auto& answer) {
        return answer.has_value();
    }));
}

std::string write_checkpoint(const Checkpoint& checkpoint) {
    ByteWriter body;
    body.text(checkpoint.inputs);
    body.whole(checkpoint.answers.size());
    body.whole(checkpoint.finished());
    for (std::size_t block = 0; block < checkpoint.answers.size(); ++block) {
        if (const auto& answer = checkpoint.answers[block]) {
            body.whole(block);
            body.text(*answer);
        }
    }
    std::string bytes = std::string(magic) + std::move(body).bytes();
    return bytes + sha256(bytes);
}

Result<Checkpoint> parse_checkpoint(std::string_view bytes) {
    if (!bytes.starts_with(magic)) {
        return refused("it is not a checkpoint of this program");
    }
    if (bytes.size() < magic.size() + seal_bytes) {
        return refused("it is cut off");
    }
    const std::string_view sealed = bytes.substr(0, bytes.size() - seal_bytes);
    if (sha256(sealed) != bytes.substr(sealed.size())) {
        return refused("it is cut off, or was changed after it was written");
    }
    return parse_body(sealed.substr(magic.size()));
}

std::filesystem::path fallback_checkpoint(std::string_view inputs) {
    constexpr std::size_t digits = 12;
    return fmt::format("adic-{}.checkpoint", inputs.substr(0, digits));
}

Result<Checkpoint> load_checkpoint(
    const std::filesystem::path& path,
    const std::string& inputs,
    std::optional<std::size_t> blocks
) {
    Checkpoint empty{inputs, std::vector<std::optional<std::string>>(blocks.value_or(0))};
    std::error_code failed;
    if (!std::filesystem::exists(path, failed)) {
        return empty;
    }
    std::ifstream file(path, std::ios::binary);
    std::ostringstream read;
    read << file.rdbuf();
    const std::string bytes = std::move(read).str();
    if (!file.is_open() || file.bad() || !std::filesystem::is_regular_file(path, failed)) {
        return Error{
            ErrorCode::unavailable,
            fmt::format("the checkpoint '{}' cannot be read", path.string()),
            {}};
    }
    auto checkpoint = parse_checkpoint(bytes);
    if (!checkpoint) {
        return refused(fmt::format(
            "the checkpoint '{}' cannot be used: {}\nDelete it to begin anew.",
            path.string(),
            checkpoint.error().message
        ));
    }
    const bool is_cut_alike =
        checkpoint->answers.size() == blocks.value_or(checkpoint->answers.size());
    if (checkpoint->inputs != inputs || !is_cut_alike) {
        return Error{
            ErrorCode::conflict,
            fmt::format(
                "the checkpoint '{}' belongs to other inputs: other files, other options or "
                "another version of the program\nName another file with --checkpoint, or delete "
                "this one.",
                path.string()
            ),
            {}};
    }
    return checkpoint;
}

std::optional<Error>
save_checkpoint(const std::filesystem::path& path, const Checkpoint& checkpoint) {
    std::filesystem::path beside = path;
    beside += fmt::format(".{}.part", ::getpid());
    std::error_code failed;
    if (write_to_disk(beside, write_checkpoint(checkpoint))) {
        std::filesystem::rename(beside, path, failed);
        if (!failed) {
            return std::nullopt;
        }
    }
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    return Error{
        ErrorCode::unavailable,
        fmt::format(
            "the checkpoint '{}' cannot be written: is the folder there, may you write to it, is "
            "there room?",
            path.string()
        ),
        {}};
}

}  // namespace adic::app
