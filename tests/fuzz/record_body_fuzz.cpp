#include "adic/registry/store/record_json.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <string>

/// A body that was read is written, and reads back as the same record.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string body{adic::fuzz::text_of(data, size)};
    adic::model::Record empty;
    empty.id = "r";
    empty.type = adic::model::find_record_type("product");
    empty.owner = "MYS";
    if (const auto record = adic::registry::parse_record_body(body, empty)) {
        const std::string written = adic::registry::write_record_body(*record);
        const auto again = adic::registry::parse_record_body(written, empty);
        adic::fuzz::require(again && adic::registry::write_record_body(*again) == written);
    }
    return 0;
}
