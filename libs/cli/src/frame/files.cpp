#include "frame/files.hpp"

#include <fstream>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace adic::cli {
namespace {

Error cannot_write(const std::filesystem::path& path) {
    return Error{
        ErrorCode::unavailable,
        "'" + path.string()
            + "' cannot be written: is the folder there, may you write to it, is there room?",
        {}};
}

}  // namespace

std::optional<Error> write_file(const std::filesystem::path& path, std::string_view text) {
    std::error_code failed;
    if (std::filesystem::exists(path, failed) && !std::filesystem::is_regular_file(path, failed)) {
        std::ofstream device(path, std::ios::binary);  // /dev/stdout, a pipe: written as it is
        device << text << std::flush;
        return device.good() ? std::nullopt : std::optional{cannot_write(path)};
    }
    std::filesystem::path beside = path;
    beside += ".part";
    {
        std::ofstream file(beside, std::ios::binary);
        file << text << std::flush;
        if (!file.good()) {
            std::filesystem::remove(beside, failed);
            return cannot_write(path);
        }
    }
    std::filesystem::rename(beside, path, failed);
    if (failed) {
        std::error_code ignored;
        std::filesystem::remove(beside, ignored);
        return cannot_write(path);
    }
    return std::nullopt;
}

Result<Outcome> put_into(const std::string& file, std::string text, std::string_view what) {
    if (file == "-") {
        return Outcome{std::move(text)};
    }
    if (auto problem = write_file(file, text)) {
        return *std::move(problem);
    }
    return Outcome{fmt::format("{} in {}.\n", what, file)};
}

std::optional<Error> stands_in_the_way(const std::filesystem::path& path, const Invocation& words) {
    std::error_code failed;
    if (words.has("--replace") || !std::filesystem::exists(path, failed)) {
        return std::nullopt;
    }
    return Error{
        ErrorCode::conflict,
        "'" + path.string() + "' is there already; --replace replaces it",
        {}};
}

}  // namespace adic::cli
