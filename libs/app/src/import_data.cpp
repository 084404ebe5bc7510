#include "adic/app/import_data.hpp"

#include "adic/app/opened_map.hpp"
#include "adic/base/text.hpp"

#include <vector>

#include <fmt/format.h>

namespace adic::app {
namespace {

Error unknown_publisher(std::string_view name) {
    std::vector<std::string_view> names;
    std::string list;
    for (const ingest::Publisher& publisher : ingest::publishers()) {
        names.push_back(publisher.name);
        list += (list.empty() ? "" : ", ") + std::string(publisher.name);
    }
    std::string message = fmt::format("'{}' is not a publisher that can be read", name);
    if (const auto nearest = nearest_word(name, names)) {
        message += fmt::format("; did you mean '{}'?", *nearest);
    }
    return Error{ErrorCode::not_found, message + "\nThere are: auto, " + list + '.', {}};
}

Result<const ingest::Publisher*> publisher_of(const ImportRequest& request) {
    if (request.publisher != "auto") {
        const ingest::Publisher* named = ingest::find_publisher(request.publisher);
        return named != nullptr ? Result<const ingest::Publisher*>{named}
                                : unknown_publisher(request.publisher);
    }
    const ingest::Publisher* recognised = ingest::recognise_publisher(request.file);
    if (recognised == nullptr) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format(
                "'{}' does not look like the file of one publisher; name the publisher instead of "
                "'auto'",
                request.file.string()
            ),
            {}};
    }
    return recognised;
}

Result<model::SupplyMap> base_of(const std::filesystem::path& path, const Progress& progress) {
    if (path.empty()) {
        return model::SupplyMap{};
    }
    return read_clean_map(path, progress);
}

}  // namespace

Result<ImportAnswer> import_data(const ImportRequest& request, const Progress& progress) {
    ADIC_TRY(const ingest::Publisher* publisher, publisher_of(request));
    ADIC_TRY(const ingest::StateNames states, ingest::StateNames::read(request.states));
    ADIC_TRY(model::SupplyMap map, base_of(request.into, progress));
    ImportAnswer answer{publisher, std::move(map), {}, 0, {}};
    ADIC_TRY(
        const model::SupplyMap fragment,
        publisher->read(request.file, states, request.options, answer.report)
    );
    answer.unreadable = answer.report.errors();
    answer.merged = ingest::merge_maps(answer.map, fragment, answer.report, request.merge);
    if (answer.map.name.empty()) {
        answer.map.name = fragment.name.empty() ? std::string(publisher->name) : fragment.name;
        answer.map.title = fragment.title.empty() ? std::string(publisher->title) : fragment.title;
    }
    return answer;
}

Result<ingest::MapCounts>
write_map(const model::SupplyMap& map, const std::filesystem::path& path) {
    return path.extension() == ".xlsx" ? ingest::write_map_workbook(map, path)
                                       : ingest::write_map_package(map, path);
}

}  // namespace adic::app
