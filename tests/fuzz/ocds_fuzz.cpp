#include "adic/ingest/ocds_reader.hpp"
#include "adic/registry/ocds_writer.hpp"
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
    defaults.owner = "MYS";
    ingest::ImportReport report;
    std::vector<model::Record> records = ingest::parse_ocds(text, "file.json", defaults, report);
    fuzz::require(report.may_commit() || records.empty());
    std::ranges::sort(records, {}, &model::Record::id);
    return records;
}

std::string write(const std::vector<model::Record>& records) {
    const model::Reader owner{"MYS", {}, {}, true, {}};
    const registry::ReleaseGate gate{owner, [&](std::string_view id) {
                                         const auto found =
                                             std::ranges::find(records, id, &model::Record::id);
                                         return found == records.end() ? nullptr : &*found;
                                     }};
    std::vector<registry::Released<std::vector<registry::SeenRecord>>> seen;
    seen.push_back(gate.see_all(records));
    return registry::write_ocds(seen, {"MYS", {}});
}

}  // namespace

/// Every record that was read is right, and what its owner gets of them is read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto records = read(std::string(fuzz::text_of(data, size)));
    for (const model::Record& record : records) {
        fuzz::require(model::problems_of(record).empty());
    }
    if (!records.empty()) {
        const auto again = read(write(records));
        fuzz::require(again.size() == records.size());
    }
    return 0;
}
