#include "adic/ingest/scenario_record.hpp"

#include "fuzz.hpp"

#include <chrono>
#include <cstdint>
#include <string>

/// Whatever a record holds as content is refused with a reason, or is a scenario that another
/// record holds just so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace adic;
    const std::string text{fuzz::text_of(data, size)};
    const auto* type = model::find_record_type(model::scenario_type);
    std::vector<model::FieldValue> fields(type->fields.size());
    const auto field = [&](std::string_view key) -> model::FieldValue& {
        return fields[*type->find_field(key)];
    };
    field("name") = std::string("a scenario");
    field("start") = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
    field("horizon_days") = std::int64_t{364};
    field("content") = model::Words{text};
    const auto read = ingest::scenario_of(fields);
    if (!read.scenario) {
        return 0;
    }
    fuzz::require(read.problems.empty());
    const auto again = ingest::scenario_of(ingest::fields_of(*read.scenario));
    fuzz::require(again.problems.empty() && again.scenario == read.scenario);
    return 0;
}
