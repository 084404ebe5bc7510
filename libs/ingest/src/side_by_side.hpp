#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include <fmt/format.h>

namespace adic::ingest {

/// One of several tables that stand side by side: `path` is their folder, or the common beginning
/// of their names. Packed ones are found too.
inline std::optional<std::filesystem::path>
table_beside(const std::filesystem::path& path, std::string_view name) {
    std::error_code none;
    const bool is_folder = std::filesystem::is_directory(path, none);
    for (const std::string_view ending : {".csv", ".csv.gz", ".csv.zst"}) {
        const std::filesystem::path file =
            is_folder ? path / fmt::format("{}{}", name, ending)
                      : std::filesystem::path(fmt::format("{}_{}{}", path.string(), name, ending));
        if (std::filesystem::is_regular_file(file, none)) {
            return file;
        }
    }
    return std::nullopt;
}

}  // namespace adic::ingest
