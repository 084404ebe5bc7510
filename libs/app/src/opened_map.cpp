#include "adic/app/opened_map.hpp"

#include "adic/base/text.hpp"
#include "adic/ingest/map_package.hpp"
#include "adic/registry/release/gate.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace adic::app {
namespace {

bool equal_in_any_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
    return std::ranges::equal(a, b, {}, lower, lower);
}

Error unknown_item(const model::SupplyMap& map, std::string_view text) {
    std::vector<std::string_view> names;
    for (const model::Item& item : map.items) {
        names.push_back(item.id);
    }
    for (const model::Item& item : map.items) {
        names.push_back(item.name);
    }
    std::string message = fmt::format("'{}' is not an item of this map", text);
    if (const auto nearest = nearest_word(text, names)) {
        message += fmt::format("; did you mean '{}'?", *nearest);
    }
    message += "\n'adic items WORD' looks for items by a part of their name.";
    return Error{ErrorCode::not_found, std::move(message), {}};
}

bool is_known(const model::SupplyMap& map, std::string_view name) {
    return map.states.find(name).has_value() || map.blocs.find(name).has_value();
}

/// What `standard_viewpoints` has that the map knows.
std::string standard_text(const model::SupplyMap& map) {
    std::string text;
    for (const std::string_view name : split(standard_viewpoints, ',')) {
        if (is_known(map, name)) {
            text += (text.empty() ? "" : ",") + std::string(name);
        }
    }
    return text.empty() ? "nobody" : text;
}

Error errors_of(const std::filesystem::path& path, const ingest::ImportReport& report) {
    const auto is_error = [](const ingest::Issue& issue) {
        return issue.severity == ingest::Severity::error;
    };
    const auto first = std::ranges::find_if(report.issues(), is_error);
    std::string message = fmt::format("the map '{}' has {} errors", path.string(), report.errors());
    if (report.errors() == 1) {
        message = fmt::format("the map '{}' has an error", path.string());
    }
    if (first != report.issues().end()) {
        message += fmt::format(
            "; the first: {}, row {}{}: {}",
            first->file,
            first->row,
            first->column.empty() ? "" : ", column " + first->column,
            first->message
        );
    }
    message += fmt::format("\n'adic check {}' lists them all.", path.string());
    return Error{ErrorCode::invalid_argument, std::move(message), {}};
}

}  // namespace

Result<model::SupplyMap>
read_clean_map(const std::filesystem::path& path, const Progress& progress) {
    ingest::ImportReport report;
    auto map = ingest::read_map_package(path, report, progress);
    if (!map && !report.may_commit()) {
        return errors_of(path, report);
    }
    return map;
}

Result<std::unique_ptr<const OpenedMap>>
open_map(const std::filesystem::path& path, const Progress& progress) {
    ADIC_TRY(model::SupplyMap map, read_clean_map(path, progress));
    return std::unique_ptr<const OpenedMap>{std::make_unique<OpenedMap>(std::move(map))};
}

std::unique_ptr<const OpenedMap>
open_released(const model::SupplyMap& map, const model::Reader& reader) {
    return std::make_unique<const OpenedMap>(*registry::ReleaseGate(reader, {}).see(map));
}

Result<model::Reader> find_reader(const model::SupplyMap& map, std::string_view text) {
    constexpr std::string_view organisation = "org:";
    model::Reader reader;
    if (text == "everyone") {
        return reader;
    }
    if (text.starts_with(organisation)) {
        reader.organisation = text.substr(organisation.size());
        return reader;
    }
    const auto state = map.states.find(text);
    if (!state) {
        return Error{
            ErrorCode::not_found,
            fmt::format(
                "'{}' is no state of this map; a reader is a state, org: and the identifier of an "
                "organisation, or everyone",
                text
            ),
            {}};
    }
    reader.state = text;
    reader.is_official = true;
    for (const model::Bloc& bloc : map.blocs) {
        if (std::ranges::find(bloc.members, *state) != bloc.members.end()) {
            reader.blocs.push_back(bloc.id);
        }
    }
    return reader;
}

Result<model::ItemIndex> find_item(const model::SupplyMap& map, std::string_view text) {
    if (const auto found = map.items.find(text)) {
        return *found;
    }
    for (std::uint32_t i = 0; i < map.items.size(); ++i) {
        const model::Item& item = map.items[model::ItemIndex{i}];
        if (equal_in_any_case(item.name, text) || equal_in_any_case(item.id, text)) {
            return model::ItemIndex{i};
        }
    }
    return unknown_item(map, text);
}

Result<std::vector<model::ItemIndex>>
find_targets(const supply::MapIndex& index, std::span<const std::string> texts) {
    std::vector<model::ItemIndex> targets;
    for (const std::string& text : texts) {
        ADIC_TRY(const model::ItemIndex item, find_item(index.map(), text));
        if (std::ranges::find(targets, item) == targets.end()) {
            targets.push_back(item);
        }
    }
    if (!texts.empty()) {
        return targets;
    }
    std::vector<model::ItemIndex> unneeded;
    for (std::uint32_t i = 0; i < index.map().items.size(); ++i) {
        const model::ItemIndex item{i};
        if (index.map().items[item].kind == model::ItemKind::system) {
            targets.push_back(item);
        }
        if (index.uses_of(item).empty()) {
            unneeded.push_back(item);
        }
    }
    return targets.empty() ? unneeded : targets;
}

Result<std::vector<supply::Viewpoint>>
find_viewpoints(const model::SupplyMap& map, std::string_view text) {
    const std::string chosen = text.empty() ? standard_text(map) : std::string(text);
    std::vector<supply::Viewpoint> viewpoints;
    for (const std::string_view name : split(chosen, ',')) {
        ADIC_TRY(supply::Viewpoint viewpoint, supply::parse_viewpoint(map, trimmed(name)));
        viewpoints.push_back(std::move(viewpoint));
    }
    return viewpoints;
}

}  // namespace adic::app
