#include "serve/sample_registry.hpp"

#include "adic/app/aggregates.hpp"
#include "adic/app/registry.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>
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

/// Names the aggregates that a state has agreed to be counted in, one in a line.
constexpr std::string_view consents_file = "consents.txt";

app::Authorship sample_hand(const fs::path& of_state, const Surroundings& around) {
    return {of_state.filename().string(), "the sample", "made with the program", around.now};
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
    const auto added = app::add_records(store, request, sample_hand(table.parent_path(), around));
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

std::optional<Error> add_consents(
    registry::RecordStore& store,
    const fs::path& data,
    const fs::path& state,
    const Surroundings& around
) {
    constexpr std::chrono::days held_for{365};
    std::ifstream lines(state / consents_file);
    for (std::string aggregate; std::getline(lines, aggregate);) {
        app::ConsentRequest request;
        request.id = aggregate;
        request.until = std::chrono::floor<std::chrono::days>(around.now) + held_for;
        request.data = data;
        request.is_confirmed = true;
        const auto given = app::consent_to_aggregate(store, request, sample_hand(state, around));
        if (!given) {
            return given.error();
        }
    }
    return std::nullopt;
}

/// Those of a state to which enough have agreed.
std::optional<Error> publish_totals(
    registry::RecordStore& store,
    const fs::path& data,
    const fs::path& state,
    const Surroundings& around
) {
    const std::string owner = state.filename().string();
    model::Reader reader;
    reader.state = owner;
    reader.is_official = true;
    reader.on = std::chrono::floor<std::chrono::days>(around.now);
    const auto asked = app::list_aggregates(store, reader, data);
    if (!asked) {
        return asked.error();
    }
    for (const app::AggregateStanding& standing : *asked) {
        if (standing.question.owner != owner || !standing.has_enough()) {
            continue;
        }
        app::PublishRequest request;
        request.id = standing.question.id;
        request.data = data;
        request.is_confirmed = true;
        const auto published = app::publish_aggregate(store, request, sample_hand(state, around));
        if (!published) {
            return published.error();
        }
    }
    return std::nullopt;
}

/// What is made from the records of several states, and so after all of them.
std::optional<Error> add_totals(
    registry::RecordStore& store,
    const fs::path& data,
    const std::vector<fs::path>& states,
    const Surroundings& around
) {
    for (const auto& step : {add_consents, publish_totals}) {
        for (const fs::path& state : states) {
            if (auto problem = step(store, data, state, around)) {
                return problem;
            }
        }
    }
    return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<registry::RecordStore>>
open_sample_registry(const fs::path& data, const fs::path& file, const Surroundings& around) {
    ADIC_TRY(auto store, registry::open_sqlite_store(file));
    const std::vector<fs::path> states = sorted_entries(data / "registry");
    for (const fs::path& state : states) {
        for (const fs::path& table : sorted_entries(state)) {
            if (table.filename() == consents_file) {
                continue;
            }
            if (auto problem = add_table(*store, data, table, around)) {
                return *std::move(problem);
            }
        }
    }
    if (auto problem = add_totals(*store, data, states, around)) {
        return *std::move(problem);
    }
    return store;
}

}  // namespace adic::cli
