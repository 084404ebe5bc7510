#include "files.hpp"

#include <cerrno>
#include <span>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace adic::audit {
namespace {

constexpr std::size_t longest_key_file = 1024;
constexpr mode_t owner_alone = S_IRUSR | S_IWUSR;

Error cannot(const std::filesystem::path& path, std::string_view what) {
    const int why = errno;
    if (why == ENOENT) {
        return Error{ErrorCode::not_found, "'" + path.string() + "' is not there", {}};
    }
    if (why == EEXIST) {
        return Error{ErrorCode::conflict, "'" + path.string() + "' is there already", {}};
    }
    return Error{
        ErrorCode::unavailable,
        "'" + path.string() + "' cannot be " + std::string(what) + ": "
            + std::generic_category().message(why),
        {}};
}

Error in_use(const std::filesystem::path& path) {
    return Error{
        ErrorCode::conflict,
        "'" + path.string() + "' is in use by another process: try again when it has ended",
        {}};
}

int flags_of(File::Mode mode) {
    constexpr int always = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    switch (mode) {
    case File::Mode::read: return always | O_RDONLY;
    case File::Mode::write: return always | O_RDWR;
    case File::Mode::create: break;
    }
    return always | O_RDWR | O_CREAT | O_EXCL;
}

}  // namespace

Result<File> File::open(const std::filesystem::path& path, Mode mode) {
    const int number = ::open(path.c_str(), flags_of(mode), owner_alone);  // NOLINT: POSIX
    if (number < 0) {
        return cannot(path, "opened");
    }
    File file(number, path);

    struct stat status {};

    if (::fstat(number, &status) != 0 || !S_ISREG(status.st_mode)) {
        return Error{ErrorCode::invalid_argument, "'" + path.string() + "' is not a file", {}};
    }
    return file;
}

File::File(File&& other) noexcept
    : number_(std::exchange(other.number_, -1))
    , path_(std::move(other.path_)) {}

File& File::operator=(File&& other) noexcept {
    std::swap(number_, other.number_);
    std::swap(path_, other.path_);
    return *this;
}

File::~File() {
    if (number_ >= 0) {
        ::close(number_);
    }
}

Error File::failed(std::string_view what) const {
    return cannot(path_, what);
}

Result<std::uint64_t> File::size() const {
    struct stat status {};

    if (::fstat(number_, &status) != 0) {
        return failed("read");
    }
    return static_cast<std::uint64_t>(status.st_size);
}

bool File::is_private() const {
    struct stat status {};

    return ::fstat(number_, &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0
           && status.st_uid == ::geteuid();
}

Result<std::string> File::read(std::uint64_t position, std::size_t bytes) const {
    std::string text(bytes, '\0');
    std::span<char> rest{text};
    while (!rest.empty()) {
        const auto at = static_cast<off_t>(position + (bytes - rest.size()));
        const ssize_t got = ::pread(number_, rest.data(), rest.size(), at);
        if (got == 0) {
            break;
        }
        if (got > 0) {
            rest = rest.subspan(static_cast<std::size_t>(got));
        } else if (errno != EINTR) {
            return failed("read");
        }
    }
    text.resize(bytes - rest.size());
    return text;
}

std::optional<Error> File::write(std::uint64_t position, std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t put =
            ::pwrite(number_, bytes.data(), bytes.size(), static_cast<off_t>(position));
        if (put >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(put));
            position += static_cast<std::uint64_t>(put);
        } else if (errno != EINTR) {
            return failed("written");
        }
    }
    return std::nullopt;
}

std::optional<Error> File::cut(std::uint64_t size) const {
    return ::ftruncate(number_, static_cast<off_t>(size)) == 0 ? std::nullopt
                                                               : std::optional{failed("cut")};
}

std::optional<Error> File::sync() const {
    return ::fsync(number_) == 0 ? std::nullopt : std::optional{failed("brought to the disk")};
}

std::optional<Error> File::lock(std::chrono::milliseconds wait) const {
    constexpr std::chrono::milliseconds pause{10};
    while (::flock(number_, LOCK_EX | LOCK_NB) != 0) {
        if (wait <= std::chrono::milliseconds{0}) {
            return in_use(path_);
        }
        std::this_thread::sleep_for(pause);
        wait -= pause;
    }
    return std::nullopt;
}

Result<std::string> read_small_file(const std::filesystem::path& path, std::size_t most) {
    ADIC_TRY(const File file, File::open(path, File::Mode::read));
    ADIC_TRY(std::string text, file.read(0, most + 1));
    if (text.size() > most) {
        return Error{
            ErrorCode::invalid_argument,
            "'" + path.string() + "' is longer than any such file",
            {}};
    }
    return text;
}

Result<std::string> read_private_file(const std::filesystem::path& path) {
    ADIC_TRY(const File file, File::open(path, File::Mode::read));
    if (!file.is_private()) {
        return Error{
            ErrorCode::conflict,
            "'" + path.string()
                + "' can be read by others than its owner, or is not yours: a secret key must be "
                  "yours alone (chmod 600)",
            {}};
    }
    return file.read(0, longest_key_file);
}

std::optional<Error>
write_new_private_file(const std::filesystem::path& path, std::string_view text) {
    const Result<File> file = File::open(path, File::Mode::create);
    if (!file) {
        return file.error();
    }
    if (auto problem = file->write(0, text)) {
        return problem;
    }
    if (auto problem = file->sync()) {
        return problem;
    }
    return sync_folder(path.parent_path());
}

std::optional<Error> replace_file(const std::filesystem::path& path, std::string_view text) {
    std::filesystem::path beside = path;
    beside += ".part";
    ::unlink(beside.c_str());
    if (auto problem = write_new_private_file(beside, text)) {
        return problem;
    }
    if (::rename(beside.c_str(), path.c_str()) != 0) {
        Error problem = cannot(path, "written");
        ::unlink(beside.c_str());
        return problem;
    }
    return sync_folder(path.parent_path());
}

std::optional<Error> remove_file(const std::filesystem::path& path) {
    const bool is_gone = ::unlink(path.c_str()) == 0 || errno == ENOENT;
    return is_gone ? std::nullopt : std::optional{cannot(path, "taken away")};
}

std::optional<Error> sync_folder(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder.empty() ? "." : folder;
    const int number = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);  // NOLINT: POSIX
    if (number < 0) {
        return cannot(path, "opened");
    }
    const bool is_done = ::fsync(number) == 0;
    auto problem = is_done ? std::nullopt : std::optional{cannot(path, "brought to the disk")};
    ::close(number);
    return problem;
}

}  // namespace adic::audit
