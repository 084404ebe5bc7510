#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include <unistd.h>

namespace adic::test {

/// A folder of its own for a test, gone at its end.
class ScratchFolder {
  public:
    ScratchFolder() {
        static std::atomic<int> count = 0;
        path_ = std::filesystem::temp_directory_path()
                / ("adic-app-" + std::to_string(::getpid()) + '-' + std::to_string(count++));
        std::filesystem::create_directories(path_);
    }

    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace adic::test
