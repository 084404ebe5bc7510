#pragma once

#include "adic/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace adic::audit {

/// An open file. Reads and writes stand at a position that is given; they go on where the system
/// stopped half-way.
class File {
  public:
    enum class Mode { read, write, create };

    /// Errors: not_found; conflict if `create` finds something there; unavailable. Nothing but a
    ///         plain file is opened, and no symbolic link is followed.
    static Result<File> open(const std::filesystem::path& path, Mode mode);

    File(File&& other) noexcept;
    File& operator=(File&& other) noexcept;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File();

    Result<std::uint64_t> size() const;

    /// Whether it belongs to the caller, and nobody else may read or write it.
    bool is_private() const;

    /// Fewer bytes than asked for where the file ends.
    Result<std::string> read(std::uint64_t position, std::size_t bytes) const;

    std::optional<Error> write(std::uint64_t position, std::string_view bytes) const;
    std::optional<Error> cut(std::uint64_t size) const;

    /// Returns when the bytes are on the disk.
    std::optional<Error> sync() const;

    /// Tries for as long as `wait`.
    /// Errors: conflict if another process, or another opening in this one, holds it.
    std::optional<Error> lock(std::chrono::milliseconds wait = {}) const;

  private:
    File(int number, std::filesystem::path path) : number_(number), path_(std::move(path)) {}

    Error failed(std::string_view what) const;

    int number_;
    std::filesystem::path path_;
};

/// The whole of a file of at most `most` bytes.
/// Errors: not_found; unavailable; invalid_argument if it is longer.
Result<std::string> read_small_file(const std::filesystem::path& path, std::size_t most);

/// What `parse` makes of a file; its errors name the file.
template <typename Parse>
auto parsed_file(const std::filesystem::path& path, std::size_t most, const Parse& parse)
    -> decltype(parse(std::string_view{})) {
    ADIC_TRY(const std::string text, read_small_file(path, most));
    auto parsed = parse(text);
    if (!parsed) {
        return Error{parsed.error().code, "'" + path.string() + "': " + parsed.error().message, {}};
    }
    return parsed;
}

/// As `read_small_file`, of a file that belongs to the caller and that nobody else may touch.
/// Errors: also conflict, if the permissions are too wide.
Result<std::string> read_private_file(const std::filesystem::path& path);

/// Writes a file that is not there yet, which its owner alone may read, and makes sure that it is
/// on the disk.
std::optional<Error>
write_new_private_file(const std::filesystem::path& path, std::string_view text);

/// Puts `text` in the place of the file at once: whenever the machine stops, the old text or the
/// new one is there as a whole. On the disk when it returns.
std::optional<Error> replace_file(const std::filesystem::path& path, std::string_view text);

/// Takes a file away, if it is there. It may be back after the machine has stopped.
std::optional<Error> remove_file(const std::filesystem::path& path);

/// Makes sure that the names in a folder are on the disk.
std::optional<Error> sync_folder(const std::filesystem::path& folder);

}  // namespace adic::audit
