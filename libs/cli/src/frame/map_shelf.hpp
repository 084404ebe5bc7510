#pragma once

#include "adic/app/opened_map.hpp"
#include "adic/base/progress.hpp"
#include "adic/base/result.hpp"

#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <string>

namespace adic::cli {

/// The map at `path` as the reader of that name sees it; an empty name: all of it.
Result<std::shared_ptr<const app::OpenedMap>> open_map_as(
    const std::filesystem::path& path,
    const std::string& reader,
    const Progress& progress = {}
);

/// Maps that have been opened, each for one reader, so that the next question does not read them
/// again. May be used by several threads.
class MapShelf {
  public:
    /// Errors: as `open_map_as`.
    Result<std::shared_ptr<const app::OpenedMap>>
    open(const std::filesystem::path& path, const std::string& reader);

  private:
    struct Opened {
        std::filesystem::path path;
        std::string reader;
        std::filesystem::file_time_type written;
        std::shared_ptr<const app::OpenedMap> map;
    };

    std::mutex using_;
    std::list<Opened> opened_;  ///< the last used first
};

}  // namespace adic::cli
