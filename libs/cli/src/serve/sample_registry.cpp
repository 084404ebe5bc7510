#include "serve/sample_registry.hpp"

#include "adic/app/registry.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace adic::cli {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> sorted_entries(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code failed;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failed)) {
        entries.push_back(entry.path());
    }
    std::ranges::sort(entries);
    return entries;
}

std::optional<Error> add_table(
    registry::RecordStore& store,
    const fs::path& data,
    const fs::path& table,
    const Surroundings& around
) {
    app::AddRecordsRequest request;
    request.file = table;
    request.type = model::find_record_type(table.stem().string());
    request.data = data;
    request.new_identifier = around.new_identifier;
    if (request.type == nullptr) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("'{}' is named after no type of records", table.string()),
            {}};
    }
    const std::string owner = table.parent_path().filename().string();
    const auto added = app::add_records(
        store,
        request,
        {owner, "the sample", "made with the program", around.now}
    );
    if (!added) {
        return added.error();
    }
    if (!added->report.may_commit()) {
        const ingest::Issue& first = added->report.issues().front();
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("{}, row {}: {}", first.file, first.row, first.message),
            {}};
    }
    return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<registry::RecordStore>>
open_sample_registry(const fs::path& data, const fs::path& file, const Surroundings& around) {
    ADIC_TRY(auto store, registry::open_sqlite_store(file));
    for (const fs::path& state : sorted_entries(data / "registry")) {
        for (const fs::path& table : sorted_entries(state)) {
            if (auto problem = add_table(*store, data, table, around)) {
                return *std::move(problem);
            }
        }
    }
    return store;
}

}  // namespace adic::cli
