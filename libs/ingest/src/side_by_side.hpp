#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

#include <fmt/format.h>

namespace adic::ingest {

/// A table, and how it is called when it is packed.
using TableEndings = std::array<std::string_view, 3>;

inline constexpr TableEndings csv_endings{".csv", ".csv.gz", ".csv.zst"};

/// One of several tables that stand side by side: `path` is their folder, or the common beginning
/// of their names. Packed ones are found too.
inline std::optional<std::filesystem::path> table_beside(
    const std::filesystem::path& path,
    std::string_view name,
    const TableEndings& endings = csv_endings
) {
    std::error_code none;
    const bool is_folder = std::filesystem::is_directory(path, none);
    for (const std::string_view ending : endings) {
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
