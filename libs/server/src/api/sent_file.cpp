#include "api/sent_file.hpp"

#include <fstream>
#include <string>

namespace adic::server {

SentFile::SentFile(const Call& call, std::string_view ending)
    : path_(call.house.parts.folder / (call.house.parts.new_secret() + std::string(ending))) {
    std::error_code failed;
    std::filesystem::create_directories(call.house.parts.folder, failed);
    std::ofstream file(path_, std::ios::binary);
    file << call.request.body;
    file.close();
    is_written_ = static_cast<bool>(file);
}

SentFile::~SentFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

std::optional<Error> SentFile::problem() const {
    return is_written_
               ? std::nullopt
               : std::optional{Error{ErrorCode::unavailable, "the server has no room for it", {}}};
}

}  // namespace adic::server
