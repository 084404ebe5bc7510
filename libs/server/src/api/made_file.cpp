#include "api/made_file.hpp"

#include <fstream>
#include <utility>

namespace adic::server {
namespace {

Result<std::string> read(const std::filesystem::path& file) {
    std::error_code failed;
    std::string bytes(std::filesystem::file_size(file, failed), '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (failed || !stream) {
        return Error{ErrorCode::unavailable, "the server has no room for the file", {}};
    }
    return bytes;
}

}  // namespace

Result<std::string> bytes_of_file(
    const Call& call,
    std::string_view ending,
    const std::function<std::optional<Error>(const std::filesystem::path&)>& write
) {
    std::error_code failed;
    std::filesystem::create_directories(call.house.parts.folder, failed);
    const auto file =
        call.house.parts.folder / (call.house.parts.new_secret() + std::string(ending));
    auto problem = write(file);
    auto bytes = problem ? Result<std::string>(*std::move(problem)) : read(file);
    std::filesystem::remove(file, failed);
    return bytes;
}

}  // namespace adic::server
