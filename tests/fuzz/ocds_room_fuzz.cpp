#include "adic/ingest/ocds_reader.hpp"
#include "adic/registry/ocds_room_writer.hpp"
#include "adic/registry/release/gate.hpp"

#include "fuzz.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using namespace adic;

std::vector<model::Record> read(const std::string& text) {
    ingest::RecordDefaults defaults;
    defaults.type = model::find_record_type("project");
    defaults.owner = "MYS";
    ingest::ImportReport report;
    std::vector<model::Record> records = ingest::parse_ocds(text, "file.json", defaults, report);
    fuzz::require(report.may_commit() || records.empty());
    std::ranges::sort(records, {}, &model::Record::id);
    return records;
}

std::string write(const std::vector<model::Record>& records, const std::string& project) {
    const model::Reader owner{"MYS", {}, {}, true, {}};
    const registry::ReleaseGate gate{owner, [&](std::string_view id) {
                                         const auto found =
                                             std::ranges::find(records, id, &model::Record::id);
                                         return found == records.end() ? nullptr : &*found;
                                     }};
    std::vector<registry::Released<std::vector<registry::SeenRecord>>> seen;
    seen.push_back(gate.see_all(records));
    return registry::write_ocds_room(seen, project, {"MYS", {}}).value_or("");
}

}  // namespace

/// Every record that was read is right and the owner's, and a room that is written is read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto records = read(std::string(fuzz::text_of(data, size)));
    for (const model::Record& record : records) {
        fuzz::require(record.owner == "MYS" && model::problems_of(record).empty());
    }
    for (const model::Record& record : records) {
        const std::string text =
            record.type->key == "project" ? write(records, record.id) : std::string{};
        if (!text.empty()) {
            const auto again = read(text);
            fuzz::require(std::ranges::find(again, record) != again.end());
        }
    }
    return 0;
}
