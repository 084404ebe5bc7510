#include "adic/ingest/csv_writer.hpp"
#include "adic/ingest/map_package.hpp"
#include "adic/ingest/map_tables.hpp"

#include "map_rows.hpp"
#include "map_schema.hpp"

#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adic::ingest {
namespace {

using Json = nlohmann::ordered_json;

Error disk_failed(const std::filesystem::path& path) {
    return Error{ErrorCode::unavailable, path.string() + " could not be written", {}};
}

/// Writes a table with at least one row, or one that every map has. Gives its rows.
Result<std::uint64_t>
write_table(const model::SupplyMap& map, const Table& table, const std::filesystem::path& file) {
    std::ofstream out(file, std::ios::binary);
    CsvWriter csv(out);
    std::vector<std::string_view> fields;
    const auto write = [&](std::span<const std::string> cells) {
        fields.assign(cells.begin(), cells.end());
        csv.write(fields);
    };
    write(cell_names(table));
    std::uint64_t rows = 0;
    for_each_row(map, table, [&](std::span<const std::string> cells) {
        write(cells);
        ++rows;
    });
    out.close();
    return out ? Result<std::uint64_t>(rows) : disk_failed(file);
}

Json resource_of(const Table& table) {
    Json resource;
    resource["name"] = table.name;
    resource["path"] = std::string(table.name) + ".csv";
    resource["profile"] = "tabular-data-resource";
    resource["encoding"] = "utf-8";
    resource["schema"]["fields"] = fields_of(table);
    return resource;
}

/// Writes the whole package into a folder that is there and empty.
Result<MapCounts> write_into(const model::SupplyMap& map, const std::filesystem::path& folder) {
    Json descriptor;
    descriptor["profile"] = "tabular-data-package";
    descriptor["name"] = map.name.empty() ? "map" : map.name;
    if (!map.title.empty()) {
        descriptor["title"] = map.title;
    }
    MapCounts counts;
    for (const Table& table : map_tables()) {
        const std::filesystem::path file = folder / (std::string(table.name) + ".csv");
        ADIC_TRY(const std::uint64_t rows, write_table(map, table, file));
        if (rows == 0 && table.must == Must::no) {
            std::filesystem::remove(file);
            continue;
        }
        counts.push_back({table.name, rows});
        descriptor["resources"].push_back(resource_of(table));
    }
    const std::filesystem::path file = folder / "datapackage.json";
    std::ofstream out(file, std::ios::binary);
    out << descriptor.dump(2) << '\n';
    out.close();
    return out ? Result<MapCounts>(std::move(counts)) : disk_failed(file);
}

/// Whether a file is one that a map package consists of.
bool is_part_of_package(const std::string& name) {
    if (name == "datapackage.json") {
        return true;
    }
    const std::size_t stem = name.find('.');
    const std::string ending = stem == std::string::npos ? std::string{} : name.substr(stem);
    return find_table(name.substr(0, stem)) != nullptr
           && (ending == ".csv" || ending == ".csv.gz" || ending == ".csv.zst");
}

/// Whether a package may be moved to this place: nothing is there, or a package and nothing else.
bool may_replace(const std::filesystem::path& folder) {
    std::error_code error;
    if (!std::filesystem::exists(folder, error)) {
        return true;
    }
    std::filesystem::directory_iterator entries(folder, error);
    if (error) {
        return false;
    }
    for (const auto& entry : entries) {
        if (!is_part_of_package(entry.path().filename().string())) {
            return false;
        }
    }
    return true;
}

/// Removes what was left of a write that did not come to its end.
class TemporaryFolder {
  public:
    explicit TemporaryFolder(const std::filesystem::path& beside) {
        // The name only has to be free; nothing that is written depends on it.
        path_ = beside;
        path_ += ".writing-" + std::to_string(std::random_device{}());
    }

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    TemporaryFolder(TemporaryFolder&&) = delete;
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;

    ~TemporaryFolder() {
        std::error_code error;
        std::filesystem::remove_all(path_, error);
    }

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// Moves the written folder to its place, and an older package out of the way first.
bool move_into_place(const std::filesystem::path& written, const std::filesystem::path& folder) {
    std::error_code error;
    const TemporaryFolder old(folder);
    if (std::filesystem::exists(folder, error)) {
        std::filesystem::rename(folder, old.path(), error);
        if (error) {
            return false;
        }
    }
    std::filesystem::rename(written, folder, error);
    if (error) {
        std::error_code ignored;
        std::filesystem::rename(old.path(), folder, ignored);
    }
    return !error;
}

}  // namespace

Result<MapCounts>
write_map_package(const model::SupplyMap& map, const std::filesystem::path& folder) {
    const std::filesystem::path place =
        folder.has_filename() ? folder : folder.parent_path();  // "map/" is "map"
    if (!may_replace(place)) {
        return Error{
            ErrorCode::conflict,
            place.string()
                + " is there and holds other things than a map package; it was left alone",
            {}};
    }
    const TemporaryFolder temporary(place);
    std::error_code error;
    std::filesystem::create_directories(temporary.path(), error);
    if (error) {
        return disk_failed(place);
    }
    ADIC_TRY(MapCounts counts, write_into(map, temporary.path()));
    if (!move_into_place(temporary.path(), place)) {
        return disk_failed(place);
    }
    return counts;
}

}  // namespace adic::ingest
