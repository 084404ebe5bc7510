#pragma once

#include <filesystem>
#include <string>
#include <system_error>

#include <stdlib.h>

namespace adic::cli {

/// A folder that is there as long as this is, for nobody else to read.
class ScratchFolder {
  public:
    ScratchFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "adic-XXXXXX").string();
        const char* made = ::mkdtemp(pattern.data());
        path_ = made == nullptr ? std::filesystem::path{} : std::filesystem::path{made};
    }

    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    /// Empty: there is no room for it.
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace adic::cli
