#include "frame/map_shelf.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace adic::cli {
namespace {

namespace fs = std::filesystem;

/// When the map, or of a package its list of tables, was written.
fs::file_time_type time_of(const fs::path& path) {
    std::error_code ignored;
    const fs::path package = path / "datapackage.json";
    return fs::last_write_time(fs::exists(package, ignored) ? package : path, ignored);
}

}  // namespace

Result<std::shared_ptr<const app::OpenedMap>>
open_map_as(const fs::path& path, const std::string& reader, const Progress& progress) {
    using Opened = std::shared_ptr<const app::OpenedMap>;
    if (reader.empty()) {
        ADIC_TRY(auto map, app::open_map(path, progress));
        return Opened{std::move(map)};
    }
    ADIC_TRY(const model::SupplyMap map, app::read_clean_map(path, progress));
    ADIC_TRY(const model::Reader seen_by, app::find_reader(map, reader));
    return Opened{app::open_released(map, seen_by)};
}

Result<std::shared_ptr<const app::OpenedMap>>
MapShelf::open(const fs::path& path, const std::string& reader) {
    constexpr std::size_t most = 32;
    const auto written = time_of(path);
    // Held while a map is read: who asks for the same at the same time waits for it.
    const std::lock_guard lock(using_);
    const auto found = std::ranges::find_if(opened_, [&](const Opened& one) {
        return one.path == path && one.reader == reader && one.written == written;
    });
    if (found != opened_.end()) {
        opened_.splice(opened_.begin(), opened_, found);
        return opened_.front().map;
    }
    ADIC_TRY(auto map, open_map_as(path, reader));
    opened_.push_front({path, reader, written, std::move(map)});
    if (opened_.size() > most) {
        opened_.pop_back();
    }
    return opened_.front().map;
}

}  // namespace adic::cli
