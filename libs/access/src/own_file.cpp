#include "own_file.hpp"

#include <cerrno>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>

namespace adic::access {

Result<OwnFile>
OwnFile::open(const std::filesystem::path& path, std::string_view what, bool may_make) {
    constexpr mode_t owner_alone = S_IRUSR | S_IWUSR;
    // NOLINTNEXTLINE(*-vararg): the call of the system
    const int descriptor = ::open(
        path.c_str(),
        O_RDWR | O_CLOEXEC | O_NOFOLLOW | (may_make ? O_CREAT : 0),
        owner_alone
    );
    const std::string name = "'" + path.string() + "'";
    if (descriptor < 0) {
        return errno == ENOENT && !may_make
                   ? Error{ErrorCode::not_found, "there is no " + std::string(what) + " " + name, {}}
                   : Error{ErrorCode::unavailable, name + " cannot be opened", {}};
    }
    OwnFile file(descriptor);

    struct stat found {};

    if (::fstat(descriptor, &found) != 0 || !S_ISREG(found.st_mode)) {
        return Error{ErrorCode::unavailable, name + " is no plain file", {}};
    }
    if (found.st_uid != ::geteuid() || (found.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return Error{
            ErrorCode::conflict,
            name + " holds what proves who somebody is, and others than you may read or write it: "
                   "make it yours alone (chmod 600)",
            {}};
    }
    return file;
}

}  // namespace adic::access
