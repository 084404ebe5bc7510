#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

namespace adic::fuzz {

/// A folder for parsers that read files: one for each process, empty at first, gone at its end.
class Scratch {
  public:
    Scratch()
        : path_(
            std::filesystem::temp_directory_path() / ("adic-fuzz-" + std::to_string(getpid()))
        ) {
        empty();
    }

    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    Scratch(Scratch&&) = delete;
    Scratch& operator=(Scratch&&) = delete;

    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    void empty() const {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }

    std::filesystem::path write(std::string_view name, std::string_view contents) const {
        std::filesystem::path file = path_ / name;
        std::ofstream(file, std::ios::binary) << contents;
        return file;
    }

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace adic::fuzz
