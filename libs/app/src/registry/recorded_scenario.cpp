#include "adic/app/recorded_scenario.hpp"

#include "adic/app/registry.hpp"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::app {

std::optional<ingest::RecordedScenario> seen_scenario(const registry::SeenRecord& record) {
    std::vector<model::FieldValue> fields(record.type->fields.size());
    for (std::size_t f = 0; f < fields.size(); ++f) {
        const bool is_whole = record.fields[f].disclosure == model::Disclosure::full;
        if (is_whole) {
            fields[f] = record.fields[f].value;
        } else if (record.type->fields[f].is_required) {
            return std::nullopt;
        }
    }
    return ingest::scenario_of(fields);
}

Result<model::Scenario> find_recorded_scenario(
    const registry::RecordStore& store,
    const model::Reader& reader,
    const std::string& id,
    const Viewing& viewing
) {
    RecordQuery query;
    query.type = model::scenario_type;
    query.wanted = [&](const registry::SeenRecord& record) { return record.id == id; };
    ADIC_TRY(const auto seen, list_records(store, reader, query, viewing));
    if (seen->empty()) {
        return Error{ErrorCode::not_found, fmt::format("there is no scenario '{}'", id), {}};
    }
    auto recorded = seen_scenario(seen->front());
    if (!recorded) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format(
                "'{}' is not shown in full to this reader: its title, first day, horizon and what "
                "happens are needed to run it",
                id
            ),
            {}};
    }
    if (!recorded->scenario) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format(
                "'{}' is no scenario that can be:\n{}",
                id,
                fmt::join(recorded->problems, "\n")
            ),
            {}};
    }
    return *std::move(recorded->scenario);
}

}  // namespace adic::app
